"""What rows say where model and reference are soil carbon of different depths."""

from typing import Any

from benchmark.config.descriptors import Reference
from benchmark.errors import NotCoveredError
from benchmark.harmonise.variable import Variable


def depth_columns(
    variable: Variable, depth: object, reference: Reference
) -> dict[str, Any]:
    """Return what rows say where model and reference are of different depths.

    A full column may be held against the upper metres, where nearly all of it
    is (science brief, section 2.3); against the top 30 cm the grade is lower.
    """
    other = reference.data.depth
    if variable.name != "cSoil" or other == depth:
        return {}
    text = f"model {_depth(depth)} against reference {_depth(other)}"
    from_top = isinstance(other, tuple) and other[0] == 0.0 and other[1] >= 1.0
    deep = depth == "full_column" and from_top
    return {"remark": text} if deep else {"remark": text, "grade": "C"}


def require_depth(variable: Variable, depth: object, reference: Reference) -> None:
    """Refuse to hold soil carbon against a depth that the model does not give.

    A full column or a deeper layer stands for the upper metres at a lower
    grade (`depth_columns`). It says nothing of a layer below the surface
    alone, and soil carbon of unknown depth says nothing of any.

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
    tops = [one[0] if isinstance(one, tuple) else 0.0 for one in (depth, other)]
    if tops[0] != tops[1]:
        msg = (
            f"the model has no such depth: it gives the {_depth(depth)}, the reference "
            f"{_depth(other)}; soil layers, or 'depths:' under variables.cSoil, would"
        )
        raise NotCoveredError(msg)


def _depth(depth: object) -> str:
    if isinstance(depth, tuple):
        return f"{depth[0]:g}-{depth[1]:g} m"
    return "full soil column" if depth == "full_column" else "unknown depth"
