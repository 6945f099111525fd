"""The encoded standards in words: every rule with its limit, clause, citation and provenance."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from residua.standards.drug_rules import DrugRules
from residua.standards.regimen import RegimenRule
from residua.standards.rulebook import Definition, Rule, Rulebook

_WIDTH = 100


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
        lines += _lines(_definition_words(d) for d in book.definitions_of(term))
        lines += _lines(_rule_words(r) for r in book.rules if r.term == term)
    return "\n".join(lines)


def drug_rules_text(rules: DrugRules) -> str:
    """What goes with a drug in any regimen, every rule with its source."""
    records = ((f"{rule.id}: {rule.text}", _source(rule)) for rule in rules.rules)
    title = f"{rules.standard} {rules.version}"
    return "\n".join([title, "  what goes with a drug in any regimen", "", *_lines(records)])


def _definition_words(definition: Definition) -> tuple[str, str]:
    parts = (("all of", definition.all), ("one of", definition.any), ("none of", definition.none))
    needs = "; ".join(f"{word} {', '.join(rules)}" for word, rules in parts if rules)
    detail = f": {definition.detail}" if definition.detail else ""
    return f"{definition.verdict}{detail}  <- {needs or 'anything else'}", _source(definition)


def _rule_words(rule: Rule) -> tuple[str, str]:
    return f"{rule.id}: {rule.quantity.replace('_', ' ')} {rule.text}", _source(rule)


def _source(record: Rule | Definition | RegimenRule) -> str:
    reading = f" Reading: {record.reading}." if record.reading else ""
    return f"{record.clause} [{record.cite}; {record.provenance}].{reading}"


def _lines(records: Iterable[tuple[str, str]]) -> Iterator[str]:
    for words, source in records:
        yield textwrap.fill(words, _WIDTH, initial_indent="  ", subsequent_indent="      ")
        yield textwrap.fill(source, _WIDTH, initial_indent="      ", subsequent_indent="      ")
