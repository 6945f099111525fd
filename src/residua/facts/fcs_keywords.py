"""Which keywords of an FCS file describe the measurement; all others may describe a person.

FCS 3.1 itself says that $SRC may hold a patient's name. What a hospital's programs write
besides the standard's keywords is not known, so only these are ever shown or kept.
"""

from __future__ import annotations

import re

_GENERAL = re.compile(
    r"\$(ABRT|BYTEORD|CYT|DATATYPE|LOST|MODE|NEXTDATA|PAR|SYS|TIMESTEP|TOT|TR|VOL|FLOWRATE|GATE)"
    r"|\$(CSMODE|CSVBITS|CSTOT|UNSTAINEDCENTERS|COMP)|\$?SPILL(OVER)?"
    r"|\$(BEGIN|END)(DATA|STEXT|ANALYSIS)|RESIDUA_(SIMULATED|SALVAGED|FLAGS)"
)
_NUMBERED = re.compile(
    r"\$P\d+(B|E|R|N|S|G|F|L|O|P|T|V|D|CALIBRATION|DATATYPE|DET|TAG|TYPE|FEATURE|ANALYTE)"
    r"|\$DFC\d+TO\d+|\$CSV\d+FLAG"
)
_SHOWN = ("$TR", "$TIMESTEP", "$VOL", "$FLOWRATE", "$ABRT", "$LOST", "$SYS")


def is_technical(keyword: str) -> bool:
    """Whether a keyword (upper case) describes the measurement and nothing else."""
    return bool(_GENERAL.fullmatch(keyword) or _NUMBERED.fullmatch(keyword))


def shown(keywords: dict[str, str]) -> dict[str, str]:
    """The keywords worth reading besides those of the parameters, with their values."""
    return {key: keywords[key] for key in _SHOWN if keywords.get(key)}


def withheld(keywords: dict[str, str]) -> tuple[str, ...]:
    """The keywords whose values stay in the file, those of the standard first."""
    kept = [key for key, value in keywords.items() if value and not is_technical(key)]
    return tuple(sorted(kept, key=lambda key: (not key.startswith("$"), key)))
