"""What rows say where model and reference are soil carbon of different depths."""

from typing import Any

from benchmark.config.descriptors import Reference
from benchmark.harmonise.variable import Variable


def depth_columns(
    variable: Variable, depth: object, reference: Reference
) -> dict[str, Any]:
    """Return what rows say where model and reference are of different depths.

    A full column may be held against the upper metres, where nearly all of it
    is (science brief, section 2.3), but not against the top 30 cm, nor against a
    layer below 1 m alone.
    """
    other = reference.data.depth
    if variable.name != "cSoil" or other == depth:
        return {}
    if depth is None:
        text = (
            f"depth of the model's soil carbon is not stated, the reference has "
            f"{_depth(other)}: write 'depth:' under variables.cSoil"
        )
        return {"remark": text, "grade": "C"}
    text = f"model {_depth(depth)} against reference {_depth(other)}"
    from_top = isinstance(other, tuple) and other[0] == 0.0 and other[1] >= 1.0
    deep = depth == "full_column" and from_top
    return {"remark": text} if deep else {"remark": text, "grade": "C"}


def _depth(depth: object) -> str:
    if isinstance(depth, tuple):
        return f"{depth[0]:g}-{depth[1]:g} m"
    return "full soil column" if depth == "full_column" else "unknown depth"
