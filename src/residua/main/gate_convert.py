"""The gates of one sample in the forms that they did not come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from residua.errors import ValueFault
from residua.facts.gating import Strategy
from residua.main.flow.opened import OpenFile
from residua.main.flow.plan import Plan
from residua.views.flow_toml_export import flow_toml_text
from residua.views.gatingml_export import Compensation, gatingml_text


def converted(plan: Plan, opened: OpenFile) -> tuple[dict[str, str], tuple[str, ...]]:
    """{file name: text} of gates.xml (Gating-ML 2.0) and flow.toml, and what could not be written.

    The file that the gates came in is not written again. A form that cannot hold them is left
    out, with the reason.
    """
    strategy = one_sample(plan.strategy, opened.planned.entry.tube)
    channels = opened.readout.acquisition.channels
    forms: dict[str, Callable[[], str]] = {}
    came_as = plan.gates.suffix.lower()
    if came_as != ".xml":
        forms["gates.xml"] = lambda: gatingml_text(
            strategy, compensation=_compensation(opened), channels=channels
        )
    if came_as in (".xml", ".wsp"):
        forms["flow.toml"] = lambda: flow_toml_text(strategy)
    texts: dict[str, str] = {}
    left_out: list[str] = []
    for name, write in forms.items():
        try:
            texts[name] = write()
        except ValueFault as fault:
            reason = f"it takes {fault.expected}, the gates have {fault.received}"
            left_out.append(f"{name} is not written: {reason}")
    return texts, tuple(left_out)


def one_sample(strategy: Strategy, tube: str | None) -> Strategy:
    """The strategy for a single sample: its gates without a tube, and what these look at."""
    gates = tuple(replace(gate, tube=None) for gate in strategy.gates_of(tube))
    seen = {name for gate in gates for name in gate.dimensions}
    dimensions = tuple(one for one in strategy.dimensions if one.name in seen)
    used = {one.compensation for one in dimensions}
    return replace(
        strategy,
        gates=gates,
        dimensions=dimensions,
        matrices=tuple(pair for pair in strategy.matrices if pair[0] in used),
        files=(),
        mrd=(),
        antigens=(),
    )


def _compensation(opened: OpenFile) -> Compensation:
    """What the file's values are compensated by."""
    return "file" if opened.planned.entry.compensation == "file" else opened.compensation.matrix
