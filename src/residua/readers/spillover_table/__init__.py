"""Spillover tables: the one door to a matrix in a CSV or TSV file."""

from residua.readers.spillover_table.table import read_spillover_table as read_spillover_table
