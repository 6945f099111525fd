"""What mrd.json says of the files of an automatic result beside its numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from residua.facts.acquisition import Channel
from residua.facts.mrd_result import EventCounts, FileDigest, SpecimenLabel
from residua.facts.quality import FileQuality, Haemodilution, QualityReport, StepName
from residua.facts.specimen import Specimen
from residua.main.automatic.prepare import PreparedFile
from residua.main.flow.quality import (
    CountedQuality,
    dilution_flags,
    dilution_of,
    events_left,
    report_quality,
    usable_cells,
)
from residua.main.mrd_flags import file_flags, removal_notes
from residua.main.specimen_facts import each_once, joined, label_of
from residua.main.specimen_flags import specimen_notes
from residua.measures.sensitivity import measure_sensitivity
from residua.standards.mrd_counting import CountingPolicy

REMOVED: tuple[StepName, ...] = ("time", "boundary", "debris", "doublets")


@dataclass(frozen=True)
class FileFacts:
    """A prepared file without its events; `cells` are those that the reading looks at."""

    digest: FileDigest
    channels: tuple[Channel, ...]
    total: int
    cells: int
    quality: FileQuality
    instrument: str
    acquired: str
    flags: tuple[str, ...]
    refusals: tuple[str, ...]
    unfit: tuple[str, ...]


@dataclass(frozen=True)
class SpecimenFacts:
    """The fields of `MrdResult` that do not hang on how blasts are found."""

    specimen: SpecimenLabel
    events: EventCounts
    quality: QualityReport
    haemodilution: Haemodilution
    instrument: str
    acquired: str
    inputs: tuple[FileDigest, ...]
    flags: tuple[str, ...]
    notes: tuple[str, ...]


def facts_of(file: PreparedFile) -> FileFacts:
    """What stays of a file when its events are let go."""
    sample, acquisition = file.sample, file.acquisition
    return FileFacts(
        digest=FileDigest(file.name, acquisition.sha256),
        channels=acquisition.channels,
        total=sample.total,
        cells=len(sample),
        quality=file.quality,
        instrument=acquisition.instrument,
        acquired=acquisition.acquired,
        flags=sample.flags,
        refusals=sample.refusals,
        unfit=sample.unfit,
    )


def specimen_facts(
    files: Sequence[FileFacts],
    *,
    policy: CountingPolicy,
    counted: Sequence[FileFacts] = (),
    after: Collection[str] = (),
    specimen: Specimen | None = None,
    beside: Sequence[FileDigest] = (),
) -> SpecimenFacts:
    """The facts of one specimen's follow-up `files`.

    `counted` are the files whose cells stand below the line of the reported level (default: all
    of them), `after` the markers that therapy has aimed at, `beside` the diagnoses and normals
    that were read too.
    """
    qualities = [_counted(file) for file in files]
    below = [_counted(file) for file in counted or files]
    cells = sum(file.cells for file in counted or files)
    verdicts = measure_sensitivity(cells, policy, usable=usable_cells(below))
    quality = report_quality(qualities, verdicts, remove=REMOVED)
    tissue = None if specimen is None else specimen.tissue
    dilution = dilution_of(qualities, [file.channels for file in files], after=after, tissue=tissue)
    acquired = joined(file.acquired for file in files)
    drawn = specimen_notes(specimen, dated=None, acquired=acquired)
    flags = [*file_flags(files), *drawn.flags, *quality.flags, *dilution_flags(dilution)]
    return SpecimenFacts(
        specimen=label_of(None, None, specimen),
        events=EventCounts(
            total=sum(file.total for file in files),
            after_quality=events_left(qualities),
            nucleated=sum(file.cells for file in files),
        ),
        quality=quality,
        haemodilution=dilution,
        instrument=joined(file.instrument for file in files),
        acquired=acquired,
        inputs=each_once((file.digest for file in files), beside),
        flags=tuple(dict.fromkeys(flags)),
        notes=(*drawn.notes, *_removal(REMOVED)),
    )


def _counted(file: FileFacts) -> CountedQuality:
    return CountedQuality(file.quality, file.cells, None)


def _removal(steps: Sequence[StepName]) -> tuple[str, ...]:
    return tuple(note.replace(", as stated", "") for note in removal_notes(steps))
