"""Measurements of the service; `python -m benchmarks` runs them all."""
