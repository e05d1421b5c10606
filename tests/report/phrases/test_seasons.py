"""When a model has its season, in words, from numbers worked by hand."""

import numpy as np
import pytest
import xarray as xr

from benchmark.report.phrases.methane_season import methane_season, season_ends
from benchmark.report.phrases.seasons import seasons
from benchmark.score.result import Evidence


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (
            {"metric": "seasonal_phase", "units": "day", "value": -12.0},
            "NEE: Peak uptake comes 12 days early in Alaska",
        ),
        (
            {"metric": "seasonal_phase", "units": "day", "value": 3.0},
            "NEE peaks within 5 days of the reference in Alaska",
        ),
        (
            {"metric": "uptake_period", "units": "day", "value": -30.4},
            "NEE: Carbon uptake period is 30 days too short in Alaska",
        ),
        (
            {"metric": "growing_season_length", "units": "day", "value": 21.0},
            "NEE: Growing season is 21 days too long in Alaska",
        ),
        (
            {"metric": "seasonal_amplitude", "units": "1", "value": 0.5},
            "Seasonal amplitude of NEE is 50 % of the reference's in Alaska",
        ),
        (
            {"metric": "seasonal_amplitude", "units": "1", "value": 1.74},
            "Seasonal amplitude of NEE is 1.7 times the reference's in Alaska",
        ),
    ],
)
def test_phrases(row, site, cells, text):
    """Each metric of a season has its phrase, with its side."""
    (found,) = seasons([row(variable="nee", score=0.4, **cells)], site)
    assert found.text == text.removeprefix("NEE: ")


def test_cold_season_by_two_thirds(row, site):
    """A share of 9 % against 30 % misses 70 % of the cold season, as is known."""
    cells = {"metric": "share_oct_apr", "units": "1", "value": 0.09, "score": 0.3}
    (found,) = seasons(
        [row(variable="ch4", message="the reference's share is 30.0 %", **cells)], site
    )
    assert found.text == "Misses 70 % of the cold-season CH₄ in Alaska"
    assert "9 % of the year in October to April against 30 %" in found.detail
    assert "70 % short, where models fall up to two thirds short" in found.detail


def test_cold_season_too_small(row, site):
    """A share that falls short by less is too small, one without a reference unsaid."""
    cells = {"metric": "share_sep_may", "units": "1", "value": 0.3, "score": 0.5}
    said, unsaid = (
        seasons([row(variable="ch4", reference_value=theirs, **cells)], site)
        for theirs in (0.45, None)
    )
    assert said[0].text == "Cold-season share of CH₄ is too small in Alaska"
    assert "33 % short" in said[0].detail
    assert unsaid == []


def test_one_day(row, site):
    """One day is not "1 days"."""
    cells = {"metric": "seasonal_phase", "units": "day", "value": 1.2, "score": 1.0}
    (found,) = seasons([row(variable="gpp", **cells)], site)
    assert found.detail.startswith("1 day late")


def block(first: int, last: int) -> np.ndarray:
    """Return a cycle of 10 in some months, 0 in the others."""
    months = np.arange(1, 13)
    return np.where((months >= first) & (months <= last), 10.0, 0.0)


def test_season_ends_by_hand():
    """June to August: a fifth is crossed 0.8 of a month from the last full one."""
    begin, end = season_ends(block(6, 8))
    assert begin == pytest.approx((5 - 0.8 + 0.5) * 365 / 12)
    assert end == pytest.approx((7 + 0.8 + 0.5) * 365 / 12)


def test_season_over_the_new_year():
    """A season that ends in January ends after day 365."""
    flux = np.array([10.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 11])
    _, end = season_ends(flux)
    assert end == pytest.approx((12 + 0.5 + (10 - 2.2) / 10) * 365 / 12)


@pytest.mark.parametrize("flux", [np.zeros(12), np.full(12, np.nan), np.ones(3)])
def test_no_season(flux):
    """Without twelve months that differ there is no season."""
    assert season_ends(flux) is None


def test_methane_ends_a_month_early(row, run):
    """Half the season's last month moved: told in words, weighed without a score."""
    from dataclasses import replace

    from benchmark.report.site import open_site

    cycle = xr.Dataset(
        {
            "model": (("region", "month"), [block(6, 8)]),
            "reference": (("region", "month"), [block(6, 9)]),
        },
        {"region": ["alaska"], "month": range(1, 13)},
    )
    found = {("CLASSIC", "table3"): Evidence(cycle=cycle)}
    site = open_site(replace(run, evidence=found))
    begins, ends = methane_season([row(variable="ch4", score=0.9)], site)
    assert begins.text == "CH₄ season begins with the reference's in Alaska"
    assert ends.text == "CH₄ season ends a month early in Alaska"
    assert ends.weight == pytest.approx(0.8 * (1 - np.exp(-1)))
    assert "score" not in ends.detail
