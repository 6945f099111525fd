"""The whole of the automatic reader in memory: a patient fitted, a follow-up measured."""
