"""Oracle: names of detectors as laboratories and makers write them, read by hand."""

from __future__ import annotations

import pytest

from residua.facts.marker_names import stain_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("CD19", "CD19"),
        ("cd19 PE-Cy7", "CD19"),
        ("anti-CD10", "CD10"),
        ("Comp-CD19", "CD19"),
        ("PerCP-Cy5-5 CD34", "CD34"),
        ("CD16PE", "CD16"),
        ("CD 58", "CD58"),
        ("CD45RA", "CD45RA"),
        ("CD66C", "CD66c"),
        ("CD66c+CD123", "CD66c+CD123"),
        ("cd123/CD66c PE", "CD66c+CD123"),
        ("CD66c/123 PE", "CD66c+CD123"),
        ("CD73&CD304", "CD73+CD304"),
        ("cyCD79a", "cyCD79a"),
        ("hladr V450", "HLA-DR"),
        ("HLA-DR", "HLA-DR"),
        ("nTdT", "TdT"),
        ("IgM", "IgM"),
        ("SYTO 13", ""),
        ("CD", ""),
        ("", ""),
    ],
)
def test_one_spelling(raw: str, name: str) -> None:
    assert stain_name(raw) == name
    assert not name or stain_name(name) == name
