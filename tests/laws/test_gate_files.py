"""Whatever a strategy holds can be written and is read back as the same, to the last bit.

Oracle: the strategy that was written, compared as a value.
"""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from made_strategies import strategies_of_gates, whole_strategies

import residua
from residua.facts.gates import BooleanGate, EllipsoidGate, PolygonGate, RectangleGate
from residua.facts.gating import Dimension
from residua.facts.scales import Linear
from residua.readers.gatingml.document import parse_gatingml
from residua.readers.xml_tree import parse_xml
from residua.views.flow_toml_export import flow_toml_text
from residua.views.gatingml_export import gatingml_text


def read_toml(text):
    with TemporaryDirectory() as folder:
        file = Path(folder) / "flow.toml"
        file.write_bytes(text.encode())
        return residua.read_gates(file)


def read_xml(text):
    return parse_gatingml(parse_xml(text.encode(), name="gates.xml"), name="gates.xml")


def plain(matrix):
    return (matrix.channels, matrix.names, matrix.matrix.tolist())


def told(strategy):
    """A strategy as values that compare; where it was read from is no part of it."""
    matrices = [(name, plain(matrix)) for name, matrix in strategy.matrices]
    return replace(strategy, matrices=(), dimensions=(), path="", sha256="", sources=()), (
        strategy.dimensions,
        matrices,
    )


def seen(strategy, name):
    """What a dimension of a gate looks at, whatever it is called."""
    one = strategy.dimension(name) or Dimension(name, (name,), strategy.scale_of(name))
    matrix = dict(strategy.matrices).get(one.compensation)
    compensation = "file" if one.compensation == "sample" else one.compensation
    scale = Linear() if one.scale == Linear(1.0) else one.scale
    return (
        one.of,
        scale,
        compensation if matrix is None else plain(matrix),
        one.ratio,
        one.bounds,
    )


def apart(strategy):
    """Whether no gate looks at one thing under two names, which Gating-ML could not tell apart."""
    looks = [[seen(strategy, name) for name in gate.dimensions] for gate in strategy.gates]
    return all(one not in looks[:place] for looks in looks for place, one in enumerate(looks))


def meaning(strategy, gate):
    """A gate by what it keeps: Gating-ML has `not` of one gate only."""
    common = (gate.name, gate.parent, gate.reason)
    if isinstance(gate, RectangleGate):
        limits = ((seen(strategy, one.dimension), one.low, one.high) for one in gate.limits)
        return (*common, tuple(limits))
    if isinstance(gate, PolygonGate):
        return (*common, seen(strategy, gate.x), seen(strategy, gate.y), gate.points)
    if isinstance(gate, EllipsoidGate):
        dimensions = tuple(seen(strategy, name) for name in gate.dimensions)
        return (*common, dimensions, gate.center, gate.covariance, gate.distance2, gate.as_written)
    assert isinstance(gate, BooleanGate)
    none_of = gate.operation == "not"
    members = frozenset((name, outside != none_of) for name, outside in gate.members)
    alone = len(members) == 1
    return (*common, "all" if none_of or alone else gate.operation, members)


@settings(max_examples=60, deadline=None)
@given(whole_strategies())
def test_flow_toml_reads_back_as_it_was_written(strategy):
    text = flow_toml_text(strategy)
    assert told(read_toml(text)) == told(strategy)
    assert flow_toml_text(read_toml(text)) == text


@settings(max_examples=60, deadline=None)
@given(strategies_of_gates().filter(apart))
def test_gating_ml_reads_back_as_it_was_written(strategy):
    read = read_xml(gatingml_text(strategy))
    assert [meaning(read, gate) for gate in read.gates] == [
        meaning(strategy, gate) for gate in strategy.gates
    ]


@settings(max_examples=30, deadline=None)
@given(strategies_of_gates().filter(apart))
def test_gates_of_gating_ml_can_be_written_as_flow_toml(strategy):
    read = read_xml(gatingml_text(strategy))
    assert told(read_toml(flow_toml_text(read))) == told(read)
