"""What the gates of a strategy look at, as the parts of a Gating-ML 2.0 document."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from residua.errors import ValueFault
from residua.facts.acquisition import Channel, Spillover, find_column
from residua.facts.gating import Dimension, Strategy
from residua.facts.scales import Arcsinh, Biex, Linear, Scale
from residua.views.gatingml_ids import Ids
from residua.views.xml_text import xml_element

_ELEMENTS = {"linear": "flin", "log": "flog", "arcsinh": "fasinh"}
_EVERYWHERE = (-math.inf, math.inf)
SAMPLE = "the matrix of the sample"


@dataclass
class Parts:
    """The transformations and matrices met so far, as text, each with its id."""

    strategy: Strategy
    channels: Sequence[Channel]
    sample: str
    ids: Ids
    matrix_ids: Mapping[str, str]
    texts: list[str] = field(default_factory=list)
    known: dict[object, str] = field(default_factory=dict)

    def dimension(self, name: str) -> Dimension:
        """What a gate's dimension stands for, channels by ``$PnN`` where they are known.

        Raises `ValueFault` for a scale that Gating-ML 2.0 does not have.
        """
        stated = self.strategy.dimension(name)
        if stated is None:
            scale = self.strategy.scale_of(name, *self._names(name))
            stated = Dimension(name, (name,), scale)
        if isinstance(stated.scale, Biex):
            raise ValueFault(
                "scales that Gating-ML 2.0 has",
                f"biex, of {name!r}",
                "write the gates as flow.toml, which has it, or draw them on a logicle scale",
            )
        return stated

    def element(self, name: str, ends: Mapping[str, float]) -> str:
        """The ``gating:dimension`` of a gate, with its ends where it is a rectangle."""
        one = self.dimension(name)
        matrix = self.matrix_ids.get(one.compensation)
        words = {"sample": self.sample, "file": "FCS", "none": "uncompensated"}
        attributes = {"gating:compensation-ref": matrix or words[one.compensation]}
        over = one.ratio is not None and one.scale == Linear()  # then the ratio holds the bounds
        transformation = "" if over else self._transformation(one.scale, one.bounds)
        if transformation:
            attributes["gating:transformation-ref"] = transformation
        for key, value in ends.items():
            # FlowKit 1.3 reads a ratio only where both ends are stated.
            if math.isfinite(value) or one.ratio is not None:
                attributes[f"gating:{key}"] = number(value)
        of = [self._channel(each, one.compensation) for each in one.of]
        if one.ratio is None:
            inside = channel_element(of[0])
        else:
            ref = self._ratio(of, one.ratio, one.bounds if over else _EVERYWHERE)
            inside = xml_element("data-type:new-dimension", {"data-type:transformation-ref": ref})
        return xml_element("gating:dimension", attributes, [inside])

    def _transformation(self, scale: Scale, bounds: tuple[float, float]) -> str:
        if scale == Linear() and bounds == _EVERYWHERE:
            return ""
        key = (scale, bounds)
        if key not in self.known:
            self.known[key] = self.ids.give(_words(scale))
            self._add(self.known[key], bounds, _scale_element(scale))
        return self.known[key]

    def _ratio(
        self, of: list[str], ratio: tuple[float, float, float], bounds: tuple[float, float]
    ) -> str:
        key = (tuple(of), ratio, bounds)
        if key not in self.known:
            self.known[key] = self.ids.give("_over_".join(of))
            letters = zip(("transforms:A", "transforms:B", "transforms:C"), ratio, strict=True)
            attributes = {letter: number(value) for letter, value in letters}
            inside = [channel_element(name) for name in of]
            self._add(self.known[key], bounds, xml_element("transforms:fratio", attributes, inside))
        return self.known[key]

    def _add(self, name: str, bounds: tuple[float, float], inside: str) -> None:
        attributes = {"transforms:id": name}
        for key, value in zip(("boundMin", "boundMax"), bounds, strict=True):
            if math.isfinite(value):
                attributes[f"transforms:{key}"] = number(value)
        self.texts.append(xml_element("transforms:transformation", attributes, [inside]))

    def _channel(self, name: str, compensation: str) -> str:
        """The dye of a matrix, else ``$PnN`` where the channels are known, else as it stands."""
        matrix = dict(self.strategy.matrices).get(compensation)
        if matrix is not None and name in matrix.names:
            return name
        place = find_column(tuple(self.channels), name)
        return name if place is None else self.channels[place].name

    def _names(self, name: str) -> tuple[str, ...]:
        place = find_column(tuple(self.channels), name)
        return () if place is None else (self.channels[place].marker, self.channels[place].name)


def number(value: float) -> str:
    """A number of XML Schema that reads back as the same."""
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    return repr(float(value))


def channel_element(name: str) -> str:
    """A channel or dye by its name."""
    return xml_element("data-type:fcs-dimension", {"data-type:name": name})


def matrix_element(name: str, called: str, matrix: Spillover) -> str:
    """A ``spectrumMatrix``; raises `ValueFault` for one of a single dye or detector."""
    if len(matrix.names) < 2:
        expected, received = "a matrix of two dyes or more", "one of a single dye"
        raise ValueFault(expected, received, f"leave the matrix {called!r} out")
    rows = [
        xml_element(
            "transforms:spectrum",
            {},
            [
                xml_element("transforms:coefficient", {"transforms:value": number(value)})
                for value in row
            ],
        )
        for row in matrix.matrix.tolist()
    ]
    attributes = {"transforms:id": name}
    if called != name:
        attributes["residua:called"] = called
    return xml_element(
        "transforms:spectrumMatrix",
        attributes,
        [
            xml_element("transforms:fluorochromes", {}, map(channel_element, matrix.names)),
            xml_element("transforms:detectors", {}, map(channel_element, matrix.channels)),
            *rows,
        ],
    )


def _scale_element(scale: Scale) -> str:
    own = {"residua:cofactor": number(scale.cofactor)} if isinstance(scale, Arcsinh) else {}
    written: Scale = scale.scaled if isinstance(scale, Arcsinh) else scale
    if written == Linear():  # a transformation is needed to hold bounds: x / 1
        written = Linear(1.0)
    attributes = {f"transforms:{key}": number(value) for key, value in asdict(written).items()}
    return xml_element(f"transforms:{_ELEMENTS.get(scale.kind, scale.kind)}", attributes | own)


def _words(scale: Scale) -> str:
    values = (value for value in asdict(scale).values() if value is not None)
    return "_".join([scale.kind, *(f"{value:g}" for value in values)])
