"""Exposure to a drug by a population model."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import print_json

Texts = Annotated[list[str] | None, Parameter(negative="")]


@app.command
def exposure(
    *,
    dose: Texts = None,
    blasts: str | None = None,
    bsa: str | None = None,
    height: str | None = None,
    weight: str | None = None,
    sex: str | None = None,
    age: str | None = None,
    lbm: str | None = None,
    at: Texts = None,
    model: str = "garrett-2019",
    json: Json = False,
) -> int:
    """Concentration and AUC of inotuzumab ozogamicin by a population model, for a typical patient.

    A model, not a measurement: nothing was measured in this patient, and patients differ widely.

    ```
    residua exposure --bsa 1.84 --blasts 5.25 --dose 0.8@0 --dose 0.5@7 --dose 0.5@14
    residua exposure --bsa 1.5 --blasts 0 --dose 0.8@0 --at 1,168,672 --json
    residua exposure --model wu-2024 --height 160 --weight 50 --sex female --age 20 \\
        --blasts 0.1 --dose 0.8@0
    ```

    Parameters
    ----------
    dose
        A dose in mg/m2 and its day since the first dose, counted from 0: `0.8@0`. Repeat it.
    blasts
        Blasts in blood: in percent for `garrett-2019`, in 10*9/L for `wu-2024`.
    bsa
        Body surface in m2; or give height and weight.
    height
        In cm, or with its unit.
    weight
        In kg, or with its unit.
    sex
        `female` or `male`, for the lean mass of `wu-2024`.
    age
        In years, for `wu-2024`.
    lbm
        Lean body mass in kg, for `wu-2024`; or give height, weight and sex.
    at
        Hours since the first dose: `1,168,672`. Every day without it.
    model
        `garrett-2019` or `wu-2024`; they are not interchangeable.
    json
        Print JSON.
    """
    from residua.main.exposure import exposure_of
    from residua.views.exposure_text import exposure_document, exposure_text

    options = {
        "blasts": blasts, "bsa": bsa, "height": height, "weight": weight, "sex": sex, "age": age,
        "lbm": lbm,
    }  # fmt: skip
    given = {name: text for name, text in options.items() if text is not None}
    modelled = exposure_of(model, given, dose or [], at or [])
    if json:
        print_json(exposure_document(modelled))
    else:
        print(exposure_text(modelled))
    return ANSWERED
