"""What an automatic reading shows: its plots, its limits, what sets the blasts apart, its gates."""
