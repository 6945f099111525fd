"""A course and a standard in, a verdict out. Verb: judge."""
