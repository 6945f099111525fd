"""Gating-ML 2.0 (ISAC): the one door to its documents."""

from residua.readers.gatingml.document import read_gatingml as read_gatingml
