"""Variables made of others: respiration, cold months, thaw and permafrost.

`DERIVED` has them by name. What a file gives is always taken before what
could be derived. Physics is done on each column of the model's own grid, and
only its result is regridded (a mean of columns is no column).
"""

from benchmark.harmonise.derived import (
    active_layer,
    permafrost,
    respiration,
    subzero,
    zero_curtain,
)
from benchmark.harmonise.derived.registry import (
    DERIVED,
    Derivation,
    Part,
    derivable,
    within,
)

__all__ = [
    "DERIVED",
    "Derivation",
    "Part",
    "active_layer",
    "derivable",
    "permafrost",
    "respiration",
    "subzero",
    "within",
    "zero_curtain",
]
