"""A worked-out regimen as one document of kind ``residua.regimen``."""

from __future__ import annotations

from typing import Any

from residua import NOTICE
from residua.measures.schedule import Schedule, Scheduled, Total
from residua.standards.regimen import RegimenRule
from residua.views.course_json import plain

KIND = "residua.regimen"
VERSION = "1.0"
Json = dict[str, Any]


def schedule_document(made: Schedule) -> Json:
    """The schedule for programs; numbers are not rounded, what is not stated is null."""
    regimen, body = made.regimen, made.body
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": NOTICE,
        "regimen": regimen.name,
        "regimen_version": regimen.version,
        "title": regimen.title,
        "cycle": made.cycle,
        "cycles": list(regimen.numbers),
        "counts_from": regimen.counts_from,
        "start": made.start.isoformat() if made.start else None,
        "next_cycle": [day.isoformat() for day in made.next_cycle] if made.next_cycle else None,
        "height": plain(body.height),
        "weight": plain(body.weight),
        "age": plain(body.age),
        "given": plain(dict(body.words)),
        "body_surface": plain(body.surface),
        "formula": body.formula if body.surface else None,
        "doses": [_line(line) for line in made.lines],
        "totals": [_total(total) for total in made.totals],
        "rules": [_rule(rule) for rule in made.rules],
        "notes": list(regimen.notes),
        "cite": regimen.cite,
        "doi": regimen.doi or None,
    }


def _line(line: Scheduled) -> Json:
    dose, worked = line.dose, line.worked
    return {
        "drug": dose.drug,
        "published": plain(dose.dose),
        "published_up_to": plain(dose.up_to),
        "days": list(dose.days),
        "dates": [day.isoformat() for day in line.dates],
        "or_days": list(dose.or_days),
        "or_dates": [day.isoformat() for day in line.or_dates],
        "doses": dose.count,
        "every": plain(dose.every),
        "open_ended": dose.open_ended,
        "route": dose.route or None,
        "infusion": plain(dose.infusion),
        "infusion_up_to": plain(dose.infusion_up_to),
        "continuous": dose.continuous,
        "timing": dose.timing or None,
        "conditions": [str(condition) for condition in dose.when],
        "applies": line.applies,
        "dose": plain(worked.low) if worked else None,
        "dose_up_to": plain(worked.high) if worked else None,
        "uncapped": plain(worked.uncapped) if worked else None,
        "cap": plain(worked.cap) if worked else None,
        "cap_rule": worked.cap_rule.id if worked and worked.cap_rule else None,
        "vials": worked.vials if worked else None,
        "rounded": plain(worked.rounded) if worked else None,
        **_source(dose.clause, dose.cite, dose.provenance),
        "reading": dose.reading or None,
    }


def _total(total: Total) -> Json:
    return {
        "drug": total.drug,
        "intrathecal": total.intrathecal,
        "published": plain(total.published),
        "amount": plain(total.amount),
        "infusion_hours": plain(total.hours),
        "reason": total.reason or None,
    }


def _rule(rule: RegimenRule) -> Json:
    limits = {"at_least": plain(rule.at_least), "at_most": plain(rule.at_most)}
    words = {"id": rule.id, "kind": rule.kind, "drug": rule.drug or None, "text": rule.text}
    return words | limits | _source(rule.clause, rule.cite, rule.provenance)


def _source(clause: str, cite: str, provenance: str) -> Json:
    return {"clause": clause, "cite": cite, "provenance": provenance}
