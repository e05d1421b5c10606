"""Classes of a net flux against the families of approaches."""

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics

UNIT = 10e-3 / (365.2425 * 86400.0)  # 10 g m-2 yr-1 in kg m-2 s-1
REGIONS = ["alaska", "lena"]


def nee(*values):
    """Return annual NEE by region, given in units of 10 g m-2 yr-1."""
    attrs = {"units": "kg m-2 s-1", "mass_basis": "C"}
    data = np.array(values) * UNIT
    return xr.DataArray(data, {"region": REGIONS}, ("region",), attrs=attrs)


def members(**families):
    """Return approaches by family; each is one value for both regions or two."""
    rows = [(f, v) for f, values in families.items() for v in values]
    data = np.array([np.broadcast_to(v, 2) for _, v in rows], dtype=float) * UNIT
    return xr.DataArray(
        data,
        {"family": ("member", [f for f, _ in rows]), "region": REGIONS},
        ("member", "region"),
    )


def score(name, model, reference):
    """Return value and score by region."""
    found = metrics.get(name)(model, reference)
    return found["value"].to_numpy(), found["score"].to_numpy()


def test_families_count_the_same_however_many_members_they_have():
    """Three models say sink, one inversion source: half and half, not three to one."""
    reference = members(process_based=[-3, -2, -4], inversion=[2])
    value, got = score("sink_source_agreement", nee(-2.0, 2.0), reference)
    assert value.tolist() == [0.5, 0.5]
    assert got.tolist() == [1.0, 1.0]


def test_the_class_of_nobody_scores_0():
    """Two families are sinks, a neutral model agrees with none."""
    reference = members(upscaling=[-2], inversion=[-5])
    value, got = score("sink_source_agreement", nee(0.0, -1.5), reference)
    assert value.tolist() == [0.0, 1.0]
    assert got.tolist() == [0.0, 1.0]


def test_ten_is_neutral():
    """The thresholds belong to the neutral class."""
    reference = members(upscaling=[0])
    value, _ = score("sink_source_agreement", nee(-1.0, 1.0), reference)
    assert value.tolist() == [1.0, 1.0]


def test_where_three_families_say_three_things_nothing_is_scored():
    """No class has a probability of 0.5, and the message says so."""
    reference = members(a=[-2], b=[0], c=[2])
    found = metrics.get("sink_source_agreement")(nee(-2.0, 2.0), reference)
    assert np.isnan(found["score"]).all()
    assert "families disagree" in str(found["message"][0].item())


def test_ranked_probability_by_hand():
    """P = (1/2, 1/2, 0): a sink is 1/8 off, neutral 1/8, a source 5/8."""
    reference = members(a=[-2], b=[0])
    value, got = score("ranked_probability", nee(-2.0, 2.0), reference)
    np.testing.assert_allclose(value, [0.125, 0.625])
    np.testing.assert_allclose(got, [0.875, 0.375])
    text = metrics.get("ranked_probability")(nee(0.0, 0.0), reference)["message"]
    assert str(text[0].item()) == "best score of a single class: 0.88"


def test_a_missing_region_is_not_assessed():
    """NaN of the model stays NaN in value and score."""
    reference = members(a=[-2])
    for name in ("sink_source_agreement", "ranked_probability"):
        value, got = score(name, nee(float("nan"), -2.0), reference)
        assert np.isnan(value[0])
        assert np.isnan(got[0])
        assert got[1] == 1.0


def test_maps_leave_out_cells_where_families_disagree():
    """Of three equal cells one is unclear; the others score 1 and 0."""
    attrs = {"units": "kg m-2 s-1", "mass_basis": "C"}
    at = {"lat": [60.0], "lon": [0.0, 1.0, 2.0]}
    dims = ("lat", "lon")
    model = xr.DataArray(np.array([[-2.0, 2.0, 2.0]]) * UNIT, at, dims, attrs=attrs)
    sides = np.array([[[-2.0, -2.0, -2.0]], [[-2.0, -2.0, 0.0]], [[-2.0, -2.0, 2.0]]])
    reference = xr.DataArray(
        sides * UNIT,
        {"family": ("member", ["a", "b", "c"]), **at},
        ("member", *dims),
    )
    weights = xr.DataArray(
        np.full((1, 1, 3), 1e12), {"region": ["r"], **at}, ("region", *dims)
    )
    found = metrics.get("sink_source_agreement")(model, reference, weights=weights)
    assert found["score"].item() == pytest.approx(0.5)
    assert found["value"].item() == pytest.approx(0.5)
    message = str(found["message"].item())
    assert message == "families disagree on 1.00 million km2, left out"
    assert found["score_map"].values[0, :2].tolist() == [1.0, 0.0]


def test_years_that_are_a_sink_with_the_interval_of_wilson():
    """2 of 10 years; Wilson's interval is 0.0567 to 0.5098; families say 1."""
    years = np.array([-2.0] * 2 + [0.0] * 8)[:, None] * np.ones(2) * UNIT
    at = {"year": np.arange(10), "region": REGIONS}
    attrs = {"units": "kg m-2 s-1", "mass_basis": "C"}
    annual = xr.DataArray(years, at, ("year", "region"), attrs=attrs)
    found = metrics.get("sink_probability")(annual, members(a=[-2]))
    assert found["value"].values.tolist() == [0.2, 0.2]
    assert found["value_low"].values[0] == pytest.approx(0.0567, abs=1e-4)
    assert found["value_high"].values[0] == pytest.approx(0.5098, abs=1e-4)
    np.testing.assert_allclose(found["score"], 0.2)
