"""Fonts, sizes and colours of printed figures.

Sizes of letters are points at print size, lengths are millimetres. The colours are those of
Okabe and Ito that stand 3:1 against white paper, black first; a shape, a fill or a hatch
always says the same as the colour.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
DPI = 300
MAX_HEIGHT = 275.0  # an A4 page less margins of 11 mm

TEXT = 6.4
SMALL = 6.2
TITLE = 7.2
LETTER = 10.0
PITCH = 1.2  # of the letter size, from line to line
ASCENT = 0.80  # of the letter size, from the top of a line to its baseline

INK = "#000000"
GREY = "#4d4d4d"
FAINT = "#7a7a7a"
RULE = "#b8b8b8"
GUIDE = "#e2e2e2"
BAND = "#f0f0f0"
PAPER = "#ffffff"
BAR = "#9ecae1"
BAR_CERTAIN = "#0072b2"
SERIES = ("#000000", "#0072b2", "#d55e00", "#7b3294", "#007a5a")
ACCENT = "#d55e00"
BLAST = "#a11d00"
BLAST_SHADES = ("#c8502f", "#6e1300")
DENSITY = ("#dcdcdc", "#7c7c7c")

_FONT_FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
FONT = str(_FONT_FOLDER / "DejaVuSans.ttf")
FONT_BOLD = str(_FONT_FOLDER / "DejaVuSans-Bold.ttf")

RC: Any = {
    "font.family": "sans-serif",
    # Verdana has the widths of DejaVu Sans; both stand before any narrower face of a viewer.
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Geneva", "Arial", "Helvetica"],
    "svg.fonttype": "none",
    "svg.hashsalt": "residua",
    "pdf.fonttype": 42,
    "text.hinting": "no_hinting",
    "text.usetex": False,
    "text.parse_math": False,
    "hatch.linewidth": 0.5,
    "lines.dash_capstyle": "butt",
    "path.simplify": False,
    "image.composite_image": False,  # each density stays a picture of its own
    "savefig.dpi": DPI,
    "savefig.bbox": None,
    "savefig.facecolor": PAPER,
    "figure.facecolor": PAPER,
    "axes.unicode_minus": True,
}
"""What matplotlib is told, at drawing and at writing, over whatever the user has set."""
