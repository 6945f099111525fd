"""The laboratory curves in words and documents, one module per kind."""
