"""What goes with a diagnosis of SOS/VOD: onset, signs, recovery, window, drugs against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from residua.course.placing import Placed
from residua.facts.drug_names import spelled_out
from residua.facts.support import Support
from residua.facts.treatment import Treatment
from residua.judgements.judgement import Details
from residua.judgements.liver.episode import followed_to, where
from residua.judgements.liver.inputs import WORDS, Inputs
from residua.judgements.liver.setting import Setting
from residua.judgements.liver.timeline import Mark
from residua.judgements.liver.verdict import Found
from residua.standards.criteria_ruling import DAY

_DRUGS = {"defibrotide": "defibrotide", "ursodeoxycholic acid": "ursodiol"}


def details_of(setting: Setting, found: Found) -> Details:
    """By name, in words: the course of a diagnosis that was made, the window, the drugs."""
    listed: list[tuple[str, str]] = []
    if found.met:
        onset = "day not stated" if found.onset is None else setting.day_words(found.onset)
        listed += [("onset", onset), ("criteria", signs_in_words(setting, found.criteria))]
        listed.append(("recovery", _recovery(setting, found)))
    listed.append(("window", _window(setting)))
    return (*listed, *care(setting))


def _recovery(setting: Setting, found: Found) -> str:
    """When every sign of the diagnosis was shown gone, as the record or a source has it."""
    told = [one.ended for one in setting.reports if one.ended]
    if told:
        return f"as reported: ended {told[-1]}"
    days = [day for day in found.gone if day is not None]
    if days and len(days) == len(found.gone):
        return f"every sign shown gone by {setting.day_words(max(days))}"
    pairs = zip(found.criteria, found.gone, strict=True)
    left = dict.fromkeys(mark.text for mark, day in pairs if day is None)
    return f"not on record: {', '.join(left)} not shown gone"


def signs_in_words(setting: Setting, marks: Iterable[Mark]) -> str:
    """Signs with their days."""
    return ", ".join(dict.fromkeys(_sign(setting, mark) for mark in marks))


def state_of_signs(setting: Setting, inputs: Inputs) -> str:
    """What the record says of each sign that a standard asks for: met, not met, not stated."""
    met: list[str] = []
    unmet: list[str] = []
    silent: list[str] = []
    for rule in inputs.book.criteria:
        if rule.quantity == DAY:
            continue
        marks = inputs.marks(rule)
        held = [mark for mark in marks if mark.holds]
        if held:
            met.append(_sign(setting, held[0]))
        elif marks:
            unmet.append(_unmet(setting, WORDS[rule.quantity], marks))
        elif inputs.seen[rule.quantity]:
            said = dict.fromkeys(one.text for one in inputs.seen[rule.quantity])
            silent.append(f"{WORDS[rule.quantity]} (on record: {', '.join(said)})")
        elif rule.if_unavailable is None:
            silent.append(WORDS[rule.quantity])
    parts = (("met", met), ("not met", unmet), ("not stated", silent))
    return "; ".join(f"{name}: {', '.join(dict.fromkeys(said))}" for name, said in parts if said)


def _sign(setting: Setting, mark: Mark) -> str:
    day = setting.day_words(mark.where.lo) if mark.exact else "day not stated"
    return f"{mark.text} ({day})"


def _unmet(setting: Setting, words: str, marks: Iterable[Mark]) -> str:
    exact = sorted({mark.where.lo for mark in marks if mark.exact})
    if not exact:
        return f"{words} (day not stated)"
    last = f" to {exact[-1]}" if len(exact) > 1 else ""
    count = f"{len(exact)} {'day' if len(exact) == 1 else 'days'}"
    return f"{words} on {count} looked at ({setting.day_words(exact[0])}{last})"


def _window(setting: Setting) -> str:
    last = followed_to(setting.course, setting.episode)
    reached = "no day is known" if last is None else f"on record to {setting.day_words(last)}"
    if setting.episode.last is None:
        return f"from transplant, {reached}"
    return f"to day {setting.episode.last} after the last dose, {reached}"


def care(setting: Setting) -> Details:
    """Defibrotide and ursodiol of the episode, where the record has them."""
    found: dict[str, list[str]] = {}
    for item, name in _given(setting):
        found.setdefault(name, []).append(_since(setting, item))
    return tuple((name, "; ".join(dict.fromkeys(said))) for name, said in sorted(found.items()))


def _given(setting: Setting) -> Iterator[tuple[Placed, str]]:
    for item in setting.course.placed:
        fact = item.fact
        names: list[str] = []
        if isinstance(fact, Support) and fact.kind == "ursodiol":
            names = ["ursodiol"]
        elif isinstance(fact, Treatment):
            known = (spelled_out(drug.name) for drug in fact.drugs if drug.status != "omitted")
            names = [_DRUGS[name] for name in known if name in _DRUGS]
        if names and _belongs(setting, item):
            yield from ((item, name) for name in dict.fromkeys(names))


def _belongs(setting: Setting, item: Placed) -> bool:
    """Whether it goes with this episode: the last one it may lie in, else the next one."""
    course = setting.course
    within = [one for one in setting.listed if where(course, one, item.id) is not None]
    if within:
        return within[-1] is setting.episode
    position = course.position[item.id]
    later = [one for one in setting.listed if course.position[one.id] > position]
    return bool(later) and later[0] is setting.episode


def _since(setting: Setting, item: Placed) -> str:
    place = where(setting.course, setting.episode, item.id)
    if place is not None and place.exact:
        return f"documented from {setting.day_words(place.lo)}"
    if place is None:
        return "documented, begun before"
    return "documented, days not stated"
