"""Lines of MRD and agreement of methods over made-up cases of any kind.

Oracle: the same case with its rows in another order; what every line and judgement must have.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from residua.course.course import Course, arrange
from residua.course.curves import Curves
from residua.judgements.concordance.concordance import judge_concordance
from residua.main.curves.mrd import mrd_curves
from residua.readers.case import gather_case
from residua.views.curves.mrd import mrd_documents, mrd_groups

COLUMNS = (
    "id,date,assessment,specimen,tissue,method,target,status,fraction,denominator,"
    "denominator_kind,lod,lloq"
)
HEAD = 'kind = "residua.case"\nversion = "1.0"\n'
STATUS = ("detected below LLOQ", "not detected", "positive", "negative", "not assessable", "")


def a_day(random: Random) -> str:
    day = f"2023-{random.randint(1, 6):02d}-{random.randint(1, 28):02d}"
    return random.choice([day] * 8 + [day[:7], "2023", "t1+20d", ""])


def rarely(random: Random, usual: str, *others: str) -> str:
    return random.choice([usual] * 6 + list(others))


def a_row(random: Random, name: str) -> str:
    fraction = rarely(random, f"{10 ** random.uniform(-6, -0.3):.3g}", "")
    fraction = rarely(random, "", "<", "<=", ">") + fraction if fraction else ""
    method, kind = random.choice([("flow", "nucleated"), ("flow", "nucleated"), ("pcr", "dna")])
    return ",".join(
        [
            name, a_day(random), rarely(random, "", "seen"), rarely(random, "", "drawn"),
            rarely(random, "marrow", ""), rarely(random, method, "ngs", ""),
            rarely(random, "", "IGH"), rarely(random, "quantified", *STATUS), fraction,
            rarely(random, "", "1000000"), rarely(random, kind, ""),
            rarely(random, "1e-6", "1e-4", "0", ""), rarely(random, "5e-6", "1e-3", ""),
        ]
    )  # fmt: skip


def tables(random: Random) -> list[str]:
    """Therapies, a relapse, an assessment and a specimen, some of them without a day."""
    day = f"2023-0{random.randint(1, 6)}-10"
    drugs = '[[treatment.drugs]]\nname = "x"\ndays = "1-14"\n'
    return [
        '[[treatment]]\nid = "t1"\nstart = "2023-01-15"\n' + random.choice(["", drugs]),
        f'[[treatment]]\nid = "t2"\nstart = "{random.choice([day, day[:7]])}"\n',
        f'[[transplant]]\nid = "t3"\ndate = "{day}"\n',
        f'[[event]]\nid = "back"\ndate = "{random.choice([day, day[:7]])}"\n'
        'kind = "relapse reported"\n',
        f'[[assessment]]\nid = "seen"\ndate = "{day}"\nblasts = "1 %"\nkind = "morphology"\n',
        f'[[specimen]]\nid = "drawn"\ndate = "{day}"\ntissue = "marrow"\n',
    ]


def course_of(folder: Path, parts: list[str], rows: list[str]) -> Course | None:
    folder.mkdir(exist_ok=True)
    (folder / "case.toml").write_text(HEAD + "".join(parts), "utf-8")
    (folder / "mrd.csv").write_text("\n".join([COLUMNS, *rows, ""]), "utf-8")
    gathered = gather_case(folder)
    return None if gathered.faults else arrange(gathered.case)


def told(course: Course) -> tuple[Counter[object], Counter[object]]:
    """Without the subject: an occasion without an assessment goes by its first result."""
    curves = mrd_curves(course)
    lines = (
        (c.after, c.phase, c.relapse, c.method, frozenset(c.facts), c.trend.outcome, c.origin)
        for c in curves
    )
    judged = judge_concordance(course)
    said = ((j.term.split("-")[0], frozenset(j.facts), j.verdict, j.reason) for j in judged)
    return Counter(lines), Counter(said)


@pytest.mark.parametrize("seed", range(60))
def test_any_order_of_rows_gives_the_same_lines_and_verdicts(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    rows = [a_row(random, f"m{number}") for number in range(random.randint(4, 14))]
    course = course_of(tmp_path / "a", tables(random), rows)
    if course is None:
        return
    curves = Curves(mrd=mrd_curves(course))
    json.dumps(mrd_documents(course, curves), allow_nan=False)
    assert len(mrd_groups(course, curves)) == len(curves.mrd)
    for curve in curves.mrd:
        assert len(curve.facts) == len(curve.trend.observations)
        assert len(set(curve.facts)) == len(curve.facts)
        assert set(curve.facts) <= course.by_id.keys()
        assert not curve.band or curve.trend.outcome in ("rise", "fall")
    judged = judge_concordance(course)
    assert len({judgement.id for judgement in judged}) == len(judged)
    for judgement in judged:
        assert (judgement.verdict is None) == (judgement.outcome == "not assessable")
        assert bool(judgement.reason)
        assert len(set(judgement.facts)) == 2
    again = Random(seed)
    [a_row(again, "m") for _ in range(again.randint(4, 14))]
    parts = tables(again)
    Random(1).shuffle(rows)
    turned = course_of(tmp_path / "b", parts, rows)
    assert turned is not None
    assert told(turned) == told(course)
