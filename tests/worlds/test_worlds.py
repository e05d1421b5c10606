"""The factory of worlds: its own claims, and the package on what it writes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.config import load_suite
from benchmark.score import score_suite
from worlds import Calendar, Cycle, Ground, Soil, World, mesh, regular, report_factor

NEE = Cycle(mean=(-40.0, -10.0, 5.0, 20.0), amplitude=300.0, peak=10.0, trend=-1.0)
GPP = Cycle(mean=(300.0, 600.0, 500.0, 200.0), amplitude=200.0, peak=195.0)
CH4 = Cycle(mean=4.0, cold_share=(0.1, 0.2, 0.3, 0.4), peak=210.0)
GRIDS = {
    "regular": regular(),
    "coarse": regular(10.0),
    "0 to 360": regular(west=0.0),
    "north first": regular(descending=True),
    "longitude first": regular(transposed=True),
    "mesh": mesh(),
}


def scored(
    world: World, truth: World, variable: str, folder: Path, **written: object
) -> pd.DataFrame:
    """Return the rows of one world's files against the truth, by region."""
    suite = {
        "suite": "worlds",
        "models": [str(world.write(folder, "model", **written))],
        "references": [
            str(truth.reference(folder, variable, ["bias", "seasonal_phase"]))
        ],
        "regions": world.region_entries,
    }
    return score_suite(load_suite(suite)).scores.set_index(["metric", "region"])


def test_by_hand_two_months_of_a_cycle() -> None:
    """A wave of 300 that peaks on 10 January has a mean of -40 and a range of 600."""
    world = World({"nee": NEE})
    cycle = world.climatology("nee").sel(region="alaska") * report_factor("nee")
    january, july = (
        300.0 * np.cos(2 * np.pi * (day - 10) / 365) for day in (15.5, 196.5)
    )
    assert float(cycle[0] - cycle[6]) == pytest.approx(january - july)
    mean = world.mean("nee") * report_factor("nee")
    assert mean.to_numpy().tolist() == pytest.approx([-40.0, -10.0, 5.0, 20.0])


@pytest.mark.parametrize("name", ["noleap", "standard", "360_day"])
def test_every_year_has_its_mean_in_its_own_calendar(name: str) -> None:
    """Also leap years, and 29 February is there."""
    world = World({"ch4": CH4, "nee": NEE}, calendar=Calendar(name, 2003, 3))
    days = {"noleap": 365, "standard": 366, "360_day": 360}[name]
    assert world.calendar.lengths[1].sum() == days
    annual = world.annual("nee") * report_factor("nee")
    np.testing.assert_allclose(annual.sel(region="alaska"), [-39.0, -40.0, -41.0])
    cold = world.share("ch4", (10, 11, 12, 1, 2, 3, 4))
    np.testing.assert_allclose(cold, [0.1, 0.2, 0.3, 0.4])


@given(trend=st.floats(-5, 5), mean=st.floats(-100, 100))
@settings(max_examples=20)
def test_annual_means_are_a_line(trend: float, mean: float) -> None:
    """Through the mean, with the trend as its slope."""
    world = World({"nee": Cycle(mean, 100.0, trend=trend)})
    annual = world.annual("nee").isel(region=0) * report_factor("nee")
    np.testing.assert_allclose(np.diff(annual), trend, atol=1e-9)
    assert float(annual.mean()) == pytest.approx(mean, abs=1e-9)


def test_nee_is_the_sum_of_its_parts() -> None:
    """ra + rh - gpp = 100 + 150 - 300."""
    parts = {"ra": Cycle(100.0), "rh": Cycle(150.0), "gpp": Cycle(300.0)}
    world = World(parts)
    nee, reco = (world.mean(v) * report_factor(v) for v in ("nee", "reco"))
    np.testing.assert_allclose(nee, -50.0)
    np.testing.assert_allclose(reco, 250.0)


def test_stock_by_depth() -> None:
    """0 to 0.5 m is 8 and two sevenths of 12 kg m-2."""
    world = World({}, soil=Soil())
    np.testing.assert_allclose(world.stock(0.0, 0.5), 8 + 12 * 0.2 / 0.7)
    np.testing.assert_allclose(world.stock(), 35.0)


def test_a_ground_thaws_to_a_line() -> None:
    """-8 + 10 (1 - z / 5) is 0 at 1 m; half of the cells have permafrost."""
    world = World({}, ground=Ground(share=0.5), land=0.8)
    np.testing.assert_allclose(world.alt(), 1.0)
    # The cells of 60 to 65 N are the first half of those of 60 to 70 N.
    share = (world.permafrost_area() / world.land_area).sel(region="alaska")
    sines = np.sin(np.radians([60.0, 65.0, 70.0]))
    assert float(share) == pytest.approx((sines[1] - sines[0]) / (sines[2] - sines[0]))
    months = world.ground.monthly(world.calendar, world.owner, 4) - 273.15
    cell = months[:, :, np.flatnonzero(world.owner == 0)[0]]
    thaw = np.interp(0.0, -cell.max(0), world.ground.middles)
    assert thaw == pytest.approx(1.0)


def test_days_stay_at_zero_in_autumn() -> None:
    """Thirty of them in each year, at 0.15 m, for any tolerance below 1 K."""
    world = World({}, ground=Ground(), grid=regular(10.0), calendar=Calendar(years=2))
    days = world.ground.daily(world.calendar, world.owner, 4) - 273.15
    cell = days[:, 1, np.flatnonzero(world.owner == 0)[0]].reshape(2, 365)
    autumn = cell[:, 196:]
    for tolerance in (0.25, 0.75):
        assert (abs(autumn) <= tolerance).sum(1).tolist() == [30, 30]
    warmest = days[:, :, np.flatnonzero(world.owner == 0)[0]].max(0)
    assert np.interp(0.0, -warmest, world.ground.middles) == pytest.approx(1.0)


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_a_pattern_leaves_the_regional_mean(grid: object) -> None:
    """Cells differ by a fifth; weighted by area they are 1."""
    from worlds.fields import field_of

    world = World({"gpp": GPP}, grid=grid)
    values = field_of(world, "gpp")["gpp"].transpose("time", *grid.shape)
    cells = values.to_numpy().reshape(values.sizes["time"], -1)
    for number, region in enumerate(world.regions):
        inside = world.owner == number
        mean = (cells * grid.area)[:, inside].sum(1) / grid.area[inside].sum()
        np.testing.assert_allclose(mean, world.series("gpp").sel(region=region))
        assert cells[0, inside].std() > 0
        area = float(world.land_area.sel(region=region))
        assert grid.area[inside].sum() == pytest.approx(area)


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_the_package_finds_the_means(grid: object, tmp_path: Path) -> None:
    """Twice the productivity is a bias of its mean, on every grid."""
    truth = World({"gpp": GPP}, grid=grid, calendar=Calendar(years=3), land=0.7)
    found = scored(truth.scaled("gpp", 2.0), truth, "gpp", tmp_path).loc["bias"]
    expected = (truth.mean("gpp") * report_factor("gpp")).to_series()
    close = 1e-6 if grid.is_exact else 3e-3
    np.testing.assert_allclose(found["value"], expected[found.index], rtol=close)


@pytest.mark.parametrize("calendar", ["noleap", "standard", "360_day"])
@pytest.mark.parametrize(
    "spelling",
    [
        {"units": {"nee": "gC/m^2/day"}},
        {"units": {"nee": "umol CO2 m-2 s-1"}},
        {"units": {"nee": "g m-2 month-1"}},
        {"sign": {"nee": "down"}},
        {"area_basis": {"nee": "cell"}},
    ],
    ids=str,
)
def test_the_package_understands_the_spelling(
    calendar: str, spelling: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    """The same world in other words has no error and no shift."""
    truth = World({"nee": NEE}, calendar=Calendar(calendar, years=3), land=0.5)
    found = scored(truth, truth, "nee", tmp_path, **spelling)
    np.testing.assert_allclose(found.loc["bias", "value"], 0.0, atol=1e-5)
    np.testing.assert_allclose(found.loc["seasonal_phase", "score"], 1.0)


def test_variants_are_what_their_names_say() -> None:
    """Worked on the means, cycles and maxima."""
    world = World({"nee": NEE, "gpp": GPP})
    made = world.variants("nee")
    assert set(made) == {
        "perfect",
        "constant",
        "opposite",
        "shifted",
        "scaled",
        "missing",
    }
    xr.testing.assert_identical(made["perfect"].mean("nee"), world.mean("nee"))
    xr.testing.assert_allclose(made["constant"].mean("nee"), world.mean("nee"))
    np.testing.assert_allclose(made["constant"].span("nee"), 0.0, atol=1e-20)
    xr.testing.assert_allclose(made["opposite"].mean("nee"), -world.mean("nee"))
    xr.testing.assert_allclose(made["scaled"].span("nee"), 2 * world.span("nee"))
    months = made["shifted"].climatology("nee").argmax("month")
    assert (months == 1).all()
    lost = np.isnan(made["missing"].mean("nee").to_numpy())
    assert lost.tolist() == [True, False, False, False]
    assert "gpp" not in world.without("gpp").cycles
    late = world.opposite("gpp").climatology("gpp")
    assert bool((late >= 0).all())
    assert (late.argmax("month") == 0).all()


def test_a_region_without_values_is_not_scored(tmp_path: Path) -> None:
    """The others are."""
    truth = World({"gpp": GPP}, calendar=Calendar(years=3))
    found = scored(truth.without("alaska"), truth, "gpp", tmp_path).loc["bias"]
    assert found.loc["alaska", "status"] != "scored"
    assert (found.drop("alaska")["status"] == "scored").all()


@pytest.mark.parametrize("steps", ["period", "annual", "climatology"])
def test_a_table_of_the_world_is_a_reference(steps: str, tmp_path: Path) -> None:
    """Its means are the model's."""
    world = World({"nee": NEE}, grid=regular(10.0))
    metric = "seasonal_phase" if steps == "climatology" else "regional_mean"
    reference = world.reference(
        tmp_path,
        "nee",
        [metric],
        kind="regional",
        steps=steps,
        tolerance=0.0,
        scale=20.0,
    )
    suite = load_suite(
        {
            "suite": "worlds",
            "models": [str(world.write(tmp_path))],
            "references": [str(reference)],
        }
    )
    found = score_suite(suite).scores
    assert (found["status"] == "scored").all(), found["message"].tolist()
    np.testing.assert_allclose(found["score"], 1.0, atol=1e-6)


def test_layers_are_integrated(tmp_path: Path) -> None:
    """The package finds 8 kg m-2 to 0.3 m and 20 to 1 m in the files."""
    from benchmark.config import load_models
    from benchmark.harmonise.model import open_variable

    world = World({}, soil=Soil(), calendar=Calendar(years=1))
    model = load_models(world.write(tmp_path))[0]
    field = open_variable(model, "cSoil").field
    assert float(field.mean()) == pytest.approx(35.0, rel=0.02)


def test_files_of_the_ground_and_of_wetlands(tmp_path: Path) -> None:
    """They are CF: depths with bounds, percentages of the whole cell, days."""
    world = World(
        {"tas": Cycle(263.0, 18.0), "wtd": Cycle(0.1, 0.05)},
        ground=Ground(),
        wetland=(0.1, 0.2, 0.3, 0.4),
        land=0.5,
        grid=regular(10.0),
        calendar=Calendar("360_day", years=2),
    )
    world.write(tmp_path, units={"tas": "degC", "wtd": "cm"}, daily=True)
    with xr.open_dataset(tmp_path / "model_tsl.nc") as soil:
        assert soil["tsl"].dims == ("time", "depth", "lat", "lon")
        assert soil.sizes["time"] == 720
        assert soil["depth"].attrs["positive"] == "down"
    with xr.open_dataset(tmp_path / "model_wetlandFrac.nc") as wet:
        alaska = wet["wetlandFrac"].sel(lat=65.0, lon=-155.0)
        assert float(alaska) == pytest.approx(5.0)
    with xr.open_dataset(tmp_path / "model_tas.nc") as air:
        mean = float(air["tas"].mean())
        assert mean == pytest.approx(263.0 - 273.15, abs=1e-6)
