"""What publications say: rules as data, one module per standard beside its .toml."""
