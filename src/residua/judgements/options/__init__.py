"""The options at a decision: gates, burden, evidence."""
