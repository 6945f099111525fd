"""FCS list-mode files in, acquisitions out: the one place that knows the bytes of FCS."""

from residua.readers.fcs.read import FcsHeader, read_fcs, read_fcs_header

__all__ = ["FcsHeader", "read_fcs", "read_fcs_header"]
