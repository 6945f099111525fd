"""A course.json of every released form still opens, with all that a reader relies on.

Oracle: the file as it was written then. A new major version adds a file here and a reader for
the old one; no file is ever written again.
"""

import json
from pathlib import Path

import pytest

from residua.views.course_json import KIND, VERSION

FILES = sorted(Path(__file__).parent.glob("course-*.json"))
FACT = {"id", "kind", "date", "value", "unit", "source", "reported", "conflict_with"}
JUDGEMENT = {
    "id", "standard", "version", "subject", "date", "outcome", "verdict", "basis", "reason",
    "clause", "cite", "provenance", "facts", "missing", "published_after_event",
}  # fmt: skip
SINCE = {"1.1": {"evidence", "options"}}
"""Keys that a version added."""
TOP = {"case", "facts", "events", "measures", "judgements", "inputs", "software", "notice"}


def test_there_is_a_file_of_this_version():
    assert f"course-{VERSION}.json" in {path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_old_file_opens(path):
    made = json.loads(path.read_text("utf-8"))
    assert made["kind"] == KIND
    assert f"course-{made['version']}" == path.stem
    added = {key for version, keys in SINCE.items() if version <= made["version"] for key in keys}
    assert set(made) >= TOP | added
    assert all(set(fact) >= FACT for fact in made["facts"])
    assert all(set(judgement) >= JUDGEMENT for judgement in made["judgements"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fact_and_judgement_that_it_names_is_in_it(path):
    made = json.loads(path.read_text("utf-8"))
    facts = {fact["id"] for fact in made["facts"]}
    assert all(set(fact["conflict_with"]) <= facts for fact in made["facts"])
    assert all(set(j["facts"]) <= facts for j in made["judgements"])
    assert {event["id"] for event in made["events"]} <= facts
