"""From evidence to what the figures of a pair draw."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from benchmark.regions.site_classes import class_id, class_words
from benchmark.report import labels
from benchmark.report.figures.annual_series import Series
from benchmark.report.figures.relationship import Relationship
from benchmark.report.figures.scatter import Point
from benchmark.report.numbers import unit
from benchmark.report.rows import Row

_YEAR = 365.2425 * 86400.0
# Canonical units of drivers to those that readers know.
_AXES = {
    "K": ("°C", 1.0, -273.15),
    "kg m-2 s-1": ("g C m⁻² yr⁻¹", 1000.0 * _YEAR, 0.0),
}


def series_of(here: xr.Dataset, region: str, level: Row | None) -> Series:
    """Return the annual values of one region, and what the reference has there.

    Parameters
    ----------
    here : Dataset
        ``model`` and perhaps ``reference`` (year,).
    region : str
        What the region is called.
    level : Row or None
        The row with the reference's value and range of the mean.

    Returns
    -------
    Series
    """
    both = "reference" in here and bool(np.isfinite(here["reference"].values).any())
    low = level.reference_low if level else None
    high = level.reference_high if level else None
    return Series(
        region=region,
        model=here["model"].to_numpy(),
        reference=here["reference"].to_numpy() if both else None,
        band=None if low is None or high is None else (low, high),
        middle=level.reference_value if level and not both else None,
    )


def relationship_of(
    metric: str, here: xr.Dataset, title: str, variable: str, shown: str
) -> Relationship | None:
    """Return a relationship of one region, None with fewer than two bins.

    Parameters
    ----------
    metric : str
        Its name.
    here : Dataset
        The bins (bin,), see `benchmark.score.result.Evidence`.
    title, variable, shown : str
        Of the figure; what was compared; its unit.

    Returns
    -------
    Relationship or None
        The driver in a unit that readers know.
    """
    sides = here["bin_model"].to_numpy(), here["bin_reference"].to_numpy()
    kept = np.flatnonzero(np.isfinite(sides[0]) | np.isfinite(sides[1]))
    if len(kept) < 2:
        return None
    driver, factor, offset = driver_axis(metric)
    return Relationship(
        title=title,
        variable=variable,
        unit=shown,
        driver=driver,
        bins=here["bin_driver"].to_numpy()[kept] * factor + offset,
        model=sides[0][kept],
        reference=sides[1][kept],
        error=here["bin_error"].to_numpy()[kept],
        pairs=(
            here["bin_model_count"].to_numpy()[kept],
            here["bin_reference_count"].to_numpy()[kept],
        ),
    )


def driver_axis(metric: str) -> tuple[str, float, float]:
    """Return how the driver of a relationship is shown.

    Parameters
    ----------
    metric : str
        Name of the metric.

    Returns
    -------
    name : str
        Of the driver, with a unit that readers know.
    factor, offset : float
        From canonical units: value times factor plus offset.

    Examples
    --------
    >>> driver_axis("relationship_tas")
    ('Air temperature, °C', 1.0, -273.15)
    """
    from benchmark.statistics.binned import DRIVERS

    name = metric.removeprefix("relationship_").removesuffix("_temperature")
    known = DRIVERS.get(name)
    units = known.units if known else ""
    shown, factor, offset = _AXES.get(units, (unit(units), 1.0, 0.0))
    title = labels.sentence(labels.variable(name))
    return f"{title}, {shown}" if shown else title, factor, offset


def levels_of(rows: Sequence[Row], units: str) -> dict[str, Row]:
    """Return the row that says what the reference has in each region."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.is_level and row.units == units:
            found.setdefault(row.region, row)
    return found


def regional_levels(rows: Sequence[Row]) -> list[Row]:
    """Return the levels of whole regions, without domains; of parts if none is."""
    levels = [row for row in rows if row.is_level and "domain" not in row.region]
    whole = [row for row in levels if row.whole]
    return whole or levels


def has_reference(line: Series) -> bool:
    """Return whether a line has anything of the reference."""
    return not (line.reference is None and line.band is None and line.middle is None)


def site_points(data: xr.Dataset) -> list[Point]:
    """Return a point for each site, of its class."""
    classes = (
        [class_words(class_id(str(kind))) for kind in data["site_class"].values]
        if "site_class" in data.coords
        else [""] * data.sizes["site"]
    )
    return [
        Point(str(site), float(reference), float(model), kind=kind)
        for site, reference, model, kind in zip(
            data["site"].values,
            data["reference"].values,
            data["model"].values,
            classes,
            strict=True,
        )
    ]
