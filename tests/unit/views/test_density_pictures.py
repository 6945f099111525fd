"""Oracles: Pillow reads the pixels back; places of ticks by the scales' closed forms."""

import io

import numpy as np
import pytest
from PIL import Image

from residua.facts.scales import Arcsinh, Linear, Log, Logicle
from residua.measures.density import count_density
from residua.measures.scale import apply_scale
from residua.views.density_picture import GREYS, LEVELS, density_indices, palette, visible
from residua.views.density_png import density_png
from residua.views.flow_ticks import minor_ticks, scale_ticks, short_number

UNIT = {"x_span": (0.0, 1.0), "y_span": (0.0, 1.0)}


def density(count=50_000, bins=256, shift=0.0):
    random = np.random.default_rng(3)
    x, y = random.normal(0.5 + shift, 0.1, (2, count)).astype(np.float32)
    return count_density(x, y, **UNIT, bins=bins)


def test_pixels_are_read_back_as_they_were_counted():
    made, marked = density(), density(900, shift=0.2)
    with Image.open(io.BytesIO(density_png(made, marked))) as image:
        assert image.size == (256, 256)
        found = np.asarray(image)
        colours = np.array(image.getpalette()).reshape(-1, 3)
    assert (colours == palette(GREYS)).all()
    assert (found == density_indices(made, marked)).all()
    upright = found[::-1]
    assert ((upright == 0) == ((made.counts == 0) & (marked.counts == 0))).all()
    assert ((upright > LEVELS) == (marked.counts > 0)).all()


def test_colour_rises_with_the_logarithm_of_the_count():
    """Counts 1, 10, 100, 1000 stand a third of the way apart each."""
    x = np.repeat([0.1, 0.35, 0.6, 0.85], [1, 10, 100, 1000])
    found = density_indices(count_density(x, np.full(len(x), 0.5), **UNIT, bins=4))
    levels = sorted(int(level) for level in np.unique(found) if level)
    assert levels == [1, 1 + round(239 / 3), 1 + round(239 * 2 / 3), 240]


def test_few_events_are_drawn_in_wider_bins():
    few, many = visible(density(100), None)[0], visible(density(100_000), None)[0]
    assert (few.counts.shape, many.counts.shape) == ((64, 64), (256, 256))
    assert few.events == 100


def test_the_fullest_bin_may_hold_millions():
    """Above the table of counts the same formula is used without it."""
    x = np.repeat([0.1, 0.9], [1, 100_000])
    found = density_indices(count_density(x, x, **UNIT, bins=4))
    assert sorted(np.unique(found).tolist()) == [0, 1, LEVELS]


def test_the_same_density_gives_the_same_bytes():
    assert density_png(density()) == density_png(density())


def test_a_logicle_axis_has_zero_decades_and_negative_ones():
    """Oracle: the scale itself; labels at 0 and at powers of ten, none nearer than a seventh."""
    scale, span = Logicle(A=1.0), (-0.05, 1.0)
    words = {text: at for at, text in scale_ticks(scale, span) if text}
    assert {"0", "10⁴", "10⁵", "−10³"} <= set(words)
    for value, text in ((0, "0"), (1e4, "10⁴"), (-1e3, "−10³")):
        assert words[text] == pytest.approx(float(apply_scale(np.array([float(value)]), scale)[0]))
    places = sorted(words.values())
    assert np.diff(places).min() >= 1.05 / 7


def test_between_decades_stand_ticks_at_two_to_nine():
    """Closed form: asinh(n 10^k / 150)."""
    fine = minor_ticks(Arcsinh(150), (-1.0, 8.0))
    for value in (2e3, 9e3, 5e4, 2e5):
        assert min(abs(at - np.arcsinh(value / 150)) for at in fine) < 1e-12
    assert not any(abs(at - np.arcsinh(1e4 / 150)) < 1e-9 for at in fine)


def test_a_log_axis_has_decades_only():
    """Closed form of Gating-ML 2.0 section 6.2: T 10 000 in 4 decades puts 10^3 at 0.75."""
    words = {text: at for at, text in scale_ticks(Log(T=1e4, M=4), (0.0, 1.0))}
    assert words["10³"] == pytest.approx(0.75)
    assert "0" not in words
    assert not any(text.startswith("−") for text in words)


def test_a_linear_axis_counts_in_thousands():
    assert [short_number(v) for v in (0, 950, 80_000, -2_500, 3e6)] == [
        "0", "950", "80k", "−2.5k", "3M",
    ]  # fmt: skip
    words = {text: at for at, text in scale_ticks(Linear(T=262144), (0.0, 1.0))}
    assert words["160k"] == pytest.approx(160_000 / 262144)
