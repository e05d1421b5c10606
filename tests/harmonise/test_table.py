"""Regional tables: totals, means, signs, years."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from benchmark.config.descriptors import Reference, Scoring, VariableSource
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.table import harmonise_rows, harmonise_table
from benchmark.harmonise.variables import VARIABLES

Refusal = Callable[..., str]


def model_table(
    variable: str, values: list[float], years: list[int], **source: Any
) -> Harmonised:
    """Harmonise a table of one region."""
    data = xr.Dataset(
        {"value": (("time", "region"), np.array(values)[:, None])},
        coords={"year": ("time", years), "region": ["permafrost_domain"]},
        attrs={"files": ["t.csv"]},
    )
    entry = VariableSource(files=("t.csv",), **source)
    return harmonise_table(data, entry, VARIABLES[variable])


def rows(variable: str, table: dict[str, list[float]], **source: Any) -> pd.DataFrame:
    """Harmonise the rows of a reference."""
    columns = ["month", "low", "high", "sd_spatial", "area_Mkm2"]
    nothing = dict.fromkeys(columns, np.nan)
    reference = Reference(
        name="mine",
        title="Mine",
        variable=variable,
        kind="regional",
        data=VariableSource(files=("r.csv",), **source),
        scoring=Scoring(("regional_mean",)),
        source=Path("r.yaml"),
    )
    frame = pd.DataFrame(nothing | table)
    return harmonise_rows(frame, reference, VARIABLES[variable])


def test_totals_of_a_model() -> None:
    """1 Pg yr-1 is 1e12 kg in 31556952 s, 31688.74 kg s-1."""
    opened = model_table(
        "gpp", [1.0, 2.0], [2000, 2001], units="Pg yr-1", statistic="total"
    )
    values = opened.field.to_numpy()[:, 0]
    np.testing.assert_allclose(values, [31688.738507, 63377.477013])
    assert opened.field.attrs["statistic"] == "total"
    assert opened.field.dims == ("time", "region")
    assert opened.field["year"].to_numpy().tolist() == [2000, 2001]


def test_stocks_of_a_model() -> None:
    """500 Pg are 5e14 kg."""
    opened = model_table("cSoil", [500.0], [2000], units="Pg", statistic="total")
    assert opened.field.item() == pytest.approx(5e14)


@pytest.mark.parametrize(
    ("name", "sign", "factor"),
    [(None, "down", -1), (None, "up", 1), ("nbp", None, -1)],
)
def test_sign_of_a_model(name: str | None, sign: str | None, factor: int) -> None:
    """Uptake becomes negative, by the declared sign or by its name."""
    opened = model_table("nbe", [1.0], [2000], units="kg m-2 s-1", sign=sign, name=name)
    assert opened.field.item() == factor


def test_sign_of_a_net_flux_has_to_be_said(refusal: Refusal) -> None:
    """A yearly table cannot tell uptake from release: the user has to."""
    message = refusal(model_table, "nbe", [1.0], [2000], units="kg m-2 s-1")
    assert "'sign: up' (positive to the atmosphere) or 'sign: down'" in message


@pytest.mark.parametrize(
    ("years", "words"),
    [([2000, 2002], "between 2000 and 2002"), ([2000, 2000], "between 2000 and 2000"),
     ([2001, 2000], "between 2001 and 2000")],
)  # fmt: skip
def test_years_of_a_model(years: list[int], words: str, refusal: Refusal) -> None:
    """A missing or repeated year is refused with the span."""
    message = refusal(model_table, "gpp", [1.0, 2.0], years, units="kg m-2 s-1")
    assert message.startswith("t.csv: gpp: years are repeated or missing")
    assert words in message


@pytest.mark.parametrize(
    ("units", "statistic", "words"),
    [(None, "total", "has no units; expected such as kg s-1"),
     ("Pg yr-1", "mean", "cannot be converted to 'kg m-2 s-1'"),
     ("kg m-2 s-1", "total", "cannot be converted to 'kg s-1'")],
)  # fmt: skip
def test_units_of_a_model(
    units: str | None, statistic: str, words: str, refusal: Refusal
) -> None:
    """Absent units, totals called means and means called totals are refused."""
    message = refusal(
        model_table, "gpp", [1.0], [2000], units=units, statistic=statistic
    )
    assert words in message
    assert "'units:' under variables.gpp" in message


def test_means_of_a_reference() -> None:
    """-10 g m-2 yr-1 over 2 million km2 is -20 Tg yr-1, 633.7748 kg s-1."""
    found = rows(
        "nee",
        {"value": [-10.0], "low": [-15.0], "high": [5.0], "area_Mkm2": [2.0]},
        units="g m-2 yr-1",
    )
    means = found[["mean", "mean_low", "mean_high"]].to_numpy()[0]
    np.testing.assert_allclose(
        means, [-3.1688738507e-10, -4.753310776e-10, 1.5844369253e-10]
    )
    assert found["total"].item() == pytest.approx(-633.7747701)


def test_totals_of_a_reference() -> None:
    """Totals divided by the area of the region are its means."""
    found = rows(
        "nee",
        {"value": [-20.0], "area_Mkm2": [2.0]},
        units="Tg yr-1",
        statistic="total",
    )
    assert found["total"].item() == pytest.approx(-633.7747701)
    assert found["mean"].item() == pytest.approx(-3.1688738507e-10)


def test_reference_without_an_area() -> None:
    """Without an area a mean has no total, and a total no mean."""
    mean = rows("nee", {"value": [1.0]}, units="g m-2 yr-1")
    assert np.isnan(mean["total"].item())
    assert np.isfinite(mean["mean"].item())
    total = rows("nee", {"value": [1.0]}, units="Tg yr-1", statistic="total")
    assert np.isnan(total["mean"].item())
    assert np.isfinite(total["total"].item())


def test_turned_bounds_change_places() -> None:
    """Of a sink of 10 (5 to 20) the low end is -20 and the high end -5."""
    found = rows(
        "nee",
        {"value": [10.0], "low": [5.0], "high": [20.0]},
        units="kg m-2 s-1",
        sign="down",
    )
    assert found[["mean", "mean_low", "mean_high"]].to_numpy().tolist() == [
        [-10.0, -20.0, -5.0]
    ]


def test_reference_per_month() -> None:
    """A rate per month is divided by the length of that month."""
    found = rows(
        "nee", {"value": [1.0, 1.0], "month": [1.0, 2.0]}, units="g m-2 month-1"
    )
    expected = [1e-3 / (31 * 86400), 1e-3 / (28.2425 * 86400)]
    np.testing.assert_allclose(found["mean"].to_numpy(), expected)


def test_reference_per_month_without_months(refusal: Refusal) -> None:
    """A rate per month needs months."""
    message = refusal(rows, "nee", {"value": [1.0]}, units="g m-2 month-1")
    assert "expected a column 'month' without gaps" in message
