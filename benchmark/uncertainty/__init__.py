"""How sure a score is: resampled years, blocks of a map, draws of the reference."""

from benchmark.uncertainty.interval import bounds, generator

__all__ = ["bounds", "generator"]
