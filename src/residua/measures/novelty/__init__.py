"""Clusters of a marrow that no normal explains, sought without any knowledge of the patient."""
