"""RDML, the exchange format of quantitative PCR: a zip archive or plain XML, versions 1.0-1.3.

Schema: rdml.org; Lefever 2009, Nucleic Acids Res 37:2065, doi:10.1093/nar/gkp056.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from residua.errors import Fault, InputError
from residua.facts.qpcr import Plate
from residua.readers.rdml_wells import wells_of
from residua.readers.xml_tree import Element, parse_xml

VERSIONS = ("1.0", "1.1", "1.2", "1.3")
GROWTH = 100
_DATA = "rdml_data.xml"
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, OverflowError),
    RuntimeError,  # a password, an unknown method
)
_TELLS = {
    "instrument": "instrument",
    "dataCollectionSoftware": "software",
    "cqDetectionMethod": "cq-method",
    "thermalCyclingConditions": "cycling",
}


def rdml_plate(raw: bytes, *, name: str) -> Plate:
    """The wells of an RDML document, zipped or plain.

    A Ct at or after the last recorded cycle, or not above 0, is no amplification: instruments
    write 40, 100 or -1 for it. Raises `InputError` for another version, an archive that grows
    more than 100-fold, XML with entities, or no reaction.
    """
    root = parse_xml(_document(raw, name), name=name)
    _check(root, name)
    told = frozenset(word for element, word in _TELLS.items() if _tells(root, element))
    wells, notes = wells_of(root, name=name)
    if not wells:
        expected = "reactions with a target"
        raise InputError(Fault(name, "<run>", expected, "none", "export the run with its data"))
    return Plate(name, wells, told, notes)


def _tells(root: Element, name: str) -> bool:
    return any(e.name == name and (e.text or e.children or e.attributes) for e in root.walk())


def _check(root: Element, name: str) -> None:
    if root.name != "rdml":
        fault = Fault(name, "the root", "<rdml>", "another element", "name an RDML file", root.line)
        raise InputError(fault)
    version = root.attributes.get("version", "")
    if version not in VERSIONS:
        plain = version.replace(".", "").isdigit() and len(version) < 10
        received = f"version {version}" if plain else "no version that is a number"
        expected, do = f"RDML {', '.join(VERSIONS)}", "export it as one of them"
        raise InputError(Fault(name, "<rdml version>", expected, received, do, root.line))


def _document(raw: bytes, name: str) -> bytes:
    """The XML of the data, taken out of its archive if it is in one."""
    if not raw.startswith(b"PK"):
        return raw
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > GROWTH * len(raw):
                limit, do = f"one that grows at most {GROWTH}-fold", "zip it again"
                fault = Fault(name, "the archive", limit, "one that grows more", do)
                raise InputError(fault)
            return archive.read(_entry(archive, name))
    except _DAMAGED as error:
        received, do = "a damaged or locked one", "export it again"
        raise InputError(Fault(name, "the archive", "a zip archive", received, do)) from error


def _entry(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    documents = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".xml")]
    named = [entry for entry in documents if entry.filename.rpartition("/")[2] == _DATA]
    found = named or documents
    if len(found) != 1:
        received = f"{len(found)} documents"
        raise InputError(Fault(name, "the archive", _DATA, received, "export it again"))
    return found[0]
