"""The grade of a toxicity under a named standard."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import faults_too, print_json
from residua.errors import UsageError

Findings = Annotated[list[str], Parameter(negative="")]


@app.command
def grade(
    *,
    standard: str | None = None,
    version: str | None = None,
    term: str | None = None,
    value: str | None = None,
    unit: str | None = None,
    lln: str | None = None,
    uln: str | None = None,
    baseline: str | None = None,
    finding: Findings | None = None,
    table: Path | None = None,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    json: Json = False,
) -> int:
    """Grade a value, findings or a whole table under a standard and its version.

    Says "not assessable" (exit 0) where what is not stated could change the grade.

    ```
    residua grade --standard ctcae --version 5.0 --term platelets \\
        --value 12 --unit "10*9/L"
    residua grade --standard ctcae --version 5.0 --term alt \\
        --value 210 --unit U/L --uln 40 --baseline 35
    residua grade --standard ctcae --version 6.0 --term lipase \\
        --value 230 --unit U/L --uln 60 --finding symptoms=none
    residua grade --standard magic --finding skin=3 --finding liver=0 \\
        --finding upper_gi=0 --finding lower_gi=0
    residua grade --standard astct-crs --finding fever=yes \\
        --finding hypotension=no-vasopressor --finding hypoxia=none
    residua grade --standard astct-icans --finding ice=5 \\
        --finding consciousness=awake
    residua grade --standard icaht --term early \\
        --finding days-at-or-below-500=16 --finding days-at-or-below-100=3
    residua grade --standard ebmt-vod --version 2016 --finding days=3 \\
        --finding doubling=no --finding bilirubin="90 umol/L" \\
        --finding transaminases=3 --finding weight_gain=4 \\
        --finding creatinine=1.1 --finding mod=no
    residua grade --table values.csv -o graded.csv
    ```

    `residua standards NAME` lists the terms and findings of a standard with their words.

    Parameters
    ----------
    standard
        The standard: `ctcae`, `astct-crs`, `astct-icans`, `lee`, `penn`, `magic`, `glucksberg`,
        `nih-cgvhd`, `icaht`, `t-icaht`, `ebmt-vod` or `ebmt-vod-paediatric`.
    version
        Its version; needed where several are encoded.
    term
        A short name (`platelets`, `alt`) or the official one of that version.
    value
        The value; `<5` is a bound.
    unit
        Its unit (UCUM).
    lln
        The lower limit of normal, in the unit of the value.
    uln
        The upper limit of normal, in the unit of the value.
    baseline
        The baseline, in the unit of the value.
    finding
        A finding beside the value or in place of it, `name=word`; may be repeated.
        `baseline=normal|high|low|none` says where the baseline lay when its number is not known.
    table
        A CSV with `standard,version,term,value,unit,lln,uln,baseline`; gains
        `grade,outcome,reason`. Options above serve columns that it lacks.
    output
        Where the table goes; without it, to stdout.
    json
        Print the grades, or the faults, as JSON.
    """
    from residua.main.grade import grade_value
    from residua.views.grading_export import grading_document, grading_text

    options = {
        "standard": standard, "version": version, "term": term, "value": value, "unit": unit,
        "lln": lln, "uln": uln, "baseline": baseline,
    }  # fmt: skip
    given = {name: text for name, text in options.items() if text is not None}
    with faults_too(json):
        if table is not None:
            if finding or {"value", "lln", "uln", "baseline"} & given.keys():
                raise UsageError("with --table, values and limits stand in the table")
            return _table(table, given, output, as_json=json)
        if output is not None:
            raise UsageError("--output goes with --table")
        grading = grade_value(_needed(given, finding), _findings(finding))
    if json:
        print_json(grading_document(grading))
    else:
        print(grading_text(grading))
    return ANSWERED


def _needed(given: dict[str, str], finding: list[str] | None) -> dict[str, str]:
    """With findings the value and its unit may be left out."""
    needed = ("standard",) if finding else ("standard", "term", "value", "unit")
    lacking = [f"--{name}" for name in needed if name not in given]
    if lacking:
        lists = f"residua standards {given.get('standard', 'NAME')} lists the findings"
        raise UsageError(
            f"say also {', '.join(lacking)}, or --finding NAME=WORD ({lists}), or --table"
        )
    return given


def _findings(finding: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in finding or []:
        name, equals, word = text.partition("=")
        name = name.strip().lower().replace("-", "_")
        if not (equals and name and word.strip()):
            raise UsageError("a finding is written NAME=WORD, such as symptoms=none")
        if name in found:
            raise UsageError(f"finding {name!r} is given twice")
        found[name] = word.strip()
    return found


def _table(path: Path, defaults: dict[str, str], output: Path | None, *, as_json: bool) -> int:
    from residua.main.grade import grade_table
    from residua.views.grading_export import graded_csv, gradings_document
    from residua.views.whole_file import write_whole

    graded = grade_table(path, defaults)
    for note in graded.table.notes:
        print(f"note: {note}", file=sys.stderr)
    if as_json:
        print_json(gradings_document(graded.gradings))
        return ANSWERED
    rows = (row.carried for row in graded.table.rows)
    text = graded_csv(graded.table.columns, rows, graded.gradings, separator=graded.table.separator)
    if output is None:
        sys.stdout.write(text)
    else:
        write_whole(output, text.encode("utf-8"))
        print(output)
    return ANSWERED
