"""Opens the header of one NetCDF file, and leaves out what nobody asked for."""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xarray as xr

from benchmark.errors import InputError
from benchmark.readers.joining import one_line
from benchmark.readers.paths import check_is_netcdf
from benchmark.readers.select import Wanted

if TYPE_CHECKING:
    import netCDF4

# Attributes that name other variables of the file.
_NAMING = (
    "bounds", "climatology", "coordinates", "cell_measures", "formula_terms",
    "ancillary_variables", "grid_mapping", "mesh", "location_index_set",
)  # fmt: skip
_POSITIONS = ("lat", "lon", "xlat", "xlong", "nav_l")
_HDF5 = b"\x89HDF\r\n\x1a\n"


class _Store(xr.backends.NetCDF4DataStore):
    """A file without some of its variables, which xarray does not even look at."""

    left_out: frozenset[str] = frozenset()

    def get_variables(self) -> Any:
        return {
            name: self.open_store_variable(name, variable)
            for name, variable in self.ds.variables.items()
            if name not in self.left_out
        }


def open_netcdf_header(path: Path, wanted: Wanted | None = None) -> xr.Dataset:
    """Open one file without reading its values or decoding its time.

    Parameters
    ----------
    path : Path
        A NetCDF file.
    wanted : Wanted, optional
        Of other variables along time only the axes and bounds are kept: a
        history file holds hundreds, and each costs time for every month.

    Returns
    -------
    Dataset
        To be closed by the caller.

    Raises
    ------
    InputError
        If it is no whole NetCDF file.
    """
    check_is_netcdf(path)
    try:
        with warnings.catch_warnings():
            # Two fill values, odd encodings: xarray warns and masks both.
            warnings.simplefilter("ignore")
            store = _Store.open(str(path))
            store.left_out = _unwanted(store.ds, wanted)
            data = xr.open_dataset(
                store,  # type: ignore[arg-type]
                decode_times=False,
                decode_timedelta=False,
                decode_coords=False,
            )
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        raise broken(path, error) from error
    data.encoding["source"] = str(path)
    _refuse_unnamed_dimensions(data, path)
    return data


def broken(path: Path, error: Exception) -> InputError:
    """Return the error for a file that starts like NetCDF but cannot be read.

    Parameters
    ----------
    path : Path
        The file.
    error : Exception
        What the library said.

    Returns
    -------
    InputError
    """
    hint = "It may be truncated: copy it again."
    with path.open("rb") as file:
        if file.read(8) == _HDF5:
            hint = (
                "It may be truncated: copy it again. If it is HDF5 and not NetCDF, "
                "open it in xarray with engine='h5netcdf' and write it anew."
            )
    msg = (
        f"{path}: cannot be opened as NetCDF ({one_line(error)}); expected a "
        f"whole NetCDF file. {hint}"
    )
    return InputError(msg)


def _refuse_unnamed_dimensions(data: xr.Dataset, path: Path) -> None:
    """Refuse HDF5 without dimension scales: the library numbers its axes."""
    unnamed = [str(dim) for dim in data.dims if str(dim).startswith("phony_dim")]
    if unnamed and len(unnamed) == len(data.dims):
        told = ", ".join(f"{n} {v.shape}" for n, v in list(data.variables.items())[:6])
        data.close()
        msg = (
            f"{path}: is HDF5 whose dimensions have no names, so no NetCDF: {told}; "
            "expected dimensions such as time, lat, lon. Write it anew as NetCDF."
        )
        raise InputError(msg)


def _unwanted(file: "netCDF4.Dataset", wanted: Wanted | None) -> frozenset[str]:
    """Return variables along time that are not wanted, nor named by one that is."""
    if wanted is None:
        return frozenset()
    variables = file.variables
    held = wanted.among(
        {n: str(getattr(v, "standard_name", "")) for n, v in variables.items()}
    )
    if wanted.whole in variables:
        held = (wanted.whole,)
    if not held:
        # All are kept, so that the message can say what there is.
        return frozenset()
    along = {variables[n].dimensions[0] for n in held if variables[n].dimensions}
    along = {dim for dim in along if _is_time(file, dim)}
    kept = {*held, *(name for n in variables for name in _named_by(variables[n]))}
    return frozenset(
        name
        for name, variable in variables.items()
        if name not in kept
        and variable.ndim > 1
        and variable.dimensions[0] in along
        and variable.shape[-1] != 2
        # WRF and MPAS write dates as characters, and positions along time.
        and variable.dtype != "S1"
        and not name.lower().startswith(_POSITIONS)
    )


def _is_time(file: "netCDF4.Dataset", dim: str) -> bool:
    coordinate = file.variables.get(dim)
    return file.dimensions[dim].isunlimited() or " since " in str(
        getattr(coordinate, "units", "")
    )


def _named_by(variable: "netCDF4.Variable") -> list[str]:
    attrs = set(variable.ncattrs())
    return [
        word
        for key in _NAMING
        if key in attrs
        for word in str(variable.getncattr(key)).split()
    ]
