"""Agreement of gridded models on sink and source."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from benchmark import load_suite, score_suite
from benchmark.ensemble import NetFlux, agreement_maps, agreement_rows
from benchmark.regions import open_regions
from benchmark.regrid import with_cell_edges
from benchmark.score import write_scores

UNIT = 10e-3 / (365.2425 * 86400.0)  # 10 g m-2 yr-1 in kg m-2 s-1
BOX = open_regions([{"id": "box", "lat": [60, 70], "lon": [0, 20]}])


def flux(values, step=10.0):
    """Return one row of cells from 60 to 70 N, eastward from 0 E."""
    lon = np.arange(len(values)) * step + step / 2
    grid = xr.Dataset(
        {
            "lat_bnds": (("lat", "bnds"), [[60.0, 70.0]]),
            "lon_bnds": (("lon", "bnds"), np.c_[lon - step / 2, lon + step / 2]),
        },
        coords={"lat": [65.0], "lon": lon},
    )
    field = xr.DataArray(
        np.array([values]) * UNIT,
        {"lat": [65.0], "lon": lon},
        ("lat", "lon"),
        attrs={"units": "kg m-2 s-1", "mass_basis": "C"},
    )
    field = with_cell_edges(field, grid)
    return field.assign_coords(
        land_fraction=(("lat", "lon"), np.ones((1, len(values))))
    )


def test_families_count_the_same_in_every_cell():
    """Two land models are sinks in the west, the inversion a source."""
    maps = agreement_maps(
        [
            NetFlux("a", "process_based", flux([-2.0, 0.0])),
            NetFlux("b", "process_based", flux([-3.0, 2.0])),
            NetFlux("c", "inversion", flux([2.0, 2.0]), is_reference=True),
        ]
    )
    likely = maps["probability"].isel(lat=0)
    np.testing.assert_allclose(likely.sel({"class": "sink"}), [0.5, 0.0])
    np.testing.assert_allclose(likely.sel({"class": "source"}), [0.5, 0.75])
    np.testing.assert_allclose(maps["agreement"].isel(lat=0), [0.5, 0.75])


def test_the_coarsest_grid_is_taken():
    """Four cells of 5 degrees become two of 10, as their mean."""
    maps = agreement_maps(
        [
            NetFlux("fine", "upscaling", flux([-4.0, 0.0, 3.0, 3.0], step=5.0)),
            NetFlux("coarse", "inversion", flux([-2.0, 2.0])),
        ]
    )
    np.testing.assert_allclose(maps["nee"].sel(member="fine")[0] / UNIT, [-2.0, 3.0])
    np.testing.assert_allclose(maps["agreement"][0], [1.0, 1.0])


def test_a_member_is_held_against_other_families_only():
    """West agrees, east does not: half the area; alone in its family both ways."""
    members = [
        NetFlux("a", "process_based", flux([-2.0, -2.0])),
        NetFlux("b", "process_based", flux([-3.0, -2.0])),
        NetFlux("c", "inversion", flux([-2.0, 2.0])),
    ]
    rows = agreement_rows(agreement_maps(members), BOX)
    rows = rows[rows["metric"] == "sink_source_agreement"].set_index("model")
    assert rows.loc["a", "score"] == pytest.approx(0.5)
    assert rows.loc["c", "score"] == pytest.approx(0.5)


def test_without_another_family_there_is_nothing_to_agree_with():
    """The reason is in the row; the row is there."""
    members = [NetFlux(n, "process_based", flux([-2.0, 0.0])) for n in "ab"]
    rows = agreement_rows(agreement_maps(members), BOX)
    assert len(rows) == 4
    assert rows["score"].isna().all()
    assert set(rows["message"]) == {"no family other than its own in this run"}


def test_one_member_makes_no_map():
    """Nor do members without rows and columns."""
    assert agreement_maps([NetFlux("a", "x", flux([0.0]))]) is None


def test_a_run_of_two_models_with_nee_writes_the_maps(tmp_path):
    """CASA-CNP and its twin of another family agree with each other everywhere."""
    suite = load_suite(
        {"suite": "s", "models": ["casa-cnp"], "references": ["treat2024_nee"]}
    )
    result = score_suite(suite)
    assert [item.name for item in result.net_fluxes] == ["CASA-CNP"]
    twin = NetFlux("twin", "inversion", result.net_fluxes[0].mean)
    object.__setattr__(result, "net_fluxes", (*result.net_fluxes, twin))
    write_scores(result, tmp_path)
    rows = pd.read_csv(tmp_path / "agreement.csv")
    scored = rows[rows["score"].notna()]
    np.testing.assert_allclose(scored["score"], 1.0)
    with xr.open_dataset(tmp_path / "agreement.nc") as maps:
        assert float(maps["agreement"].min()) == 1.0
