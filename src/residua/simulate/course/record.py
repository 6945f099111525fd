"""case.toml of a made-up patient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from residua.simulate.course.burden import Burden
from residua.simulate.course.calendar import Calendar
from residua.simulate.course.crs import Crs
from residua.simulate.course.person import Person
from residua.simulate.course.plates import DAYS, blood_id
from residua.simulate.course.samples import Sample, specimen_of
from residua.simulate.course.toml_text import table_text
from residua.simulate.course.treatments import crs_tables, support_tables, treatment_tables

_HEAD = """# A made-up patient: every date, count and file is simulated, none is of a person.
# The truth behind it stands in truth.json.
kind = "residua.case"
version = "1.0"
simulated = true
title = "Simulated course: relapse after transplant and after CD19 CAR-T cells"
"""
_POSITIVE = ("CD10", "CD19", "CD22", "CD79a", "HLA-DR")
_RECOVERED = ("trilineage haematopoiesis", "transfusion independence")


def case_text(
    *,
    person: Person,
    when: Calendar,
    burden: Burden,
    crs: Crs,
    samples: Sequence[Sample],
    transfused: Sequence[tuple[int, str]],
) -> str:
    """The whole file."""
    tables = [
        _HEAD,
        *_disease_tables(person, when),
        *_specimen_tables(when, samples),
        *_assessment_tables(when, burden, samples),
        *treatment_tables(when),
        *crs_tables(when, crs),
        *support_tables(when, crs, transfused),
        *_event_tables(when),
    ]
    return "\n".join(tables)


def _disease_tables(person: Person, when: Calendar) -> Iterator[str]:
    yield table_text("[patient]", {
        "id": person.id, "sex": person.sex, "age_at_diagnosis": f"{person.age} a",
    })  # fmt: skip
    yield table_text("[diagnosis]", {
        "date": when.date(0), "disease": "B-cell acute lymphoblastic leukaemia", "lineage": "B",
        "philadelphia": "negative", "extramedullary": "none", "cns": "cns1",
    })  # fmt: skip
    for day, method, result in ((1, "karyotype", "normal"), (4, "ngs", "none found")):
        yield table_text(
            "[[genetics]]", {"date": when.date(day), "method": method, "result": result}
        )


def _specimen_tables(when: Calendar, samples: Sequence[Sample]) -> Iterator[str]:
    rows: list[tuple[int, str, str]] = [(s.day, specimen_of(s), s.tissue) for s in samples]
    rows += [(when.car_t + day, blood_id(day), "blood") for plate in DAYS for day in plate]
    for day, id_, tissue in sorted(set(rows)):  # one tube of blood may serve two assays
        pull = 1 if tissue == "marrow" else None
        row = {"id": id_, "date": when.date(day), "tissue": tissue, "pull": pull}
        yield table_text("[[specimen]]", row)


def _assessment_tables(when: Calendar, burden: Burden, samples: Sequence[Sample]) -> Iterator[str]:
    for sample in samples:
        if not sample.assessed:
            continue
        read = round(100 * burden.level(sample.day) + 1) if sample.day else 0
        blasts = read or round(100 * burden.level(0))
        yield table_text("[[assessment]]", {
            "id": sample.id, "date": when.date(sample.day), "specimen": specimen_of(sample),
            "context": sample.context, "kind": "morphology", "blasts": f"{blasts} %",
            "extramedullary": "none",
        })  # fmt: skip
        if sample.after is not None and sample.id != "hsct-day-30":
            for term in _RECOVERED:
                row = {"assessment": sample.id, "term": term, "present": True}
                yield table_text("[[finding]]", row)
    for occasion in ("at-diagnosis", "relapse-1", "mrd-relapse", "mrd-relapse-confirmed"):
        row = {"assessment": occasion, "positive": list(_POSITIVE), "negative": ["CD20", "CD3"]}
        yield table_text("[[phenotype]]", row)


def _event_tables(when: Calendar) -> Iterator[str]:
    yield table_text("[[event]]", {
        "id": "first-relapse", "date": when.date(when.relapse), "kind": "relapse reported",
        "detail": "haematological",
    })  # fmt: skip
    yield table_text("[[event]]", {
        "id": "last-contact", "date": when.date(when.last_contact), "kind": "last contact",
    })  # fmt: skip
