"""Published schedules of treatment, worked out and dated."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import print_json

Typed = Annotated[list[str] | None, Parameter(negative="")]


@app.command
def regimen(
    name: str | None = None,
    /,
    *,
    height: Typed = None,
    weight: Typed = None,
    age: Typed = None,
    start: str | None = None,
    cycle: int | None = None,
    bsa_formula: str = "mosteller",
    given: Typed = None,
    json: Json = False,
) -> int:
    """Show a schedule of treatment as published: dated doses, totals, caps, rules, sources.

    It shows what a source says and recommends nothing. Without a name, all regimens.

    ```
    residua regimen
    residua regimen ino-label --height 160 --weight 50 --start 2022-08-01
    residua regimen hyper-cvad-b --height 1.75m --weight 70 --age 62 --start 2024-03-04
    residua regimen dli-pre-emptive --weight 70 --given donor=sibling --start 2024-03-04
    ```

    Parameters
    ----------
    name
        The regimen, such as `hyper-cvad-a` or `ino-label`.
    height
        In cm, or with its unit.
    weight
        In kg, or with its unit.
    age
        In years; some doses change with it.
    start
        The first day of the cycle; for transplants and cell infusions, day 0.
    cycle
        Which cycle; the first where not given.
    bsa_formula
        `mosteller`, `dubois` or `haycock`.
    given
        What else a dose depends on, as `NAME=VALUE`: `donor=sibling`, `response="CR or CRi"`.
    json
        Print the schedule as JSON.
    """
    from residua.main.show_regimen import (
        Asked,
        list_regimens,
        regimen_document,
        regimen_text,
        work_out_regimen,
    )

    if name is None:
        print(list_regimens())
        return ANSWERED
    sizes = {"height": height or (), "weight": weight or (), "age": age or ()}
    asked = Asked(**sizes, start=start, cycle=cycle, formula=bsa_formula, given=given or ())
    made = work_out_regimen(name, asked)
    if json:
        print_json(regimen_document(made))
    else:
        print(regimen_text(made))
    return ANSWERED
