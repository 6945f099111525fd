"""Which blood and marrow is drawn when, and what is looked for in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.simulate.course.calendar import Calendar

Tissue = Literal["marrow", "blood"]


@dataclass(frozen=True)
class Sample:
    """One specimen: ``methods`` of the MRD results that are reported of it as numbers.

    ``blasts_seen`` says that a person read the marrow; ``flow_file`` is its raw flow file.
    """

    id: str
    day: int
    tissue: Tissue = "marrow"
    methods: tuple[str, ...] = ()
    context: str = ""
    after: str | None = None
    flow_file: str | None = None

    @property
    def assessed(self) -> bool:
        """Whether a person read the smear."""
        return bool(self.context)


def mrd_samples(when: Calendar) -> tuple[Sample, ...]:
    """Every specimen in which leukaemia was looked for, in order."""
    graft, cells, again = when.transplant, when.car_t, when.mrd_relapse
    every, two = ("flow", "pcr", "ngs"), ("flow", "pcr")
    return (
        Sample("at-diagnosis", 0, context="diagnosis"),
        Sample("end-of-induction", when.end_of_induction, "marrow", two, "end of induction",
               "induction"),
        Sample("after-consolidation", when.after_consolidation, "marrow", ("flow",)),
        Sample("after-blinatumomab", when.after_blinatumomab, "marrow", every,
               "before transplant", "blinatumomab"),
        Sample("hsct-day-30", graft + 30, "marrow", ("flow",), "after transplant", "hsct"),
        Sample("hsct-day-100", graft + 100, "marrow", every, "after transplant", "hsct"),
        Sample("hsct-day-200", graft + 200, "marrow", ("flow",)),
        Sample("relapse-1", when.relapse, context="falling platelets"),
        Sample("car-t-day-28", cells + 28, "marrow", every, "after CAR-T cells", "car-t"),
        Sample("car-t-day-60", cells + 60, "blood", ("ngs",)),
        Sample("car-t-day-90", cells + 90, "marrow", ("flow",)),
        Sample("follow-up", again - 63, "blood", ("ngs",)),
        Sample("mrd-relapse", again - 42, "marrow", two, "MRD follow-up"),
        Sample("mrd-relapse-confirmed", again - 21, "marrow", two, "MRD follow-up"),
        Sample("before-ino", again, "marrow", ("pcr", "ngs"), "before inotuzumab ozogamicin",
               flow_file="before-ino.fcs"),
        Sample("ino-day-31", when.after_ino, "marrow", ("pcr", "ngs"),
               "after inotuzumab ozogamicin", "ino", "after-ino.fcs"),
        Sample("ino-day-87", when.late_after_ino, "marrow", every, "follow-up", "ino"),
    )  # fmt: skip


def specimen_of(sample: Sample) -> str:
    """The id of its specimen."""
    return f"{sample.tissue}-{sample.id}"
