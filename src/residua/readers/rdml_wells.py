"""The reactions of an RDML document as wells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from residua.errors import Fault, InputError
from residua.facts.qpcr import COPIES, USUAL, Role, Well
from residua.readers.xml_tree import Element

_ROLES: dict[str, Role] = {"std": "standard", "unkn": "unknown", "ntc": "ntc"}
_UNITS = frozenset({COPIES, "fold", "dil", "nMol", "ng", "other"})
_COUNT = re.compile(r"[1-9][0-9]{0,5}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_EXCLUDED = "reactions that the file excludes are left out"
_OTHER = "samples that are neither standard, unknown nor no-template control are not quantified"
_LATE = "a Ct at or after the last recorded cycle, or not above 0, counts as no amplification"


@dataclass(frozen=True)
class _Sample:
    """Roles and quantities, for one target (since RDML 1.2) or, under ``""``, for all."""

    roles: dict[str, Role]
    quantities: dict[str, tuple[float, str]]

    def role(self, target: str) -> Role:
        return self.roles.get(target, self.roles.get("", "other"))

    def quantity(self, target: str) -> tuple[float, str] | None:
        return self.quantities.get(target, self.quantities.get(""))


def wells_of(root: Element, *, name: str) -> tuple[tuple[Well, ...], tuple[str, ...]]:
    """Every reaction and target of the document, and notes on what was left out."""
    samples = {s.attributes.get("id", ""): _sample(s, name) for s in root.all("sample")}
    called_by = _names(root)
    wells: list[Well] = []
    notes: dict[str, None] = {}
    for experiment in root.all("experiment"):
        for run in experiment.all("run"):
            called = run.attributes.get("id", "")
            read = list(_run_wells(run, called, samples, name, notes))
            named = (replace(w, sample=called_by.get(w.sample, w.sample)) for w in read)
            wells += _without_ct(list(named))
    if any(well.role == "other" for well in wells):
        notes[_OTHER] = None
    return tuple(wells), tuple(notes)


def _names(root: Element) -> dict[str, str]:
    """What people call the samples of a file that numbers them by UUIDs (LightCycler 96).

    The description, where no other sample has it.
    """
    described = {}
    for sample in root.all("sample"):
        words, called = sample.first("description"), sample.attributes.get("id", "")
        if words is not None and words.text.strip() and _ID.fullmatch(called):
            described[called] = words.text.strip()
    often = Counter(described.values())
    ids = {sample.attributes.get("id", "") for sample in root.all("sample")}
    return {i: text for i, text in described.items() if often[text] == 1 and text not in ids}


def _without_ct(wells: list[Well]) -> Iterator[Well]:
    """A missing Ct is no amplification where the instrument gave a Ct to others of the target."""
    analysed = {well.target for well in wells if well.ct is not None}
    for well in wells:
        if well.amplified is None and well.target in analysed:
            yield replace(well, amplified=False)
        else:
            yield well


def _run_wells(
    run: Element, called: str, samples: dict[str, _Sample], name: str, notes: dict[str, None]
) -> Iterator[Well]:
    for react in run.all("react"):
        reference = react.first("sample")
        sample = reference.attributes.get("id", "") if reference else ""
        if sample not in samples:
            expected, do = "a sample that the file lists", "export it again"
            raise InputError(Fault(name, "<react>", expected, "another", do, react.line))
        place = _place(run, react.attributes.get("id", ""))
        for data in react.all("data"):
            if data.first("excl") is not None:
                notes[_EXCLUDED] = None
                continue
            yield _well(data, (called, place, sample), samples[sample], name, notes)


def _well(
    data: Element,
    where: tuple[str, str, str],
    sample: _Sample,
    name: str,
    notes: dict[str, None],
) -> Well:
    tar = data.first("tar")
    target = tar.attributes.get("id", "") if tar else ""
    if not target:
        raise InputError(Fault(name, "<data>", "a target", "none", "export it again", data.line))
    ct, amplified = _ct(data, name, notes)
    run, place, called = where
    role = sample.role(target)
    quantity, unit = _quantity(data, sample.quantity(target), name)
    if role != "standard":
        quantity = None
    return Well(place, called, target, role, quantity, unit, ct, amplified, None, run)


def _ct(data: Element, name: str, notes: dict[str, None]) -> tuple[float | None, bool | None]:
    element = data.first("cq")
    ct = _number(element, name)
    if ct is None:
        return None, None
    cycles = [_number(adp.first("cyc"), name) or 0.0 for adp in data.all("adp")]
    if ct <= 0 or (cycles and ct >= max(cycles)):
        notes[_LATE] = None
        return None, False
    return ct, True


def _quantity(
    data: Element, stated: tuple[float, str] | None, name: str
) -> tuple[float | None, str]:
    """A standard's quantity; ``other`` are copies where the reaction's own quantity says so."""
    if stated is None:
        return None, COPIES
    value, unit = stated
    own = data.first("quantity")
    if unit == "other" and own is not None:
        same = _number(own.first("value"), name) == value
        words = own.first("unit")
        if same and words is not None and words.text == COPIES:
            return value, COPIES
    return value, unit


def _sample(element: Element, name: str) -> _Sample:
    roles: dict[str, Role] = {
        kind.attributes.get("targetId", ""): _ROLES.get(kind.text, "other")
        for kind in element.all("type")
    }
    quantities = {}
    for quantity in element.all("quantity"):
        value, unit = _number(quantity.first("value"), name), quantity.first("unit")
        if value is None:
            continue
        if not USUAL[0] <= value <= USUAL[1] or unit is None or unit.text not in _UNITS:
            expected = f"a quantity above 0 in one of {', '.join(sorted(_UNITS))}"
            fault = Fault(name, "<quantity>", expected, "another", "correct it", quantity.line)
            raise InputError(fault)
        quantities[quantity.attributes.get("targetId", "")] = (value, unit.text)
    return _Sample(roles, quantities)


def _number(element: Element | None, name: str) -> float | None:
    """The number in an element; None where there is none or it is not finite (``NaN``)."""
    if element is None or not element.text:
        return None
    try:
        number = float(element.text)
    except ValueError:
        fault = Fault(name, f"<{element.name}>", "a number", "a text", "correct it", element.line)
        raise InputError(fault) from None
    return number if math.isfinite(number) else None


def _place(run: Element, number: str) -> str:
    """``A1`` for reaction 1 where the plate's rows have letters and its columns numbers."""
    form = run.first("pcrFormat")
    labels = {child.name: child.text for child in form.children} if form else {}
    lettered = labels.get("rowLabel") == "ABC" and labels.get("columnLabel") == "123"
    columns = labels.get("columns", "")
    if not (lettered and _COUNT.fullmatch(number) and _COUNT.fullmatch(columns)):
        return number
    row, column = divmod(int(number) - 1, int(columns))
    return f"{chr(ord('A') + row)}{column + 1}" if 0 <= row < 26 else number
