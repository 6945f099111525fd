"""The automatic reading of raw flow files: files in, results out."""
