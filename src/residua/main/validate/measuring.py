"""Measures every file of a series by one function from a file to its MRD result."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from residua.errors import Fault, InputError, UsageError
from residua.facts.mrd_result import FileDigest, MrdResult
from residua.facts.validation_series import Series, SeriesResult
from residua.main.automatic.sources import digest_of
from residua.main.mrd import measure_mrd
from residua.measures.validation.validated import Approach
from residua.progress import Progress
from residua.readers.gates import read_gates
from residua.readers.ordinary_file import is_file
from residua.standards.mrd_counting import find_policy

Measure = Callable[[Path], MrdResult]


def by_gates(gates: Path) -> tuple[Measure, Approach]:
    """The measuring by stated gates, and what a report says of it.

    Raises `InputError` for gates that cannot be read, `UsageError` where its tubes are counted
    by several policies, of which a validation can make no single one.
    """
    strategy = read_gates(gates, name=str(gates))
    policies = {find_policy(spec.policy) for spec in strategy.mrd}
    if not policies:
        expected, do = "[mrd], which gates to count", "say it in the gates"
        raise InputError(Fault(str(gates), "the gates", expected, "none", do))
    if len(policies) > 1:
        raise UsageError("the tubes of the gates are counted by several policies; validate each")

    def measure(file: Path) -> MrdResult:
        return measure_mrd([file], gates=gates)

    digest = FileDigest(gates.name, strategy.sha256)
    return measure, Approach("gates", digest, next(iter(policies)))


def by_diagnosis(diagnoses: Sequence[Path], normals: Path | None) -> tuple[Measure, Approach]:
    """The measuring by the patient's own diagnosis, without gates.

    What stands for it in a report is the diagnosis, or with several the hash of theirs. Measuring
    raises `InputError` for a file in which nothing can be read.
    """
    from residua.main.automatic.measure import measure_automatic

    def measure(file: Path) -> MrdResult:
        result = measure_automatic([file], diagnoses=diagnoses, normals=normals).result
        if result.level.interval is None:  # nothing was read, which is no reading of nothing
            expected, do = "a file whose blasts can be measured", "leave it out of the series"
            raise InputError(Fault(str(file), "the file", expected, result.level.reason, do))
        return result

    digests = [digest_of(path) for path in diagnoses]
    together = hashlib.sha256("".join(sorted(d.sha256 for d in digests)).encode()).hexdigest()
    name = ", ".join(digest.file for digest in digests)
    sha256 = digests[0].sha256 if len(digests) == 1 else together
    return measure, Approach("automatic", FileDigest(name, sha256), find_policy(None))


def measure_series(
    series: Series, folder: Path, measure: Measure, *, progress: Progress
) -> tuple[SeriesResult, ...]:
    """The result of every row; paths are relative to `folder`, the table's.

    Raises `InputError` with the faults of all files, and where two of them hold the same bytes.
    """
    _check_there(series, folder)
    results: list[SeriesResult] = []
    faults: list[Fault] = []
    for place, row in enumerate(series.rows, start=1):
        progress(f"measuring {place} of {len(series.rows)}: {row.file}")
        try:
            found = measure(folder / row.file)
        except InputError as error:
            faults += error.faults
            continue
        digest = found.tubes[0].files[0].sha256
        level = found.level
        results.append(
            SeriesResult(
                row, digest, level.numerator, level.denominator, level.status,
                tuple(dict.fromkeys((*level.flags, *found.flags))), found.inputs,
            )
        )  # fmt: skip
    faults += _same_bytes(series, results)
    if faults:
        raise InputError(dict.fromkeys(faults))
    return tuple(results)


def _check_there(series: Series, folder: Path) -> None:
    expected, do = "an FCS file, by its path from the table", "correct the path"
    missing = [
        Fault(series.name, "file", expected, "no such file", do, row.line)
        for row in series.rows
        if not is_file(folder / row.file)
    ]
    if missing:
        raise InputError(missing)


def _same_bytes(series: Series, results: Sequence[SeriesResult]) -> list[Fault]:
    """A copy of a file is no second measurement."""
    seen: set[str] = set()
    faults = []
    for result in results:
        if result.sha256 in seen:
            expected, received = "each measurement once", "the bytes of an earlier row's file"
            do = "delete the row: a copy is no replicate"
            faults.append(Fault(series.name, "file", expected, received, do, result.row.line))
        seen.add(result.sha256)
    return faults
