"""A file made ready for the automatic reader, or the reasons why it cannot be."""
