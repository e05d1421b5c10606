"""What rows say where model and reference are soil carbon of different depths."""

from typing import Any

from benchmark.config.descriptors import Reference
from benchmark.errors import NotCoveredError
from benchmark.harmonise.variable import Variable

# A full column stands for the upper metres, where nearly all of it is (science
# brief, section 2.3), and not for the top of the soil alone.
_SHALLOWEST_FOR_COLUMN = 1.0  # m
# Depths that differ by less than this part of the reference's are one depth.
_NEAR = 0.2


def depth_columns(
    variable: Variable, depth: object, reference: Reference
) -> dict[str, Any]:
    """Return what rows say where model and reference are of different depths.

    A full column may be held against the upper metres; of stated depths that
    are nearly the same, or deeper than the reference's, the grade is lower.
    """
    other = reference.data.depth
    if variable.name != "cSoil" or other == depth:
        return {}
    text = f"model {_depth(depth)} against reference {_depth(other)}"
    return (
        {"remark": text} if depth == "full_column" else {"remark": text, "grade": "C"}
    )


def require_depth(variable: Variable, depth: object, reference: Reference) -> None:
    """Refuse to hold soil carbon against a depth that the model does not give.

    A full column or a deeper layer stands for the upper metres. It says nothing
    of the top 0.3 m or of a layer below the surface: a model whose whole soil
    holds what the top of the real one does would be called right. A shallower
    layer lacks carbon by definition, and soil carbon of unknown depth says
    nothing of any.

    Parameters
    ----------
    variable : Variable
        What is compared.
    depth : tuple of float, "full_column" or None
        What the model's field covers.
    reference : Reference
        Its `data.depth`.

    Raises
    ------
    NotCoveredError
        If the two cannot be compared: the pair is not assessed.
    """
    other = reference.data.depth
    if variable.name != "cSoil" or other is None or other == depth:
        return
    if depth is None:
        msg = (
            "depth unknown: that of the model's soil carbon is not stated, the "
            f"reference has {_depth(other)}; write 'depth:' under variables.cSoil"
        )
        raise NotCoveredError(msg)
    if not _stands_for(depth, other):
        msg = (
            f"the model has no such depth: it gives the {_depth(depth)}, the reference "
            f"{_depth(other)}; soil layers, or 'depths:' under variables.cSoil, would"
        )
        raise NotCoveredError(msg)


def _stands_for(depth: object, other: object) -> bool:
    top, bottom = depth if isinstance(depth, tuple) else (0.0, float("inf"))
    other_top, other_bottom = other if isinstance(other, tuple) else (0.0, float("inf"))
    if top != other_top:
        return False
    if other == "full_column":
        return True
    if abs(bottom - other_bottom) <= _NEAR * other_bottom:
        return True
    return bool(bottom > other_bottom >= _SHALLOWEST_FOR_COLUMN)


def _depth(depth: object) -> str:
    if isinstance(depth, tuple):
        return f"{depth[0]:g}-{depth[1]:g} m"
    return "full soil column" if depth == "full_column" else "unknown depth"
