"""Ceasefire Monitor: news feeds in, violations with evidence out. `pipeline.py` shows the flow on one screen."""

__version__ = "0.1.0"
