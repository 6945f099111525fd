"""The benchmark of automatic MRD. Verb: run."""
