"""CTCAE grades of a course, by episode."""
