"""From what an automatic reader found to an MRD level: status, reason, flags. It only decides.

A negative needs sensitivity, a positive does not. Whatever speaks against the model or against the
sample's alignment blocks the word "not detected"; a reading above the limit of blank is reported
all the same, as positive with an uncertain quantity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from residua.facts.interval import Interval
from residua.facts.mrd_result import Denominator, DenominatorKind, MrdLevel, PolicyUsed, Status
from residua.measures.limits import clopper_pearson, events_for
from residua.measures.mrd_level import INSUFFICIENT
from residua.standards.automatic_mrd import automatic_rules
from residua.standards.mrd_counting import CountingPolicy

UNCERTAIN = "positive, quantity uncertain"
BLIND = "the limit of detection lies above 1e-4; a negative could not be told"
CLUSTER = "suspicious cluster, confirm"
_ABOVE = 1 + 1e-9  # a level below its LLOQ is not equal to it
FEW = "read above the limit of blank by fewer events than a detection asks for"
MOVED = "read above the limit of blank, as normal precursors in another place would be, too"
ALIKE = "the blasts cannot be told from normal precursors"
NEAR = "the blasts are hard to tell from normal precursors"


@dataclass(frozen=True)
class Limits:
    """What the patient's calibration says for this sample; fractions of its cells."""

    blank: float
    lod: float
    laip_lod: float
    separability: float


@dataclass(frozen=True)
class LossReading:
    """What is read where the loss of `markers` counts as a blast's, and its own limit of blank."""

    markers: tuple[str, ...]
    fraction: float
    blank: float


@dataclass(frozen=True)
class Evidence:
    """All that an automatic level is decided from.

    `fraction` of `cells` read as blasts; `refusals` of the preflight, `alarms` of the alignment,
    in words; `opened` the antigens whose loss was allowed for, `losses` readings for those that
    were not; `seconds` the names of second readers that read blasts; `blocks` why a negative
    could not be told, whatever was read. `reviewed`: a person looks at the result.
    """

    fraction: float
    cells: int
    kind: DenominatorKind
    policy: CountingPolicy
    limits: Limits
    total: Interval
    reviewed: bool = False
    refusals: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    losses: tuple[LossReading, ...] = ()
    seconds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()

    @property
    def events(self) -> int:
        """The blasts read, as whole events of the denominator."""
        return min(round(max(self.fraction, 0.0) * self.cells), self.cells)

    @property
    def above_blank(self) -> bool:
        """Whether a sample without blasts would seldom read so much."""
        return self.fraction > self.blank

    @property
    def blank(self) -> float:
        """The limit of blank: of the model, or that of the laboratory's validation if higher."""
        return max(self.limits.blank, self.policy.limit_of_blank or 0.0)


@dataclass(frozen=True)
class AutomaticLevel:
    """A level with what only an automatic reader can say of it; None where nothing was read."""

    level: MrdLevel
    total_interval: Interval | None = None
    limit_of_blank: float | None = None
    predicted_lod: float | None = None


def decide(found: Evidence) -> AutomaticLevel:
    """The level of a sample that was read by the patient's own model.

    Refused by the preflight: not assessable, and no number. Above the limit of blank with the
    policy's events: detected, and quantified where nothing speaks against the model and the
    policy's LLOQ and the total interval allow it; but not where blasts that cannot be told from
    normal precursors were sought by a map that may be wrong. Else not detected where nothing
    blocks it.
    """
    if found.refusals or found.cells == 0:
        said = found.refusals or ("the denominator holds no events",)
        return refused(found.cells, kind=found.kind, policy=found.policy, reasons=said)
    told = _enough(found) and not _perhaps_moved(found)
    level = _positive(found) if told else _negative(found)
    return AutomaticLevel(level, found.total, found.blank, found.limits.lod)


def refused(
    cells: int, *, kind: DenominatorKind, policy: CountingPolicy, reasons: Sequence[str]
) -> AutomaticLevel:
    """Not assessable, for `reasons`; nothing was read in `cells`."""
    return AutomaticLevel(_bare(cells, kind, policy, "; ".join(dict.fromkeys(reasons))))


def decide_without_diagnosis(
    fraction: float, cells: int, *, kind: DenominatorKind, policy: CountingPolicy, reason: str
) -> AutomaticLevel:
    """The level where the leukaemia is not known and `fraction` of `cells` form a strange cluster.

    From 1e-3 on detected and to be confirmed, else not assessable for `reason`; never quantified:
    its LLOQ is 1.
    """
    level = _bare(cells, kind, policy, reason)
    if not cells or fraction < automatic_rules().cluster:
        return AutomaticLevel(level)
    seen = _counted(level, min(round(fraction * cells), cells))
    told = replace(
        seen, status="detected below LLOQ", lloq=1.0, reason="", flags=(*level.flags, CLUSTER)
    )
    return AutomaticLevel(told)


def _enough(found: Evidence) -> bool:
    return found.above_blank and found.events >= found.policy.lod


def _perhaps_moved(found: Evidence) -> bool:
    """Whether precursors that stand elsewhere would read the same: no limit of blank knows them."""
    alike = found.limits.separability < automatic_rules().least_separability(reviewed=True)
    return alike and bool(found.alarms)


def _positive(found: Evidence) -> MrdLevel:
    policy, doubts = found.policy, (*_model_doubts(found), *found.alarms)
    unknown_below = _uncertain_below(found, doubts=bool(doubts))
    lloq = max(_lloq(policy, found.cells), unknown_below)
    enough = found.events >= policy.lloq and found.fraction >= (policy.validated_lloq or 0.0)
    quantified = enough and not unknown_below
    status: Status = "quantified" if quantified else "detected below LLOQ"
    flags = [UNCERTAIN, *doubts] if doubts else []
    if not _sensitive(found):
        flags.append(BLIND)
    flags += found.blocks
    flags += [
        _lost(loss)
        for loss in _unopened(found)
        if loss.fraction > max(loss.blank, found.total.high)
    ]
    bare = _counted(_bare(found.cells, found.kind, policy, ""), found.events)
    return replace(bare, status=status, lloq=lloq, flags=(*bare.flags, *flags))


def _negative(found: Evidence) -> MrdLevel:
    known = found.total.high if found.above_blank else 0.0  # what intact blasts may explain
    losses = [loss for loss in _unopened(found) if loss.fraction > max(loss.blank, known)]
    blocks = [INSUFFICIENT] if not (_sensitive(found) and _reaches(found)) else []
    blocks += [*found.blocks, *_model_doubts(found), *found.alarms]
    blocks += [_run_again(loss) for loss in losses]
    flags = [*_model_doubts(found), *found.alarms, *(_lost(loss) for loss in losses)]
    if found.above_blank:
        flags.append(MOVED if _enough(found) else FEW)
    flags += [f"review: {name} reads blasts" for name in found.seconds]
    bare = _counted(_bare(found.cells, found.kind, found.policy, ""), found.events)
    status: Status = "not assessable" if blocks else "not detected"
    return replace(
        bare, status=status, reason="; ".join(dict.fromkeys(blocks)), flags=(*bare.flags, *flags)
    )


def _sensitive(found: Evidence) -> bool:
    lod = max(_lod(found.policy, found.cells), found.limits.lod)
    return lod <= automatic_rules().negative


def _reaches(found: Evidence) -> bool:
    return found.limits.laip_lod <= automatic_rules().laip_limit(reviewed=found.reviewed)


def _model_doubts(found: Evidence) -> tuple[str, ...]:
    """What speaks against this patient's model, whatever the sample."""
    limits, rules, said = found.limits, automatic_rules(), []
    if limits.separability < rules.least_separability(reviewed=found.reviewed):
        words = ALIKE if limits.separability < rules.least_separability(reviewed=True) else NEAR
        said.append(f"{words} (separability {limits.separability:.2f})")
    if not _reaches(found):
        most = rules.laip_limit(reviewed=found.reviewed)
        told = f"{limits.laip_lod:.1e} is above {most:g}"
        limit = told if limits.laip_lod < 1 else "is not reached at any level"
        said.append(f"the phenotype's limit of detection {limit}")
    return tuple(said)


def _uncertain_below(found: Evidence, *, doubts: bool) -> float:
    """What the level is only known to lie below; 0 where it is known as a quantity."""
    total = found.total
    bounded = total.low > 0 and total.high <= automatic_rules().quantity * total.low
    if found.alarms:
        return 1.0  # the interval does not know of a map that may be wrong
    if bounded and not doubts:
        return 0.0
    return min(max(total.high, found.fraction * _ABOVE), 1.0)


def _unopened(found: Evidence) -> tuple[LossReading, ...]:
    return tuple(loss for loss in found.losses if not set(loss.markers) <= set(found.opened))


def _lost(loss: LossReading) -> str:
    return f"LAIP with lost {' and '.join(loss.markers)}?"


def _run_again(loss: LossReading) -> str:
    after = " ".join(f"--after {marker}" for marker in loss.markers)
    return f"blasts may have lost {' and '.join(loss.markers)}: measure again with {after}"


def _lod(policy: CountingPolicy, cells: int) -> float:
    """By events, or as validated if higher."""
    return max(policy.lod / cells, policy.validated_lod or 0.0)


def _lloq(policy: CountingPolicy, cells: int) -> float:
    return max(policy.lloq / cells, policy.validated_lloq or 0.0)


def _bare(cells: int, kind: DenominatorKind, policy: CountingPolicy, reason: str) -> MrdLevel:
    """No reading among `cells`: not assessable, with the limits of the policy."""
    return MrdLevel(
        numerator=0,
        denominator=Denominator(kind, cells),
        fraction=None,
        interval=None,
        lod=_lod(policy, cells) if cells else None,
        lloq=_lloq(policy, cells) if cells else None,
        lod95=max(events_for(policy.lod) / cells, policy.validated_lod or 0.0) if cells else None,
        policy=PolicyUsed(policy.id, policy.disease, policy.provenance),
        status="not assessable",
        reason=reason,
        flags=_policy_flags(policy),
    )


def _counted(level: MrdLevel, events: int) -> MrdLevel:
    cells = level.denominator.count
    return replace(
        level,
        numerator=events,
        fraction=events / cells if events else None,
        interval=clopper_pearson(events, cells),
    )


def _policy_flags(policy: CountingPolicy) -> tuple[str, ...]:
    if policy.disease != "myeloma":
        return ()
    return (f"the counting policy {policy.id} was written for myeloma",)
