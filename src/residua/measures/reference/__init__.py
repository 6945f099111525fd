"""Normal marrows on one scale: what blasts are told from."""
