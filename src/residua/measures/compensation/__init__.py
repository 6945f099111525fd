"""Compensation: a spillover matrix used, estimated from single stains, and what it leaves."""
