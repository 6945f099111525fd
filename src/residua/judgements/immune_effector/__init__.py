"""CRS and ICANS after cell infusions."""
