"""From a spec to a made-up patient's folder, every file that a user would have."""

from __future__ import annotations

from pathlib import Path

from residua.errors import UsageError, ValueFault
from residua.main.output import whole_folder
from residua.progress import Progress, silent
from residua.simulate.course.course import course_texts, make_course
from residua.simulate.course.spec import CourseSpec, course_spec
from residua.simulate.flow import simulate_events
from residua.views.fcs_export import fcs_bytes


def simulate_course(
    folder: Path | str,
    *,
    spec: Path | str | None = None,
    seed: int | None = None,
    events: int | None = None,
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Make `folder` whole or not at all; returns the files made.

    The same spec and seed give the same bytes. Raises `InputError` with every fault of the spec,
    `UsageError` where the folder is there and not empty, or `seed` or `events` is out of range.
    """
    place = Path(folder)
    if place.exists() and not place.is_dir():
        raise UsageError(f"{place.name} is a file: name a folder")
    if place.is_dir() and any(place.iterdir()):
        raise UsageError(f"{place.resolve().name} is not empty: name a new folder")
    made = make_course(_asked(spec, seed, events))
    with whole_folder(place) as partial:
        written = []
        for name, text in course_texts(made).items():
            progress(f"writing {name}")
            written.append(_write(partial, name, text.encode()))
        for file in made.flow:
            progress(f"making up {file.spec.events} events of {file.sample.flow_file}")
            acquired = simulate_events(file.spec).acquisition
            written.append(_write(partial, f"flow/{file.sample.flow_file}", fcs_bytes(acquired)))
        names = [path.relative_to(partial) for path in written]
    return tuple(place / name for name in sorted(names))


def _asked(spec: Path | str | None, seed: int | None, events: int | None) -> CourseSpec:
    try:
        return course_spec(spec, seed=seed, events=events)
    except ValueFault as fault:
        raise UsageError(str(fault)) from fault


def _write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path
