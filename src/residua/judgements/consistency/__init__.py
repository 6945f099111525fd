"""Where the record contradicts itself, or reports what it gives no grounds for."""
