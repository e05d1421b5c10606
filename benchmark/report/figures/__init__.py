"""Figures, one module a kind: data in, a file with its words and its CSV out."""
