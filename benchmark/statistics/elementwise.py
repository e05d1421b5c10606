"""Functions of numpy and xarray with the types they have for labelled arrays.

The stubs of numpy know no ``DataArray``, and some functions of xarray have no
annotations; said once here, so that every signature elsewhere can be checked.
"""

from collections.abc import Callable
from typing import cast

import numpy as np
import xarray as xr

_One = Callable[[xr.DataArray], xr.DataArray]
_Two = Callable[[float | xr.DataArray, float | xr.DataArray], xr.DataArray]
_Any = Callable[..., xr.DataArray]

exp = cast("_One", np.exp)
log = cast("_One", np.log)
sqrt = cast("_One", np.sqrt)
sin = cast("_One", np.sin)
cos = cast("_One", np.cos)
arctan2 = cast("_Two", np.arctan2)
maximum = cast("_Two", np.maximum)
dot = cast("_Any", xr.dot)
where = cast("_Any", xr.where)
