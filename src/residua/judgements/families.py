"""Every family of judgements of a course, each built on those before it."""

from __future__ import annotations

from collections.abc import Callable

from residua.course.course import Course
from residua.judgements.adherence import judge_adherence
from residua.judgements.claims.claims import judge_claims
from residua.judgements.concordance.concordance import judge_concordance
from residua.judgements.consistency.consistency import judge_consistency
from residua.judgements.cytopenia.cytopenia import judge_cytopenia
from residua.judgements.graft.graft import judge_graft
from residua.judgements.immune_effector.effector import judge_effector
from residua.judgements.judge import judge
from residua.judgements.judgement import Judgement
from residua.judgements.liver.vod import judge_vod
from residua.judgements.risk.mechanism import judge_mechanism
from residua.judgements.risk.risk import judge_risk
from residua.judgements.toxicity.toxicity import judge_toxicity

Said = tuple[Judgement, ...]
FAMILIES: tuple[tuple[str, Callable[[Course, Said], Said]], ...] = (
    ("response", lambda course, _: judge(course)),
    ("adherence", lambda course, _: judge_adherence(course)),
    ("toxicity", lambda course, _: judge_toxicity(course)),
    ("immune effector", lambda course, _: judge_effector(course)),
    ("cytopenia", lambda course, _: judge_cytopenia(course)),
    ("liver", lambda course, _: judge_vod(course)),
    ("graft", lambda course, _: judge_graft(course)),
    ("risk", judge_risk),
    ("mechanism", judge_mechanism),
    ("concordance", lambda course, _: judge_concordance(course)),
    ("consistency", judge_consistency),
    ("claims", judge_claims),
)
"""Name and judge of each family; a judge sees all that was said before it."""


def judge_families(course: Course) -> dict[str, Said]:
    """Name of each family -> its judgements, in the order of the course within a family."""
    found: dict[str, Said] = {}
    for name, judge_family in FAMILIES:
        before = tuple(judgement for said in found.values() for judgement in said)
        found[name] = judge_family(course, before)
    return found
