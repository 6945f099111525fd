"""What a paper says of its sources, beside what those sources print: numbered discrepancies.

One file a citing paper under ``citations/``, found by its doi. A record names the value as the
citing paper has it, the source that it is attributed to, what that source prints (``against``)
and where the value truly stands (``found_in``), both as ``trial-id/result-id``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from residua.errors import Fault, InputError, ValueFault
from residua.standards.regimen_file import read_records
from residua.standards.trial_file import check_keys, twice
from residua.standards.trial_shelf import find_result

_FOLDER = "citations"
VERDICTS = {
    "E": "error or mis-citation",
    "D": "problem of definition",
    "I": "inconsistent within the paper",
    "V": "could not be verified",
    "N": "minor note",
    "OK": "holds",
}
KINDS = ("evidence", "citation note")
_HEAD = ("paper", "doi", "cite", "checked_by")
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Cited:
    """One statement of a citing paper; ``number`` is that of the discrepancy, where it has one.

    ``provenance`` is how well the source's own value is known; ``clause`` is the place in the
    citing paper.
    """

    id: str
    verdict: tuple[str, ...]
    says: str
    attributed_to: str
    source_says: str
    words: str
    clause: str
    cite: str
    provenance: str
    kind: str = "evidence"
    number: int | None = None
    against: tuple[str, ...] = ()
    found_in: tuple[str, ...] = ()

    @property
    def results(self) -> tuple[str, ...]:
        """Every result that the statement bears on, each once."""
        return tuple(dict.fromkeys((*self.against, *self.found_in)))

    @property
    def verdict_words(self) -> str:
        """The letters spelled out."""
        return "; ".join(VERDICTS[letter] for letter in self.verdict)


@dataclass(frozen=True)
class CitingPaper:
    """A paper whose citations were held against their sources."""

    id: str
    doi: str
    cite: str
    checked_by: str
    cited: tuple[Cited, ...]


def parse_citations(text: str, *, file: str) -> CitingPaper:
    """Read what one paper cites; raises `InputError` with all its faults."""
    data = tomllib.loads(text)
    faults = list(_head_faults(data, file))
    cited = read_records(data.get("cited", []), "cited", _cited, file=file, faults=faults)
    faults += twice(file, "cited", (record.id for record in cited))
    if faults:
        raise InputError(faults)
    return CitingPaper(data["paper"], data["doi"], data["cite"], data["checked_by"], cited)


def _head_faults(data: Record, file: str) -> Iterator[Fault]:
    do = "complete it from the paper"
    for key in _HEAD:
        if not isinstance(data.get(key), str) or not (data[key].strip() or key == "checked_by"):
            yield Fault(file, key, "a text", "nothing", do)
    for key in data.keys() - {*_HEAD, "cited"}:
        yield Fault(file, "the head", "a known key", f"key {key!r}", "correct it")
    if data.get("paper") and f"{data['paper']}.toml" != file:
        yield Fault(file, "paper", "the name of the file", "another name", "rename one of them")


def _cited(record: Record) -> Cited:
    texts = ("id", "says", "attributed_to", "source_says", "words")
    check_keys(record, Cited, needed=texts)
    lists = {key: tuple(record.get(key, ())) for key in ("verdict", "against", "found_in")}
    made = Cited(**{**record, **lists})
    if not made.verdict or set(made.verdict) - VERDICTS.keys():
        expected = f"some of {', '.join(VERDICTS)}"
        raise ValueFault(expected, "other words", "correct it", field="verdict")
    if made.kind not in KINDS:
        raise ValueFault(f"one of {', '.join(KINDS)}", "another word", "correct it", field="kind")
    for reference in made.results:
        find_result(reference)
    return made


@cache
def citing_papers() -> tuple[CitingPaper, ...]:
    """All papers whose citations are encoded, by id; raises `InputError` for a faulty file."""
    folder = resources.files("residua.standards").joinpath(_FOLDER)
    files = sorted(p.name for p in folder.iterdir() if p.name.endswith(".toml"))
    return tuple(parse_citations(folder.joinpath(f).read_text("utf-8"), file=f) for f in files)


def paper_with(reference: str) -> CitingPaper | None:
    """The paper of a reference such as ``doi:10.1002/ccr3.8289``; None where not encoded."""
    wanted = bare_doi(reference)
    return next((p for p in citing_papers() if wanted and bare_doi(p.doi) == wanted), None)


def bare_doi(reference: str) -> str:
    """A doi without its prefix, in lower case; empty where the text holds none."""
    found = re.search(r"\b10\.\d{4,}/\S+", reference)
    return found.group().rstrip(".,;)").lower() if found else ""
