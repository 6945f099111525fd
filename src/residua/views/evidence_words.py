"""The evidence in words: numbers as printed, with level, sidedness, denominator and source."""

from __future__ import annotations

from residua.facts.interval import Interval
from residua.judgements.evidence import CitedBeside, EvidenceRow, exact_interval
from residua.standards.trial import NOT_STATED, Bounds, Result

MARKS = {
    "read": "",
    "abstract": "from an abstract",
    "secondary": "from a secondary source",
    "unverified": "unverified",
    "computed": "computed",
    "reported": "as reported",
    "choice": "Residua's choice",
}


def count_words(result: Result) -> str:
    """``76 of 121 (62.8 %)``, or what of it is known."""
    percent = f"{result.percent} %" if result.percent else ""
    if result.n is not None:
        return f"{result.n} of {result.of}" + (f" ({percent})" if percent else "")
    return percent


def exact_words(exact: Interval | None) -> str:
    """``exact 95 % CI 53.6-71.4 %, two-sided``; empty without a count."""
    if exact is None:
        return ""
    level = f"{100 * exact.level:g} %"
    return f"exact {level} CI {exact.low:.1f}-{exact.high:.1f} %, two-sided"


def bounds_words(bounds: Bounds | None) -> str:
    """A printed interval with its level; it has two ends, so it is two-sided."""
    if bounds is None:
        return ""
    level = "level not stated" if bounds.level == NOT_STATED else ""
    head = "CI" if level else f"{bounds.level} CI"
    return f"{head} {bounds.low}-{bounds.high}, two-sided" + (f", {level}" if level else "")


def ratio_words(result: Result) -> str:
    """``HR 0.75 (97.5 % CI .57-.99, two-sided)``; says so where no interval is stated."""
    ratio = result.hazard_ratio
    if ratio is None:
        return ""
    return f"HR {ratio.value} ({bounds_words(ratio.bounds) or 'interval not stated'})"


def p_words(result: Result) -> str:
    """``one-sided p .0105, boundary .0104 (unverified)``."""
    if result.p is None:
        return ""
    sides = "sides not stated" if result.p.sides == NOT_STATED else result.p.sides
    boundary = f", boundary {result.p.boundary}" if result.p.boundary else ""
    weaker = result.weaker.get("boundary", "")
    return f"p {result.p.value} ({sides}){boundary}" + (f" ({weaker})" if weaker else "")


def number_words(result: Result) -> str:
    """All numbers of a result: count, both intervals, median, hazard ratio, p."""
    stated = bounds_words(result.interval)
    parts = (
        count_words(result),
        f"{stated}, as printed" if stated else "",
        exact_words(exact_interval(result)),
        f"median {result.median}" if result.median else "",
        result.value,
        ratio_words(result),
        p_words(result),
    )
    return "; ".join(part for part in parts if part)


def denominator_words(result: Result) -> str:
    """Whom the number speaks of, with how many where no count says it."""
    size = f" (N = {result.of})" if result.of is not None and result.n is None else ""
    return f"{result.denominator}{size}"


def endpoint_words(result: Result) -> str:
    """The endpoint with its time and comparator."""
    time = f", {result.timing}" if result.timing and result.timing not in result.endpoint else ""
    against = f", against {result.comparator}" if result.comparator else ""
    return f"{result.endpoint}{time}{against}"


def remark_words(result: Result) -> str:
    """Definition, note and what does not agree within the source."""
    disagrees = f"the source does not agree with itself: {result.disagrees}"
    parts = (result.definition, result.note, disagrees if result.disagrees else "")
    return "; ".join(part for part in parts if part)


def mark_words(result: Result) -> str:
    """The provenance mark, with every field known less well."""
    fields = (f"{name} {word}" for name, word in result.weaker.items() if name != "boundary")
    return "; ".join(word for word in (MARKS[result.provenance], *fields) if word)


def cited_words(beside: CitedBeside) -> str:
    """What the citing paper says against what its source says, and the verdict."""
    cited = beside.cited
    number = f"discrepancy {cited.number}" if cited.number is not None else "not numbered"
    mark = f" [{MARKS[cited.provenance]}]" if MARKS[cited.provenance] else ""
    return (
        f"{beside.paper.id} ({cited.clause}) says: {cited.says}; attributed to: "
        f"{cited.attributed_to}. The source: {cited.source_says}{mark}. {cited.words} "
        f"({number}: {cited.verdict_words})"
    )


def row_cells(row: EvidenceRow) -> dict[str, str]:
    """One row of the evidence table, by column, every cell in words."""
    cited = " | ".join(cited_words(beside) for beside in row.cited)
    if row.trial is None or row.result is None:
        empty = ("trial", "arm", "endpoint", "numbers", "denominator", "remarks")
        return dict.fromkeys(empty, "") | {
            "source": "; ".join(beside.cited.cite for beside in row.cited),
            "mark": MARKS[row.provenance],
            "cited": cited,
        }
    return {
        "trial": row.trial.name,
        "arm": row.result.arm,
        "endpoint": endpoint_words(row.result),
        "numbers": number_words(row.result),
        "denominator": denominator_words(row.result),
        "remarks": remark_words(row.result),
        "source": f"{row.result.clause} [{row.result.cite}]",
        "mark": mark_words(row.result),
        "cited": cited,
    }
