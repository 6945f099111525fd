"""Cases that nobody would write and everybody may: valid files, odd in all they say.

A case is the text of its files; what the reader refuses is not a case. Choices come from a
`Chooser` (`random.Random`, or what Hypothesis draws), so that the same seed gives the same case.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from odd_words import (
    ANALYTES,
    ANCHORS,
    CLAIM_VALUES,
    DAYS,
    DOSES,
    DRUGS,
    HEAD,
    KINDS,
    LESIONS,
    NUMBERS,
    OFFSETS,
    OPTIONS,
    PREDICATES,
    PRESENT,
    REGIMENS,
    SPECIMENS,
    STANDARDS,
    TERMS,
    UNICODE,
    VALUES,
    VERSIONS,
)


def quoted(text: str) -> str:
    """A basic string of TOML; the texts here hold no quotes of their own."""
    return text if text.startswith('"') else f'"{text}"'


class Writer:
    """The rows of one case, as they are drawn."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.lines: list[str] = []
        self.ids: list[str] = []

    def one(self, choices: Sequence[str]) -> str:
        return self.random.choice(choices)

    def maybe(self, likely: float = 0.5) -> bool:
        return self.random.random() < likely

    def when(self) -> dict[str, str]:
        """A date, a date from another event, only an order, or nothing."""
        kind = self.random.randrange(10)
        if kind < 5:
            return {"date": quoted(self.one(DAYS))}
        anchors = [name for name in ANCHORS if name in self.ids] or [""]
        anchor = self.one(anchors)
        if kind < 8 and anchor:
            return {"date": quoted(anchor + self.one(OFFSETS))}
        return {"after": quoted(anchor)} if kind == 8 and anchor else {}

    def row(self, table: str, name: str = "", **keys: str) -> None:
        self.lines.append(f"[[{table}]]")
        if name:
            self.lines.append(f'id = "{name}"')
            self.ids.append(name)
        self.lines += [f"{key} = {value}" for key, value in keys.items() if value]
        self.lines += ["simulated = true"] if self.maybe(0.05) else []
        self.lines += ["reported = true"] if self.maybe(0.1) else []

    def some(self, choices: Sequence[str], likely: float = 0.5) -> str:
        return quoted(self.one(choices)) if self.maybe(likely) else ""


def odd_case(random: Random) -> dict[str, str]:
    """File name -> text of one case folder."""
    writer = Writer(random)
    writer.lines.append(HEAD)
    writer.lines += ['title = "Case report 🙂"'] if writer.maybe(0.3) else []
    _patient(writer)
    _given(writer)
    _seen(writer)
    _said(writer)
    files = {"case.toml": "\n".join(writer.lines) + "\n"}
    files |= {"labs.csv": _labs(writer)} if writer.maybe(0.9) else {}
    files |= {"vitals.csv": _vitals(writer)} if writer.maybe(0.6) else {}
    files |= {"transgene.csv": _transgene(writer)} if writer.maybe(0.3) else {}
    return files


def _patient(w: Writer) -> None:
    if w.maybe(0.8):
        ages = (
            "17 a",
            "0.5 a",
            "11.99 a",
            "12 a",
            "54 a",
            "<18 a",
            ">60 a",
            "200 mo",
            "7 a",
            "0 a",
        )
        w.lines += ["[patient]", 'id = "p"']
        w.lines += [f'age_at_diagnosis = "{w.one(ages)}"'] if w.maybe(0.6) else []
        w.lines += [f'birth = "{w.one(("2002", "2015-03", "1960-02-29"))}"'] if w.maybe() else []
        w.lines += ['sex = "male"'] if w.maybe() else []
        w.lines += ['country = "Österreich"'] if w.maybe() else []
    if w.maybe(0.85):
        w.lines += ["[diagnosis]", 'id = "diagnosis"']
        w.ids.append("diagnosis")
        diseases = ("B-ALL", "T-ALL", "ALL", "AML", "🙂", "B-cell acute lymphoblastic leukaemia")
        w.lines += [f'disease = "{w.one(diseases)}"']
        w.lines += [f'date = "{w.one(("2019", "2020-01-10", "2019-12"))}"'] if w.maybe(0.8) else []
        w.lines += [f'philadelphia = "{w.one(("positive", "negative"))}"'] if w.maybe() else []
        w.lines += [f'cns = "{w.one(("cns1", "cns3", "not assessed"))}"'] if w.maybe() else []
    for _ in range(w.random.randrange(3)):
        lesions = ", ".join(quoted(w.one(LESIONS)) for _ in range(w.random.randrange(4)))
        w.row(
            "genetics",
            method=w.some(("karyotype", "fish", "pcr", "ngs", "array")),
            result=w.some(("normal", "abnormal", "none found")),
            lesions=f"[{lesions}]",
            **w.when(),
        )


def _given(w: Writer) -> None:
    for name in ("ind", "ino", "blin"):
        if w.maybe():
            drugs = ", ".join(_drug(w) for _ in range(w.random.randrange(4)))
            when = {{"date": "start"}.get(k, k): v for k, v in w.when().items()}
            w.row(
                "treatment",
                name,
                regimen=w.some(REGIMENS),
                line=w.some(("1",), 0) or ("2" if w.maybe(0.2) else ""),
                drugs=f"[{drugs}]",
                intent=w.some(("conditioning", "induction", "lymphodepletion", "🙂")),
                **when,
            )
    for name in ("hsct", "hsct-2"):
        if w.maybe(0.5 if name == "hsct" else 0.2):
            w.row(
                "transplant",
                name,
                donor=w.some(KINDS["donor"], 0.8),
                **w.when(),
                graft=w.some(("PBSC", "bone marrow", "cord blood", "🙂")),
                conditioning=w.some(("modified BuCy", "TBI 12 Gy", "🙂")),
                immunosuppression_stopped=w.some(("2020-06", "tapered within 6 months", "🙂")),
            )
    for name in ("car-t", "car-t-2", "dli"):
        if w.maybe(0.5 if name == "car-t" else 0.25):
            kind = "dli" if name == "dli" else "car-t"
            w.row(
                "cell_infusion",
                name,
                kind=quoted(kind),
                **w.when(),
                product=w.some(("anti-CD19 CAR-T", "tisagenlecleucel", "brexucabtagene", "🙂")),
                target=w.one(("", '["CD19"]', '["CD22"]', '["CD19", "CD22"]', '"cd19"', '["🙂"]')),
                dose=w.some(("1e6 /kg", "<1e6 /kg", "2e8 {cells}", "0 /kg")),
            )


def _drug(w: Writer) -> str:
    keys = {"dose": w.some(DOSES), "days": w.some(("1", "1,8,15", "1-4", "-5,-3", "1-28")),
            "every": w.some(("12 h", "every 6 h", "1 mo"), 0.2), "reason": w.some(UNICODE, 0.1),
            "status": w.some(("planned", "given", "held", "reduced", "omitted")),
            "route": w.some(("iv", "intrathecal", "🙂"), 0.3)}  # fmt: skip
    told = "".join(f", {key} = {value}" for key, value in keys.items() if value)
    return f"{{ name = {quoted(w.one(DRUGS))}{told} }}"


def _seen(w: Writer) -> None:
    for name in ("a1", "a2", "a3"):
        if w.maybe(0.6):
            w.row(
                "assessment",
                name,
                kind=w.some(KINDS["assessment"], 0.9),
                context=w.some(("diagnosis", "relapse", "end of induction", "marrow", "🙂")),
                blasts=w.some(("0 %", "4.9 %", "5 %", "25 %", "100 %", "<5 %", ">20 %")),
                value=w.some(VALUES, 0.3),
                extramedullary=w.some(("none", "present"), 0.3),
                response_reported=w.some(("CR", "relapse", "CRi", "🙂", "NOT CR"), 0.4),
                **w.when(),
            )
            marker = w.one(("CD19", "CD22", "cd22", "🙂"))
            if w.maybe(0.4):
                w.row(
                    "antigen",
                    marker=quoted(marker),
                    assessment=quoted(name),
                    percent=w.one(("0", "63.74", "90", "100", "")),
                )
            if w.maybe(0.3):
                w.row(
                    "phenotype",
                    positive=f'["{marker}", "CD10"]',
                    negative=f'["{marker} dim"]',
                    assessment=quoted(name),
                )
            if w.maybe():
                w.row(
                    "mrd",
                    assessment=quoted(name),
                    method=w.some(("flow", "pcr", "NGS", "🙂")),
                    tissue=w.some(("marrow", "blood", "csf")),
                    fraction=w.one(("", "0", "1e-5", "0.02", '"<0.01 %"')),
                    lod=w.one(("", "1e-4", '"0.1 %"')),
                    status=w.some(
                        ("quantified", "not detected", "positive", "negative", "not assessable")
                    ),
                )
    for _ in range(w.random.randrange(6)):
        w.row(
            "support",
            kind=quoted(w.one(KINDS["support"])),
            amount=w.some(VALUES, 0.3),
            end=w.some(("2022-12", "2022-12-31", "car-t+600d"), 0.2),
            **w.when(),
        )
    for _ in range(w.random.randrange(14)):
        w.row(
            "finding",
            term=quoted(w.one(TERMS)),
            present=w.one(("", *PRESENT)),
            value=w.some(VALUES),
            grade_reported=w.one(("", "", "0", "1", "3", "4")),
            standard=w.some(STANDARDS, 0.25),
            version=w.some(VERSIONS, 0.2),
            end=w.some(("2022-12", "2022-12-31"), 0.2),
            attribution=w.some((*ANCHORS, "🙂"), 0.3),
            **w.when(),
        )
    for name, kind in (
        ("relapse", "relapse reported"),
        ("p", "progression"),
        ("d", "death"),
        ("contact", "last contact"),
    ):
        if w.maybe(0.4):
            w.row(
                "event",
                {"p": "", "d": "death"}.get(name, name),
                kind=quoted(kind),
                **w.when(),
                detail=w.some(("molecular relapse", "CNS", "CD19 negative", "🙂"), 0.3),
            )


def _said(w: Writer) -> None:
    for _ in range(w.random.randrange(3)):
        options = ", ".join(
            f"{{ option = {quoted(w.one(OPTIONS))}"
            + (f", choice = {quoted(w.one(('chosen', 'declined', 'not available')))}" * w.maybe())
            + (f", reason = {quoted(w.one(UNICODE))}" * w.maybe(0.3))
            + " }"
            for _ in range(w.random.randrange(5))
        )
        at = quoted(w.one(w.ids)) if w.ids and w.maybe() else ""
        w.row("decision", at=at, options=f"[{options}]", **w.when())
    for _ in range(w.random.randrange(3)):
        w.row(
            "availability",
            option=quoted(w.one(OPTIONS)),
            country=w.some(("Österreich", "US")),
            status=w.some(("available", "not available", "🙂")),
            **w.when(),
        )
    for _ in range(w.random.randrange(6)):
        about = quoted(w.one(w.ids)) if w.ids and w.maybe(0.8) else ""
        texts = ("CD22 high", "23 months after CAR-T", "MRD eradicated", "p = 0.02", *UNICODE)
        w.row(
            "claim",
            text=quoted(w.one(texts)),
            about=about,
            predicate=w.some(PREDICATES, 0.9),
            value=w.one(CLAIM_VALUES) if w.maybe(0.7) else "",
            **w.when(),
        )


def _date(w: Writer) -> str:
    return w.when().get("date", "").strip('"')


def _labs(w: Writer) -> str:
    rows = ["date,time,analyte,value,unit,lower,upper,specimen,source"]
    for _ in range(w.one((0, 3, 30, 80))):
        analyte = w.one(tuple(ANALYTES))
        limits = w.one(("1,2", ",", "0,", ",40", "150,400", "0,0"))
        time = w.one(("", "", "08:30", "23:59:59"))
        rows.append(
            f"{_date(w)},{time},{analyte},{w.one(NUMBERS)},{w.one(ANALYTES[analyte])},"
            f"{limits},{w.one(SPECIMENS)},"
        )
    return "\n".join(rows) + "\n"


def _vitals(w: Writer) -> str:
    items = {"weight": (("60", "kg"), ("61.5", "kg"), ("70000", "g"), ("<66", "kg"), ("63", "kg")),
             "height": (("1.6", "m"), ("160", "cm")), "spo2": (("88", "%"), ("0.95", "1")),
             "temperature": (("37.9", "Cel"), ("38", "Cel"), ("41", "Cel"), (">38", "Cel")),
             "systolic": (("70", "mm[Hg]"), ("0", "mm[Hg]"), ("16", "kPa")),
             "oxygen_flow": (("0", "L/min"), ("6", "L/min"), ("6001", "mL/min")),
             "ice": (("0", "{score}"), ("3", "{score}"), ("10", "1"), ("9.5", "1"))}  # fmt: skip
    rows = ["date,time,item,value,unit,source"]
    for _ in range(w.random.randrange(25)):
        item = w.one(tuple(items))
        value, unit = w.one(items[item])
        rows.append(f"{_date(w)},{w.one(('', '08:30'))},{item},{value},{unit},")
    return "\n".join(rows) + "\n"


def _transgene(w: Writer) -> str:
    rows = ["date,target,value,unit,detected,lloq,specimen,source"]
    for _ in range(w.random.randrange(5)):
        value, unit = w.one(
            (("0", "copies/ug"), ("<50", "copies/ug"), ("3e4", "copies/mL"), ("", ""))
        )
        rows.append(f"{_date(w)},CD19,{value},{unit},{w.one(('', 'true', 'false'))},,,")
    return "\n".join(rows) + "\n"


def without(files: dict[str, str], faults: Sequence[tuple[str, int]]) -> dict[str, str]:
    """The same files without the rows in which faults (file, line) lie."""
    kept = {}
    for name, text in files.items():
        lines = text.splitlines()
        gone = {line for file, line in faults if file == name}
        if name == "case.toml":
            starts = [i for i, line in enumerate(lines) if line.startswith("[")]
            for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
                rows = range(start + 1, stop + 1)
                gone |= {*rows} if gone & {*rows} else set()
        kept[name] = "".join(f"{t}\n" for i, t in enumerate(lines, 1) if i not in gone)
    return kept
