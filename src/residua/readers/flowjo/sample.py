"""One sample of a workspace: its file, its channels, and what its gates may look at."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from residua.errors import nearest
from residua.facts.gating import Dimension
from residua.facts.scales import Linear
from residua.readers.flowjo.attributes import Wrong, child, text
from residua.readers.flowjo.matrix import Compensation, read_compensation
from residua.readers.flowjo.transforms import Axis, read_axis
from residua.readers.xml_tree import Element

_MANY = 300  # names to compare a misspelt one with; beyond that it would take long


@dataclass(frozen=True, eq=False)
class Sample:
    """A sample: `tube` (its name), `file` (the name of its FCS file) and its populations' `node`.

    `channels` maps the names that FlowJo gives to channels to those of the file; `known` are the
    channels and dyes that a gate may look at; `transforms` holds the element of each parameter's
    transformation; `time_step` is seconds per tick.
    """

    node: Element
    tube: str
    file: str
    channels: Mapping[str, str]
    known: frozenset[str]
    transforms: Mapping[str, Element]
    compensation: Compensation | None
    time_step: float | None


def read_sample(element: Element, tube: str) -> Sample:
    """A sample by its element; raises `Wrong` where it lacks what a sample has."""
    node = child(element, "SampleNode")
    keywords = _keywords(element)
    channels, transforms = _channels(keywords), _transforms(element)
    compensation = read_compensation(element, channels)
    dyes = () if compensation is None else compensation.matrix.names
    return Sample(
        node,
        tube,
        _file(element) or tube,
        channels,
        frozenset((*(channels.values() or transforms), *dyes)),
        transforms,
        compensation,
        _time_step(keywords),
    )


def _file(sample: Element) -> str:
    address = sample.first("DataSet")
    if address is None:
        return ""
    path = unquote(address.attributes.get("uri", "")).replace("\\", "/")
    return path.rpartition("/")[2].strip()


def _keywords(sample: Element) -> Mapping[str, str]:
    held = sample.first("Keywords")
    found = () if held is None else held.all("Keyword")
    return {
        one.attributes.get("name", "").strip().upper(): one.attributes.get("value", "").strip()
        for one in found
    }


def _channels(keywords: Mapping[str, str]) -> Mapping[str, str]:
    """The channels' names; FlowJo writes an underscore for a slash in them."""
    names = [
        value
        for key, value in keywords.items()
        if key.startswith("$P") and key.endswith("N") and key[2:-1].isdecimal() and value
    ]
    plain = {name: name for name in names}
    changed = {name.replace("/", "_"): name for name in names if "/" in name}
    return MappingProxyType(changed | plain)


def _transforms(sample: Element) -> Mapping[str, Element]:
    held = sample.first("Transformations")
    found = {}
    for one in () if held is None else held.children:
        for parameter in one.all("parameter"):
            found[parameter.attributes.get("name", "").strip()] = one
    return MappingProxyType(found)


def _time_step(keywords: Mapping[str, str]) -> float | None:
    try:
        step = float(keywords.get("$TIMESTEP", ""))
    except ValueError:
        return None
    return step if 0 < step < math.inf and math.isfinite(1 / step) else None


@dataclass(frozen=True)
class Parameter:
    """What one dimension of a gate looks at: a channel, its compensation, its axis."""

    name: str
    channel: str
    compensation: str
    axis: Axis

    def dimension(self, name: str) -> Dimension:
        """The strategy's form of it, under a name."""
        axis = self.axis
        return Dimension(
            name, (self.channel,), axis.scale, self.compensation, None, axis.bounds, self.name
        )


def read_parameter(sample: Sample, dimension: Element) -> Parameter:
    """The parameter that one gating dimension names; raises `Wrong` where the sample lacks it."""
    if "transformation-ref" in dimension.attributes:
        raise Wrong(
            dimension,
            "the transformation of the sample's parameter",
            "a reference to another one",
            "draw the gate in FlowJo again",
        )
    name = text(child(dimension, "fcs-dimension"), "name")
    compensation = sample.compensation
    dye = None if compensation is None else compensation.dyes.get(name)
    channel = sample.channels.get(name, name) if dye is None else dye
    _check_known(sample, dimension, name, channel)
    axis = read_axis(_transform(sample, dimension, (name, channel, channel.replace("/", "_"))))
    if channel.lower() == "time" and isinstance(axis.scale, Linear) and sample.time_step:
        axis = Axis(Linear(T=1 / sample.time_step), axis.shown)
    kind = "none" if dye is None or compensation is None else compensation.name
    return Parameter(name, channel, kind, axis)


def _transform(sample: Sample, dimension: Element, names: tuple[str, ...]) -> Element:
    for name in names:
        if name in sample.transforms:
            return sample.transforms[name]
    expected = "a transformation of the parameter in the sample"
    raise Wrong(dimension, expected, "none", "save the workspace in FlowJo again")


def _check_known(sample: Sample, dimension: Element, name: str, channel: str) -> None:
    if channel not in sample.known:
        expected = "a parameter of the sample's file, or a compensated one"
        some = sample.known if len(sample.known) < _MANY else ()
        advice = nearest(name, some) if some else "choose a parameter of the file"
        raise Wrong(dimension, expected, f"{name!r}", advice)
