"""The tree of a gating strategy: what is drawn where, and that its words can be read.

Oracles: counts of the masks, hand counts of plots, the extents matplotlib measures.
"""

import itertools

import numpy as np
import pytest
from made_strategies_to_draw import INF, STRATEGIES, box, chain, quadrants, seen_through, sixty
from matplotlib.text import Text
from readable import assert_readable

from residua.facts.gates import EllipsoidGate
from residua.measures.gates import gate_events
from residua.views.boxes import Box
from residua.views.gate_outline import outline_of
from residua.views.gate_planes import gate_planes
from residua.views.gate_tree.figure import draw_gate_tree
from residua.views.gate_tree.layout import plan_tree
from residua.views.gate_tree.tree import gate_tree, share_words
from residua.views.write_figure import figure_bytes


def tree_of(readout, **options):
    return gate_tree(readout, gate_events(readout), **options)


@pytest.mark.parametrize("name", STRATEGIES)
def test_words_keep_apart_and_on_the_page(name):
    readout = STRATEGIES[name]()
    mark = readout.strategy.gates[-1].name
    figure = draw_gate_tree(tree_of(readout, mark=mark), marked_as=mark[:20], origin="made up")
    assert_readable(figure)


@pytest.mark.parametrize("name", STRATEGIES)
def test_no_two_cards_share_a_place(name):
    layout = plan_tree(tree_of(STRATEGIES[name]()))
    boxes = [
        Box(left := layout.lefts[c.depth], c.top, left + c.card.width, c.top + c.card.height)
        for c in layout.cards
    ]
    for one, other in itertools.combinations(boxes, 2):
        assert not one.overlaps(other)


@pytest.mark.parametrize("name", STRATEGIES)
def test_no_two_lines_between_columns_cross(name):
    """Oracle: every pair of upright and level pieces, compared one by one."""
    layout = plan_tree(tree_of(STRATEGIES[name]()))
    for one, other in itertools.permutations(layout.links, 2):
        if one.parent.depth != other.parent.depth:
            continue
        low, high = sorted(one.heights)
        leaves, meets = other.heights
        assert not (one.lane < other.lane and low < leaves < high)
        assert not (one.lane > other.lane and low < meets < high)
        alongside = low < max(other.heights) and min(other.heights) < high
        assert one.lane != other.lane or not alongside


def test_every_gate_is_named_whole_with_its_share():
    """Long names too: in the plot, in the key below it or above the plots of its children."""
    readout = sixty()
    figure = draw_gate_tree(tree_of(readout))
    words = "".join(text.get_text() for text in figure.findobj(Text)).replace(" ", "")
    for gate in readout.strategy.gates:
        plain = gate.name.replace(" ", "")
        assert plain in words or plain in words.replace("-", "") or _hyphenated(plain, words), plain


def _hyphenated(name, words):
    return name.replace("-", "") in words.replace("-", "")


def test_gates_that_share_parent_and_plane_share_a_plot():
    """Hand count: four quadrants in one plot, one plot for the child of each."""
    root = tree_of(quadrants())
    assert [len(plot.gates) for plot in root.plots] == [4]
    assert [child.name for child in root.children][:2] == ["Q1: CD19-, CD10-", "Q2: CD19-, CD10+"]
    assert [len(child.plots) for child in root.children] == [1, 1, 1, 1, 1]
    assert [one.name for one in root.combinations] == ["either"]
    assert root.children[-1].combinations[0].words == "in none of: Q1: CD19-, CD10-"


def test_each_population_holds_its_events():
    """Oracle: the masks."""
    readout = chain()
    masks = gate_events(readout)
    one, above = tree_of(readout), len(readout.acquisition.events)
    for name in ("cells", "singlets", "B lineage"):
        (one,) = one.children
        assert (one.name, one.count, one.of) == (name, int(masks[name].sum()), above)
        assert all(plot.density.events == one.count for plot in one.plots)
        above = one.count
    assert one.plots[0].gates[0].kept == int(masks["blasts"].sum())


def test_marked_events_are_crosses_where_few_and_bins_where_many():
    readout = chain()
    masks = gate_events(readout)
    few = {**masks, "blasts": np.arange(len(masks["blasts"])) < 7}
    root = gate_tree(readout, few, mark="blasts")
    assert root.plots[0].crosses.shape == (7, 2)
    assert root.plots[0].marked is None
    root = gate_tree(readout, masks, mark="cells")
    assert root.plots[0].marked.events == masks["cells"].sum()


def test_a_dimension_has_one_axis_in_the_whole_tree():
    root = tree_of(quadrants())
    ends = {(plot.axes[0].low, plot.axes[0].high) for c in root.children[:4] for plot in c.plots}
    assert len(ends) == 1


def test_one_dimension_joins_a_plot_that_shows_it_else_side_scatter():
    readout = seen_through(
        box("flat", None, CD19=(0.2, 0.5), CD10=(0.2, 0.5)), box("range", None, CD19=(0.5, INF)),
        box("other", None, CD34=(0.5, INF)), box("by channel", None, PE_Cy7_A=(0.6, INF)),
    )  # fmt: skip
    planes = gate_planes(readout.strategy.gates, readout)
    assert [(p.x, p.y, [g.name for g, _, _ in p.gates]) for p in planes] == [
        ("CD19", "CD10", ["flat", "range", "by channel"]),
        ("CD34", "SSC-A", ["other"]),
    ]


def test_the_shadow_of_an_ellipsoid_holds_all_its_points():
    """Oracle: points drawn on the ellipsoid itself; the shadow is the least such ellipse."""
    matrix = np.array([[0.05, 0.01, 0.02], [0.01, 0.04, 0], [0.02, 0, 3]])
    gate = EllipsoidGate(
        name="e", dimensions=("a", "b", "c"), center=(1, 2, 3),
        covariance=tuple(map(tuple, matrix)), distance2=2,
    )  # fmt: skip
    random = np.random.default_rng(2).normal(size=(20_000, 3))
    unit = random / np.linalg.norm(random, axis=1)[:, None]
    points = unit @ np.linalg.cholesky(2 * matrix).T + gate.center
    for pair in ((0, 1), (2, 0)):
        x, y = (gate.dimensions[n] for n in pair)
        drawn = np.array(outline_of(gate, x, y))
        found = points[:, pair]
        assert found.min(axis=0) == pytest.approx(drawn.min(axis=0), abs=0.02)
        assert found.max(axis=0) == pytest.approx(drawn.max(axis=0), abs=0.02)


@pytest.mark.parametrize(
    ("kept", "of", "words"),
    [(1, 8, "12.5 %"), (99, 100, "99.0 %"), (0, 5, "0 %"), (5, 5, "100 %"), (0, 0, "–"),
     (99_999, 100_000, "99.999 %"), (3, 100_000, "0.00300 %"), (7, 10_000_000, "7×10⁻⁷")],
)  # fmt: skip
def test_shares_never_read_as_all_or_nothing_when_they_are_not(kept, of, words):
    assert share_words(kept, of) == words


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_tree_gives_the_same_bytes(form):
    first, again = (draw_gate_tree(tree_of(quadrants())) for _ in range(2))
    assert figure_bytes(first, form) == figure_bytes(again, form)


def test_a_vector_tree_holds_one_picture_for_each_plot_and_text_as_text():
    figure = draw_gate_tree(tree_of(quadrants()))
    svg, pdf = figure_bytes(figure, "svg").decode(), figure_bytes(figure, "pdf")
    assert svg.count("<image") == 6
    assert pdf.count(b"/Subtype /Image") == 2 * 6  # each with its transparency
    assert ">either<" in svg
    assert b"/Type /Font" in pdf
