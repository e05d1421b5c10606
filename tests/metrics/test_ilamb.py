"""ILAMB's scores: an independent implementation, and the faults left out."""

import math

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics
from benchmark.statistics.reductions import crms

MIDDLE = [15.5, 45, 74.5, 105, 135.5, 166, 196.5, 227.5, 258, 288.5, 319, 349.5]


def run(name, stats, weights=None):
    """Call a metric with the statistics it needs."""
    found = metrics.get(name)
    return found(**{need: stats[need] for need in found.needs}, weights=weights)


def plain_cell(model, reference, months, days):
    """Score one cell with loops, from the published formulas only."""

    def mean(x):
        return sum(v * d for v, d in zip(x, days, strict=True)) / sum(days)

    def rms(x):
        return math.sqrt(mean([v * v for v in x]))

    def cycle(x):
        grouped = [[] for _ in range(12)]
        for v, m in zip(x, months, strict=True):
            grouped[m - 1].append(v)
        return [sum(g) / len(g) for g in grouped]

    def variability(x):
        c = cycle(x)
        return rms([v - c[m - 1] for v, m in zip(x, months, strict=True)])

    crms = rms([v - mean(reference) for v in reference])
    length = dict(zip(months, days, strict=True))
    c_mod, c_ref = cycle(model), cycle(reference)
    square = sum(
        length[m + 1]
        / sum(length.values())
        * ((c_mod[m] - sum(c_mod) / 12) - (c_ref[m] - sum(c_ref) / 12)) ** 2
        for m in range(12)
    )
    departure = [
        (m - mean(model)) - (r - mean(reference))
        for m, r in zip(model, reference, strict=True)
    ]
    shift = abs(MIDDLE[c_mod.index(max(c_mod))] - MIDDLE[c_ref.index(max(c_ref))])
    shift = min(shift, 365 - shift)
    iav_mod, iav_ref = variability(model), variability(reference)
    return {
        "ilamb_bias": math.exp(-abs(mean(model) - mean(reference)) / crms),
        "ilamb_rmse": math.exp(-math.sqrt(square) / crms),
        "ilamb_rmse_series": math.exp(-rms(departure) / crms),
        "ilamb_phase": 0.5 * (1 + math.cos(2 * math.pi * shift / 365)),
        "ilamb_iav": math.exp(-abs(iav_mod - iav_ref) / iav_ref),
        "mean": (mean(model), mean(reference)),
    }


def plain_taylor(pairs, areas):
    """Taylor score of the means over valid cells, weighted by area."""
    total = sum(areas)

    def average(x):
        return sum(a * v for a, v in zip(areas, x, strict=True)) / total

    m, r = [p[0] for p in pairs], [p[1] for p in pairs]
    dm, dr = [v - average(m) for v in m], [v - average(r) for v in r]
    sm, sr = (math.sqrt(average([v * v for v in d])) for d in (dm, dr))
    correlation = average([a * b for a, b in zip(dm, dr, strict=True)]) / (sm * sr)
    sigma = sm / sr
    return 4 * (1 + correlation) / ((sigma + 1 / sigma) ** 2 * 2)


@pytest.mark.parametrize("first_month", [1, 2])
def test_scores_equal_a_plain_implementation(
    make_pair, statistics, weights, first_month
):
    """All five, three regions, masked cells, also from February, to 1e-12."""
    model, reference = make_pair(first_month=first_month)
    stats = statistics(model, reference)
    months, days = model["month"].values.tolist(), model["days"].values.tolist()
    valid = np.argwhere(model.notnull().all("time").values)
    cells = [
        plain_cell(model.values[:, j, i], reference.values[:, j, i], months, days)
        for j, i in valid
    ]
    for region in range(3):
        areas = [weights.values[region, j, i] for j, i in valid]
        for name in ("bias", "rmse", "rmse_series", "phase", "iav"):
            scores = [cell[f"ilamb_{name}"] for cell in cells]
            found = run(f"ilamb_{name}", stats, weights)["score"].values[region]
            assert found == pytest.approx(np.average(scores, weights=areas), rel=1e-12)
        found = run("ilamb_space", stats, weights)["score"].values[region]
        kept = [k for k, area in enumerate(areas) if area > 0]
        expected = plain_taylor(
            [cells[k]["mean"] for k in kept], [areas[k] for k in kept]
        )
        assert found == pytest.approx(expected, rel=1e-12)


def test_fault_masked_cells_are_not_zeros(weights):
    """Two independent fields on 30 % land do not correlate at 0.98."""
    rng = np.random.default_rng(0)
    lat, lon = np.arange(30.0), np.arange(40.0)
    land = rng.random((30, 40)) < 0.3
    maps = [
        xr.DataArray(
            np.where(land, rng.normal(10, 1, land.shape), np.nan),
            {"lat": lat, "lon": lon},
        )
        for _ in range(2)
    ]
    area = xr.ones_like(maps[0]).expand_dims(region=["all"])
    with_mask = metrics.get("spatial_correlation")(*maps, weights=area)["value"]
    expected = np.corrcoef(maps[0].values[land], maps[1].values[land])[0, 1]
    np.testing.assert_allclose(with_mask, [expected], rtol=1e-12)
    assert abs(expected) < 0.2
    score = metrics.get("ilamb_space")(*maps, weights=area)["score"]
    assert 0.4 < float(score[0]) < 0.6


def test_fault_areas_are_those_given_and_not_midpoints(region):
    """A cell of three times the area counts three times."""
    lat, lon = [60.0], [0.0, 1.0]
    make = lambda v: xr.DataArray([v], {"lat": lat, "lon": lon}, ("lat", "lon"))  # noqa: E731
    area = xr.DataArray(
        [[[1.0, 3.0]]],
        {"region": ["r"], "lat": lat, "lon": lon},
        ("region", "lat", "lon"),
    )
    found = metrics.get("ilamb_bias")(
        make([2.0, 0.0]), make([0.0, 0.0]), make([2.0, 1.0]), weights=area
    )
    np.testing.assert_allclose(found["score"], [(math.exp(-1) + 3) / 4])
    np.testing.assert_allclose(found["value"], [0.5])


def test_fault_a_series_from_february_is_not_shifted(make_pair, statistics, weights):
    """Dropping January of the first year moves the phase by no month."""
    model, reference = make_pair()
    whole = run("ilamb_phase", statistics(model, reference), weights)
    late = statistics(
        model.isel(time=slice(1, None)), reference.isel(time=slice(1, None))
    )
    mixed = statistics(model, reference) | {
        "model_climatology": late["model_climatology"]
    }
    xr.testing.assert_allclose(run("ilamb_phase", mixed, weights), whole)


def test_fault_signed_fluxes_are_no_weights(pair, statistics, weights):
    """Mass weighting is not offered and negative weights are refused."""
    stats = statistics(*pair)
    for name in metrics.names():
        assert "mass_weighting" not in metrics.get(name).needs
    with pytest.raises(ValueError, match="negative values"):
        run("ilamb_bias", stats, -weights)
    sink = statistics(*(side - 1e-7 for side in pair))
    score = run("ilamb_bias", sink, weights)["score"]
    assert ((score > 0) & (score <= 1)).all()


@pytest.mark.parametrize("factor", [1e-12, 1e3])
def test_fault_small_units_are_not_zero(pair, statistics, weights, factor):
    """No score depends on the unit; in kg m-2 s-1 a spread of 1e-9 is one."""
    stats, scaled = statistics(*pair), statistics(*(side * factor for side in pair))
    for name in ("bias", "rmse", "rmse_series", "phase", "iav", "space"):
        one, other = (
            run(f"ilamb_{name}", s, weights)["score"] for s in (stats, scaled)
        )
        assert one.notnull().all()
        np.testing.assert_allclose(other, one, rtol=1e-9)


def test_fault_no_peak_in_an_unobserved_month(region):
    """A sink seen from April to November peaks in one of these months."""
    month = np.arange(1, 13)
    sink = -2.0 + np.cos(2 * np.pi * (month - 10) / 12)
    seen = np.where((month >= 4) & (month <= 11), sink, np.nan)
    found = run(
        "ilamb_phase",
        {
            "model_climatology": region(sink, "month"),
            "reference_climatology": region(seen, "month"),
        },
    )
    np.testing.assert_array_equal(found["value"], [0.0])
    other_way = run(
        "ilamb_phase",
        {
            "model_climatology": region(seen - 1.0, "month"),
            "reference_climatology": region(np.roll(sink, 4), "month"),
        },
    )
    # The reference peaks in February, which the model lacks: of the common
    # months its largest is April, and the model's is October.
    np.testing.assert_allclose(other_way["value"], [288.5 - 105 - 365])


def test_fault_disjoint_masks_are_not_assessed(pair, statistics, weights):
    """Model and reference without a common cell have no score, not 1."""
    model, reference = pair
    stats = statistics(
        model.where(model["lon"] < 15), reference.where(model["lon"] > 15)
    )
    for name in ("bias", "rmse", "rmse_series", "phase", "iav", "space"):
        found = run(f"ilamb_{name}", stats, weights)
        assert found["score"].isnull().all(), name
        assert found["value"].isnull().all(), name


@pytest.mark.parametrize(
    ("months", "score"), [(1, 0.9369), (2, 0.7635), (3, 0.5151), (6, 0.0002)]
)
def test_phase_by_hand(region, months, score):
    """A peak in January against one some months later."""
    cycle = np.eye(12)[0]
    stats = {
        "model_climatology": region(np.roll(cycle, months), "month"),
        "reference_climatology": region(cycle, "month"),
    }
    found = run("ilamb_phase", stats)
    days = MIDDLE[months] - MIDDLE[0]
    assert float(found["value"][0]) == (days if days <= 182.5 else days - 365)
    expected = 0.5 * (1 + math.cos(2 * math.pi * days / 365))
    assert float(found["score"][0]) == pytest.approx(expected, abs=1e-12)
    assert expected == pytest.approx(score, abs=5e-5)


def test_phase_wraps_from_december_to_january(region):
    """A model peaking in December is 31 days early, not 334 late."""
    stats = {
        "model_climatology": region(np.eye(12)[11], "month"),
        "reference_climatology": region(np.eye(12)[0], "month"),
    }
    np.testing.assert_allclose(run("ilamb_phase", stats)["value"], [-31.0])


def test_bias_by_hand(region):
    """exp(-2/4)."""
    found = metrics.get("ilamb_bias")(region([5.0]), region([3.0]), region([4.0]))
    assert float(found["score"][0]) == pytest.approx(0.6065306597126334)
    assert float(found["value"][0]) == 2.0


def test_rmse_divides_by_the_spread_of_the_full_series(region):
    """Cycle error 1 (every month, alternating), crms 2: exp(-1/2)."""
    sign = np.tile([1.0, -1.0], 6)
    found = metrics.get("ilamb_rmse")(
        region(sign + 7.0, "month"),
        region(np.zeros(12), "month"),
        region([2.0]),
        region(np.full(12, 30.0), "month").isel(region=0, drop=True),
    )
    np.testing.assert_allclose(found["value"], [1.0])
    np.testing.assert_allclose(found["score"], [math.exp(-0.5)])


def test_iav_by_hand(region):
    """Half the variability: exp(-1/2)."""
    found = metrics.get("ilamb_iav")(region([1.0]), region([2.0]))
    np.testing.assert_allclose(found["score"], [math.exp(-0.5)])
    np.testing.assert_allclose(found["value"], [-1.0])


@pytest.mark.parametrize(
    "name", ["bias", "rmse", "rmse_series", "phase", "iav", "space"]
)
def test_a_constant_reference_is_not_assessed(pair, statistics, weights, name):
    """Neither 0 nor 1: there is no scale to score by."""
    model, reference = pair
    flat = xr.full_like(reference, 3e-8)
    found = run(f"ilamb_{name}", statistics(model, flat), weights)
    assert found["score"].isnull().all()


def test_a_static_reference_divides_by_its_value(region):
    """Without time crms is |value|: reference -4, error 2."""
    reference = region([-4.0])
    found = metrics.get("ilamb_bias")(region([-2.0]), reference, crms(reference))
    np.testing.assert_allclose(found["score"], [math.exp(-0.5)])
