"""GVHD and chimerism after transplant."""
