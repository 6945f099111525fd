"""Words measured before they are drawn: widths, line breaks, honest abbreviation."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from matplotlib.font_manager import FontProperties, get_font
from matplotlib.textpath import TextToPath

from residua.views.style import FONT, FONT_BOLD, MM_PER_POINT, PITCH, TEXT

ELLIPSIS = "…"
_WORTH_KEEPING = 0.75  # of a line; a shorter one is filled with part of a word
_BREAKING = re.compile(r"[ \t\n\r\f\v]+")  # spaces that are not meant to hold words together
_JOINED = "\N{NO-BREAK SPACE}%"
_TO_PATH = TextToPath()


@lru_cache(maxsize=256)
def font_of(size: float, bold: bool = False) -> FontProperties:
    """The font at `size` points: always matplotlib's own DejaVu Sans."""
    weight = "bold" if bold else "normal"
    file = FONT_BOLD if bold else FONT
    return FontProperties(family="sans-serif", weight=weight, size=size, fname=file)


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(FONT).get_charmap())


def printable(text: str) -> str:
    """`text` on one line; characters that the font lacks become U+FFFD, never a blank."""
    plain = _BREAKING.sub(" ", text).strip(" ")
    return "".join(c if ord(c) in _glyphs() else "\N{REPLACEMENT CHARACTER}" for c in plain)


@lru_cache(maxsize=8192)
def width_of(text: str, size: float = TEXT, bold: bool = False) -> float:
    """Width of one line in mm."""
    if not text:
        return 0.0
    font = font_of(size, bold)
    width, _, _ = _TO_PATH.get_text_width_height_descent(text, font, ismath=False)
    return float(width) * MM_PER_POINT


def pitch(size: float = TEXT) -> float:
    """Height of one line in mm."""
    return size * PITCH * MM_PER_POINT


@lru_cache(maxsize=4096)
def wrap(text: str, width: float, size: float = TEXT, bold: bool = False) -> tuple[str, ...]:
    """`text` broken at spaces into lines of at most `width` mm; longer words are broken too.

    A number keeps its percent sign.
    """
    lines: list[str] = []
    line = ""
    for word in printable(text).replace(" %", _JOINED).split(" "):
        trial = f"{line} {word}" if line else word
        if width_of(trial, size, bold) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        *pieces, line = _pieces(word, width, size, bold)
        lines += pieces
    return tuple(one.replace(_JOINED, " %") for one in (*lines, line))


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word cut, with hyphens, so that each piece fits."""
    pieces = []
    while width_of(word, size, bold) > width and len(word) > 2:
        cut = next(
            (
                n
                for n in range(len(word) - 1, 1, -1)
                if width_of(word[:n] + "-", size, bold) <= width
            ),
            1,
        )
        joint = "" if word[cut - 1] in "-/" else "-"
        pieces.append(word[:cut] + joint)
        word = word[cut:]
    return [*pieces, word]


@lru_cache(maxsize=4096)
def shorten(text: str, width: float, size: float = TEXT, bold: bool = False) -> str:
    """`text` on one line of at most `width` mm, ending in an ellipsis if cut.

    It is cut between words where that fills most of the line, else within one.
    """
    text = printable(text)
    if width_of(text, size, bold) <= width:
        return text
    words = text.split(" ")

    def first(count: int) -> str:
        return " ".join(words[:count]).rstrip(",;:+") + " " + ELLIPSIS

    def start(count: int) -> str:
        return text[:count].rstrip() + ELLIPSIS

    # More words or letters are never narrower.
    kept = bisect_right(range(1, len(words)), width, key=lambda n: width_of(first(n), size, bold))
    if kept and width_of(first(kept), size, bold) >= _WORTH_KEEPING * width:
        return first(kept)
    kept = bisect_right(
        range(1, len(text) + 1), width, key=lambda n: width_of(start(n), size, bold)
    )
    return start(kept)


def clamp_lines(text: str, width: float, most: int, size: float = TEXT) -> tuple[str, ...]:
    """At most `most` wrapped lines, the last one ending in an ellipsis if text was left out."""
    lines = wrap(text, width, size)
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), width, size))
