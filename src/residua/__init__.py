"""Residua: from raw laboratory files to the explained course of a patient with B-ALL."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
NOTICE = "Research use only: not a medical device, not for treatment decisions"

_HOME = {
    "read_fcs": "residua.readers.fcs",
    "read_gates": "residua.readers.gates",
    "apply_gates": "residua.measures.gates",
    "measure_mrd": "residua.main.mrd",
    "read_case": "residua.readers.case",
    "arrange": "residua.course.course",
    "judge": "residua.judgements.judge",
    "ResiduaError": "residua.errors",
    "InputError": "residua.errors",
}

__all__ = ["NOTICE", "__version__", *sorted(_HOME)]  # noqa: PLE0604 - the names of _HOME

if TYPE_CHECKING:
    from residua.course.course import arrange as arrange
    from residua.errors import InputError as InputError
    from residua.errors import ResiduaError as ResiduaError
    from residua.judgements.judge import judge as judge
    from residua.main.mrd import measure_mrd as measure_mrd
    from residua.measures.gates import apply_gates as apply_gates
    from residua.readers.case import read_case as read_case
    from residua.readers.fcs import read_fcs as read_fcs
    from residua.readers.gates import read_gates as read_gates


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that `residua --help` is instant."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'residua' has no attribute {name!r}")
