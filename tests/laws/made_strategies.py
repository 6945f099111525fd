"""Gating strategies of every kind of gate, scale, dimension and matrix, for Hypothesis."""

import numpy as np
from hypothesis import strategies as st

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import (
    AntigenSpec,
    Dimension,
    EventPolicy,
    FileEntry,
    MrdSpec,
    Strategy,
)
from residua.facts.quality import HaemodilutionSpec, QualitySpec
from residua.facts.scales import (
    Arcsinh,
    Biex,
    Hyperlog,
    Linear,
    Log,
    Logicle,
    ScaledArcsinh,
)

INF = float("inf")
CHANNELS = ("FSC-A", "FL1-A", "FL2-A", "FL3-A")
LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
NAMES = st.builds(
    " ".join, st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=2)
)


def between(low, high):
    """Numbers as files hold them; flow.toml takes none nearer to 0 than 1e-300."""
    return st.floats(low, high).map(lambda x: 0.0 if abs(x) < 1e-12 else x)


NUMBERS = between(-1e6, 1e6)
POSITIVE = between(1e-3, 1e6)


def made(kind, **parts):
    """What `kind` makes of the drawn parts, where it accepts them."""

    def make(values):
        try:
            return kind(**values)
        except ValueFault:
            return None

    return st.fixed_dictionaries(parts).map(make).filter(lambda one: one is not None)


DECADES = between(0.5, 8)
LINEAR = st.just(Linear()) | made(Linear, T=POSITIVE, A=between(0, 10))
SCALES = st.one_of(
    LINEAR,
    made(Log, T=POSITIVE, M=DECADES),
    made(Arcsinh, cofactor=POSITIVE),
    made(ScaledArcsinh, T=POSITIVE, M=DECADES, A=between(0, 2)),
    made(Logicle, T=POSITIVE, W=between(0, 2), M=DECADES, A=between(-1, 2)),
    made(Hyperlog, T=POSITIVE, W=between(0.1, 2), M=DECADES, A=between(-1, 2)),
)
BIEX = made(Biex, max=POSITIVE, neg=between(0, 2), width=between(-100, -1), pos=DECADES)
MATRIX = st.tuples(between(0, 0.4), between(0, 0.4), st.booleans(), st.booleans()).map(
    lambda v: Spillover(
        ("FL1-A", "FL2-A", "FL3-A") if v[3] else ("FL1-A", "FL2-A"),
        np.array([[1, v[0], 0.1], [v[1], 1, 0]])[:, : 3 if v[3] else 2],
        ("dye 1", "dye 2") if v[2] or v[3] else (),
    )
)
BOUNDS = st.sampled_from([(-INF, INF), (0.1, INF), (-INF, 0.75), (-1.5, 2.25)])


@st.composite
def _dimension(draw, name, matrices, scales):
    compensation = draw(st.sampled_from(["sample", "none", "file", *(key for key, _ in matrices)]))
    matrix = dict(matrices).get(compensation)
    known = CHANNELS if matrix is None else ("FSC-A", *matrix.names)
    ratio = draw(st.none() | st.tuples(NUMBERS, NUMBERS, NUMBERS))
    size = 1 if ratio is None else 2
    return Dimension(
        name=name,
        of=tuple(draw(st.sampled_from(known)) for _ in range(size)),
        scale=draw(scales),
        compensation=compensation,
        ratio=ratio,
        bounds=draw(BOUNDS),
        label=draw(st.just("") | NAMES),
    )


@st.composite
def _shape(draw, common, known, earlier):
    kind = draw(st.sampled_from(["rectangle", "polygon", "ellipsoid", "boolean"]))
    names = draw(st.permutations(known).map(lambda order: order[:3]))
    if kind == "boolean" and earlier:
        members = draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=3, unique=True))
        marks = tuple(draw(st.booleans()) for _ in members)
        operation = draw(st.sampled_from(["all", "any", "not"]))
        return BooleanGate(
            operation=operation,
            of=tuple(members),
            negated=marks if any(marks) else (),
            **common,
        )
    if kind == "polygon" and len(names) >= 2:
        a, b, c = draw(NUMBERS), draw(NUMBERS), draw(POSITIVE)
        return PolygonGate(
            x=names[0], y=names[1], points=((a, b), (a + c, b), (a, b + 2 * c)), **common
        )
    if kind == "ellipsoid" and len(names) >= 2:
        return draw(_ellipsoid(common, names))
    ends = st.tuples(NUMBERS | st.just(-INF), NUMBERS | st.just(INF))
    pairs = ends.map(sorted).filter(lambda pair: pair[0] < pair[1])
    size = draw(st.integers(1, len(names)))
    limits = tuple(Limit(name, *draw(pairs)) for name in names[:size])
    return RectangleGate(limits=limits, **common)


@st.composite
def _ellipsoid(draw, common, names):
    size = draw(st.integers(2, len(names)))
    matrix = np.diag([draw(POSITIVE) for _ in range(size)])
    skewed = draw(st.booleans())
    if skewed:
        matrix[0, 1] = matrix[0, 0]
    return EllipsoidGate(
        dimensions=tuple(names[:size]),
        center=tuple(draw(NUMBERS) for _ in range(size)),
        covariance=tuple(tuple(row) for row in matrix.tolist()),
        distance2=draw(POSITIVE),
        as_written=skewed,
        **(common | {"reason": common["reason"] or "skewed"} if skewed else common),
    )


@st.composite
def strategies_of_gates(draw, *, biex=False):
    """Strategies with gates, scales, dimensions, matrices; all gates hold for all tubes."""
    scales = SCALES | BIEX if biex else SCALES
    keys = NAMES.filter(lambda name: name not in ("sample", "none", "file"))
    matrices = tuple(draw(st.lists(st.tuples(keys, MATRIX), max_size=2, unique_by=lambda m: m[0])))
    own = draw(st.lists(NAMES.filter(lambda n: n not in CHANNELS), max_size=3, unique=True))
    dimensions = tuple(draw(_dimension(name, matrices, scales)) for name in own)
    scaled = draw(st.dictionaries(st.sampled_from(CHANNELS), scales, max_size=3))
    gates, earlier = [], []
    for name in draw(st.lists(NAMES, min_size=1, max_size=6, unique=True)):
        common = {
            "name": name,
            "parent": draw(st.none() | st.sampled_from(earlier)) if earlier else None,
            "reason": draw(st.just("") | NAMES),
        }
        gates.append(draw(_shape(common, [*CHANNELS, *own], earlier)))
        earlier.append(name)
    return Strategy(
        gates=tuple(draw(st.permutations(gates))),
        scales=tuple(scaled.items()),
        dimensions=dimensions,
        matrices=matrices,
    )


@st.composite
def whole_strategies(draw):
    """Strategies with everything that a flow.toml can say."""
    strategy = draw(strategies_of_gates(biex=True))
    first, last = strategy.gates[0].name, strategy.gates[-1].name
    texts = st.none() | NAMES
    files = st.builds(
        FileEntry,
        path=NAMES,
        specimen=texts,
        tube=texts,
        date=st.sampled_from([None, "2023-07-01", "car-t+28d"]),
        role=st.sampled_from(["sample", "fmo"]),
        compensation=st.sampled_from(["file", "none", "matrix.csv"]),
        markers=st.dictionaries(NAMES, NAMES, max_size=2).map(lambda d: tuple(d.items())),
        data_set=st.integers(1, 3),
        salvage=st.booleans(),
    )
    policies = st.sampled_from([None, EventPolicy(20, 50), "iccs-mm-30-50"])
    mrd = st.builds(
        MrdSpec,
        numerator=st.just(first),
        denominator=st.just(first),
        denominator_kind=st.sampled_from(["nucleated", "not stated"]),
        policy=policies,
        combine=st.sampled_from(["apart", "sum"]),
    )
    antigens = st.builds(
        AntigenSpec, marker=NAMES, of=st.just(first), threshold=NUMBERS, negative=st.just(first)
    )
    return Strategy(
        gates=strategy.gates,
        scales=strategy.scales,
        dimensions=strategy.dimensions,
        matrices=strategy.matrices,
        files=tuple(draw(st.lists(files, max_size=2, unique_by=lambda file: file.path))),
        mrd=tuple(draw(st.lists(mrd, max_size=1))),
        antigens=tuple(draw(st.lists(antigens, max_size=1))),
        quality=draw(st.sampled_from([QualitySpec(), QualitySpec(("time", "debris"), first)])),
        haemodilution=HaemodilutionSpec(first, last) if first != last else None,
        validated=draw(st.booleans()),
    )
