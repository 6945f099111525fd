"""Oracle: hours between two times, counted by hand; 72 h and the first pull from ELN 2021."""

import pytest

from residua.facts.specimen import Specimen
from residua.main.specimen_flags import specimen_notes


def notes_of(acquired="", dated=None, **fields):
    specimen = Specimen(id="m", tissue="marrow", **fields)
    return specimen_notes(specimen, dated=dated, acquired=acquired)


@pytest.mark.parametrize(
    ("drawn", "acquired", "old"),
    [
        ("2023-07-01T08:00", "2023-07-04T08:00:00", False),  # 72 h exactly
        ("2023-07-01T08:00", "2023-07-04T08:00:01", True),
        ("08:00", "2023-07-04T09:00:00", True),  # on the date of the specimen
        ("2023-07-01", "2023-07-04", False),  # 48 to 96 h: not certain
        ("2023-07-01", "2023-07-06", True),  # 96 h at the least
        ("not stated", "2023-07-04", False),  # its date alone, as above
    ],
)
def test_older_than_72_hours(drawn, acquired, old):
    found = notes_of(acquired, drawn=drawn, date="2023-07-01", pull=1, viability="95 %")
    assert any("after it was drawn" in flag for flag in found.flags) == old
    assert len(found.flags) == old


def test_an_age_that_is_not_certain_is_a_note():
    found = notes_of("2023-07-04", date="2023-07-01", pull=1, viability="95 %")
    assert found.flags == ()
    assert found.notes == ("whether it was acquired within 72 h of being drawn is not known",)


def test_received_late_and_acquired_before_drawn():
    found = notes_of(drawn="2023-07-01T08:00", received="2023-07-05T08:00", pull=1, viability="9 %")
    assert [flag.split(",")[0] for flag in found.flags] == [
        "received at least 96 h after it was drawn"
    ]
    found = notes_of("2023-06-30T08:00:00", drawn="2023-07-01T08:00", pull=1, viability="95 %")
    assert found.flags == ("acquired before it was drawn",)


def test_pull_and_viability():
    found = notes_of(date="2023-07-01", pull=2)
    assert found.flags[0].startswith("pull 2 of the marrow, not the first")
    assert found.flags[1:] == ("viability not stated",)
    assert "the pull of the marrow is not stated" in notes_of(viability="90 %").notes


def test_a_pull_of_blood_is_no_matter():
    found = specimen_notes(
        Specimen(id="b", tissue="blood", viability="90 %"), dated=None, acquired=""
    )
    assert found.flags == ()
    assert found.notes == ("when the specimen was drawn is not stated",)


def test_nothing_known_is_a_note_and_no_flag():
    found = specimen_notes(None, dated=None, acquired="2023-07-01T08:00:00")
    assert found.flags == ()
    assert found.notes == ("the age, pull and viability of the specimen are not stated",)


def test_the_date_of_the_strategy_counts_as_the_day_of_drawing():
    found = specimen_notes(None, dated="2023-07-01", acquired="2023-07-09T08:00:00")
    assert found.flags[0].startswith("acquired at least 176 h after it was drawn")
    assert specimen_notes(None, dated="car-t+28d", acquired="2023-07-09").flags == ()
