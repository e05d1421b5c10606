"""What harmonising gives: a variable, and what was done to it."""

from dataclasses import dataclass

import xarray as xr

from benchmark.harmonise.soil.depth import SoilDepth


@dataclass(frozen=True)
class Harmonised:
    """A variable as the rest of the package takes it, and what was done to it.

    Parameters
    ----------
    field : DataArray
        (time, lat, lon), (lat, lon), (time, cell) or (cell,) on a mesh,
        (time, region) or (region,); canonical units.
    where : str
        File and variable, for messages.
    conversions, warnings : tuple of str
        What was converted, and what the owner of the file should look at.
    factor, offset : float
        From the file's units to canonical units: times the one, plus the other.
    derivation : str
        How the variable was obtained, such as ``rh - npp``.
    sign_stated : bool
        Whether the configuration says the sign, rather than the file.
    packed : tuple of float
        Limits of the packed integers it was stored as, in the file's units.
    remark : str
        What every row about it has to say.
    grade : str
        The evidence grade of its scores, where it is lower than that of the
        reference.
    depth : tuple of float, "full_column" or None
        Depths of soil carbon, m.
    files : tuple of str
        What was opened for it.
    counts : tuple of (str, DataArray)
        Warnings with how many cells they are of, lazy; 0 is no warning.
    """

    field: xr.DataArray
    where: str
    conversions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    factor: float = 1.0
    offset: float = 0.0
    derivation: str = ""
    sign_stated: bool = False
    packed: tuple[float, ...] = ()
    remark: str = ""
    grade: str = ""
    depth: SoilDepth = None
    files: tuple[str, ...] = ()
    counts: tuple[tuple[str, xr.DataArray], ...] = ()
