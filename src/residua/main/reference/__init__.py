"""Normal references: built from a laboratory's files, stored, read, and the one brought along."""
