"""The inner loops of scaling, gating and counting: their contract, the plain ones, the choice."""
