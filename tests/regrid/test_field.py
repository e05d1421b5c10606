import numpy as np
import pytest
import xarray as xr

from benchmark.regrid import Overlap, build_conservative, regrid, regridders, same_grid

RNG = np.random.default_rng(7)


def test_constant_stays_constant(masked, coarse):
    """A constant field is the same constant wherever there is land."""
    result = regrid(masked.where(masked.isnull(), 4.25), coarse)["value"]
    kept = result.where(result.notnull(), 4.25)
    np.testing.assert_allclose(kept, 4.25, rtol=1e-14)
    assert result.notnull().any()


def test_linear_in_the_field(masked, coarse):
    """Regridding a x + b y gives a R(x) + b R(y)."""
    x, y = masked, masked**2
    mixed = regrid(3.0 * x - 0.5 * y, coarse)["value"]
    expected = 3.0 * regrid(x, coarse)["value"] - 0.5 * regrid(y, coarse)["value"]
    np.testing.assert_allclose(mixed, expected, rtol=1e-12)


def test_same_grid_is_the_identity(masked, fine):
    """On its own grid a field keeps its values and land fraction."""
    result = regrid(masked, fine, minimum_valid_fraction=0.0)
    np.testing.assert_allclose(result["value"], masked, rtol=1e-15)
    np.testing.assert_allclose(
        result["valid_fraction"], masked["land_fraction"], rtol=1e-15
    )


def test_other_longitudes_only_roll(masked, regular):
    """The same cells in 0..360 get the same values, rolled."""
    result = regrid(masked, regular(5.0, 0.0))["value"]
    land = masked["land_fraction"] >= 1e-3
    expected = masked.where(land).roll(lon=36, roll_coords=False)
    np.testing.assert_allclose(result, expected.to_numpy(), rtol=1e-12)


def test_masked_cells_do_not_bleed(make_grid, make_field):
    """A target cell with one valid source cell has exactly its value."""
    source = make_grid([0, 10, 20], [0, 10, 20])
    field = make_field([[np.nan, np.nan], [7.0, np.nan]], source)
    result = regrid(field, make_grid([0, 20], [0, 20]))
    assert result["value"].item() == pytest.approx(7.0, rel=1e-15)
    share = (np.sin(np.radians(20)) - np.sin(np.radians(10))) / np.sin(np.radians(20))
    assert result["valid_fraction"].item() == pytest.approx(share / 2, rel=1e-14)


def test_land_fraction_weights_by_hand(make_grid, make_field):
    """Cells of 1/4 and 3/4 land with values 1 and 5 have mean 4."""
    source = make_grid([0, 10], [0, 10, 20])
    field = make_field([[1.0, 5.0]], source, [[0.25, 0.75]])
    result = regrid(field, make_grid([0, 10], [0, 20]))
    assert result["value"].item() == pytest.approx(4.0, rel=1e-15)
    assert result["valid_fraction"].item() == pytest.approx(0.5, rel=1e-15)


def test_missing_land_fraction_is_no_land(make_grid, make_field):
    """A value whose land fraction is missing is not used."""
    source = make_grid([0, 10], [0, 10, 20])
    field = make_field([[1.0, np.inf]], source, [[0.5, np.nan]])
    result = regrid(field, make_grid([0, 10], [0, 20]))
    assert result["value"].item() == pytest.approx(1.0, rel=1e-15)


@pytest.mark.parametrize("step", [2.5, 10.0, 20.0])
def test_totals_lose_no_coast(masked, regular, total, step):
    """Value x valid_fraction x area has the source's integral, coasts included."""
    result = regrid(masked, regular(step, 0.0), minimum_valid_fraction=0.0)
    mass = masked * masked["land_fraction"] * masked["cell_area"]
    np.testing.assert_allclose(total(result), mass.sum(("lat", "lon")), rtol=1e-12)


def test_loss_to_the_threshold_is_bounded(masked, regular, total):
    """Land dropped as slivers is less than the threshold times the area."""
    result = regrid(masked * 0.0 + 1.0, regular(7.5), minimum_valid_fraction=0.2)
    land = (result["valid_fraction"] * result["cell_area"]).sum()
    lost = float((land - total(result)).max())
    dropped = result["value"].isel(time=0).isnull() & (result["valid_fraction"] > 0)
    assert 0.0 < lost < 0.2 * float(result["cell_area"].where(dropped).sum())


def test_slivers_make_no_cells(make_grid, make_field):
    """A target cell that touches land by 1e-4 of its area stays empty."""
    source = make_grid([0, 10], [0, 10.001, 20])
    target = make_grid([0, 10], [0, 10, 20])
    field = make_field([[1.0, np.nan]], source)
    kept = regrid(field, target)
    assert kept["value"].isnull().to_numpy().tolist() == [[False, True]]
    assert kept["valid_fraction"].isel(lat=0, lon=1).item() == pytest.approx(1e-4)
    every = regrid(field, target, minimum_valid_fraction=0.0)
    assert every["value"].notnull().all()


def test_mask_varying_in_time(masked, coarse):
    """Each time uses its own mask, as if it were regridded alone."""
    hidden = RNG.random(masked.shape) < 0.4
    varying = masked.where(~hidden)
    result = regrid(varying, coarse)
    assert result["valid_fraction"].dims == ("time", "lat", "lon")
    for t in range(varying.sizes["time"]):
        alone = regrid(varying.isel(time=t), coarse)
        xr.testing.assert_allclose(result.isel(time=t), alone, rtol=1e-12)


def test_constant_mask_gives_one_valid_fraction(masked, coarse):
    """A mask constant in time gives valid_fraction (lat, lon)."""
    result = regrid(masked, coarse)
    assert result["valid_fraction"].dims == ("lat", "lon")
    assert result["value"].dims == ("time", "lat", "lon")


def test_outside_a_regional_source_is_missing(make_grid, make_field, regular):
    """Target cells beyond the source are NaN with fraction 0, edges undiluted."""
    source = make_grid(np.arange(50, 91, 5), np.arange(-170, -99, 5))
    field = make_field(np.full((8, 14), 2.0), source)
    result = regrid(field, regular(15.0, 0.0))
    inside = result["valid_fraction"] > 0
    assert (result["value"].notnull() == inside).all()
    np.testing.assert_allclose(result["value"].where(inside, 2.0), 2.0, rtol=1e-14)
    assert float(inside.sum()) == 3 * 6


def test_descending_latitude_changes_nothing(masked, fine, coarse):
    """An upside-down source or target gives the same values by label."""
    plain = regrid(masked, coarse)
    turned = regrid(masked.isel(lat=slice(None, None, -1)), coarse)
    xr.testing.assert_allclose(turned, plain, rtol=1e-13)
    target = coarse.isel(lat=slice(None, None, -1))
    upside = regrid(masked, target)
    assert upside["lat"].to_numpy().tolist() == target["lat"].to_numpy().tolist()
    xr.testing.assert_allclose(upside["value"].sortby("lat"), plain["value"])


def test_pole_cells_keep_their_values(pole_centred, regular, make_field):
    """Rows centred on the poles carry a function of latitude to a cap exactly."""
    source = pole_centred()
    values = np.arange(13.0)[:, None] * np.ones(18)
    result = regrid(make_field(values, source), regular(7.5))["value"]
    np.testing.assert_allclose(result.isel(lat=[0, -1]), [[0.0] * 48, [12.0] * 48])


def test_float32_is_summed_in_double(fine, make_grid, make_field):
    """A float32 field gives float64 sums of its own values, to 1e-13."""
    values = RNG.normal(1e4, 1.0, (36, 72)).astype("float32")
    globe = make_grid([-90, 90], [0, 360])
    result = regrid(make_field(values, fine), globe)["value"]
    double = regrid(make_field(values.astype("float64"), fine), globe)["value"]
    assert result.dtype == np.float64
    assert result.item() == pytest.approx(double.item(), rel=1e-14)


def test_any_leading_dimensions(masked, coarse):
    """Leading dimensions of any number, kind and order are kept in front."""
    stacked = xr.concat([masked, 2 * masked], xr.Variable("model", ["a", "b"]))
    result = regrid(stacked.transpose("lon", "model", "lat", "time"), coarse)["value"]
    assert result.dims == ("model", "time", "lat", "lon")
    assert result["model"].to_numpy().tolist() == ["a", "b"]
    np.testing.assert_allclose(
        result.sel(model="b"), 2 * regrid(masked, coarse)["value"], rtol=1e-13
    )


def test_result_carries_attributes_and_coordinates(masked, coarse):
    """Attributes and time coordinates come from the field, the grid from the target."""
    field = masked.assign_coords(year=("time", [2000] * 5), season="JJA")
    result = regrid(field, coarse)
    value = result["value"]
    assert value.attrs["units"] == "kg m-2"
    assert result["valid_fraction"].attrs["units"] == "1"
    assert value["year"].to_numpy().tolist() == [2000] * 5
    assert value["season"].item() == "JJA"
    np.testing.assert_array_equal(result["lat_bnds"], coarse["lat_bnds"])
    assert same_grid(value, coarse)
    assert "land_fraction" not in result.coords


def test_result_can_be_regridded_again(masked, coarse, regular, total):
    """With valid_fraction as land fraction, two steps conserve the integral."""
    options = {"minimum_valid_fraction": 0.0}
    first = regrid(masked, regular(7.5), **options)
    again = first["value"].assign_coords(land_fraction=first["valid_fraction"])
    second = regrid(again, coarse, **options)
    np.testing.assert_allclose(total(second), total(first), rtol=1e-12)


def test_inputs_are_unchanged(masked, coarse):
    """Regridding leaves the field, its mask and the target as they were."""
    field, target = masked.copy(deep=True), coarse.copy(deep=True)
    regrid(masked, coarse)
    xr.testing.assert_identical(masked, field)
    xr.testing.assert_identical(coarse, target)


def test_other_engines_use_the_same_kernel(masked, coarse, monkeypatch):
    """An engine only gives areas; masks and land weights are applied to it."""
    monkeypatch.setattr(regridders, "_plugins", dict(regridders._plugins))

    @regridders.register("doubled")
    def build(source, target):
        exact = build_conservative(source, target)
        return Overlap(
            exact.matrix * 2, exact.source_area, exact.target_area, exact.target
        )

    doubled = regrid(masked, coarse, method="doubled", minimum_valid_fraction=0.0)
    plain = regrid(masked, coarse, minimum_valid_fraction=0.0)
    np.testing.assert_allclose(doubled["value"], plain["value"], rtol=1e-14)
