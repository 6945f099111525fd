"""Haemodilution of a marrow: immature granulocytes per neutrophil (IGRA/N).

Immature granulocytes stay in the marrow, neutrophils come with the blood that an aspirate
draws. The ratio was validated against Holdrinet's method (PMID 30240162). It uses no B-cell
precursors, which therapy against CD19 or CD22 takes away.
"""

from __future__ import annotations

import math

from residua.errors import ValueFault
from residua.facts.interval import Interval
from residua.facts.quality import Haemodilution
from residua.measures.limits import COUNTING, clopper_pearson
from residua.standards.sample_quality import purity_of

METHOD = "IGRA/N"
_NEEDS = "state the gates of immature granulocytes and neutrophils under [haemodilution]"


def measure_haemodilution(immature: int, neutrophils: int) -> Haemodilution:
    """The grade of purity of a marrow from two counts, with an exact interval of their ratio.

    Given the sum of two counts, the share of one is binomial; the ends of its Clopper-Pearson
    interval, as odds, are those of the ratio.
    """
    if immature < 0 or neutrophils < 0:
        raise ValueFault("counts of 0 or more", "a negative one", "correct it")
    if neutrophils == 0:
        reason = "no neutrophils were counted, so there is no ratio"
        return Haemodilution(METHOD, None, reason, immature, neutrophils)
    interval = _interval(immature, neutrophils)
    ratio = immature / neutrophils
    rule = purity_of(ratio)
    ends = {purity_of(end).term for end in (interval.low, interval.high)}
    unsure = f"the interval also reaches {', '.join(sorted(ends - {rule.term}))}"
    return Haemodilution(
        method=METHOD,
        grade=rule.term,
        immature=immature,
        neutrophils=neutrophils,
        ratio=ratio,
        interval=interval,
        clause=rule.clause,
        cite=rule.cite,
        provenance=rule.provenance,
        notes=(unsure,) * bool(ends - {rule.term}),
    )


def haemodilution_unknown(reason: str) -> Haemodilution:
    """The answer of a panel that cannot tell."""
    return Haemodilution(METHOD, None, reason)


def why_unknown(*, cd16: bool, cd45: bool, side_scatter: bool) -> str:
    """Why there is no ratio where no gates are stated: what the panel lacks, or only the gates."""
    has = {"CD16": cd16, "CD45": cd45, "side scatter": side_scatter}
    lacks = [name for name, there in has.items() if not there]
    return f"the panel lacks {' and '.join(lacks)}" if lacks else _NEEDS


def _interval(immature: int, neutrophils: int) -> Interval:
    share = clopper_pearson(immature, immature + neutrophils)
    assert share is not None  # there are neutrophils
    high = share.high / (1 - share.high) if share.high < 1 else math.inf
    return Interval(share.level, share.low / (1 - share.low), high, COUNTING)
