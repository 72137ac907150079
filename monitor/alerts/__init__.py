"""Violations -> notices -> email and webhook. What is said and to whom is pure; I/O stands at the edge."""
