"""Claims that hold for every metric of maps."""

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics

FAMILIES = [
    "bias",
    "cycle_rmse",
    "extremum_shift",
    "growing_season_length",
    "ilamb_bias",
    "ilamb_iav",
    "ilamb_phase",
    "ilamb_rmse",
    "ilamb_rmse_series",
    "ilamb_space",
    "interannual_variability",
    "month_of_peak",
    "rmse",
    "seasonal_amplitude",
    "seasonal_phase",
    "spatial_correlation",
    "spatial_distribution",
    "spatial_std_ratio",
]
OTHERS = [
    "active_layer_thickness",
    "ch4_density",
    "ch4_density_factor",
    "ch4_extent_factor",
    "ch4_season_factor",
    "ch4_total",
    "cold_season_amount",
    "ilamb_overall",
    "mann_kendall",
    "nee_regions_mean",
    "npp_soil_correlation",
    "permafrost_area",
    "permafrost_iou",
    "ranked_probability",
    "reco_share_subzero_air",
    "reco_share_subzero_soil",
    "regional_mean",
    "regional_mean_interval",
    "regional_pattern",
    "regional_total",
    "regional_total_interval",
    "relationship_npp",
    "relationship_tas",
    "relationship_tsl",
    "relationship_wtd",
    "share_autumn_of_cold_season",
    "share_below_1m",
    "share_oct_apr",
    "share_sep_may",
    "share_subzero_air",
    "share_subzero_soil",
    "shoulder_share",
    "sink_probability",
    "sink_source_agreement",
    "sink_source_class",
    "stock_density",
    "stock_total",
    "stock_z",
    "summer_uptake",
    "theil_sen_trend",
    "trend_as_stated",
    "turnover_temperature",
    "turnover_time",
    "turnover_time_gpp",
    "uptake_period",
    "wetland_class_ratio",
    "wetland_class_ratio_upland",
    "zero_curtain_duration",
]
CELL_BY_CELL = [
    name
    for name in FAMILIES
    if "map" in metrics.get(name).kinds and "regional" in metrics.get(name).kinds
]


def run(name, stats, weights=None):
    """Call a metric with all the statistics it can use."""
    found = metrics.get(name)
    names = [*found.needs, *found.optional]
    return found(**{n: stats[n] for n in names if n in stats}, weights=weights)


def test_the_register_has_exactly_these():
    """A metric that appears or vanishes is a change to notice."""
    built_in = [n for n in metrics.names() if "toy" not in n and "docs" not in n]
    assert built_in == sorted(FAMILIES + OTHERS)


@pytest.mark.parametrize("name", FAMILIES + OTHERS)
def test_every_metric_describes_itself(name):
    """What a report prints is there; a perfect value lies within the bounds."""
    found = metrics.get(name)
    assert found.name == name
    assert found.__doc__.strip().splitlines()[0].endswith((".", "."))
    assert found.long_name
    assert found.equation
    assert found.bounds[0] < found.bounds[1]
    if found.direction == "reference":
        assert np.isnan(found.perfect)
    else:
        assert found.bounds[0] <= found.perfect <= found.bounds[1]
    assert "doi.org" in found.source or "this package" in found.source


@pytest.mark.parametrize("name", FAMILIES)
def test_perfect_when_model_equals_reference(name, pair, statistics, weights):
    """The value is the perfect one and the score exactly 1, in every region."""
    found = run(name, statistics(pair[1], pair[1]), weights)
    np.testing.assert_allclose(found["value"], metrics.get(name).perfect, atol=1e-14)
    if "score" in found:
        np.testing.assert_allclose(found["score"], 1.0, rtol=1e-12)


@pytest.mark.parametrize("name", FAMILIES)
def test_several_regions_at_once_equal_one_by_one(name, pair, statistics, weights):
    """Regions do not know of each other."""
    stats = statistics(*pair)
    whole = run(name, stats, weights)
    for region in weights["region"].values:
        alone = run(name, stats, weights.sel(region=[region]))
        xr.testing.assert_allclose(whole["value"].sel(region=[region]), alone["value"])


@pytest.mark.parametrize("name", FAMILIES)
def test_a_region_without_valid_cells_is_not_assessed(name, pair, statistics, weights):
    """NaN, never 0."""
    valid = pair[0].notnull().all("time").drop_vars(["lat", "lon"])
    empty = weights.where(~valid.data, 0.0)
    found = run(name, statistics(*pair), empty)
    assert found["value"].isnull().all()
    if "score" in found:
        assert found["score"].isnull().all()


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("variant", ["model without", "reference without"])
def test_a_missing_cell_is_as_if_it_had_no_area(
    name, variant, pair, variants, statistics, weights
):
    """A cell missing on one side only is left out with its weight."""
    found = run(name, statistics(*variants[variant]), weights)
    without = run(name, statistics(*pair), weights.where(~variants["hole"], 0.0))
    for part in {"value", "score"} & set(found):
        xr.testing.assert_allclose(found[part], without[part], rtol=1e-9)


@pytest.mark.parametrize("name", FAMILIES)
def test_lazy_in_lazy_out(name, pair, variants, statistics, weights):
    """Fields of dask give values of dask, and the same numbers."""
    lazy = run(name, statistics(*variants["lazy"]), weights)
    assert all(isinstance(v.data, dask.array.Array) for v in lazy.values())
    eager = run(name, statistics(*pair), weights)
    xr.testing.assert_allclose(lazy.compute(), eager, rtol=1e-9)


@pytest.mark.parametrize("name", FAMILIES)
def test_scores_do_not_depend_on_units(name, pair, variants, statistics, weights):
    """kg m-2 s-1 and g m-2 yr-1 score alike."""
    one, other = (
        run(name, statistics(*sides), weights) for sides in (pair, variants["yearly"])
    )
    key = "score" if "score" in one else "value"
    np.testing.assert_allclose(one[key], other[key], rtol=1e-9)
    in_units = metrics.get(name).units == "variable"
    assert other["value"].attrs["units"] == (
        "g m-2 yr-1" if in_units else metrics.get(name).units
    )


@pytest.mark.parametrize("name", CELL_BY_CELL)
def test_regional_statistics_score_like_maps_of_one_cell(name, pair, statistics):
    """With weights None the statistics are regional already."""
    cells = [side.isel(lat=[1], lon=[2]).dropna("time") for side in pair]
    area = xr.DataArray(
        [[[3.0]]],
        {"region": ["r"], "lat": cells[0]["lat"], "lon": cells[0]["lon"]},
        ("region", "lat", "lon"),
    )
    tables = [
        c.isel(lat=0, lon=0, drop=True).expand_dims(region=["r"], axis=1) for c in cells
    ]
    maps = run(name, statistics(*cells), area)
    series = run(name, statistics(*tables))
    assert set(series) >= {"value", "score"}
    assert not {"value_map", "score_map"} & set(series)
    np.testing.assert_allclose(series["value"], maps["value"], rtol=1e-9)
    np.testing.assert_allclose(series["score"], maps["score"], rtol=1e-9)


@pytest.mark.parametrize("name", FAMILIES)
def test_models_that_are_wrong_in_a_known_way(
    name, pair, wrong_models, statistics, weights
):
    """A shifted, scaled, opposite or constant model stays within the bounds."""
    low, high = metrics.get(name).bounds
    for model in wrong_models:
        found = run(name, statistics(model, pair[1]), weights)
        value = found["value"].dropna("region")
        assert ((value >= low) & (value <= high)).all()
        if "score" in found:
            score = found["score"].dropna("region")
            assert ((score >= 0) & (score <= 1 + 1e-12)).all()


@pytest.mark.parametrize("name", FAMILIES)
def test_units_that_differ_are_refused(name, pair, statistics, weights):
    """g m-2 yr-1 against kg m-2 s-1 is an error, not a bias."""
    stats = statistics(*pair)
    needed = [n for n in stats if n in metrics.get(name).needs]
    stats[needed[0]] = stats[needed[0]].assign_attrs(units="g m-2 yr-1")
    with pytest.raises(ValueError, match=f"{name}: the statistics differ in units"):
        run(name, stats, weights)


def test_the_overall_is_made_of_the_rows(pair, statistics, weights):
    """Six scores, of which one RMSE counts."""
    stats = statistics(*pair)
    names = [n for n in FAMILIES if n.startswith("ilamb")]
    scores = {n: run(n, stats, weights)["score"] for n in names}
    found = metrics.get("ilamb_overall")(scores)
    shares = {"ilamb_rmse": 2.0, "ilamb_rmse_series": 0.0}
    expected = sum(shares.get(n, 1.0) * scores[n] for n in names) / 6.0
    np.testing.assert_allclose(found["score"], expected, rtol=1e-12)
