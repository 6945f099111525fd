"""Residua: from raw laboratory files to the explained course of a patient with B-ALL."""

__version__ = "0.1.0"
NOTICE = "Research use only: not a medical device, not for treatment decisions"
