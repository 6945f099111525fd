"""Made-up patients with their truth. Verb: simulate."""
