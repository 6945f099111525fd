"""What a simulated marrow is to be, and its TOML file; see docs/reference/simulate-marrow.md."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from residua.errors import UsageError, ValueFault, nearest
from residua.readers.toml_table import Table, as_number
from residua.simulate.assumptions import assumed
from residua.simulate.marrow.populations import CONDITIONS
from residua.simulate.marrow.tubes import panels
from residua.simulate.spec_file import read_spec

KIND = "residua.simulate.marrow"
FAMILIES = ("gaussian", "skewed")
CLOSE, INSEPARABLE = "close", "inseparable"
CLONES = ("6", "4", "2", CLOSE, INSEPARABLE)
LOSABLE = ("CD19", "CD22")
_SEEDS = ("seed", "laboratory", "patient", "sample")
_AMOUNTS = {
    "haematogones": (0, 0.9),
    "blast_fraction": (0, 1),
    "drift": (0, 5),
    "batch": (0, 5),
    "residual_spillover": (0, 5),
    "tandem_skew": (0, 3),
    "debris": (0, 0.9),
    "doublets": (0, 0.5),
}


@dataclass(frozen=True)
class MarrowSpec:
    """A whole simulated marrow; `laboratory`, `patient` and `sample` are seeds of their own.

    `blasts` is a count, or `blast_fraction` of the nucleated cells. `drift`, `batch`,
    `residual_spillover` and `tandem_skew` are multiples of the assumed sizes (0: none);
    `warp` (of the laboratory) and `sample_warp` are decades. `loss` is the share of blasts that
    lost an antigen.
    """

    events: int
    seed: int = 1
    laboratory: int | None = None
    patient: int | None = None
    sample: int | None = None
    panel: str = "one-tube-10"
    tube: str = "one"
    condition: str = "adult"
    haematogones: float | None = None
    blasts: int | None = None
    blast_fraction: float | None = None
    clone: str = "4"
    drift: float = 0.0
    loss: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    batch: float = 1.0
    residual_spillover: float = 1.0
    tandem_skew: float = 1.0
    warp: float = 0.0
    sample_warp: float = 0.0
    family: str = "gaussian"
    debris: float = 0.08
    doublets: float = 0.03
    duration: float = 300.0
    date: str = ""

    def __post_init__(self) -> None:
        if self.events < 1 or any((getattr(self, name) or 0) < 0 for name in _SEEDS):
            raise ValueFault("events above 0 and seeds of 0 or more", "others", "correct them")
        for name, (low, high) in _AMOUNTS.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                fault = f"a number from {low} to {high}"
                raise ValueFault(fault, "another", f"correct {name}", field=name)
        most = 0.95 / assumed("marrow_laboratory", "wave")
        if not (0 <= self.warp <= most and 0 <= self.sample_warp <= most):
            raise ValueFault(f"a warp of 0 to {most:.2f} decades", "another", "correct it")
        if not 0 < self.duration < math.inf:
            raise ValueFault("a duration above 0 seconds", "another", "correct it")
        self._check_words()
        self._check_blasts()

    def _check_words(self) -> None:
        for value, known in (
            (self.panel, tuple(panels())),
            (self.condition, CONDITIONS),
            (self.clone, CLONES),
            (self.family, FAMILIES),
        ):
            if value not in known:
                raise ValueFault("a known word", f"{value!r}", nearest(value, known))
        if self.tube not in panels()[self.panel]:
            raise ValueFault(f"a tube of {self.panel}", f"{self.tube!r}", "correct tube")
        if self.clone == INSEPARABLE and self.loss:
            raise ValueFault("no loss of a clone that normal precursors hide", "a loss", "drop it")
        for marker, share in self.loss.items():
            if marker not in LOSABLE or not 0 <= share <= 1:
                raise ValueFault("CD19 or CD22 and a share of 0 to 1", "another", "correct loss")

    def _check_blasts(self) -> None:
        if self.blasts is not None and self.blast_fraction is not None:
            raise ValueFault("blasts or blast_fraction", "both", "state one")
        if not self.debris + self.doublets < 1 or not 0 <= self.blast_count <= self.cells:
            raise ValueFault("blasts that fit into the cells", "more", "raise events")

    @property
    def cells(self) -> int:
        """Nucleated single cells: events less debris and doublets."""
        return self.events - round(self.debris * self.events) - round(self.doublets * self.events)

    @property
    def blast_count(self) -> int:
        """Exactly so many blasts."""
        if self.blasts is not None:
            return self.blasts
        return round((self.blast_fraction or 0.0) * self.cells)

    def seed_of(self, name: str) -> int:
        """The seed of `laboratory`, `patient` or `sample`: its own, else that of the whole."""
        own: int | None = getattr(self, name)
        return self.seed if own is None else own


def read_marrow_spec(path: Path | str, *, name: str | None = None) -> MarrowSpec:
    """The spec of a TOML file; raises `InputError` with every fault, by line."""
    return read_spec(path, _spec, name=name)


def preset(name: str) -> MarrowSpec:
    """A spec that the program brings along; raises `UsageError` with the known names."""
    if name not in preset_names():
        known = ", ".join(preset_names())
        raise UsageError(f"no preset is called {name!r}; the known ones: {known}")
    return read_marrow_spec(Path(str(_folder().joinpath(f"{name}.toml"))), name=name)


def preset_names() -> tuple[str, ...]:
    """The presets, by name."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _folder() -> Any:
    return files("residua.simulate.marrow").joinpath("presets")


def _spec(top: Table) -> MarrowSpec | None:
    wholes = (*_SEEDS, "events", "blasts")
    numbers = (*_AMOUNTS, "warp", "sample_warp", "duration")
    words = ("panel", "tube", "condition", "clone", "family", "date")
    top.only("kind", "version", "loss", *wholes, *numbers, *words)
    top.word("kind", (KIND,), required=True)
    top.text("version")
    given: dict[str, Any] = {name: top.whole(name, required=name == "events") for name in wholes}
    given |= {name: top.number(name) for name in numbers}
    given |= {name: top.text(name) for name in words}
    given["loss"] = _loss(top)
    stated = {name: value for name, value in given.items() if value is not None}
    if not top.faults.none():
        return None
    return top.made(lambda: MarrowSpec(**stated))


def _loss(top: Table) -> Mapping[str, float]:
    table = top.table("loss")
    if table is None:
        return MappingProxyType({})
    shares = {marker: as_number(table, value, marker) for marker, value in table.data.items()}
    known = {marker: share for marker, share in shares.items() if share is not None}
    return MappingProxyType(known)
