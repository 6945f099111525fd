"""The course in sentences, each built from facts and verdicts."""
