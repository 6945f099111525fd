"""The state at the last data date. Oracle: counting days in a calendar, by hand."""

import pytest
from report_sample import course

from residua.course.course import Range
from residua.course.elapsed import anchored, days_between, since_last_dose
from residua.course.state import last_data, state_of
from residua.course.targets import targeting
from residua.facts.antigen import AntigenReading
from residua.facts.finding import Event
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.treatment import CellInfusion


def test_the_last_data_date_is_that_of_the_fact_that_may_lie_latest():
    assert last_data(course()).id == "last-contact"


def test_the_last_mrd_is_the_last_in_the_order():
    assert [item.id for item in state_of(course()).mrd] == ["mrd-2"]


def test_results_of_two_methods_on_one_occasion_stand_side_by_side():
    pcr = MrdReading(id="mrd-pcr", assessment="ino-day-30", method="pcr", status="not detected")
    assert {item.id for item in state_of(course(pcr=pcr)).mrd} == {"mrd-2", "mrd-pcr"}


def test_without_mrd_there_is_none():
    empty = {"mrd-1": None, "mrd-2": None}
    assert state_of(course(hsct=None, **empty)).mrd == ()


def test_an_antigen_keeps_its_percent_and_its_sign_apart():
    cd19, cd22 = state_of(course()).antigens
    assert (cd19.marker, cd19.positive, cd19.percent) == ("CD19", True, None)
    assert (cd22.marker, cd22.positive, cd22.reading.id) == ("CD22", False, "phenotype-2")


def test_a_percentage_alone_is_neither_positive_nor_negative():
    reading = AntigenReading(id="x", date="2023-01", marker="CD22", percent=0)
    cd22 = state_of(course(x=reading)).antigens[1]
    assert (cd22.percent, cd22.positive) == (0, None)


def test_signs_that_contradict_each_other_leave_no_sign():
    reading = AntigenReading(id="x", assessment="ino-day-30", marker="CD22", positive=True)
    cd22 = state_of(course(x=reading)).antigens[1]
    assert cd22.positive is None
    assert cd22.contradicted_by


def test_a_count_that_was_never_stated_is_none_and_the_last_of_several_counts():
    later = Lab(id="plt-2", date="2020-01", analyte="platelets", value="150 10*9/L")
    counts = {c.analyte: c for c in state_of(course(later=later)).counts}
    assert counts["neutrophils"].reading is None
    assert counts["platelets"].reading.id == "plt-2"


def _since(given):
    return {s.what: s for s in state_of(given).since}


def test_times_since_therapy_are_ranges_of_days():
    """1 or 31 Aug 2019 to 1 or 30 Sep 2023 is 1462 to 1521 days; 15 Aug to 14 Sep 2022 to
    1 or 30 Sep 2023 is 352 to 411."""
    since = _since(course())
    assert since["transplant"].elapsed == Range(1462, 1521)
    assert since["last dose of inotuzumab ozogamicin"].elapsed == Range(352, 411)


def test_an_undated_infusion_is_bounded_by_its_order():
    """After Jul 2021 (at the earliest 1 Jul 2021) and before a fact of Aug 2022."""
    undated = CellInfusion(
        id="car-t", kind="car-t", after="relapse-2021", before="relapse-2022", target=["CD19"]
    )
    elapsed = _since(course(**{"car-t": undated}))["CAR-T infusion"].elapsed
    assert elapsed == Range(366, 821)


def test_a_therapy_that_was_not_given_has_no_time():
    since = _since(
        course(
            hsct=None,
            ino=None,
            **{"day-30": None, "mrd-2": None, "phenotype-2": None, "claim": None},
        )
    )
    assert since["transplant"].item is None
    assert since["last dose of inotuzumab ozogamicin"].elapsed is None


def test_two_facts_tied_to_one_event_are_exact_days_apart():
    """Dated ``ino+29d``, day 30 of the course; its last dose was on day 15: 15 days."""
    given = course()
    ino = next(t for t in targeting(given) if t.marker == "CD22")
    assert since_last_dose(given, ino, "ino-day-30") == Range(29, 29)
    last = [t for t in targeting(given) if t.marker == "CD22"][-1]
    assert since_last_dose(given, last, "phenotype-2") == Range(15, 15)


def test_a_day_without_a_date_gives_no_days():
    given = course()
    assert days_between(given, anchored(given, "re-induction"), anchored(given, "hsct")) == Range(
        None, None
    )


@pytest.mark.parametrize("kind", ["death", "last contact"])
def test_no_time_since_is_negative(kind):
    """A last fact of the therapy's own month: the therapy may lie at most 30 days before."""
    end = Event(id="last-contact", date="2022-08", after="ino", kind=kind)
    gone = dict.fromkeys(("day-30", "mrd-2", "phenotype-2", "claim"))
    elapsed = _since(course(last=end, **gone))["last dose of inotuzumab ozogamicin"].elapsed
    assert elapsed.shortest == 0
