"""The picture of a gating strategy as a tree: what it shows, how it is laid out and drawn."""
