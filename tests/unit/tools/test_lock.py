"""Dividing one resolution into two locks. Oracle: small locks written by hand."""

import pytest
from lock import LockError, blocks, divide, refuse_addresses

A = "a==1 \\\n    --hash=sha256:aa\n"
B = "b-c==2 ; python_version < '3.12' \\\n    --hash=sha256:bb \\\n    --hash=sha256:b2\n"


def test_every_package_keeps_its_lines():
    assert blocks(A + B) == {"a": A, "b-c": B}


def test_development_holds_only_what_it_adds():
    assert divide(blocks(A + B), blocks(A)) == {"b-c": B}


def test_a_package_pinned_differently_in_the_two_is_refused():
    with pytest.raises(LockError, match="differently for run and development: a"):
        divide(blocks(A.replace("==1", "==3") + B), blocks(A))


def test_two_versions_of_one_package_are_refused():
    with pytest.raises(LockError, match="pinned twice"):
        blocks(A + A.replace("==1", "==3"))


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        "--extra-index-url=x",
        "--find-links wheels",
        "a @ wheels/a.whl",
        "-i mirror",
    ],
)
def test_an_address_never_enters_a_lock(line):
    with pytest.raises(LockError, match="address"):
        refuse_addresses(A + line + "\n")


def test_pins_and_hashes_are_no_addresses():
    refuse_addresses("# made by https://x\n--only-binary :all:\n-r run.lock\n" + A + B)
