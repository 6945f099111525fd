"""One patient in order. Verb: arrange."""
