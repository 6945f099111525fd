"""The files that an automatic measurement leaves, all or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from residua.main.automatic.measure import AutomaticResult, FileLabels
from residua.main.automatic.sources import Sources
from residua.main.draw_quality import result_contents, write_result
from residua.main.output import whole_folder
from residua.progress import Progress, silent
from residua.views.automatic.files import automatic_files
from residua.views.labelled_fcs import write_labelled_fcs
from residua.views.labels_export import labels_parquet
from residua.views.mrd_export import result_path

LABELS = "labels.parquet"


def write_automatic(
    found: AutomaticResult,
    out: Path,
    *,
    inputs: Iterable[Path] = (),
    sources: Sources | None = None,
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Write mrd.json to `out`; into a folder with its pictures, and of every file its labels and a

    copy that holds them as channels. `inputs` are the files that were read.
    Raises `UsageError` where one of them would be replaced or the folder cannot be written,
    `InputError` where a file cannot be written as FCS.
    """
    if result_path(out) == out:
        return write_result(found.result, out, inputs=inputs)
    opened = sources or Sources()
    contents = {**result_contents(found.result, out), **_pictures(found)}
    names = _names(found.labels)
    written = list(contents)
    with whole_folder(out, inputs=inputs) as partial:
        for name, content in contents.items():
            (partial / name).write_bytes(content)
        for name, one in zip(names, found.labels, strict=True):
            progress(f"writing the labels of {one.path.name}")
            table = LABELS if len(names) == 1 else f"{name}.{LABELS}"
            model = found.result.model
            said = labels_parquet(one.labels, sha256=one.sha256, model=model)
            (partial / table).write_bytes(said)
            copy = f"{name}.labelled.fcs"
            write_labelled_fcs(opened.read(one.path), one.labels, partial / copy)
            written += [table, copy]
    return tuple(out / name for name in written)


def _pictures(found: AutomaticResult) -> dict[str, bytes]:
    """Plots and gates; those of a second tube are named after its number."""
    made: dict[str, bytes] = {}
    for number, shown in enumerate(found.shown, 1):
        prefix = f"tube-{number}-" if number > 1 else ""
        made |= {f"{prefix}{name}": said for name, said in automatic_files(shown).items()}
    return made


def _names(labels: Sequence[FileLabels]) -> list[str]:
    """What the files of each acquisition are called: its stem, counted on where two share it."""
    names: list[str] = []
    for one in labels:
        stem, name, number = one.path.stem, one.path.stem, 1
        while name in names:
            number += 1
            name = f"{stem}-{number}"
        names.append(name)
    return names
