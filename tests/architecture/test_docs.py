"""The documentation holds together: nothing left of a merge, no page that nobody finds."""

import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MERGE_MARK = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.M)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def _pages(tracked):
    return [path for path in tracked if path.suffix == ".md" and path.is_file()]


def _linked(page):
    """The files that a page links to, as paths."""
    links = LINK.findall(page.read_text("utf-8"))
    return {(page.parent / link).resolve() for link in links if "://" not in link}


def test_no_mark_of_a_merge_is_left(tracked):
    texts = [path for path in tracked if path.suffix in {".md", ".py", ".toml", ".csv", ".html"}]
    left = [
        p.name for p in texts if p.is_file() and MERGE_MARK.search(p.read_text("utf-8", "replace"))
    ]
    assert left == []


def test_links_lead_to_files(tracked):
    dead = [
        (page.name, str(link))
        for page in _pages(tracked)
        for link in _linked(page)
        if not link.exists()
    ]
    assert dead == []


def test_the_readme_links_every_reference_page():
    """A page that the front page does not name is a page that a newcomer does not find."""
    linked = _linked(ROOT / "README.md")
    pages = {page.resolve() for page in (ROOT / "docs" / "reference").glob("*.md")}
    assert {page.name for page in pages - linked} == set()


def test_the_index_of_the_rulebook_links_every_page():
    folder = ROOT / "docs" / "reference" / "rulebook"
    pages = {page.resolve() for page in folder.glob("*.md")} - {(folder / "README.md").resolve()}
    assert pages <= _linked(folder / "README.md")


def test_the_glossary_explains_each_word_once_in_the_order_of_the_alphabet():
    rows = (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines()
    words = [row.split("|")[1].strip() for row in rows if row.startswith("| ")][1:]
    keys = [re.sub(r"[^a-z0-9 ]", "", word.lower()) for word in words]
    assert [b for a, b in pairwise(keys) if a >= b] == []
