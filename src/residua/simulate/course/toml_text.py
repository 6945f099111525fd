"""Rows of a TOML file as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Value = str | int | float | bool | Sequence[object] | Mapping[str, object]


def table_text(head: str, keys: Mapping[str, object]) -> str:
    """``[head]`` or ``[[head]]`` with its keys; None is left out."""
    lines = [head, *(f"{key} = {_value(v)}" for key, v in keys.items() if v is not None)]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_value(v)}" for key, v in value.items() if v is not None)
        return f"{{ {inner} }}"
    if isinstance(value, Sequence):
        parts = [_value(item) for item in value]
        if any(isinstance(item, Mapping) for item in value):
            return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
        return f"[{', '.join(parts)}]"
    return str(value)
