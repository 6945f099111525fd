"""A whole made-up patient: one latent course, seen by every assay."""
