"""Soil carbon of one depth, as metrics ask for it beside the scored variable."""

from benchmark.config.descriptors import Model
from benchmark.errors import InputError, NotCoveredError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.model import offers, open_at_depths
from benchmark.harmonise.soil.depth_names import SOIL_DEPTHS


def offers_depth(model: Model, name: str) -> bool:
    """Return whether a model may have soil carbon of a depth.

    Parameters
    ----------
    model : Model
        The configuration.
    name : str
        One of `SOIL_DEPTHS`.

    Returns
    -------
    bool
        Whether it declares soil carbon; the depth shows in its file.
    """
    return name in SOIL_DEPTHS and offers(model, "cSoil")


def open_depth(model: Model, name: str) -> Harmonised:
    """Open soil carbon of exactly one depth.

    Soil layers are integrated, split where a depth cuts them; else the model
    has to declare a variable of this very depth. Neither a full column nor a
    neighbouring depth takes its place.

    Parameters
    ----------
    model : Model
        The configuration.
    name : str
        One of `SOIL_DEPTHS`.

    Returns
    -------
    Harmonised
        (lat, lon), (time, lat, lon) or (time, region), kg m-2.

    Raises
    ------
    NotCoveredError
        If the model has no such depth, or does not state its depth.
    InputError
        If its file cannot be understood.
    """
    depth = SOIL_DEPTHS[name]
    opened = open_at_depths(model, "cSoil", [depth])[depth]
    if isinstance(opened, InputError):
        raise opened
    if opened.depth != depth:
        has = {None: "of unknown depth", "full_column": "of the full column"}
        found = (
            f"of {opened.depth[0]:g}-{opened.depth[1]:g} m"
            if isinstance(opened.depth, tuple)
            else has[opened.depth]
        )
        msg = (
            f"{opened.where}: is soil carbon {found}; expected {depth[0]:g}-"
            f"{depth[1]:g} m ({name}) from soil layers, or from 'depths:' under "
            "variables.cSoil"
        )
        raise NotCoveredError(msg)
    return opened
