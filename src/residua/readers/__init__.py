"""Files in, facts out. Verb: read."""
