"""SOS/VOD and its severity."""
