"""Errors split into factors and terms, against numbers worked by hand."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.report.error_parts import ledgers
from benchmark.report.factor_splits import input_and_turnover, methane
from benchmark.report.lacking import offers
from benchmark.report.site import open_site
from benchmark.report.splits import (
    Part,
    Split,
    bars,
    factor_ticks,
    gravest,
    reach,
    words,
)
from benchmark.report.term_splits import by_season, uptake_and_release
from benchmark.score.result import Evidence


def plain(text: str) -> str:
    return text.replace("\N{MULTIPLICATION SIGN}", "x").replace("\N{MINUS SIGN}", "-")


@pytest.fixture
def run(result):
    return result(("CLASSIC",))


@pytest.fixture
def site(run):
    return open_site(run)


@pytest.fixture
def row(site):
    base = site.by_model["CLASSIC"][0]
    bare = {"reference_value": None, "reference_low": None, "reference_high": None}
    return lambda **about: replace(base, **(bare | about))


def factors(row, extent, density, season):
    values = {"extent": extent, "density": density, "season": season}
    return [
        row(variable="ch4", metric=f"ch4_{name}_factor", units="1", value=value)
        for name, value in values.items()
    ]


def test_methane_multiplies(row, site):
    """Extent 2 times density 3 times season 0.5 is 3 times the reference."""
    (split,) = methane(factors(row, 2.0, 3.0, 0.5), site)
    assert split.whole == pytest.approx(3.0)
    assert split.total == pytest.approx(log(3.0))
    assert plain(words(split)) == (
        "3.00 times the reference: mostly density (x3.00), then extent (x2.00), "
        "partly made good by season (x0.500)"
    )


@pytest.mark.parametrize("broken", [None, 0.0])
def test_methane_needs_all_three(row, site, broken):
    """A factor that is unknown or zero has no logarithm: nothing is split."""
    assert methane(factors(row, 2.0, broken, 0.5), site) == []


def test_cancelling_is_said():
    """Parts that undo one another are not a small error."""
    parts = (Part("extent", 4.0), Part("density", 0.25))
    said = words(Split("A", "factors", 1.0, parts))
    assert plain(said) == (
        "1.00 times the reference: extent (x4.00) and density (x0.250) cancel"
    )


def test_nothing_stands_out():
    """Factors within 5 % are no cause."""
    said = words(Split("A", "factors", 1.02, (Part("a", 1.04), Part("b", 0.98))))
    assert said == "1.02 times the reference: no part stands out"


def test_waterfall():
    """Each part begins where the last one ended; the whole is from the zero line."""
    split = Split("A", "terms", 10.0, (Part("GPP", 30.0), Part("respiration", -20.0)))
    assert reach([split]) == 30.0
    first, second, whole = bars(split, 30.0)
    assert (first.left, first.width, first.up) == (50.0, 48.0, True)
    assert (second.left, second.width, second.up) == (66.0, 32.0, False)
    assert (whole.left, whole.width, whole.whole) == (50.0, 16.0, True)
    assert plain(second.says) == "-20.0"


def test_ticks_are_logarithmic():
    """On an axis to a factor 4, a factor 2 is half way."""
    ticks = dict((plain(text), x) for x, text in factor_ticks(log(4)))
    assert ticks == {"x¼": 2.0, "x½": 26.0, "x1": 50.0, "x2": 74.0, "x4": 98.0}


def test_gravest_first():
    """The largest errors are shown, a half as large as a double, in their order."""
    made = [Split(n, "factors", w, ()) for n, w in (("a", 1.1), ("b", 0.5), ("c", 3.0))]
    first, rest = gravest(made, 2)
    assert [split.place for split in first] == ["b", "c"]
    assert [split.place for split in rest] == ["a"]


def test_fluxes_add_up(row, run):
    """GPP 100 too high, respiration 70 too high, NEE 40 too low: 10 do not close."""
    names = {"gpp": "gridded_gpp", "reco": "soil <maps>", "nee": "table3"}
    for name in names.values():
        run.references[name] = replace(run.references[name], doi="10.1/one")
    site = open_site(run)
    numbers = {"gpp": (500.0, 400.0), "reco": (450.0, 380.0), "nee": (-60.0, -20.0)}
    rows = [
        row(
            variable=v,
            reference=names[v],
            metric="regional_mean",
            value=own,
            reference_value=theirs,
        )
        for v, (own, theirs) in numbers.items()
    ]
    (split,) = uptake_and_release(rows, site)
    values = {part.name: part.value for part in split.parts}
    assert values == {"GPP": -100.0, "respiration": 70.0, "rest": -10.0}
    assert split.total == split.whole == -40.0
    assert split.unit == "g C m⁻² yr⁻¹"
    assert uptake_and_release(rows[:2], site) == []


def test_sources_are_not_mixed(row, run):
    """Fluxes of references of different sources are not put together."""
    for i, name in enumerate(run.references):
        run.references[name] = replace(run.references[name], doi=f"10.1/{i}")
    site = open_site(run)
    rows = [
        row(variable=v, reference=n, value=1.0, reference_value=2.0)
        for v, n in (("gpp", "gridded_gpp"), ("reco", "soil <maps>"), ("nee", "table3"))
    ]
    assert uptake_and_release(rows, site) == []


def test_seasons_add_up(row, run):
    """An error of 100 in May alone is 100 x 31 / 365 of the year, all of it growing."""
    months = np.zeros(12)
    months[4] = 100.0
    months[0] = -50.0
    cycle = xr.Dataset(
        {
            "model": (("region", "month"), [months]),
            "reference": (("region", "month"), [np.zeros(12)]),
        },
        {"region": ["alaska"], "month": range(1, 13)},
    )
    found = {("CLASSIC", "table3"): Evidence(cycle=cycle)}
    site = open_site(replace(run, evidence=found))
    (split,) = by_season([row(variable="nee")], site)
    growing, cold = (part.value for part in split.parts)
    assert growing == pytest.approx(100 * 31 / 365)
    assert cold == pytest.approx(-50 * 31 / 365)
    assert split.whole == pytest.approx(50 * 31 / 365)


def test_stock_is_input_times_turnover(row, site):
    """Half the stock at twice the turnover time has a quarter of the input."""
    about = {"variable": "cSoil", "reference": "soil <maps>"}
    rows = [
        row(**about, metric=metric, units=units, value=own, reference_value=theirs)
        for metric, units, own, theirs in (
            ("turnover_time", "yr", 100.0, 50.0),
            ("stock_total", "Pg", 10.0, 20.0),
        )
    ]
    (split,) = input_and_turnover(rows, site)
    assert [part.value for part in split.parts] == pytest.approx([0.25, 2.0])
    assert input_and_turnover(rows[1:], site) == []


def test_input_against_the_companion(row, run):
    """Where a reference has a turnover time only, its companion has the input."""
    known = replace(run.references["table3"], companions=(("gpp", "upscaled"),))
    site = open_site(replace(run, references={**run.references, "table3": known}))
    rows = [
        row(variable="cSoil", reference="table3", metric="turnover_time_gpp",
            units="yr", value=20.0, reference_value=40.0),
        row(variable="gpp", reference="upscaled", metric="regional_mean",
            units="g m-2 yr-1", value=600.0, reference_value=400.0),
    ]  # fmt: skip
    (split,) = input_and_turnover(rows, site)
    assert [part.name for part in split.parts] == ["input (GPP)", "turnover time"]
    assert [part.value for part in split.parts] == pytest.approx([1.5, 0.5])
    assert split.whole == pytest.approx(0.75)


def test_what_is_lacking(site):
    """Each split that cannot be made says which output is not offered."""
    lacks = {one.title: one.lacks for one in ledgers(site.by_model["CLASSIC"], site)}
    methane_lacks = lacks["Methane: extent, density, season"]
    assert methane_lacks == (
        "Cannot be split: the model offers no methane emission (CH₄) and wetland "
        "extent (wetlandFrac)."
    )
    assert "offers no soil carbon." in lacks["Soil carbon: input and turnover"]


def test_offered_by_its_parts(run):
    """NEE is offered by a model that has what it is made of."""
    (known,) = (m for name, m in run.models.items() if name == "CLASSIC")
    source = VariableSource(files=("x.nc",))
    made = replace(known, variables=dict.fromkeys(("rh", "npp"), source))
    assert offers(made, "nee")
    assert not offers(made, "reco")
    warm = replace(known, variables={"tsl": source})
    assert offers(warm, "alt")
    assert offers(warm, "pfr")
    assert offers(None, "nee")
