"""The policy of a validation from its TOML."""

from __future__ import annotations

import hashlib
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault, system_words
from residua.facts.validated_policy import ValidatedPolicy
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.toml_places import read_toml
from residua.readers.toml_table import Faults, Table

KIND = "residua.policy"
_KEYS = ("kind", "version", "name", "disease", "lod", "lloq", "simulated", "validated")
_VALIDATED = ("lod", "lloq", "limit_of_blank", "approach", "date", "series", "gates")


def read_validated_policy(path: Path | str) -> ValidatedPolicy:
    """The policy at `path`. Raises `InputError` with every fault of the file."""
    name = str(path)
    data, places = read_toml(path, name=name)
    faults = Faults(name, places)
    top = Table(data, (), faults)
    top.only(*_KEYS)
    top.word("kind", (KIND,), required=True)
    top.word("version", ("1.0",), required=True)
    texts = {key: top.text(key, required=True) for key in ("name", "disease")}
    lod, lloq = top.whole("lod", required=True), top.whole("lloq", required=True)
    top.truth("simulated")
    below = top.table("validated")
    if below is None and "validated" not in data:
        top.wrong(ValueFault("[validated]", "none", "add the limits that were validated"))
    own = below or Table({}, ("validated",), faults)
    own.only(*_VALIDATED)
    limits = own.number("lod"), own.number("lloq"), own.number("limit_of_blank")
    about = {key: own.text(key) or "" for key in ("approach", "date", "series", "gates")}
    if faults.none() and lod is not None and lloq is not None:
        made = top.made(
            lambda: ValidatedPolicy(
                texts["name"] or "", texts["disease"] or "", lod, lloq, *limits,
                about["approach"] or "gates", about["date"] or None, about["series"],
                about["gates"], Path(path).name, _sha256(path),
            ),
            "lod",
        )  # fmt: skip
        if made is not None:
            return made
    faults.raise_any()
    raise AssertionError("a policy or its faults")


def _sha256(path: Path | str) -> str:
    try:
        return hashlib.sha256(ordinary_bytes(path)).hexdigest()
    except OSError as error:
        fault = Fault(str(path), "the file", "a readable file", system_words(error), "check it")
        raise InputError(fault) from error
