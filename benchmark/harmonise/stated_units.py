"""Whether the configuration has other units than the file."""

from math import isclose

import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.identify import factor_to_canonical
from benchmark.harmonise.temperature import offset_to_canonical
from benchmark.harmonise.unit_text import is_per_month
from benchmark.harmonise.variable import Variable


def overridden(
    data: xr.Dataset, source: VariableSource, variable: Variable, name: str
) -> list[str]:
    """Say where the configuration has other units than the file.

    Parameters
    ----------
    data : Dataset
        The file.
    source : VariableSource
        Its `units` are those of the configuration.
    variable : Variable
        The target: units that mean the same for it are no matter.
    name : str
        The variable in the file.

    Returns
    -------
    list of str
        Of one text or none.
    """
    stated = str(data[name].attrs.get("units", "")) if name in data.variables else ""
    if not source.units or not stated or _is_same(stated, source, variable):
        return []
    return [f"the file has units '{stated}', the configuration '{source.units}'"]


def _is_same(stated: str, source: VariableSource, variable: Variable) -> bool:
    """Return whether the file's units mean what those of the configuration do."""
    written = source.units or ""
    try:
        ours, theirs = (
            factor_to_canonical(units, source, variable, "")
            for units in (written, stated)
        )
        apart = [offset_to_canonical(units, variable) for units in (written, stated)]
    except InputError:
        return False
    if apart[0] != apart[1]:
        return False
    return isclose(ours, theirs) and is_per_month(written) == is_per_month(stated)
