"""Plates of PCR: what each assay reads of a file, and the plates of a case as its facts."""
