"""The suites of the benchmark of automatic MRD: cases as data, their samples, their truth."""
