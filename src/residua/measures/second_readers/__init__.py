"""Other ways to tell a patient's blasts from normal cells: they raise flags, and decide nothing."""
