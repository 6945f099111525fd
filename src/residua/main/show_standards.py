"""`residua standards`: which standards and trials are encoded, and every rule of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from residua.errors import UsageError, nearest_or
from residua.main.list_standards import GRADE_BOOKS, RULE_BOOKS, list_standards
from residua.main.show_criteria import criteria_pages
from residua.main.show_regimen import regimen_pages
from residua.main.show_trials import trial_pages
from residua.standards.drug_rules import drug_rules
from residua.standards.grade_book_file import load_grades
from residua.standards.option_shelf import option_shelf
from residua.standards.rulebook import load
from residua.views.grade_book_text import grade_book_text
from residua.views.option_shelf_text import option_text
from residua.views.standards_text import book_text, drug_rules_text


def show_standards(name: str | None = None) -> str:
    """All standards and options, or one by its name (``eln-all``, ``eln-all 2024``, ``dli``).

    Also a regimen or ``drug-rules``, under which doses are judged. A name without a version shows
    every version. Raises `UsageError` for a standard that is not encoded.
    """
    if name is None:
        return list_standards()
    books, graded = [load(book) for book in RULE_BOOKS], [load_grades(book) for book in GRADE_BOOKS]
    texts: list[tuple[str, str, Callable[[], str]]] = []
    texts += [(book.standard, book.name, partial(book_text, book)) for book in books]
    texts += [(book.standard, book.name, partial(grade_book_text, book)) for book in graded]
    texts += criteria_pages()
    texts += [(o.id, f"option {o.id}", partial(option_text, o)) for o in option_shelf()]
    texts.append(("drug-rules", "drug-rules current", partial(drug_rules_text, drug_rules())))
    texts += [*regimen_pages(), *trial_pages()]
    found = [text() for standard, full, text in texts if name.lower() in (standard, full)]
    if not found:
        known = dict.fromkeys(standard for standard, _, _ in texts)
        near = nearest_or(name, known, "residua standards lists what is")
        raise UsageError(f"standard {name!r} is not encoded: {near}")
    return "\n\n".join(found)
