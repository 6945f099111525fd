"""Multiplex bead arrays: FCS files, tables of concentrations, and those of a case as its facts."""
