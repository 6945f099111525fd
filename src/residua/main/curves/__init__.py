"""The laboratory curves of a course, one module per kind."""
