"""Small grids, regions and statistics shared by the tests of metrics."""

import numpy as np
import pytest
import xarray as xr

from benchmark.statistics import reductions

NOLEAP = np.array([31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
LAT, LON = np.array([50.0, 60.0, 70.0]), np.array([0.0, 10.0, 20.0, 30.0])


def field(values, first_month=1):
    """Return a FIELD (time, lat, lon) in kg m-2 s-1 that starts in 2001."""
    step = np.arange(len(values)) + first_month - 1
    coords = {
        "lat": LAT,
        "lon": LON,
        "year": ("time", 2001 + step // 12),
        "month": ("time", step % 12 + 1),
        "days": ("time", NOLEAP[step % 12]),
    }
    units = {"units": "kg m-2 s-1", "mass_basis": "C", "variable": "gpp"}
    return xr.DataArray(values, coords, ("time", "lat", "lon"), "gpp", units)


def random_pair(first_month=1, months=156):
    """Return model and reference with cycles, noise and a common mask."""
    rng = np.random.default_rng(11)
    angle = 2 * np.pi * (np.arange(months) + first_month - 1)[:, None, None] / 12
    pair = []
    for _ in range(2):
        size, peak, mean = (rng.random((3, 4)) for _ in range(3))
        noise = rng.normal(0, 0.2, (months, 3, 4))
        values = 1 + mean + (0.5 + size) * np.cos(angle - 3 - peak) + noise
        pair.append(values * 1e-8)
    mask = rng.random((3, 4)) < 0.25
    mask[0, 0] = True
    for values in pair:
        values[:, mask] = np.nan
    return tuple(field(values, first_month) for values in pair)


def all_statistics(model, reference):
    """Return every statistic a metric can ask for, by parameter name."""
    found = {
        f"{side}_{name}": reduce(series)
        for side, series in (("model", model), ("reference", reference))
        for name, reduce in reductions.STATISTICS.items()
    }
    found["series_crmse"] = reductions.series_crmse(model, reference)
    found["month_length"] = reductions.month_length(reference)
    return found


def three_regions():
    """Return WEIGHTS in m2: two parts and the whole, with cells shared."""
    rng = np.random.default_rng(5)
    area = np.cos(np.deg2rad(LAT))[:, None] * rng.random((3, 4)) * 1e10
    west = np.array([1.0, 0.7, 0.0, 0.0]) * area
    values = np.stack([west, area - west, area])
    names = ["west", "east", "whole"]
    return xr.DataArray(
        values,
        {"region": names, "lat": LAT, "lon": LON},
        ("region", "lat", "lon"),
        attrs={"units": "m2"},
    )


@pytest.fixture(name="pair", scope="session")
def fixture_pair():
    """Model and reference, 13 years without leap days."""
    return random_pair()


@pytest.fixture(name="make_pair")
def fixture_make_pair():
    """A function that makes the pair with options."""
    return random_pair


@pytest.fixture(name="make_field")
def fixture_make_field():
    """A function that makes a field of given values."""
    return field


@pytest.fixture(name="wrong_models", scope="session")
def fixture_wrong_models(pair):
    """Models that are shifted, scaled, opposite, constant and zero."""
    reference = pair[1]
    constant = xr.full_like(reference, 2e-8).where(reference.notnull())
    return [reference + 1e-8, reference * 3, -reference, constant, reference * 0]


@pytest.fixture(name="variants", scope="session")
def fixture_variants(pair):
    """The pair in chunks, with a cell missing on one side, and in other units."""
    hole = (pair[0]["lat"] == 60) & (pair[0]["lon"] == 10)
    yearly = {"units": "g m-2 yr-1"}
    return {
        "hole": hole,
        "lazy": [side.chunk(time=78, lat=2, lon=4) for side in pair],
        "model without": (pair[0].where(~hole), pair[1]),
        "reference without": (pair[0], pair[1].where(~hole)),
        "yearly": [(side * 1000 * 31556952).assign_attrs(yearly) for side in pair],
    }


@pytest.fixture(name="statistics", scope="session")
def fixture_statistics():
    """A function that makes the statistics of a pair, once for each pair."""
    made = {}

    def make(model, reference):
        key = id(model), id(reference)
        if key not in made:
            # The pair is kept, so that its id is not given to another.
            made[key] = (model, reference), all_statistics(model, reference)
        return dict(made[key][1])

    return make


@pytest.fixture(name="weights")
def fixture_weights():
    """Three overlapping regions, m2."""
    return three_regions()


@pytest.fixture(name="region")
def fixture_region():
    """A function that makes a statistic (region,) or (dim, region)."""

    def make(values, dim=None, labels=None, units="kg m-2 s-1"):
        values = np.asarray(values, dtype=float)
        if dim is not None and values.ndim == 1:
            values = values[:, None]
        names = [f"r{i}" for i in range(values.shape[-1])]
        coords = {"region": names}
        if dim is not None:
            coords[dim] = np.arange(1, 13) if labels is None else labels
        dims = ("region",) if dim is None else (dim, "region")
        return xr.DataArray(values, coords, dims, attrs={"units": units})

    return make
