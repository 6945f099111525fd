"""One module per task, the same for every door."""
