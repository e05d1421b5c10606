"""Series of years drawn again in blocks, and the statistics of the draws."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from benchmark.metrics.parameters import is_statistic
from benchmark.statistics import reductions

FEWEST_YEARS = 5
"""Series of fewer years are not drawn again: they do not show their spread."""


def block_length(years: int) -> int:
    """Return how many neighbouring years are drawn together.

    The cube root of the number of years, at least 2, so that the memory of a
    carbon cycle over a few years is kept: 2 to 15 years, 3 to 42, 4 to 91.

    Parameters
    ----------
    years : int
        Length of the series.

    Returns
    -------
    int

    References
    ----------
    The rate is that of Hall, Horowitz and Jing (1995),
    https://doi.org/10.1093/biomet/82.3.561

    Examples
    --------
    >>> [block_length(years) for years in (5, 15, 16, 42, 150)]
    [2, 2, 3, 3, 5]
    """
    return max(2, round(years ** (1.0 / 3.0)))


def drawn_years(years: int, draws: int, random: np.random.Generator) -> np.ndarray:
    """Return which years each draw is made of: a circular block bootstrap.

    Blocks start anywhere and run over the end to the beginning, so that every
    year is drawn equally often.

    Parameters
    ----------
    years : int
        Length of the series.
    draws : int
        How many series to make.
    random : Generator
        From `benchmark.uncertainty.generator`.

    Returns
    -------
    ndarray
        (draw, year), positions in the series.

    References
    ----------
    Politis and Romano (1992), A circular block-resampling procedure for
    stationary data. In: Exploring the Limits of Bootstrap, Wiley.
    """
    length = block_length(years)
    starts = random.integers(0, years, (draws, -(-years // length)))
    places = starts[..., None] + np.arange(length)
    return np.asarray(places.reshape(draws, -1)[:, :years] % years)


def years_in(series: xr.DataArray) -> np.ndarray:
    """Return the years of a series that is whole calendar years, else nothing.

    Parameters
    ----------
    series : DataArray
        (time, ...) with ``year``, and ``month`` if monthly.

    Returns
    -------
    ndarray
    """
    if "time" not in series.dims or "year" not in series.coords:
        return np.array([], dtype=int)
    steps = 12 if "month" in series.coords else 1
    years = series["year"].to_numpy()
    if years.size % steps:
        return np.array([], dtype=int)
    by_year = years.reshape(-1, steps)
    whole = (by_year == by_year[:, :1]).all() and len(set(by_year[:, 0])) == len(
        by_year
    )
    return by_year[:, 0] if whole else np.array([], dtype=int)


def drawn_series(series: xr.DataArray, places: np.ndarray) -> xr.DataArray:
    """Return a series with a dimension of draws, each of other years.

    Parameters
    ----------
    series : DataArray
        (time, ...), whole years.
    places : ndarray
        (draw, year), from `drawn_years`.

    Returns
    -------
    DataArray
        (draw, time, ...), with the calendar of the series as it was: a leap
        year may stand where none was, which moves a mean by less than 1/1000.
    """
    steps = 12 if "month" in series.coords else 1
    at = (places[..., None] * steps + np.arange(steps)).reshape(len(places), -1)
    along = [name for name in series.coords if "time" in series[name].dims]
    kept = {name: ("time", series[name].to_numpy()) for name in along}
    bare = series.drop_vars(along)
    drawn = bare.isel(time=xr.DataArray(at, dims=("draw", "time")))
    return drawn.assign_coords({n: v for n, v in kept.items() if n != "time"})


def drawn_annual(annual: xr.DataArray, places: np.ndarray) -> xr.DataArray:
    """Return annual means whose departures from their trend are drawn again.

    The trend stays, because to draw years out of their order would destroy it.

    Parameters
    ----------
    annual : DataArray
        (year, ...), NaN where a year is missing.
    places : ndarray
        (draw, year).

    Returns
    -------
    DataArray
        (draw, year, ...).
    """
    valid = annual.notnull()
    years = (annual["year"] - annual["year"][0]).astype(float).where(valid)
    centred = years - years.mean("year")
    middle = annual.mean("year")
    slope = (centred * annual).sum("year") / (centred**2).sum("year")
    trend = middle + (slope * centred).fillna(0.0)
    departure = (annual - trend).drop_vars("year")
    drawn = departure.isel(year=xr.DataArray(places, dims=("draw", "year")))
    return (trend + drawn.assign_coords(year=annual["year"])).where(valid)


def drawn_mean(annual: xr.DataArray, places: np.ndarray) -> xr.DataArray:
    """Return the mean of the years of each draw.

    Parameters
    ----------
    annual : DataArray
        (year, ...), NaN where a year is missing.
    places : ndarray
        (draw, year).

    Returns
    -------
    DataArray
        (draw, ...).
    """
    drawn = annual.drop_vars("year").isel(
        year=xr.DataArray(places, dims=("draw", "year"))
    )
    return drawn.mean("year")


def drawn_statistics(
    statistics: Mapping[str, xr.DataArray],
    series: Mapping[str, xr.DataArray],
    names: tuple[str, ...],
    places: Mapping[str, np.ndarray],
) -> dict[str, xr.DataArray]:
    """Return the statistics that change when years are drawn again.

    Parameters
    ----------
    statistics : mapping
        As metrics are given them, by name.
    series : mapping
        Series by what stands before their statistics' names, as ``model`` or
        ``model_tas``: (time, ...) with ``year``.
    names : tuple of str
        The parameters of a metric.
    places : mapping
        Draws of years by the same names.

    Returns
    -------
    dict
        With a dimension ``draw``; what has no series is left out.
    """
    found: dict[str, xr.DataArray] = {}
    drawn: dict[str, xr.DataArray] = {}
    for name in names:
        owner, _, kind = name.rpartition("_")
        if name not in statistics or not is_statistic(name) or owner not in places:
            continue
        if kind == "annual":
            value = drawn_annual(statistics[name], places[owner])
        elif owner not in series:
            continue
        else:
            if owner not in drawn:
                drawn[owner] = drawn_series(series[owner], places[owner])
            value = _reduced(drawn[owner], kind)
        found[name] = value.assign_attrs(statistics[name].attrs)
    return found


def _reduced(series: xr.DataArray, kind: str) -> xr.DataArray:
    if kind == "series":
        return series
    return reductions.STATISTICS[kind](series)
