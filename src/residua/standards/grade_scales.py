"""The grades that each scale has: what lies outside is a slip, whatever the patient had."""

from __future__ import annotations

SCALES: dict[str, tuple[int, int]] = {
    "ctcae": (0, 5),
    "astct-crs": (0, 5),
    "astct-icans": (0, 5),
    "lee": (0, 5),
    "penn": (0, 5),
    "icaht": (0, 4),
    "t-icaht": (0, 4),
    "magic": (0, 4),
    "glucksberg": (0, 4),
    "nih-cgvhd": (0, 3),
    "ebmt-vod": (0, 4),
    "ebmt-vod-paediatric": (0, 4),
}
"""Standard -> its lowest and highest grade (stages and severities in their order)."""
