r"""Methane of wetter classes against drier ones, at sites.

The source states that marshes and fens emit 5.5 to 7.5 times what permafrost
bogs do, and 18 to 23 times what upland tundra does, without the statistic (mean
or median) or the sample; other data give 3.5 to 27. So these are grade C.
"""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.registry import metric
from benchmark.statistics.elementwise import where

WET = ("marsh", "fen")
DRY = ("upland_tundra", "boreal_forest")
"""Classes of the source that are no wetland."""

PERMAFROST_BOG = (5.5, 7.5)
UPLAND_TUNDRA = (18.0, 23.0)
SOURCE = "Treat et al. (2024), https://doi.org/10.1029/2023JG007638, lines 320-322"
EQUATION = r"q = \mathrm{med}(F_{wet}) / \mathrm{med}(F_{dry});\ S = \exp(-d / \ln 2)"


@metric(
    long_name="methane of marsh and fen over permafrost bog",
    equation=EQUATION + r",\ d\ \mathrm{in}\ \ln\ \mathrm{to}\ [5.5, 7.5]",
    perfect=np.nan,
    bounds=(0.0, np.inf),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("sites",),
    variables=("ch4",),
)
def wetland_class_ratio(
    model_mean: xr.DataArray,
    model_wetlandFrac_mean: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Ratio of the medians of the sites in marsh and fen and in permafrost bog.

    Parameters
    ----------
    model_mean : xarray.DataArray
        Flux per land area (site,) with the coordinate ``site_class``.
    model_wetlandFrac_mean : xarray.DataArray, optional
        Wetland as a fraction of the land (site,): then fluxes per wetland area
        are compared, as at the sites; a site without wetland is left out.
    weights : xarray.DataArray
        1 and 0 (region, site): the sites of a region.

    Returns
    -------
    xarray.Dataset
        value (region,), the ratio; score, 1 within 5.5 to 7.5; message, with
        the numbers of sites, or with the signs where a median is not positive.

    Raises
    ------
    ValueError
        If the sites have no classes.

    Examples
    --------
    >>> kinds = ["fen", "marsh", "permafrost_bog"]
    >>> at = {"site": range(3), "site_class": ("site", kinds)}
    >>> flux = xr.DataArray([10.0, 14.0, 2.0], at, ("site",))
    >>> here = xr.DataArray(np.ones((1, 3)), dims=("region", "site"))
    >>> wetland_class_ratio(flux, weights=here)["score"].item()
    1.0
    """
    flux = model_mean
    if model_wetlandFrac_mean is not None:
        flux = flux / model_wetlandFrac_mean.where(model_wetlandFrac_mean > 0)
    return _ratio(
        "wetland_class_ratio", flux, "permafrost_bog", PERMAFROST_BOG, weights
    )


@metric(
    long_name="methane of marsh and fen over upland tundra",
    equation=EQUATION + r",\ d\ \mathrm{in}\ \ln\ \mathrm{to}\ [18, 23]",
    perfect=np.nan,
    bounds=(0.0, np.inf),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("sites",),
    variables=("ch4",),
)
def wetland_class_ratio_upland(
    model_mean: xr.DataArray, *, weights: xr.DataArray | None = None
) -> xr.Dataset:
    """Ratio of the medians of the sites in marsh and fen and in upland tundra.

    Per land area: uplands have no wetland to divide by.

    Parameters
    ----------
    model_mean, weights
        See `wetland_class_ratio`.

    Returns
    -------
    xarray.Dataset
        As `wetland_class_ratio`, with 18 to 23. Uplands may take methane up:
        then there is no ratio, and the message says the signs.
    """
    return _ratio(
        "wetland_class_ratio_upland",
        model_mean,
        "upland_tundra",
        UPLAND_TUNDRA,
        weights,
    )


def _ratio(
    name: str,
    flux: xr.DataArray,
    dry_class: str,
    bounds: tuple[float, float],
    weights: xr.DataArray | None,
) -> xr.Dataset:
    if "site_class" not in flux.coords or weights is None:
        msg = (
            f"{name}: the sites have no classes; found coordinates "
            f"{sorted(map(str, flux.coords))}. Give the table of the reference a "
            "column 'site_class' with marsh, fen, permafrost_bog and upland_tundra."
        )
        raise ValueError(msg)
    kinds = flux["site_class"]
    inside = flux.drop_vars("site_class").where(weights > 0)
    wet = inside.where(kinds.isin(WET).drop_vars("site_class"))
    dry = inside.where((kinds == dry_class).drop_vars("site_class"))
    medians = wet.median("site"), dry.median("site")
    positive = (medians[0] > 0) & (medians[1] > 0)
    value = (medians[0] / medians[1]).where(positive)
    counts = [side.count("site") for side in (wet, dry)]
    return xr.Dataset(
        {
            "value": value,
            "score": scores.logratio(value, *bounds),
            "message": _said(counts, medians, positive, dry_class),
        }
    )


def _said(
    counts: list[xr.DataArray],
    medians: tuple[xr.DataArray, xr.DataArray],
    positive: xr.DataArray,
    dry_class: str,
) -> xr.DataArray:
    like = where(positive, "", "")
    sides = xr.broadcast(*counts, *medians, positive, like)
    numbers = [side.transpose(*like.dims).to_numpy().ravel() for side in sides[:-1]]
    texts = []
    for n_wet, n_dry, wet, dry, both in zip(*numbers, strict=True):
        text = f"medians of {n_wet} sites in marsh and fen, {n_dry} in {dry_class}"
        if n_wet and n_dry and not both:
            said = ["emits" if side > 0 else "does not emit" for side in (wet, dry)]
            text += f"; no ratio: marsh and fen {said[0]}, {dry_class} {said[1]}"
        texts.append(text)
    return like.copy(data=np.array(texts, dtype=object).reshape(like.shape))
