"""Pairs of maps: the cheap route equals the exact one, and masks are shared."""

from collections.abc import Callable
from typing import Any

import dask
import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.config import VariableSource
from benchmark.harmonise.field import harmonise_field
from benchmark.harmonise.variables import VARIABLES
from benchmark.regrid import regrid
from benchmark.score import map_pair
from benchmark.score.map_pair import complete, lazy_statistics
from benchmark.statistics import reductions

Make = Callable[..., Any]

LINEAR = {"model_mean", "model_climatology", "model_annual", "reference_mean"}
STREAMED = {"model_crms", "model_iav", "reference_crms", "series_crmse"}


def field_of(data: xr.Dataset) -> xr.DataArray:
    data = data.assign_attrs(files=["x.nc"])
    return harmonise_field(data, VariableSource(("x.nc",)), VARIABLES["gpp"]).field


def coarse(gridded: Make, values: np.ndarray) -> xr.DataArray:
    """Return the field on cells of 10 x 15 degrees."""
    data = gridded(values).coarsen(lat=2, lon=3).mean()
    for axis, half in (("lat", 5.0), ("lon", 7.5)):
        centres = data[axis].to_numpy()
        data[f"{axis}_bnds"] = (
            (axis, "bnds"),
            np.stack([centres - half, centres + half], 1),
        )
    return field_of(data)


@pytest.fixture
def fine(gridded: Make, gpp_values: Make) -> xr.DataArray:
    """Noisy GPP on 5 degrees with an ocean."""
    noise = np.random.default_rng(1).uniform(0.5, 1.5, (36, 10, 72))
    values = gpp_values(36) * noise.astype("float32")
    values[:, :, 30:40] = np.nan
    return field_of(gridded(values))


@pytest.fixture
def reference(gridded: Make, gpp_values: Make) -> xr.DataArray:
    """Noisy GPP on 10 x 15 degrees."""
    noise = np.random.default_rng(2).uniform(0.5, 1.5, (36, 10, 72))
    return coarse(gridded, gpp_values(36) * noise.astype("float32"))


def finished(model: xr.DataArray, reference: xr.DataArray, needs: set[str]) -> Any:
    lazy = lazy_statistics(model, reference, needs)
    computed = dict(zip(lazy, dask.compute(*lazy.values()), strict=True))
    return complete(model, reference, needs, computed)


def test_linear_statistics_are_reduced_before_regridding(
    fine: xr.DataArray, reference: xr.DataArray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If only linear statistics are needed, no monthly field is regridded."""
    seen = []

    def spy(field: xr.DataArray, *args: Any, **kwargs: Any) -> xr.Dataset:
        seen.append(field.dims)
        return regrid(field, *args, **kwargs)

    monkeypatch.setattr(map_pair, "regrid", spy)
    finished(fine, reference, LINEAR)
    assert seen
    assert not any("time" in dims for dims in seen)


@pytest.mark.parametrize("name", sorted(LINEAR - {"reference_mean"}))
def test_linear_statistics_equal_those_of_the_regridded_series(
    fine: xr.DataArray, reference: xr.DataArray, name: str
) -> None:
    """Reducing first and regridding first give the same to 1e-12."""
    reduce = {
        "model_mean": reductions.mean,
        "model_climatology": reductions.climatology,
        "model_annual": reductions.annual_means,
    }[name]
    cheap = finished(fine, reference, LINEAR)[name]
    exact = reduce(regrid(fine, reference)["value"])
    np.testing.assert_allclose(cheap, exact, rtol=1e-12, atol=1e-22)


@pytest.mark.parametrize("name", ["model_crms", "model_iav"])
def test_spread_is_made_from_the_regridded_series(
    fine: xr.DataArray, reference: xr.DataArray, name: str
) -> None:
    """Spreads equal those of the regridded series, below the native ones."""
    reduce = {"model_crms": reductions.crms, "model_iav": reductions.iav}[name]
    found = finished(fine, reference, LINEAR | STREAMED)[name]
    exact = reduce(regrid(fine, reference)["value"])
    np.testing.assert_allclose(found, exact, rtol=1e-12)
    native = regrid(reduce(fine), reference)["value"]
    assert float((native - found).mean()) > 0.02 * float(found.mean())


def test_mask_that_varies_in_time_is_applied_to_both_sides(
    fine: xr.DataArray, reference: xr.DataArray
) -> None:
    """Months missing on one side are left out of the other's mean too."""
    gappy = reference.copy(deep=True)
    gappy[5:8, 2, 4] = np.nan
    found = finished(fine, gappy, LINEAR | STREAMED)
    series = regrid(fine, reference)["value"]
    shared = series.where(gappy.notnull().to_numpy())
    np.testing.assert_allclose(
        found["model_mean"][2, 4], reductions.mean(shared)[2, 4], rtol=1e-12
    )
    whole = reductions.mean(series)
    assert abs(float(found["model_mean"][2, 4] / whole[2, 4]) - 1) > 0.1
    np.testing.assert_allclose(found["model_mean"][2, 5], whole[2, 5], rtol=1e-12)


def test_cells_missing_in_one_side_are_missing_in_both(
    fine: xr.DataArray, reference: xr.DataArray
) -> None:
    """The ocean of the model masks the reference, and has no land."""
    found = finished(fine, reference, LINEAR)
    ocean = found["model_mean"].isnull()
    assert bool(ocean.any())
    assert bool((ocean == found["reference_mean"].isnull()).all())
    assert float(found["land"].where(ocean).sum()) == 0.0


def test_land_is_the_smaller_of_both_fractions(
    fine: xr.DataArray, reference: xr.DataArray
) -> None:
    """A coastal cell carries the land that model and reference both have."""
    found = finished(fine, reference, LINEAR)
    fraction = regrid(reductions.mean(fine), reference)["valid_fraction"]
    np.testing.assert_allclose(found["land"], fraction, atol=1e-12)
    assert float(fraction.min(skipna=True)) > 0 or 0 < float(fraction.max()) <= 1


def test_lazy_fields_stay_lazy(fine: xr.DataArray, reference: xr.DataArray) -> None:
    """Nothing is computed before the run computes it all at once."""
    lazy = lazy_statistics(
        fine.chunk(time=12), reference.chunk(time=12), LINEAR | STREAMED
    )
    for name in sorted(LINEAR | STREAMED):
        assert isinstance(lazy[name].data, dask.array.Array), name


def test_lazy_and_loaded_fields_agree(
    fine: xr.DataArray, reference: xr.DataArray
) -> None:
    """Chunks change nothing but rounding."""
    loaded = finished(fine, reference, LINEAR | STREAMED)
    chunked = finished(fine.chunk(time=7), reference.chunk(time=12), LINEAR | STREAMED)
    for name, value in loaded.items():
        np.testing.assert_allclose(chunked[name], value, rtol=1e-9, atol=1e-20)


def test_one_grid_is_not_regridded(
    fine: xr.DataArray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fields on one grid are compared as they are, to the last digit."""
    monkeypatch.setattr(map_pair, "regrid", None)
    found = finished(fine, fine, LINEAR | STREAMED)
    expected = reductions.crms(fine)
    assert np.array_equal(found["model_crms"], expected, equal_nan=True)
    assert float(found["series_crmse"].max()) == 0.0
