"""How the gates of a strategy build on each other: names, references, cycles."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from residua.errors import ValueFault, nearest_of
from residua.facts.gates import BooleanGate, Gate


@dataclass(frozen=True)
class GateFault:
    """What is wrong about gate number `place` (from 0), at its key `key`."""

    place: int
    key: str
    fault: ValueFault


def gate_faults(gates: tuple[Gate, ...]) -> tuple[GateFault, ...]:
    """Every duplicate name, unknown reference and cycle among `gates`, in file order."""
    return (*_duplicates(gates), *_unknown(gates), *_cycles(gates))


def depths(gates: tuple[Gate, ...]) -> dict[str, int]:
    """{name: how many gates it builds on in a row, itself included} for gates without cycles.

    The gates are those of one tube. In the order of the result each stands behind those it
    builds on.
    """
    ahead = _builds_on(gates)
    behind: list[list[int]] = [[] for _ in gates]
    for place, targets in enumerate(ahead):
        for target in targets:
            behind[target].append(place)
    depth = [1] * len(gates)
    waiting = [len(targets) for targets in ahead]
    ready = deque(place for place, count in enumerate(waiting) if not count)
    found = {}
    while ready:
        place = ready.popleft()
        found[gates[place].name] = depth[place]
        for other in behind[place]:
            depth[other] = max(depth[other], depth[place] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return found


def references(gate: Gate) -> tuple[tuple[str, str], ...]:
    """(key, name) of every gate that `gate` builds on."""
    parent = (("parent", gate.parent),) if gate.parent is not None else ()
    if isinstance(gate, BooleanGate):
        return parent + tuple((gate.operation, name) for name in gate.of)
    return parent


def _duplicates(gates: tuple[Gate, ...]) -> Iterator[GateFault]:
    """A name is unique within a tube; a gate without tube is in all of them."""
    seen: dict[str, set[str | None]] = {}
    for place, gate in enumerate(gates):
        tubes = seen.setdefault(gate.name, set())
        if tubes and (gate.tube is None or tubes & {gate.tube, None}):
            fault = ValueFault(
                "a name that is unique within its tube", f"{gate.name!r} again", "rename one gate"
            )
            yield GateFault(place, "name", fault)
        tubes.add(gate.tube)


def _unknown(gates: tuple[Gate, ...]) -> Iterator[GateFault]:
    places = _places(gates)
    names: dict[str | None, set[str]] = {}
    for place, gate in enumerate(gates):
        for key, name in references(gate):
            if _found(places, gate, name) is None:
                if gate.tube not in names:
                    names[gate.tube] = {g.name for g in gates if g.tube in (None, gate.tube)}
                others = names[gate.tube] - {gate.name}
                advice = nearest_of(name, others, none="add that gate")
                yield GateFault(
                    place, key, ValueFault("the name of another gate", f"{name!r}", advice)
                )


def _cycles(gates: tuple[Gate, ...]) -> Iterator[GateFault]:
    for place in sorted(_circular(_builds_on(gates))):
        fault = ValueFault(
            "gates that build on earlier ones",
            f"{gates[place].name!r} in a cycle with itself",
            "correct the parents",
        )
        yield GateFault(place, references(gates[place])[0][0], fault)


def _builds_on(gates: tuple[Gate, ...]) -> list[set[int]]:
    places = _places(gates)
    edges = []
    for gate in gates:
        found = (_found(places, gate, name) for _, name in references(gate))
        edges.append({place for place in found if place is not None})
    return edges


def _circular(edges: Sequence[set[int]]) -> set[int]:
    """Those left when, again and again, what leads nowhere or comes from nowhere is taken away."""
    left = set(range(len(edges)))
    back: list[set[int]] = [set() for _ in edges]
    for place, targets in enumerate(edges):
        for target in targets:
            back[target].add(place)
    for ahead, behind in ((edges, back), (back, edges)):
        open_ends = {place: len(ahead[place] & left) for place in left}
        ready = [place for place, count in open_ends.items() if not count]
        while ready:
            place = ready.pop()
            left.discard(place)
            for other in behind[place] & left:
                open_ends[other] -= 1
                if not open_ends[other]:
                    ready.append(other)
    return left


def _places(gates: tuple[Gate, ...]) -> dict[tuple[str, str | None], int]:
    return {(gate.name, gate.tube): place for place, gate in enumerate(gates)}


def _found(places: dict[tuple[str, str | None], int], gate: Gate, name: str) -> int | None:
    own = places.get((name, gate.tube))
    return places.get((name, None)) if own is None else own
