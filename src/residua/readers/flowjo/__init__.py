"""FlowJo 10 workspaces (.wsp): one strategy for all samples, and the counts FlowJo stored."""

from residua.readers.flowjo.workspace import read_counts, read_workspace

__all__ = ["read_counts", "read_workspace"]
