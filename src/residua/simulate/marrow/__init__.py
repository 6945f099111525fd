"""Made-up bone marrow with its laws: populations, leukaemia, laboratory. Verb: simulate."""
