"""Oracle: counts of the masks, the picture's text boxes measured by matplotlib."""

import numpy as np
import pytest
from matplotlib.text import Text
from readable import assert_readable

from residua.facts.acquisition import Acquisition, Channel
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Strategy
from residua.facts.scales import Arcsinh, Hyperlog, Linear, Logicle
from residua.measures.gates import gate_events
from residua.measures.readout import read_out
from residua.measures.scale import apply_scale
from residua.views.flow_axis import flow_axis, span_of
from residua.views.flow_ticks import decade, scale_ticks
from residua.views.gate_outline import outline_of
from residua.views.gate_steps import gate_steps
from residua.views.gates_figure import draw_gates
from residua.views.write_figure import figure_bytes

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
            RectangleGate(name="B", parent="cells", limits=(Limit("CD19", 1, INF),),
                          reason="above the valley"),
            EllipsoidGate(
                name="round", parent="B", dimensions=("CD22", "CD19"),
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


def test_each_step_states_counts_share_and_reason():
    opened = readout()
    masks = gate_events(opened)
    step = gate_steps(opened, masks)[1]
    kept, held = int(masks["B"].sum()), int(masks["cells"].sum())
    assert step.title == "B"
    assert len(step.x) == held
    assert step.note.replace("\u202f", " ").startswith(f"{kept:,} of {held:,} ".replace(",", " "))
    assert step.note.endswith(f"(cells, {100 * kept / held:.3g} %): above the valley")


def test_axes_name_marker_channel_and_scale():
    opened = readout()
    step = gate_steps(opened, gate_events(opened))[2]
    assert step.x_axis.label == "CD22 PE-A (logicle)"
    assert step.y_axis.label == "CD19 PE-Cy7-A (arcsinh)"


def test_a_boolean_gate_marks_what_it_keeps():
    opened = readout()
    masks = gate_events(opened)
    step = gate_steps(opened, masks, blasts="round")[3]
    assert step.marked_as == "events in the gate"
    assert step.blasts.sum() == masks["rest"].sum()


def test_simulated_data_say_so(figure):
    words = [text.get_text() for text in figure.findobj(Text)]
    assert "Contains simulated data." in words
    assert any(text.startswith("Research use only") for text in words)


def test_words_keep_apart_and_on_the_page(figure):
    assert_readable(figure)


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_same_figure_gives_the_same_bytes(form):
    opened = readout(500)
    first, again = (draw_gates(opened, gate_events(opened)) for _ in range(2))
    assert figure_bytes(first, form) == figure_bytes(again, form)


def test_text_of_the_svg_stays_text(figure):
    assert "logicle" in figure_bytes(figure, "svg").decode()


@pytest.mark.parametrize("scale", [Linear(), Arcsinh(5), Logicle(), Hyperlog()])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_an_axis_of_few_or_no_events_has_ends_and_ticks(scale, count):
    low, high = span_of(apply_scale(np.linspace(0, 1e4, count), scale), scale)
    assert low < high
    ticks = flow_axis("x", scale, (low, high)).ticks
    assert len(ticks) >= 2
    assert all(low <= place <= high for place, _ in ticks)


def test_ticks_are_powers_of_ten_at_their_places():
    """Oracle: asinh by numpy."""
    ticks = {text: at for at, text in scale_ticks(Arcsinh(150), (-1, 8))}
    assert ticks["0"] == 0
    assert ticks["10⁴"] == pytest.approx(float(np.arcsinh(1e4 / 150)))
    assert "−10³" not in ticks


def test_an_ellipse_is_drawn_where_its_distance_says():
    """Oracle: the Mahalanobis distance of every corner, Gating-ML 2.0 section 5.1.3."""
    gate = EllipsoidGate(
        name="e", dimensions=("a", "b"), center=(1, 2), covariance=((2, 0.5), (0.5, 1)), distance2=3
    )
    corners = np.array(outline_of(gate, "a", "b")) - [1, 2]
    inverse = np.linalg.inv(np.array(gate.covariance))
    assert np.einsum("ni,ij,nj->n", corners, inverse, corners) == pytest.approx(3)
    assert outline_of(gate, "b", "a")[0] == outline_of(gate, "a", "b")[0][::-1]
    assert outline_of(gate, "a", "c") is None


def test_decades_are_written_with_raised_digits():
    assert [decade(value) for value in (0, 10, 1e5, -1e3)] == ["0", "10¹", "10⁵", "−10³"]


def test_a_gate_may_be_called_anything():
    """Names of laboratories hold slashes, plus signs and signs that formulas begin with."""
    gate = RectangleGate(name="CD19+/CD10$_x^$", limits=(Limit("CD19", 1, INF),))
    seen = readout()
    strategy = Strategy(scales=seen.strategy.scales, gates=(gate,))
    named = read_out(seen.acquisition, strategy, compensation=None)
    assert figure_bytes(draw_gates(named, gate_events(named)), "png").startswith(b"\x89PNG")
