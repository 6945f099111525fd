"""What share of the events in a patient's box are blasts."""
