"""Fluxes per area of wetland, as fluxes per area of land."""

from dataclasses import replace

import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.pairing import same_months


def over_land(flux: Harmonised, wetland: Harmonised) -> Harmonised:
    """Return a flux per area of land, given that per area of wetland.

    The flux of a cell without wetland is 0, whatever the file has there.

    Parameters
    ----------
    flux : Harmonised
        (time, lat, lon) or on a mesh, per area of wetland.
    wetland : Harmonised
        ``wetlandFrac``, fraction of land; monthly, yearly or one map.

    Returns
    -------
    Harmonised
        The flux times the fraction, of the months that both have.

    Raises
    ------
    InputError
        If they have other cells, or no month in common.

    Notes
    -----
    .. math:: F_{land} = f_{wet} F_{wet}
    """
    values, fraction = same_months(flux, wetland, "the flux per area of land")
    product = values * fraction.where(fraction > 0)
    field = product.where((fraction > 0) | fraction.isnull(), 0.0)
    attrs = {**flux.field.attrs, "area_basis": "land"}
    text = "per area of wetland: times wetlandFrac, so per area of land"
    return replace(
        flux,
        field=field.astype(values.dtype).rename(flux.field.name).assign_attrs(attrs),
        conversions=(
            *flux.conversions,
            *(f"wetlandFrac: {told}" for told in wetland.conversions),
            text,
        ),
        warnings=(
            *flux.warnings,
            *(f"wetlandFrac: {told}" for told in wetland.warnings),
        ),
        files=tuple(dict.fromkeys((*flux.files, *wetland.files))),
        counts=(*flux.counts, *wetland.counts),
    )


def needs_wetland(where: str) -> InputError:
    """Return the refusal of a flux per area of wetland without its wetland."""
    return InputError(
        f"{where}: is per area of wetland ('area_basis: wetland'), so the wetland in "
        "each cell is needed; declare it, such as 'wetlandFrac: {files: FILES, name: "
        "NAME}' under 'variables:' ('static: true' if it is one map)."
    )


def is_per_wetland(field: xr.DataArray) -> bool:
    """Return whether values are still per area of wetland."""
    return field.attrs.get("area_basis") == "wetland"
