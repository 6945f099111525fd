"""One panel of the course figure per module."""
