"""Quality of an acquisition, step by step."""

from residua.measures.acquisition_quality.steps import MeasuredQuality, measure_quality

__all__ = ["MeasuredQuality", "measure_quality"]
