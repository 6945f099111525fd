"""Oracle: the value that went in, and what the file system was made to hold."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from residua.main.automatic.cache import cache_folder, cache_key, entry_bytes, fitted_once
from residua.main.automatic.frozen_tree import pack, unpack
from residua.measures.laip.box import Box
from residua.measures.laip.laip import Drift, Laip
from residua.measures.mixture import GaussianMixture

KEY = cache_key("1", ["aa", "bb"], {"reviewed": False})


@dataclass(frozen=True, eq=False)
class _Leaf:
    values: Any
    name: str


@dataclass(frozen=True, eq=False)
class _Tree:
    leaves: tuple[_Leaf, ...]
    best: _Leaf | None
    number: float
    whole: int
    words: tuple[str, ...] = ()


def _tree() -> _Tree:
    leaf = _Leaf(np.arange(6, dtype=np.float16).reshape(2, 3), "ä")
    other = _Leaf(np.zeros((0, 4), bool), "")
    return _Tree((leaf, other), None, math.pi, 2**60, ("x",))


def _laip() -> Laip:
    mixture = GaussianMixture(np.ones(1), np.zeros((1, 2)), np.eye(2)[None])
    box = Box(np.zeros(2), np.ones(2))
    drift = Drift(np.zeros(2), np.eye(2))
    return Laip(("a", "b"), mixture, drift, box, np.ones((3, 2), np.float32), (1,))


def test_a_tree_comes_back_as_it_was() -> None:
    tree, arrays = pack(_tree())
    again = unpack(json.loads(json.dumps(tree)), arrays, _Tree)
    assert again.leaves[0].values.dtype == np.float16
    assert (again.leaves[0].values == _tree().leaves[0].values).all()
    assert again.leaves[1].values.shape == (0, 4)
    given = _tree()
    assert [again.number, again.whole, again.words, again.best, again.leaves[0].name] == [
        given.number,
        given.whole,
        given.words,
        None,
        "ä",
    ]


@pytest.mark.parametrize("value", [[1], {"a": 1}, np.array([object()]), object()])
def test_what_is_no_frozen_value_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        pack((value,))


def test_the_second_run_does_not_fit(tmp_path: Path) -> None:
    first = fitted_once(Laip, KEY, _laip, folder=tmp_path)
    second = fitted_once(Laip, KEY, lambda: pytest.fail("fitted again"), folder=tmp_path)
    assert (first.found, second.found, second.notes) == (False, True, ())
    assert (second.value.mixture.covariances == first.value.mixture.covariances).all()
    assert second.value.held_out.dtype == np.float32


def test_other_inputs_options_or_versions_have_another_key() -> None:
    keys = {
        KEY,
        cache_key("2", ["aa", "bb"], {"reviewed": False}),
        cache_key("1", ["aa", "bc"], {"reviewed": False}),
        cache_key("1", ["aab", "b"], {"reviewed": False}),
        cache_key("1", ["aa", "bb"], {"reviewed": True}),
    }
    assert len(keys) == 5
    assert all(len(key) == 64 for key in keys)


def _entry(tmp_path: Path) -> Path:
    (path,) = tmp_path.iterdir()
    return path


def test_an_entry_that_cannot_be_used_is_fitted_anew_and_replaced(tmp_path: Path) -> None:
    fitted_once(Laip, KEY, _laip, folder=tmp_path)
    path = _entry(tmp_path)
    whole = path.read_bytes()
    bad_box = replace(_laip().box)
    object.__setattr__(bad_box, "low", np.full(2, 9.0))
    for content in (
        b"",
        b"no archive",
        whole[: len(whole) // 2],
        entry_bytes(_laip(), "another key"),
        entry_bytes(_tree(), KEY),
        entry_bytes(bad_box, KEY),
        entry_bytes(replace(_laip(), box=bad_box), KEY),
    ):
        path.write_bytes(content)
        kept = fitted_once(Laip, KEY, _laip, folder=tmp_path)
        assert not kept.found
        assert kept.notes == ("the cached model could not be used; it was fitted anew",)
        assert fitted_once(Laip, KEY, _laip, folder=tmp_path).found


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    fitted_once(Laip, KEY, _laip, folder=tmp_path)
    path = _entry(tmp_path)
    with path.open("wb") as stream:
        np.savez(stream, head=np.array([{"format": "x"}], dtype=object), allow_pickle=True)
    assert not fitted_once(Laip, KEY, _laip, folder=tmp_path).found


def test_a_cache_that_cannot_be_written_to_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = fitted_once(Laip, KEY, _laip, folder=tmp_path / "file")
    assert not kept.found
    assert "could not be kept" in kept.notes[-1]


def test_where_the_cache_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RESIDUA_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"
    monkeypatch.setenv("RESIDUA_CACHE", "")
    assert cache_folder() is None
    assert not fitted_once(Laip, KEY, _laip).found
    monkeypatch.delenv("RESIDUA_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "residua"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = cache_folder()
    assert folder is not None
    assert folder.is_relative_to(tmp_path)
