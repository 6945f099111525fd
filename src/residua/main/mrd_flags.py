"""What a reader of an MRD result must be told beside its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from typing import Protocol

from residua.facts.acquisition import names_of, plain_name
from residua.facts.day import Day
from residua.facts.gate_needs import needed_dimensions
from residua.facts.gating import Strategy
from residua.facts.mrd_result import FileDigest, MrdLevel
from residua.main.flow.count import FileCounts

_MASKED_BY_DRUG = {"cd22"}  # inotuzumab binds CD22; a cell therapy leaves nothing on the antigen
NOT_VALIDATED = "gate template not validated"


def hidden_markers(after: Collection[str], masked: Collection[str] | None) -> set[str]:
    """Markers, in lower case, that a drug may hide: those stated, else CD22 if `after` has it."""
    if masked is not None:
        return {marker.lower() for marker in masked}
    return {plain_name(marker).lower() for marker in after} & _MASKED_BY_DRUG


class FlaggedFile(Protocol):
    """A file of a result with what is unusual in it."""

    @property
    def digest(self) -> FileDigest:
        """The file and its hash."""

    @property
    def flags(self) -> tuple[str, ...]:
        """What is unusual in it."""


def file_flags(counts: Sequence[FlaggedFile]) -> list[str]:
    """The flags of every file with its name; "simulated" stands for all of them."""
    flags = [
        flag if flag == "simulated" else f"{count.digest.file}: {flag}"
        for count in counts
        for flag in count.flags
    ]
    hashes = [count.digest.sha256 for count in counts]
    return flags + ["files hold the same bytes, counted twice"] * (len(set(hashes)) < len(hashes))


def file_notes(counts: Sequence[FileCounts]) -> list[str]:
    """The notes of every file, each once."""
    return list(dict.fromkeys(note for count in counts for note in count.notes))


def gating_flags(
    strategy: Strategy,
    numerators: Sequence[tuple[FileCounts, str]],
    *,
    after: Collection[str],
) -> list[str]:
    """Whether the gates are an unconfirmed template or gate blasts by a marker of the therapy.

    A union with a way that does without the marker misses nothing: the two gates that therapy
    against CD19 asks for.

    `numerators` are the gates of the blasts, as (a file of the tube, gate).
    """
    flags = [] if strategy.validated else [NOT_VALIDATED]
    for count, numerator in numerators:
        gates = {gate.name: gate for gate in strategy.gates_of(count.tube)}
        used = {
            name.lower()
            for dimension in needed_dimensions(numerator, gates)
            for channel in strategy.channels_of(dimension)
            for name in names_of(count.channels, channel)
        }
        flags += [
            f"blasts are gated by {marker} after therapy against it: cells that lost it are missed"
            for marker in after
            if plain_name(marker).lower() in used
        ]
    return flags


def date_flags(dates: Iterable[str | None]) -> list[str]:
    """Whether the files of one specimen state dates that cannot be the same day."""
    days = [Day.parse(date).span for date in dict.fromkeys(dates) if date is not None]
    differ = any(not one.overlaps(other) for one, other in combinations(days, 2))
    return ["the files of this specimen state different dates"] * differ


def policy_notes(level: MrdLevel) -> tuple[str, ...]:
    """A note where the counting policy has not been read in its source."""
    doubtful = level.policy.provenance in ("abstract", "secondary", "unverified")
    return (f"counting policy {level.policy.name}: {level.policy.provenance}",) * doubtful


def removal_notes(remove: Sequence[str]) -> tuple[str, ...]:
    """A note where events were not counted because the strategy says so."""
    words = f"events removed before counting, as stated: {', '.join(remove)}"
    return (words,) * bool(remove)
