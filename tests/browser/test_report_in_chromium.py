"""The report of the published case in a real browser, where one is installed.

Oracle: Chromium's own layout. The page is put into frames of a phone's and a desk's width; a
script of the wrapper, not of the report, measures them and leaves what it found in its title.
"""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from residua.facts.acquisition import Acquisition, Channel
from residua.main.run import run_case
from residua.views.fcs_export import write_fcs

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = (380, 1280)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

MEASURE = """
function measure(frame) {
  const d = frame.contentDocument, w = frame.contentWindow, out = [], small = [];
  for (const e of d.body.querySelectorAll('*')) {
    const r = e.getBoundingClientRect();
    const inBox = e.closest('.box'), svg = e.closest('svg'), skip = e.closest('.skip');
    if (!inBox && !svg && !skip && (r.right > frame.clientWidth + 1 || r.left < -1))
      out.push(e.tagName + '.' + e.className);
    if (!svg && e.childNodes.length && parseFloat(w.getComputedStyle(e).fontSize) < 10)
      small.push(e.tagName + '.' + e.className);
  }
  const tops = [...d.querySelectorAll('section')].map(s => s.getBoundingClientRect().top);
  return {
    width: d.documentElement.scrollWidth, out: out, small: small,
    loaded: w.performance.getEntriesByType('resource').map(e => e.name),
    sorted: tops.every((t, i) => i === 0 || t > tops[i - 1]),
    wide: [...d.querySelectorAll('#flow .box')].filter(b => b.scrollWidth > b.clientWidth + 1)
      .map(b => b.scrollWidth),
    sections: [...d.querySelectorAll('section')].map(s => s.id),
    stacked: [...d.querySelectorAll('.stack')].map(
      t => t.scrollWidth - t.parentElement.clientWidth
    ),
    heads: [...d.querySelectorAll('.stack thead')].filter(h => h.offsetParent !== null).length,
    boxes: [...d.querySelectorAll('.box')].map(b => w.getComputedStyle(b).overflowX),
  };
}
window.onload = () => {
  const found = [...document.querySelectorAll('iframe')].map(measure);
  document.title = JSON.stringify(found);
};
"""


def chromium(*arguments):
    done = subprocess.run(
        [CHROMIUM, *FLAGS, *arguments], capture_output=True, timeout=120, check=False
    )
    if done.returncode != 0:
        pytest.skip("Chromium is installed but does not start here")
    return done.stdout.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    out = tmp_path_factory.mktemp("browser") / "out"
    run_case(ROOT / "examples" / "huang-2023", out)
    return out / "report.html"


FLOW = (
    """
kind = "residua.case"
version = "1.0"
[[specimen]]
id = "marrow"
tissue = "marrow"
""",
    """
[[file]]
path = "a-file-of-a-rather-long-name-without-a-space-as-exports-have-it.fcs"
specimen = "marrow"
[[gate]]
name = "cells"
kind = "range"
limits = { "FSC-A" = [0, inf] }
[[gate]]
name = "blasts"
kind = "range"
limits = { "CD19" = [500, inf] }
[mrd]
numerator = "blasts"
denominator = "cells"
""",
)


@pytest.fixture(scope="module")
def flow_report(tmp_path_factory):
    """A case of one file of 3000 events, off the scale of its only scatter at the top."""
    folder = tmp_path_factory.mktemp("flow")
    (folder / "flow").mkdir()
    for name, text in zip(("case.toml", "flow/flow.toml"), FLOW, strict=True):
        (folder / name).write_text(text)
    values = np.random.default_rng(0).normal(50_000, 9000, (3000, 2)).astype(np.float32)
    values[::9, 0] = 262_143
    channels = (Channel("FSC-A"), Channel("PE-Cy7-A", "CD19"))
    path = "a-file-of-a-rather-long-name-without-a-space-as-exports-have-it.fcs"
    write_fcs(Acquisition(values, channels, {}), folder / "flow" / path)
    run_case(folder, folder / "out")
    return folder / "out" / "report.html"


@pytest.fixture(scope="module")
def measured(report):
    return measured_in(report)


@pytest.fixture(scope="module")
def flow_measured(flow_report):
    return measured_in(flow_report)


def measured_in(report):
    text = html.escape(report.read_text("utf-8"), quote=True)
    frames = "".join(
        f'<iframe srcdoc="{text}" style="border:0;width:{width}px;height:900px"></iframe>'
        for width in WIDTHS
    )
    wrapper = report.with_name("wrapper.html")
    page = f"<!doctype html><meta charset=utf-8><title></title>{frames}<script>{MEASURE}</script>"
    wrapper.write_text(page, "utf-8")
    dom = chromium("--virtual-time-budget=20000", "--dump-dom", wrapper.as_uri())
    title = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    assert title is not None
    found = json.loads(html.unescape(title[1]))
    return dict(zip(WIDTHS, found, strict=True))


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_leaves_the_page(measured, width):
    """Wide tables scroll inside their own boxes, so the page itself never does."""
    assert measured[width]["width"] <= width
    assert measured[width]["out"] == []
    assert set(measured[width]["boxes"]) == {"auto"}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_too_small_to_read(measured, width):
    assert measured[width]["small"] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_flow_measurement_fits_the_page(flow_measured, width):
    """Its table turns into a list on a phone, so that nothing of it has to be scrolled."""
    found = flow_measured[width]
    assert found["sections"][1:4] == ["figure", "course", "flow"]
    assert (found["width"] <= width, found["out"], found["small"]) == (True, [], [])
    assert found["wide"] == []


def test_sections_stand_below_each_other_in_their_order(measured):
    assert measured[1280]["sorted"]
    assert measured[1280]["sections"] == [
        "state", "figure", "course", "curves", "verdicts", "treatments", "toxicity", "risk",
        "options", "evidence", "claims", "missing", "conflicts", "care", "facts",
        "explanations", "software",
    ]  # fmt: skip


def test_tables_turn_into_lists_on_a_phone(measured):
    """No list is wider than the page; at a desk's width the same tables have their heads."""
    assert max(measured[380]["stacked"]) <= 1
    assert measured[380]["heads"] == 0
    assert measured[1280]["heads"] == len(measured[1280]["stacked"]) > 5


def test_nothing_is_fetched(measured):
    assert measured[1280]["loaded"] == []


def test_it_draws_and_prints(report):
    picture, pages = report.with_name("page.png"), report.with_name("page.pdf")
    chromium("--window-size=1280,2000", f"--screenshot={picture}", report.as_uri())
    chromium(f"--print-to-pdf={pages}", report.as_uri())
    with Image.open(picture) as image:
        assert image.size == (1280, 2000)
        assert len(image.convert("L").getcolors()) > 50
    assert pages.read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_what_is_folded_on_the_screen_is_printed(report):
    """Oracle: the words within the closed parts of the page, looked for in the printed text."""
    pages = report.with_name("folded.pdf")
    chromium(f"--print-to-pdf={pages}", report.as_uri())
    done = subprocess.run(["pdftotext", pages, "-"], capture_output=True, timeout=60, check=True)
    printed = re.sub(r"\s+", "", done.stdout.decode("utf-8", "replace"))
    folded = re.findall(r"<details.*?</details>", report.read_text("utf-8"), re.DOTALL)
    assert len(folded) > 2
    for part in folded:
        for heading in re.findall(r"<h[34]>([^<&]+)</h[34]>", part):
            assert re.sub(r"\s+", "", heading) in printed, heading
