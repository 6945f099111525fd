"""FCS list-mode files in, acquisitions out: the one place that knows the bytes of FCS."""

from residua.readers.fcs.read import FcsHeader, list_data_sets, read_fcs, read_fcs_header
from residua.readers.fcs.scrub import Scrubbed, scrub_bytes

__all__ = [
    "FcsHeader",
    "Scrubbed",
    "list_data_sets",
    "read_fcs",
    "read_fcs_header",
    "scrub_bytes",
]
