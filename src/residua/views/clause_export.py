"""Where the numbers of a laboratory method come from, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from residua.standards.method_clause import Clause


def clause_documents(clauses: Iterable[Clause]) -> list[dict[str, str]]:
    """The entries of ``clauses[]``."""
    return [
        {"id": c.id, "clause": c.clause, "cite": c.cite, "provenance": c.provenance}
        for c in clauses
    ]
