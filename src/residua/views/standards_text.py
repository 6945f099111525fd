"""The encoded standards in words: every rule with its limit, clause, citation and provenance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from residua.standards.drug_rules import DrugRules
from residua.standards.rulebook import Definition, Rule, Rulebook
from residua.views.record_text import record_lines, source_of


def shelf_text(books: Sequence[Rulebook]) -> str:
    """One line a standard: its name, what it is, how many rules, and how well they are known."""
    width = max(len(book.name) for book in books)
    return "\n".join(line for book in books for line in _shelf_lines(book, width))


def _shelf_lines(book: Rulebook, width: int) -> Iterator[str]:
    known = Counter(record.provenance for record in _records(book))
    counts = ", ".join(f"{known[word]} {word}" for word in sorted(known))
    yield f"{book.name:<{width}}  {book.cite}"
    yield f"{'':<{width}}  rules and definitions: {counts}"


def _records(book: Rulebook) -> tuple[Definition | Rule, ...]:
    return (*book.definitions, *book.rules)


def book_text(book: Rulebook) -> str:
    """A whole standard: the definitions of each axis in the order they are tried, and the rules."""
    published = str(book.published) if book.published else "not stated"
    checked = book.checked_by or "nobody yet"
    lines = [book.name, f"  {book.cite}", f"  published: {published}; checked by: {checked}"]
    for term in dict.fromkeys(record.term for record in _records(book)):
        lines += ["", f"{term}:"]
        lines += record_lines(_definition_words(d) for d in book.definitions_of(term))
        lines += record_lines(_rule_words(r) for r in book.rules if r.term == term)
    return "\n".join(lines)


def drug_rules_text(rules: DrugRules) -> str:
    """What goes with a drug in any regimen, every rule with its source."""
    records = ((f"{rule.id}: {rule.text}", source_of(rule)) for rule in rules.rules)
    title = f"{rules.standard} {rules.version}"
    return "\n".join([title, "  what goes with a drug in any regimen", "", *record_lines(records)])


def _definition_words(definition: Definition) -> tuple[str, str]:
    parts = (("all of", definition.all), ("one of", definition.any), ("none of", definition.none))
    needs = "; ".join(f"{word} {', '.join(rules)}" for word, rules in parts if rules)
    detail = f": {definition.detail}" if definition.detail else ""
    return f"{definition.verdict}{detail}  <- {needs or 'anything else'}", source_of(definition)


def _rule_words(rule: Rule) -> tuple[str, str]:
    return f"{rule.id}: {rule.quantity.replace('_', ' ')} {rule.text}", source_of(rule)
