"""Which of several variables of soil carbon fits the depth of a reference."""

from dataclasses import replace

from benchmark.config.descriptors import VariableSource
from benchmark.harmonise.soil.depth import SoilDepth

# Nearly all soil carbon lies above: down to here a full column is comparable.
DEEP = 1.0


def source_at(source: VariableSource, depth: SoilDepth) -> VariableSource:
    """Return where soil carbon of a depth comes from.

    Parameters
    ----------
    source : VariableSource
        Its `depths` name a variable for each depth; without them it is
        returned as it is.
    depth : tuple of float, "full_column" or None
        What the reference covers.

    Returns
    -------
    VariableSource
        Of the same depth; else, for a reference of 1 m or more or of unknown
        depth, of the full column; else of the nearest depth.

    Examples
    --------
    >>> both = (((0.0, 1.0), "cSoilAbove1m"), ("full_column", "cSoil"))
    >>> source = VariableSource(("a.nc",), depths=both)
    >>> source_at(source, (0.0, 1.0)).name, source_at(source, (0.0, 3.0)).name
    ('cSoilAbove1m', 'cSoil')
    >>> source_at(source, (0.0, 0.3)).name
    'cSoilAbove1m'
    """
    if not source.depths:
        return source
    offered = dict(source.depths)
    chosen = depth if depth in offered else _nearest(depth, list(offered))
    assert chosen is not None
    return replace(source, name=offered[chosen], depth=chosen, depths=())


def _nearest(depth: SoilDepth, offered: list[SoilDepth]) -> SoilDepth:
    pairs = [one for one in offered if isinstance(one, tuple)]
    shallow = isinstance(depth, tuple) and depth[1] < DEEP
    if not pairs or ("full_column" in offered and not shallow):
        return "full_column"
    if not isinstance(depth, tuple):
        return max(pairs, key=lambda one: one[1] - one[0])
    top, bottom = depth
    return min(pairs, key=lambda one: abs(one[0] - top) + abs(one[1] - bottom))
