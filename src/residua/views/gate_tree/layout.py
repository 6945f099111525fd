"""Where the populations of a gating tree stand on the page: one column for each generation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from residua.views.gate_tree.card_plan import PAD, Card, plan_card
from residua.views.gate_tree.labels import PlotWords, plan_words
from residua.views.gate_tree.tree import Population

LANE = 1.3  # mm between lines that run side by side down a gutter
_GUTTER = 7.0  # mm between columns, besides the lanes
_BETWEEN = 4.0  # cards of one column
_ABREAST = (1, 2, 3)
_SHAPE = 1.4  # width by height that a page had better have
Words = dict[int, tuple[PlotWords, ...]]


@dataclass(frozen=True, eq=False)
class Standing:
    """A card in its column at its height, and those of its children, from the top down."""

    card: Card
    depth: int
    top: float
    children: tuple[Standing, ...]

    def all(self) -> Iterator[Standing]:
        """This one and all below it."""
        yield self
        for child in self.children:
            yield from child.all()


@dataclass(frozen=True, eq=False)
class Link:
    """The line from a gate to the card of its children, in one of the lanes between columns."""

    parent: Standing
    child: Standing
    lane: int

    @property
    def heights(self) -> tuple[float, float]:
        """Where it leaves the parent, and where it meets the child."""
        return ends_of(self.parent, self.child)


@dataclass(frozen=True, eq=False)
class Layout:
    """All cards, the left and right ends of the columns, and the lines."""

    cards: tuple[Standing, ...]
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    links: tuple[Link, ...]

    @property
    def width(self) -> float:
        """Of all, in mm."""
        return max(self.rights)

    @property
    def height(self) -> float:
        """Of all, in mm."""
        return max(one.top + one.card.height for one in self.cards)


def plan_tree(root: Population) -> Layout:
    """The tree from the left to the right; a population stands beside the plot it comes from.

    Of the ways to set the plots of populations at which the tree ends, the one that suits a
    page best is taken.
    """
    words = {id(one): tuple(plan_words(plot) for plot in one.plots) for one in _all(root)}
    layouts = [_plan(root, words, abreast) for abreast in _ABREAST]
    return min(layouts, key=lambda one: max(one.width / _SHAPE, one.height))


def ends_of(parent: Standing, child: Standing) -> tuple[float, float]:
    """The heights at which the line from one to the other begins and ends."""
    _, y = parent.card.exit_of(child.card.population.name or "")
    return parent.top + y, child.top + child.card.header / 2


def _all(population: Population) -> Iterator[Population]:
    yield population
    for child in population.children:
        yield from _all(child)


def _plan(root: Population, words: Words, abreast: int) -> Layout:
    cards = {id(one): plan_card(one, words[id(one)], abreast=abreast) for one in _all(root)}
    standing = tuple(_stand(root, 0, 0.0, cards, []).all())
    depths = 1 + max(one.depth for one in standing)
    widths = [max(o.card.width for o in standing if o.depth == d) for d in range(depths)]
    links: list[Link] = []
    lefts, left = [], 0.0
    for depth, width in enumerate(widths):
        lefts.append(left)
        lanes = _lanes([one for one in standing if one.depth == depth])
        links += lanes
        left += width + _GUTTER + LANE * max((link.lane for link in lanes), default=0)
    rights = tuple(a + width for a, width in zip(lefts, widths, strict=True))
    return Layout(standing, tuple(lefts), rights, tuple(links))


def _stand(
    population: Population, depth: int, wanted: float, cards: dict[int, Card], taken: list[float]
) -> Standing:
    """`taken` is how far down each column is full, which is moved on."""
    taken += [0.0] * (depth + 1 - len(taken))
    card = cards[id(population)]
    top = max(wanted, taken[depth], 0.0)
    taken[depth] = top + card.height + _BETWEEN
    ordered = sorted(population.children, key=lambda child: card.exit_of(child.name or "")[1])
    levels = (card.level_of(c.name or "") - cards[id(c)].header - PAD for c in ordered)
    children = tuple(
        _stand(child, depth + 1, top + level, cards, taken)
        for level, child in zip(levels, ordered, strict=True)
    )
    return Standing(card, depth, top, children)


def _lanes(column: Sequence[Standing]) -> list[Link]:
    """The lines out of a column in lanes, from the left, so that no two cross.

    Lines leave and arrive in one order. Of those that go down the lower one keeps to the left,
    of those that go up the upper one.
    """
    pairs = [(one, child) for one in column for child in one.children]
    down = [pair for pair in pairs if ends_of(*pair)[1] >= ends_of(*pair)[0]]
    up = [pair for pair in pairs if ends_of(*pair)[1] < ends_of(*pair)[0]]
    links: list[Link] = []
    for group in (list(reversed(down)), up):
        placed: list[Link] = []
        for parent, child in group:
            low, high = sorted(ends_of(parent, child))
            beside = [
                other.lane
                for other in placed
                if min(other.heights) < high + LANE and max(other.heights) > low - LANE
            ]
            placed.append(Link(parent, child, 1 + max(beside, default=-1)))
        links += placed
    return links
