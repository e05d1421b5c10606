"""How a configuration says by what a field is regridded."""

from __future__ import annotations

from dataclasses import dataclass

from benchmark.errors import InputError
from benchmark.regrid.axis import Grid
from benchmark.regrid.mesh import has_mesh
from benchmark.regrid.overlap import Engine, Overlap, regridders
from benchmark.regrid.weight_file import read_weights
from benchmark.regrid.xesmf_engine import why_no_xesmf

AUTOMATIC = "automatic"
"""``polygons`` for a field on a mesh, otherwise ``conservative``."""


@dataclass(frozen=True)
class Regridding:
    """An engine as a configuration chooses it; called as any other engine.

    Parameters
    ----------
    engine : str, optional
        Name of a regridder, or ``automatic``.
    method : str, optional
        Of an engine that has several, such as xesmf.
    weights : tuple of str, optional
        Weight files, or globs of such, used in place of an engine: of
        several, the first that was made for the two grids.
    otherwise : str, optional
        The engine where `engine` is xesmf and that is not installed.

    Examples
    --------
    >>> import xarray as xr
    >>> grid = xr.Dataset({
    ...     "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...     "lon_bnds": (("lon", "bnds"), [[-5.0, 5.0], [5.0, 15.0]]),
    ... })
    >>> Regridding()(grid, grid).matrix.nnz
    2
    """

    engine: str = AUTOMATIC
    method: str = ""
    weights: tuple[str, ...] = ()
    otherwise: str = ""

    def __call__(self, source: Grid, target: Grid) -> Overlap:
        """Return the overlap of two grids.

        Parameters
        ----------
        source, target : xarray.Dataset or xarray.DataArray
            Grids with bounds in degrees; the source may be a mesh.

        Returns
        -------
        Overlap

        Raises
        ------
        InputError
            If no weight file fits, or the engine refuses.
        NoOverlapError
            If the grids share no area.
        """
        if self.weights:
            return _from_files(self.weights, source, target)
        if self.otherwise and self.engine == "xesmf" and why_no_xesmf():
            return _engine(self.otherwise, source)(source, target)
        engine = _engine(self.engine, source)
        if self.method:
            return engine(source, target, method=self.method)  # type: ignore[call-arg]
        return engine(source, target)


def _engine(name: str, source: Grid) -> Engine:
    if name == AUTOMATIC:
        name = "polygons" if has_mesh(source) else "conservative"
    return regridders.get(name)


def _from_files(files: tuple[str, ...], source: Grid, target: Grid) -> Overlap:
    from benchmark.readers import expand

    problems = []
    for path in expand(files):
        try:
            return read_weights(path, source, target)
        except InputError as error:
            problems.append(str(error))
    raise InputError(" ".join(problems))
