"""FCS list-mode files in, acquisitions out: the one place that knows the bytes of FCS."""

from residua.readers.fcs.read import FcsHeader, list_data_sets, read_fcs, read_fcs_header

__all__ = ["FcsHeader", "list_data_sets", "read_fcs", "read_fcs_header"]
