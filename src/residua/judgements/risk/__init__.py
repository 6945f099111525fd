"""Risk, and how a relapse escaped a targeted therapy."""
