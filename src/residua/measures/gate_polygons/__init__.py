"""Blasts that an automatic reader has labelled, as a short hierarchy of polygons to edit."""
