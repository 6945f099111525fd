"""What people see, whatever a case says: escaped, whole, and the same bytes every time."""

import json
from collections import Counter
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from report_sample import SOFTWARE, SVG, course, families, judgement, judgements

from residua.facts.finding import Claim, Event
from residua.facts.patient import Diagnosis
from residua.views.course_json import course_document, course_text
from residua.views.report import write_report

NASTY = st.text(
    st.one_of(st.sampled_from("<>&\"'/={}%#\\ab "), st.characters(codec="utf-8")), min_size=1
).filter(str.strip)


class Tags(HTMLParser):
    """Which elements and attributes a page holds."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found, self.data = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_data(self, data):
        self.data.append(data)


def made(text):
    extra = judgement("nci", "made", "relapse-2021", "relapse", text, missing=(text,), reason=text,
                      clause=text, cite=text, notes=(text,))  # fmt: skip
    facts = {
        "diagnosis": Diagnosis(id="diagnosis", date="2019-02", disease=text, source=text),
        "claim": Claim(id="claim-1", after="ino-day-30", text=text, note=text),
        "last": Event(id="last-contact", date="2023-09", kind="last contact", detail=text),
    }
    return course(title=text, reference=text, **facts), (*judgements(), extra)


def reported(text):
    of_course, said = made(text)
    return write_report(of_course, families(said), figure=SVG, software=SOFTWARE)


@settings(max_examples=40, deadline=None)
@given(NASTY)
def test_no_text_of_a_case_becomes_markup(text):
    """A page of a harmless text and of any text hold the same elements and attributes, links to
    a DOI apart."""
    page, plain = reported(text), reported("plain")
    links = ("a", ("href", "rel"))
    found, wanted = (Counter(t for t in Tags(p).found if t != links) for p in (page, plain))
    assert found == wanted


def test_a_script_in_a_text_stays_text():
    nasty = "<script>alert(1)</script><img src=x onerror=y>"
    page = reported(nasty)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@settings(max_examples=20, deadline=None)
@given(NASTY)
def test_course_json_gives_every_text_back(text):
    document = course_document(*made(text), [], SOFTWARE)
    again = json.loads(course_text(document))
    assert again == json.loads(json.dumps(document))
    assert next(f for f in again["facts"] if f["id"] == "claim-1")["kind"] == "claim"


def test_the_same_course_gives_the_same_bytes():
    said = families(judgements())
    pages = {write_report(course(), said, figure=SVG, software=SOFTWARE) for _ in range(3)}
    texts = {course_text(course_document(course(), judgements(), [], SOFTWARE)) for _ in range(3)}
    assert len(pages) == 1
    assert len(texts) == 1
