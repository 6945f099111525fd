"""Remake the pictures under docs/images/ from the examples: `make docs-images`.

They are what `make demo` draws, smaller: PNG of 128 colours without dithering. The same
input gives the same bytes. Run `make demo` first: it makes or fetches the flow files.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

from residua.errors import InputError
from residua.main.automatic.measure import measure_automatic
from residua.main.draw_gates import draw_gating
from residua.main.evaluate import evaluate_case
from residua.main.figure import figure_content
from residua.main.gate import gate_file
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.views.automatic.files import automatic_files
from residua.views.course_figure import draw_content
from residua.views.fcs_export import write_fcs
from residua.views.journal_width import DOUBLE
from residua.views.write_figure import figure_bytes

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
IMAGES = ROOT / "docs" / "images"
DPI, COLOURS = 150, 128


def main() -> int:
    """Write every picture whose flow files are there; 1 where some are not."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    complete = True
    for name in ("huang-2023", "simulated-course"):
        complete &= course_image(EXAMPLES / name, name)
    complete &= course_image(ROOT / "out" / "whole-course-folder", "whole-course")
    complete &= tree_image()
    reading_images()
    return 0 if marrow_image() and complete else 1


def course_image(folder: Path, name: str) -> bool:
    """The course figure of an example."""
    try:
        evaluation = evaluate_case(folder)
    except InputError as error:
        print(f"{name}: left out: {error.faults[0]}")
        return False
    figure = draw_content(figure_content(evaluation), DOUBLE)
    write(figure_bytes(figure, "png", dpi=DPI), IMAGES / f"{name}.png")
    return True


def tree_image() -> bool:
    """The gating of the simulated marrow after therapy, as a tree."""
    folder = EXAMPLES / "simulated-course" / "flow"
    if not (folder / "after-ino.fcs").is_file():
        print("gating-tree: left out: run make demo, which makes its file")
        return False
    with tempfile.TemporaryDirectory() as place:
        gate_file(folder / "after-ino.fcs", gates=folder / "flow.toml", out=Path(place) / "out")
        write((Path(place) / "out" / "tree.png").read_bytes(), IMAGES / "gating-tree.png")
    return True


def reading_images() -> None:
    """The plots and the page of a simulated follow-up with 1e-3 blasts, read automatically."""
    common = {"laboratory": 9112, "patient": 2100, "clone": "4", "panel": "euroflow-12"}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, given in (
            ("dx.fcs", {"sample": 1, "blast_fraction": 0.7}),
            ("fu.fcs", {"sample": 2, "blasts": 200, "drift": 1.0, "condition": "regenerating"}),
        ):
            spec = MarrowSpec(events=200_000, **common, **given)
            write_fcs(simulate_marrow(draw_marrow(spec)).acquisition, folder / name)
        found = measure_automatic([folder / "fu.fcs"], diagnoses=[folder / "dx.fcs"], pictures=True)
        made = automatic_files(found.shown[0])
    for name in ("blasts.png", "mrd.png"):
        write(made[name], IMAGES / f"automatic-{name}")


def marrow_image() -> bool:
    """The gates of the real marrow, step by step."""
    folder = EXAMPLES / "real-ball-marrow" / "flow"
    marrow = folder / "real-ball-marrow.fcs"
    if not marrow.is_file():
        print("real-ball-marrow: left out: run make demo, which fetches its file")
        return False
    picture = IMAGES / "real-ball-marrow-gates.png"
    draw_gating(marrow, gates=folder / "flow.toml", out=[picture])
    write(picture.read_bytes(), picture)
    return True


def write(png: bytes, path: Path) -> None:
    """The picture in few colours, which for line drawings cannot be told from many."""
    with Image.open(io.BytesIO(png)) as image:
        small = image.convert("RGB").quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        small.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
