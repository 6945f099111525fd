"""Counts after cell infusions and transplants."""
