"""What a reader of blasts gives on normal marrows and on blasts mixed into them."""
