"""Oracle: the simulated files, and mrd.json's own writer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from residua.facts.mrd_result import FileDigest, MrdResult
from residua.main.automatic.file_facts import FileFacts, facts_of, specimen_facts
from residua.main.automatic.prepare import open_prepared
from residua.measures.mrd_level import measure_level
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.standards.mrd_counting import find_policy
from residua.views.fcs_export import write_fcs
from residua.views.mrd_export import mrd_text


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Path, ...], list[FileFacts]]:
    folder = tmp_path_factory.mktemp("facts")
    paths = []
    for number in (1, 2):
        spec = MarrowSpec(events=15_000, sample=number, date="2024-05-06")
        made = simulate_marrow(draw_marrow(spec)).acquisition
        paths.append(folder / f"{number}.fcs")
        write_fcs(made, paths[-1])
    return tuple(paths), [facts_of(open_prepared(p, name=p.name)) for p in paths]


def test_facts_are_those_of_the_files(files: tuple[tuple[Path, ...], list[FileFacts]]) -> None:
    paths, read = files
    beside = FileDigest("dx.fcs", "00")
    found = specimen_facts(read, policy=find_policy(None), beside=[beside])
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    assert found.inputs == (
        FileDigest("1.fcs", digests[0]),
        FileDigest("2.fcs", digests[1]),
        beside,
    )
    assert found.instrument == "Residua simulator"
    assert found.events.total == 30_000
    assert found.events.nucleated == found.events.after_quality
    kept = sum(round(0.89 * 15_000) for _ in paths)  # less 8 % debris and 3 % doublets
    assert found.events.nucleated == pytest.approx(kept, rel=0.005)
    assert [step.step for step in found.quality.steps if step.removed][-2:] == [
        "debris",
        "doublets",
    ]
    assert {v.detect.have for v in found.quality.verdicts} == {found.events.nucleated}
    assert found.haemodilution.reason == "the panel lacks CD16"
    assert "simulated" in found.flags
    assert any("removed before counting: time, boundary, debris" in note for note in found.notes)


def test_verdicts_are_of_the_tube_that_counts(
    files: tuple[tuple[Path, ...], list[FileFacts]],
) -> None:
    _, read = files
    found = specimen_facts(read, counted=read[:1], policy=find_policy(None))
    assert {v.detect.have for v in found.quality.verdicts} == {read[0].cells}


def test_they_fill_an_mrd_json(files: tuple[tuple[Path, ...], list[FileFacts]]) -> None:
    _, read = files
    flagged = replace(read[1], flags=("odd",))
    found = specimen_facts([read[0], flagged], policy=find_policy(None), after=["CD19"])
    cells = found.events.nucleated or 0
    level = measure_level(0, cells, kind="nucleated", policy=find_policy(None), flags=())
    names = ("specimen", "events", "quality", "haemodilution", "inputs", "flags", "notes")
    result = MrdResult(level, approach="automatic", **{n: getattr(found, n) for n in names})
    document = json.loads(mrd_text(result))
    assert document["quality"]["removed_before_counting"] == [
        "time",
        "boundary",
        "debris",
        "doublets",
    ]
    assert "2.fcs: odd" in document["flags"]
    assert document["events"]["nucleated"] == cells
