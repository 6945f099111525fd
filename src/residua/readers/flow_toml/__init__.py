"""flow.toml: the one door to its gating strategies."""

from residua.readers.flow_toml.strategy import read_flow_toml as read_flow_toml
