"""Facts in, numbers with their uncertainty out. Verb: measure."""
