"""Copies and molecular MRD by quantitative PCR."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import faults_too, print_json


@app.command
def qpcr(
    file: Path,
    /,
    *,
    assay: Literal["transgene", "ig-tr", "fusion"] = "transgene",
    target: str | None = None,
    reference: str | None = None,
    lloq: float | None = None,
    intent: Literal["reduction", "intensification"] | None = None,
    background: str | None = None,
    transcript: Literal["e1a2", "e13a2", "e14a2"] | None = None,
    dna_ng: float | None = None,
    json: Json = False,
) -> int:
    """Copies, or MRD, by the standard curve of a plate (CSV or RDML).

    ```
    residua qpcr plate.csv
    residua qpcr quantstudio.csv --dna-ng 200
    residua qpcr run.rdml --json
    residua qpcr plate.csv --reference ALB --lloq 10
    residua qpcr igh.csv --assay ig-tr --reference ALB --intent intensification
    residua qpcr p190.csv --assay fusion --reference ABL1 --transcript e1a2
    ```

    Parameters
    ----------
    file
        A CSV with the columns `well,sample,target,role,quantity,ct,dna_ng`, the results that an
        Applied Biosystems or Bio-Rad CFX cycler exports as CSV or text, or RDML 1.0-1.3.
    assay
        transgene: copies per reaction and per ug of DNA. ig-tr: MRD by rearranged IG and TR
        genes, quantities as parts of diagnostic DNA (EuroMRD). fusion: BCR::ABL1 over ABL1.
    target
        Only this target (ig-tr, fusion).
    reference
        The target of the control gene: vector copies per cell (transgene), amplifiable DNA
        (ig-tr, standards in ng), the denominator (fusion; ABL1 without it).
    lloq
        Lower limit of quantification in copies per reaction; the lowest standard without it.
    intent
        ig-tr: reduction of therapy (1.0 Ct before the background) or intensification (3.0 Ct).
    background
        ig-tr: the sample that is DNA of normal mononuclear cells, where no role says so.
    transcript
        fusion: which transcript it is; e1a2 (p190) has no International Scale.
    dna_ng
        DNA in the reactions of which the file does not say it (transgene, ig-tr).
    json
        Print JSON.
    """
    from residua.main.plates.answer import PlateQuestion, answer_plate

    question = PlateQuestion(
        assay=assay, target=target, reference=reference, lloq=lloq, intent=intent,
        background=background, transcript=transcript, dna_ng=dna_ng,
    )  # fmt: skip
    with faults_too(json):
        answer = answer_plate(file, question)
    if json:
        print_json(answer.document)
    else:
        print(answer.text)
    return ANSWERED
