"""What was observed or done: frozen values that check themselves when made."""
