"""Claims of the source, and where its record contradicts itself."""
