"""Opens a file of quantitative PCR, whichever form it has."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError, system_words
from residua.facts.qpcr import COPIES, Plate
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.qpcr_table import qpcr_table
from residua.readers.rdml import rdml_plate

_WORKBOOK = b"xl/workbook.xml"
_XML = (b"<", b"\xef\xbb\xbf<")


def read_qpcr(path: Path | str, *, name: str | None = None, unit: str = COPIES) -> Plate:
    """The plate in a CSV, an RDML archive or an RDML document, told apart by its content.

    `name` is how faults call the file (default: that of `path`), `unit` that of the quantities in
    a CSV, which does not say it. Raises `InputError`.
    """
    name = name or Path(path).name
    try:
        raw = ordinary_bytes(path)
    except OSError as error:
        reason = system_words(error)
        fault = Fault(name, "the file", "a CSV or RDML file", reason, "check the path")
        raise InputError(fault) from error
    if raw.startswith(b"PK") and _WORKBOOK in raw:
        do = "save its sheet of results as CSV"
        raise InputError(Fault(name, "the file", "a CSV or RDML file", "a workbook", do))
    if raw.startswith(b"PK") or raw.lstrip().startswith(_XML):
        return rdml_plate(raw, name=name)
    return qpcr_table(raw, name=name, unit=unit)
