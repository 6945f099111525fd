"""What the architecture tests look at: the tree as it stands, read by Python's own parser."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "residua"


@dataclass(frozen=True)
class Module:
    """One source file of the package."""

    path: Path
    name: str  # dotted, below residua: "standards.rulebook"; "" is the package itself
    lines: int
    tree: ast.Module

    @property
    def layer(self) -> str:
        """The first part of the name: `standards` of `standards.rulebook`."""
        return self.name.partition(".")[0]

    def imports(self) -> list[tuple[ast.stmt, str]]:
        """Every import statement with each absolute module or name that it brings in."""
        found: list[tuple[ast.stmt, str]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(node, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = self.absolute(node)
                found += [(node, f"{base}.{alias.name}") for alias in node.names]
        return found

    def absolute(self, node: ast.ImportFrom) -> str:
        """The module of a `from` import, with leading dots resolved."""
        if node.level == 0:
            return node.module or ""
        package = ["residua", *self.name.split(".")]
        if self.path.name != "__init__.py":
            package = package[:-1]
        package = [part for part in package if part][: len(package) - node.level + 1]
        return ".".join([*package, *([node.module] if node.module else [])])


def read_module(path: Path) -> Module:
    """A source file, parsed."""
    text = path.read_text(encoding="utf-8")
    parts = list(path.relative_to(SOURCE).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return Module(path, ".".join(parts), len(text.splitlines()), ast.parse(text))


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Every module of the package, by path."""
    return [read_module(path) for path in sorted(SOURCE.rglob("*.py"))]


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every tracked file of the checkout; skips outside a git checkout."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name]
