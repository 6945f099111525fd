"""The page of the evidence is made from the trials' files. Oracle: those files."""

from evidence_page import PAGE, page


def test_the_page_of_the_evidence_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python tests/spec/evidence_page.py"
