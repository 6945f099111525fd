"""Workspaces written by hand. Oracle: what they say, and events counted by eye."""

import math

import numpy as np
import pytest
from made_workspaces import (
    BIEX,
    LINEAR,
    LOG,
    MATRIX,
    combination,
    corners,
    dimension,
    population,
    rectangle,
    sample,
    workspace,
)

from residua.errors import InputError
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.gates import BooleanGate, EllipsoidGate
from residua.facts.scales import (
    Hyperlog,
    Linear,
    Log,
    Logicle,
    ScaledArcsinh,
)
from residua.measures.gates import apply_gates
from residua.readers.flowjo import read_counts, read_workspace

FSC = rectangle(dimension("FSC", min=10, max=20))


@pytest.fixture
def read(tmp_path):
    """Read a workspace of samples."""

    def reading(*samples, reader=read_workspace, **options):
        path = tmp_path / "a.wsp"
        path.write_text(workspace(*samples, **options))
        return reader(path)

    return reading


def inside(strategy, tube="one.fcs", **columns):
    """Which of a few events lie in each gate."""
    channels = tuple(Channel(name) for name in columns)
    events = np.array(list(columns.values()), dtype=np.float64).T
    masks = apply_gates(Acquisition(events, channels, {}), strategy, tube=tube)
    return {name: mask.tolist() for name, mask in masks.items()}


def transform(kind, name, **values):
    stated = "".join(f' transforms:{key}="{value}"' for key, value in values.items())
    inner = f'<data-type:parameter data-type:name="{name}"/>'
    return f"<transforms:{kind}{stated}>{inner}</transforms:{kind}>"


def test_each_sample_is_a_tube_of_its_own_with_its_file(read):
    strategy = read(sample(population("A", FSC)), sample(name="two.fcs", number=2))
    assert [(file.path, file.tube, file.compensation) for file in strategy.files] == [
        ("one.fcs", "one.fcs", "none"),
        ("two.fcs", "two.fcs", "none"),
    ]
    assert [gate.name for gate in strategy.gates_of("one.fcs")] == ["A"]
    assert strategy.gates_of("two.fcs") == ()
    assert len(strategy.sha256) == 64


def test_samples_of_one_name_carry_their_id(read):
    strategy = read(sample(), sample(number=7))
    assert [(one.path, one.tube) for one in strategy.files] == [
        ("one.fcs", "one.fcs (1)"),
        ("one.fcs", "one.fcs (7)"),
    ]


def test_names_carry_as_many_parents_as_make_them_unique(read):
    plus = population("x", FSC, population("CD19+/CD10+", FSC, population("y", FSC)))
    minus = population("z", FSC, population("x", FSC), population("y", FSC))
    deep = population("w", FSC, population("z", FSC, population("y", FSC)))
    strategy = read(sample(plus, minus, deep))
    assert [(gate.name, gate.parent) for gate in strategy.gates] == [
        ("x", None),
        ("CD19+/CD10+", "x"),
        ("CD19+/CD10+/y", "CD19+/CD10+"),
        ("z", None),
        ("z/x", "z"),
        ("z/y", "z"),
        ("w", None),
        ("w/z", "w"),
        ("w/z/y", "w/z"),
    ]


def test_combinations_name_populations_by_their_path(read):
    strategy = read(
        sample(
            population("A", FSC, population(".", rectangle(dimension("FSC", min=15)))),
            population("B/C", rectangle(dimension("FSC", max=18))),
            combination("AndNode", "both", "A/.", "B/C"),
            combination("OrNode", "either", "A/.", "B/C"),
            combination("NotNode", "neither", "A/."),
        )
    )
    assert inside(strategy, FSC=[5, 12, 16, 19, 30]) == {
        "A": [False, True, True, True, False],
        ".": [False, False, True, True, False],
        "B/C": [True, True, True, False, False],
        "both": [False, False, True, False, False],
        "either": [True, True, True, True, False],
        "neither": [True, True, False, False, True],
    }


def test_what_lies_outside_a_gate_is_taken_within_the_parent(read):
    outside = rectangle(dimension("FSC", min=12, max=15), inside="0")
    strategy = read(sample(population("A", FSC, population("B", outside))))
    assert isinstance(strategy.gates[-1], BooleanGate)
    found = inside(strategy, FSC=[5, 11, 13, 16])
    assert found["B"] == [False, True, False, True]
    assert found["B (inside)"] == [False, False, True, False]


def test_compensated_parameters_use_the_matrix_and_others_the_values_as_they_are(read):
    gates = (
        population("raw", rectangle(dimension("FL2", min=50))),
        population("comp", rectangle(dimension("Comp-FL2", min=50))),
    )
    held = [BIEX.format("FL2"), BIEX.format("Comp-FL2")]
    strategy = read(sample(*gates, transforms=held, matrix=MATRIX.format(name="M", spill=0.5)))
    assert [(one.of, one.compensation) for one in strategy.dimensions] == [
        (("FL2",), "none"),
        (("FL2",), "M"),
    ]
    assert inside(strategy, FL1=[100, 0], FL2=[60, 60]) == {
        "raw": [True, True],
        "comp": [False, True],  # 60 - 0.5 * 100 and 60
    }


@pytest.mark.parametrize("name", ["none", "file", "sample"])
def test_a_matrix_may_have_a_name_that_means_something_else_here(read, name):
    gate = population("A", rectangle(dimension("Comp-FL1", min=50)))
    strategy = read(sample(gate, matrix=MATRIX.format(name=name, spill=0.5)))
    assert [known for known, _ in strategy.matrices] == [f"{name} matrix"]


def test_samples_that_differ_keep_their_own_matrices_and_scales(read):
    gate = population("A", rectangle(dimension("Comp-FL1", min=50)))
    wide = BIEX.replace('width="-10"', 'width="-100"').format("FL1")
    strategy = read(
        sample(gate, matrix=MATRIX.format(name="M", spill=0.5)),
        sample(gate, name="two", number=2, matrix=MATRIX.format(name="M", spill=0.1)),
        sample(gate, name="three", matrix=MATRIX.format(name="M", spill=0.5), transforms=[wide]),
    )
    assert [(one.name, one.compensation, one.scale.width) for one in strategy.dimensions] == [
        ("Comp-FL1", "M", -10),
        ("Comp-FL1 [sample 2]", "M [sample 2]", -10),
        ("Comp-FL1 [sample 3]", "M", -100),
    ]
    assert [(name, matrix.matrix[0, 1]) for name, matrix in strategy.matrices] == [
        ("M", 0.5),
        ("M [sample 2]", 0.1),
    ]
    assert [gate.dimensions[0] for gate in strategy.gates] == [
        one.name for one in strategy.dimensions
    ]


def test_a_slash_in_a_channels_name_is_an_underscore_in_flowjo(read):
    gate = population("A", rectangle(dimension("P_A", min=5)))
    strategy = read(sample(gate, transforms=[LINEAR.format("P_A")]))
    assert inside(strategy, **{"P/A": [4, 6]}) == {"A": [False, True]}


def test_time_is_in_seconds(read):
    gate = population("A", rectangle(dimension("Time", min=1, max=2)))
    held = [LINEAR.format("Time")]
    strategy = read(sample(gate, transforms=held, keywords={"$TIMESTEP": "0.01"}))
    assert inside(strategy, Time=[99, 100, 150, 200]) == {"A": [False, True, True, False]}
    ticks = read(sample(gate, transforms=held))
    assert inside(ticks, Time=[0, 1, 150]) == {"A": [False, True, False]}


def test_on_a_log_scale_small_and_negative_values_count_as_the_offset(read):
    triangle = corners((-5, 0), (-5, 1000), (1000, 1000), (1000, 0))
    both = dimension("FL1") + dimension("FSC")
    gates = (
        population("low", rectangle(dimension("FL1", max=10))),
        population("high", rectangle(dimension("FL1", min=10))),
        population("drawn", f"<gating:PolygonGate>{both}{triangle}</gating:PolygonGate>"),
    )
    strategy = read(sample(*gates, transforms=[LOG.format("FL1"), LINEAR.format("FSC")]))
    assert inside(strategy, FL1=[-3, 0, 0.5, 9, 11, 2000], FSC=[5] * 6) == {
        "low": [True, True, True, True, False, False],
        "high": [False, False, False, False, True, True],
        "drawn": [True, True, True, True, True, False],
    }


def test_a_limit_on_the_edge_of_the_display_is_open(read):
    gates = (
        population("to the edge", rectangle(dimension("FSC", min=0, max=1024))),
        population("short of it", rectangle(dimension("FSC", min=1, max=1023))),
        population("beyond it", rectangle(dimension("FSC", min=-5, max=2000))),
        population("biex", rectangle(dimension("FL1", min=10, max=300000))),
    )
    strategy = read(sample(*gates))
    found = inside(strategy, FSC=[-7, 0, 500, 1023, 1999, 2000], FL1=[-1, 11, 1e5, 1e6, 1e9, 1])
    assert found == {
        "to the edge": [True, True, True, True, True, True],
        "short of it": [False, False, True, False, False, False],
        "beyond it": [False, True, True, True, True, False],
        "biex": [False, True, True, True, True, False],
    }


def test_an_ellipse_is_given_by_foci_and_its_long_axis_in_steps_of_the_display(read):
    """A circle of 64 steps about (128, 64); an ellipse of half axes 5 and 3 (foci 4 away)."""
    both = dimension("FSC") + dimension("FL1")
    circle = (
        f"<gating:EllipsoidGate>{both}<gating:foci>{corners((128, 64), (128, 64))}</gating:foci>"
        f"<gating:edge>{corners((64, 64), (192, 64), (128, 0), (128, 128))}</gating:edge>"
        "</gating:EllipsoidGate>"
    )
    slim = (
        f"<gating:EllipsoidGate>{both}<gating:foci>{corners((100, 96), (100, 104))}</gating:foci>"
        f"<gating:edge>{corners((103, 100), (97, 100), (100, 95), (100, 105))}</gating:edge>"
        "</gating:EllipsoidGate>"
    )
    strategy = read(sample(population("circle", circle), population("slim", slim)))
    one, other = strategy.gates
    assert isinstance(one, EllipsoidGate)
    assert one.center == pytest.approx((512, 0.25))
    assert np.array(one.covariance) == pytest.approx(np.diag([256.0**2, 0.25**2]), abs=1e-9)
    assert other.center == pytest.approx((400, 100 / 256))
    expected = np.diag([(3 * 4.0) ** 2, (5 / 256) ** 2])
    assert np.array(other.covariance) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        (transform("log", "FL1", offset=10, decades=3), Log(1e4, 3)),
        (transform("fasinh", "FL1", T=262144, M=4, A=1, W=-10), ScaledArcsinh(262144, 4, 1)),
        (transform("logicle", "FL1", T=1024, W=0.5, M=4, A=0.5), Logicle(1024, 0.5, 4, 0.5)),
        (transform("hyperlog", "FL1", T=1024, W=0.5, M=4, A=0), Hyperlog(1024, 0.5, 4, 0)),
        (LINEAR.format("FL1"), Linear()),
    ],
)
def test_scales_by_flowjos_names(read, text, scale):
    gate = population("A", rectangle(dimension("FL1", min=30)))
    strategy = read(sample(gate, transforms=[text]))
    assert strategy.dimensions[0].scale == scale
    assert inside(strategy, FL1=[29.9, 30.1]) == {"A": [False, True]}


def test_an_unmixing_has_fewer_dyes_than_detectors(read):
    row = (
        '<transforms:spillover data-type:parameter="{}" userProvidedCompInfix="{}">'
        '<transforms:coefficient data-type:parameter="FL1" transforms:value="{}"/>'
        '<transforms:coefficient data-type:parameter="FL2" transforms:value="{}"/>'
        "</transforms:spillover>"
    )
    matrix = (
        '<transforms:spilloverMatrix spectral="1" weightOptAlgorithmType="OLS" '
        'transforms:name="S" prefix="Comp-" suffix=""><data-type:parameters/>'
        + row.format("Dye", "CD19 :: Dye", 3, 4)
        + "</transforms:spilloverMatrix>"
    )
    gates = (
        population("A", rectangle(dimension("Comp-Dye", min=5))),
        population("B", rectangle(dimension("CD19 :: Dye", min=6))),
    )
    held = [LINEAR.format("Comp-Dye"), LINEAR.format("CD19 :: Dye")]
    strategy = read(sample(*gates, transforms=held, matrix=matrix))
    # least squares: (3 a + 4 b) / 25
    assert inside(strategy, FL1=[15, 18], FL2=[20, 24]) == {"A": [True, True], "B": [False, True]}


def test_counts_that_flowjo_stored(read):
    tree = population("A", FSC, population("B", FSC, count=3), count=8)
    tubes = (sample(tree, combination("OrNode", "C", "A", count=-1)), sample(name="two", number=2))
    assert read(*tubes, reader=read_counts) == {"one.fcs": {"A": 8, "A/B": 3}, "two": {}}


def test_a_workspace_says_nothing_of_files_that_are_absent(read):
    """Reading needs no FCS file; only applying does, to one that is opened apart."""
    strategy = read(sample(population("A", FSC), name="gone%20away.fcs"))
    assert strategy.files[0].path == "gone away.fcs"


def test_faults_of_all_samples_are_said_at_once(read):
    wrong = population("A", rectangle(dimension("FSC", min="x")))
    with pytest.raises(InputError) as caught:
        read(sample(wrong), sample(population("ok", FSC), wrong, name="two", number=2))
    assert [fault.line for fault in caught.value.faults] == [4, 7]
    assert {fault.where for fault in caught.value.faults} == {"gate 'A'"}


def test_open_limits_are_none(read):
    strategy = read(sample(population("A", rectangle(dimension("FSC"), dimension("FL1", max=9)))))
    first, second = strategy.gates[0].limits
    assert (first.low, first.high, second.low) == (-math.inf, math.inf, -math.inf)
