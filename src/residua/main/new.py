"""A new patient's folder: the commented template, and CSV files with their header rows."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from residua.errors import UsageError
from residua.facts.case import CSV_TABLES
from residua.main.output import whole_folder

FLOW = "flow/flow.toml"
TEMPLATES = ("case.toml", FLOW, "qpcr/qpcr.toml", "beads/beads.toml")
PANELS = ("euroflow-8", "euroflow-12", "one-tube-10")
COLUMNS = {
    "labs.csv": "date,time,analyte,value,unit,lower,upper,specimen,source",
    "vitals.csv": "date,time,item,value,unit,source",
    "mrd.csv": "date,specimen,tissue,method,target,status,fraction,numerator,denominator,"
    "denominator_kind,lod,lloq,source",
    "transgene.csv": "date,target,value,unit,detected,lloq,specimen,source",
    "cytokines.csv": "date,time,analyte,value,unit,lloq,uloq,source",
}
"""The header row of every CSV of a case folder."""


def new_folder(folder: Path | str, *, panel: str | None = None) -> tuple[Path, ...]:
    """Make `folder` with the template of a case; returns the files made.

    With `panel`, one of `PANELS`, flow.toml holds a gate template for it, not validated. The
    folder appears whole or not at all. Raises `UsageError` where it exists and is not empty,
    or cannot be made, and for an unknown panel.
    """
    if panel is not None and panel not in PANELS:
        raise UsageError(f"unknown panel {panel!r}: the panels are {', '.join(PANELS)}")
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty: name a new folder, nothing was written")
    files = [*TEMPLATES, *CSV_TABLES]
    with whole_folder(folder) as partial:
        for name in TEMPLATES:
            path = partial / name
            path.parent.mkdir(exist_ok=True)
            chosen = f"panels/{panel}.toml" if panel and name == FLOW else name
            path.write_text(template(chosen), encoding="utf-8")
        for name in CSV_TABLES:
            (partial / name).write_text(COLUMNS[name] + "\n", encoding="utf-8")
    return tuple(folder / name for name in files)


def template(name: str) -> str:
    """The text of one of `TEMPLATES`, or of ``panels/NAME.toml``."""
    home = resources.files("residua.main").joinpath("template")
    return home.joinpath(*name.split("/")).read_text("utf-8")
