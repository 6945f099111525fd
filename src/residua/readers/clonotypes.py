"""Opens a file of clonotypes, whichever form it has: AIRR TSV or Vidjil JSON."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError, system_words
from residua.facts.clonotype import ClonotypeSample
from residua.readers.airr import airr_samples
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.vidjil import vidjil_samples


def read_clonotypes(path: Path | str, *, name: str | None = None) -> tuple[ClonotypeSample, ...]:
    """The samples of an AIRR table or a Vidjil analysis, told apart by content.

    `name` is how faults call the file (default: that of `path`). Raises `InputError`.
    """
    name = name or Path(path).name
    try:
        raw = ordinary_bytes(path)
    except OSError as error:
        expected = "an AIRR table or a Vidjil analysis"
        fault = Fault(name, "the file", expected, system_words(error), "check the path")
        raise InputError(fault) from error
    is_json = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    samples = (vidjil_samples if is_json else airr_samples)(raw, name=name)
    if not samples:
        raise InputError(Fault(name, "the file", "at least one sample", "none", "check the export"))
    return samples
