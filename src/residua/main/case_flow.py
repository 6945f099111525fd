"""The raw flow files of a case, measured and made into facts of the course.

Before any treatment a count of blasts is a blast fraction, not MRD (decision record
`blast-fraction-or-mrd`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from residua.course.course import Course
from residua.course.placing import Placed
from residua.course.targets import targeting
from residua.facts.antigen import AntigenReading
from residua.facts.antigen_expression import AntigenExpression
from residua.facts.assessment import Assessment
from residua.facts.case import InputFile
from residua.facts.day import Day
from residua.facts.fact import Fact
from residua.facts.gating import FileEntry, Strategy
from residua.facts.mrd import MrdReading
from residua.facts.mrd_result import MrdResult
from residua.facts.quantity import Quantity
from residua.facts.specimen import Specimen
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.antigen_masking import may_mask
from residua.main.automatic.normals import BROUGHT_ALONG
from residua.main.case_automatic import automatic_files, measure_automatic_files
from residua.main.mrd import measure_mrd
from residua.readers.gates import read_gates
from residua.views.fact_words import GATED_ON

FLOW = "flow"
STRATEGY = "flow.toml"


@dataclass(frozen=True)
class FlowMeasurement:
    """One specimen's files, measured; ``specimen`` is the id of its fact where it has one."""

    key: str
    specimen: str | None
    entries: tuple[FileEntry, ...]
    strategy: Strategy
    result: MrdResult

    @property
    def fact(self) -> str:
        """The id of the fact that it makes: an MRD reading or a blast fraction."""
        return f"flow-{self.key}"


def measure_case_flow(folder: Path, course: Course) -> tuple[FlowMeasurement, ...]:
    """Measure every specimen of ``flow/flow.toml``, those with gates first, in the file's order.

    Raises `InputError` for files that cannot be read or do not fit the gates.
    """
    gates = folder / FLOW / STRATEGY
    if not gates.is_file():
        return ()
    strategy = read_gates(gates)
    gated = _by_specimen(strategy, "gates", ("sample", "diagnosis")) if strategy.mrd else {}
    found = _by_specimen(strategy, "automatic", ("sample",))
    both = [key for key in found if key in gated]
    groups = [
        *gated.items(),
        *((f"{key}-automatic" * (key in both) or key, found[key]) for key in found),
    ]
    return tuple(
        FlowMeasurement(
            key, entries[0].specimen, entries, strategy, _measure(gates, strategy, entries, course)
        )
        for key, entries in groups
    )


def _by_specimen(
    strategy: Strategy, approach: str, roles: tuple[str, ...]
) -> dict[str, tuple[FileEntry, ...]]:
    """Files of these roles that are measured so, by specimen (else by their own path)."""
    groups: dict[str, tuple[FileEntry, ...]] = {}
    for entry in strategy.files:
        if entry.role in roles and entry.approach == approach:
            key = entry.specimen or Path(entry.path).stem
            groups[key] = (*groups.get(key, ()), entry)
    return groups


def _measure(
    gates: Path, strategy: Strategy, entries: tuple[FileEntry, ...], course: Course
) -> MrdResult:
    files = [gates.parent / entry.path for entry in entries]
    placed = course.by_id.get(entries[0].specimen or "")
    fact = None if placed is None else placed.fact
    specimen = fact if isinstance(fact, Specimen) else None
    after = _targets_before(entries, course)
    hidden = tuple(m for m in after if may_mask(course, m, entries[0].specimen or "") is not None)
    if entries[0].approach == "automatic":
        read_by = automatic_files(strategy, entries, _not_after(strategy, entries, course))
        return measure_automatic_files(
            strategy, gates, read_by, after=after, masked=hidden, specimen=specimen
        )
    return measure_mrd(files, gates=gates, after=after, masked=hidden, specimen=specimen)


def _not_after(
    strategy: Strategy, entries: tuple[FileEntry, ...], course: Course
) -> set[str | None]:
    """The specimens of files that were not drawn after these, or whose place is not known."""
    own = course.position.get(entries[0].specimen or "")
    named = {entry.specimen for entry in strategy.files}
    if own is None:
        return named
    return {name for name in named if course.position.get(name or "", own) <= own}


def _targets_before(entries: tuple[FileEntry, ...], course: Course) -> tuple[str, ...]:
    """Antigens that therapy has aimed at before the specimen: cells may have lost them for good."""
    specimen = entries[0].specimen or ""
    if specimen not in course.by_id:
        return ()
    before = course.position[specimen]
    therapies = (t for t in targeting(course) if course.position[t.treatment] < before)
    return tuple(sorted({therapy.marker for therapy in therapies}))


def flow_facts(measured: Iterable[FlowMeasurement], course: Course) -> tuple[Fact, ...]:
    """The facts that the measurements add: an MRD or a blast fraction each, and antigens."""
    return tuple(fact for m in measured for fact in _facts(m, course))


def flow_inputs(measured: Iterable[FlowMeasurement]) -> tuple[InputFile, ...]:
    """The raw files and the strategy, with their hashes, each once."""
    files: dict[str, InputFile] = {}
    for one in measured:
        digests = (*one.result.inputs, *((one.result.gates,) if one.result.gates else ()))
        for digest in digests:
            named = digest.file == BROUGHT_ALONG
            name = digest.file if named else f"{FLOW}/{Path(digest.file).name}"
            files[name] = InputFile(name, digest.sha256)
    return tuple(files[name] for name in sorted(files))


def _facts(measured: FlowMeasurement, course: Course) -> tuple[Fact, ...]:
    specimen = course.by_id.get(measured.specimen or "")
    common: dict[str, object] = {
        "specimen": measured.specimen,
        "assessment": _assessment_of(measured.specimen, course),
        "date": _day(measured),
        "source": ", ".join(f"{FLOW}/{entry.path}" for entry in measured.entries),
        "simulated": _is_simulated(measured) or course.case.simulated,
    }
    residual = _is_residual(measured, specimen, course)
    main = _mrd(measured, common) if residual else _blast_fraction(measured, common, course)
    about = common | {"assessment": common["assessment"] or (None if residual else main.id)}
    antigens = [_antigen(measured, entry, about) for entry in measured.result.antigens]
    return (main, *antigens)


def _is_simulated(measured: FlowMeasurement) -> bool:
    return any("simulated" in flag for flag in measured.result.flags)


def _day(measured: FlowMeasurement) -> Day | None:
    stated = measured.entries[0].date
    return Day.parse(stated) if stated else None


def _assessment_of(specimen: str | None, course: Course) -> str | None:
    """The assessment that was read from the same specimen."""
    if specimen is None:
        return None
    return next((p.id for p, a in course.of(Assessment) if a.specimen == specimen), None)


def _is_residual(measured: FlowMeasurement, specimen: Placed | None, course: Course) -> bool:
    if specimen is None or any(entry.role == "diagnosis" for entry in measured.entries):
        return False
    given = course.of(Treatment, Transplant, CellInfusion)
    return any(course.position[p.id] < course.position[specimen.id] for p, _ in given)


def _mrd(measured: FlowMeasurement, common: dict[str, object]) -> MrdReading:
    level = measured.result.level
    kind = level.denominator.kind
    return MrdReading.model_validate(
        common
        | {
            "id": measured.fact,
            "tissue": measured.result.specimen.tissue,
            "method": "flow",
            "status": level.status,
            "fraction": None if level.fraction is None else str(level.fraction),
            "numerator": level.numerator,
            "denominator": level.denominator.count or None,
            "denominator_kind": None if kind == "not stated" else kind,
            "lod": None if level.lod is None else str(_bound(measured.result)),
            "lloq": None if level.lloq is None else str(level.lloq),
            "interval": level.interval and (level.interval.low, level.interval.high),
            "flags": (*level.flags, *measured.result.flags),
            "note": level.reason,
            "measured_from": tuple(digest.file for digest in measured.result.inputs),
        }
    )


def _bound(result: MrdResult) -> float:
    """What a negative lies below: the policy's limit, or that of the patient's model if higher."""
    return max(result.level.lod or 0.0, result.predicted_lod or 0.0)


def _blast_fraction(
    measured: FlowMeasurement, common: dict[str, object], course: Course
) -> Assessment:
    level = measured.result.level
    unlabelled = course.case.diagnosis is None
    kind = level.denominator.kind
    of = "cells of a denominator that is not stated" if kind == "not stated" else f"{kind} cells"
    words = f"{level.numerator} of {level.denominator.count} {of} by stated gates"
    share = None if level.fraction is None else Quantity(Decimal(f"{level.fraction:.6g}"))
    fields = {key: value for key, value in common.items() if key != "assessment"}
    return Assessment.model_validate(
        fields
        | {
            "id": measured.fact,
            "kind": "flow",
            "context": "blast fraction, unlabelled sample" if unlabelled else "blast fraction",
            "blasts": share,
            "note": words,
        }
    )


def _antigen(
    measured: FlowMeasurement, entry: AntigenExpression, common: dict[str, object]
) -> AntigenReading:
    name = f"{measured.fact}-{entry.marker.lower()}"
    stated = measured.result.approach == "gates"
    required = (
        stated and entry.percent == 100 and entry.marker in _gated_on(measured.strategy, entry.of)
    )
    fields = {key: value for key, value in common.items() if key != "specimen"}
    interval = entry.interval
    return AntigenReading.model_validate(
        fields
        | {
            "id": "".join(c if c.isalnum() else "-" for c in name).strip("-"),
            "marker": entry.marker,
            "percent": entry.percent,
            "of": entry.of,
            "positive": entry.positive,
            "interval": interval and (interval.low, interval.high),
            "flags": (*entry.flags, GATED_ON) if required else entry.flags,
            "note": "" if entry.ratio is None else f"ratio of medians {entry.ratio:.3g}",
        }
    )


def _gated_on(strategy: Strategy, gate: str) -> set[str]:
    """The dimensions of a gate and of those it lies in: carrying them is no finding."""
    gates = {one.name: one for one in strategy.gates}
    found: set[str] = set()
    name: str | None = gate
    while name in gates:
        for dimension in gates[name].dimensions:
            found |= {dimension, *strategy.channels_of(dimension)}
        name = gates[name].parent
    return found
