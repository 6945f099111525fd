"""Oracle: counts of the masks, and the picture's own text boxes measured by matplotlib."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from residua.facts.acquisition import Acquisition, Channel
from residua.facts.gates import BooleanGate, EllipseGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Strategy
from residua.facts.scales import Arcsinh, Hyperlog, Linear, Logicle
from residua.measures.gates import gate_events
from residua.measures.readout import read_out
from residua.views.density import Axis, draw_density
from residua.views.gates_figure import draw_gates, figure_bytes
from residua.views.scale_axis import decade

INF = float("inf")


def readout(count=4000):
    random = np.random.default_rng(1)
    scatter = random.normal(60000, 9000, (count, 2))
    dyes = 10 ** random.normal(2.5, 0.9, (count, 2)) - 100
    channels = (
        *(Channel("FSC-A"), Channel("SSC-A")),
        *(Channel("PE-A", "CD22"), Channel("PE-Cy7-A", "CD19")),
    )
    strategy = Strategy(
        scales=(("CD22", Logicle()), ("CD19", Arcsinh(150))),
        gates=(
            PolygonGate(
                name="cells", x="FSC-A", y="SSC-A", points=((3e4, 2e4), (1e5, 2e4), (9e4, 1e5))
            ),
            RectangleGate(name="B", parent="cells", limits=(Limit("CD19", 1, INF),)),
            EllipseGate(
                name="round", parent="B", x="CD22", y="CD19",
                center=(0.5, 3), covariance=((0.02, 0), (0, 2)), distance2=1,
            ),
            BooleanGate(name="rest", parent="B", operation="not", of=("round",)),
        ),
    )  # fmt: skip
    events = np.column_stack([scatter, dyes]).astype(np.float32)
    acquisition = Acquisition(events, channels, {}, flags=("simulated",))
    return read_out(acquisition, strategy, compensation=None)


@pytest.fixture(scope="module")
def figure():
    opened = readout()
    return draw_gates(opened, gate_events(opened))


def test_panels_state_counts_and_share_of_the_parent(figure):
    opened = readout()
    masks = gate_events(opened)
    title = figure.axes[1].get_title(loc="left")
    kept, held = masks["B"].sum(), masks["cells"].sum()
    assert title.startswith("B\n")
    assert title.endswith(f"= {100 * kept / held:.3g} %")


def test_axes_name_marker_channel_and_scale(figure):
    assert figure.axes[2].get_xlabel() == "CD22 PE-A (logicle)"
    assert figure.axes[2].get_ylabel() == "CD19 PE-Cy7-A (arcsinh)"


def test_simulated_data_say_so(figure):
    assert figure.get_supxlabel().startswith("Simulated data. Research use only")


def test_no_labels_of_an_axis_overlap_and_none_is_small(figure):
    canvas = figure.canvas
    canvas.draw()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            labels = [label for label in axis.get_ticklabels() if label.get_text()]
            boxes = [label.get_window_extent() for label in labels]
            for place, box in enumerate(boxes):
                assert not any(box.overlaps(other) for other in boxes[place + 1 :])
            assert all(label.get_fontsize() >= 6 for label in labels)


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_same_figure_gives_the_same_bytes(form):
    opened = readout(500)
    first, again = (draw_gates(opened, gate_events(opened)) for _ in range(2))
    assert figure_bytes(first, form) == figure_bytes(again, form)


def test_text_of_the_svg_stays_text(figure):
    assert "logicle" in figure_bytes(figure, "svg").decode()


@pytest.mark.parametrize("scale", [Linear(), Arcsinh(5), Logicle(), Hyperlog()])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_densities_of_few_or_no_events(scale, count):
    figure = Figure()
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    values = np.linspace(0, 1e4, count)
    marked = values > 5e3
    frame = draw_density(ax, Axis(values, scale, "x"), Axis(values, scale, "y"), highlight=marked)
    figure.canvas.draw()
    assert frame[0] < frame[1]


def test_decades_are_written_with_raised_digits():
    assert [decade(value) for value in (0, 10, 1e5, -1e3)] == ["0", "10¹", "10⁵", "−10³"]


def test_a_gate_may_be_called_anything():
    """Names of laboratories hold slashes, plus signs and signs that formulas begin with."""
    gate = RectangleGate(name="CD19+/CD10$_x^$", limits=(Limit("CD19", 1, INF),))
    seen = readout()
    strategy = Strategy(scales=seen.strategy.scales, gates=(gate,))
    named = read_out(seen.acquisition, strategy, compensation=None)
    assert figure_bytes(draw_gates(named, gate_events(named)), "png").startswith(b"\x89PNG")
