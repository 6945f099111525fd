"""Which plots an automatic reading shows, and what is in them; oracle: counts by hand."""

import numpy as np
import pytest
from made_reading import GATES, PANEL, SQUARE, cells, shown

from residua.views.automatic.blasts_figure import draw_blasts
from residua.views.automatic.plots import LN_10, diagnosis_outline, plots_of

USUAL = {"CD19 / SSC-A", "CD19 / CD22", "CD10 / CD20", "CD34 / CD38", "CD45 / CD10", "CD58 / CD10"}


def plots():
    reading = shown()
    return plots_of(reading.files[0], reading.aberrancies)


def test_gates_come_first_and_every_usual_plot_is_there_once():
    names = [plot.title.split(":")[0] for plot in plots()]
    assert names[:2] == ["CD19 / SSC-A", "CD10 / CD38"]
    assert set(names) >= USUAL
    assert len(names) == len(set(names))


def test_a_plane_of_unlike_antigens_is_added():
    assert [plot.title for plot in plots() if plot.apart] == ["CD58 / CD38"]


def test_all_cells_stand_against_side_scatter_and_b_lineage_elsewhere():
    by_name = {plot.title.split(":")[0]: plot for plot in plots()}
    assert len(by_name["CD19 / SSC-A"].others[0]) == 3000
    assert len(by_name["CD10 / CD20"].others[0]) == 500
    assert {len(plot.blasts[0]) for plot in plots()} == {120}


def test_values_and_gates_are_in_units_of_the_scale():
    first = plots()[0]
    own = cells()
    np.testing.assert_allclose(
        first.blasts[0], own.blasts[:, PANEL.index("CD19")] * np.log(10), rtol=1e-5
    )
    assert first.gate == tuple((x * LN_10, y * LN_10) for x, y in SQUARE)
    assert not any(plot.gate for plot in plots()[len(GATES) :])


def test_an_antigen_has_one_axis_that_holds_its_gates():
    seen = {}
    for plot in plots():
        for axis in plot.axes:
            seen.setdefault(axis.label, set()).add((axis.low, axis.high))
    assert {len(ends) for ends in seen.values()} == {1}
    ((low, high),) = seen["CD38"]
    assert low < 1.0 * LN_10
    assert high > 2.5 * LN_10


def test_ticks_are_decades():
    words = {text for _, text in plots()[0].axes[0].ticks}
    assert {"0", "10³", "10⁴"} <= words


def test_an_outline_of_the_diagnosis_holds_its_bulk():
    cloud = cells().diagnosis[:, :2]
    outline = np.array(diagnosis_outline(cloud))
    assert 6 <= len(outline) <= 12
    assert np.abs(outline - 1.9).max() < 0.9
    assert diagnosis_outline(cloud[:5]) == ()


@pytest.mark.parametrize("blasts", [0, 12, 500, 5000])
def test_any_number_of_blasts_can_be_drawn(blasts):
    figure = draw_blasts(shown(), cells(blasts))
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(180)
    assert figure.get_size_inches()[1] * 25.4 <= 275
