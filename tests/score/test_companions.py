"""Metrics that ask for another variable of the model and the reference."""

import numpy as np
import pytest
import yaml

from benchmark import load_suite, score_suite
from benchmark.metrics import metric, metrics

ABOUT = {
    "long_name": "toy",
    "equation": "m / c",
    "perfect": float("nan"),
    "bounds": (-np.inf, np.inf),
    "direction": "reference",
    "units": "1",
    "source": "this test",
    "kinds": ("regional",),
}

if "toy_carbon_use" not in metrics.names():

    @metric(**ABOUT, name="toy_carbon_use")
    def toy_carbon_use(model_mean, model_npp_mean, *, weights=None):
        """Return GPP over NPP of the same cells."""
        return (model_mean / model_npp_mean).to_dataset(name="value")

    @metric(**ABOUT, name="toy_both_sides")
    def toy_both_sides(model_npp_mean, reference_npp_mean, *, weights=None):
        """Return NPP of the model over that of the reference."""
        return (model_npp_mean / reference_npp_mean).to_dataset(name="value")

    @metric(**(ABOUT | {"kinds": ("pattern",)}), name="toy_pattern")
    def toy_pattern(model_mean, reference_mean):
        """Return the number of regions, and a score that is 1."""
        count = (model_mean * reference_mean).notnull().sum("region")
        return (count * 1.0).to_dataset(name="value").assign(score=count * 0 + 1.0)

    @metric(**ABOUT, name="toy_last_month")
    def toy_last_month(model_series, reference_series, *, weights=None):
        """Return the number of months of both sides, as a fraction."""
        months = (
            model_series.notnull().sum("time"),
            reference_series.notnull().sum("time"),
        )
        return (months[0] + months[1] / 1000).to_dataset(name="value")


REGIONS = ("alaska", "canadian_tundra", "western_canada", "eastern_canada")


@pytest.fixture(name="reference")
def fixture_reference(tmp_path):
    """A function that writes a reference of GPP and returns its path."""

    def write(names, *, rows=None, companions=None, name="toy"):
        lines = rows or [f"{region},300" for region in REGIONS]
        head = "region,year,month,value" if rows else "region,value"
        (tmp_path / f"{name}.csv").write_text("\n".join([head, *lines]) + "\n")
        made = {
            "reference": name,
            "title": name,
            "variable": "npp" if name == "npp" else "gpp",
            "kind": "regional",
            "data": {"files": f"{name}.csv", "units": "g m-2 yr-1", "mass_basis": "C"},
            "scoring": {"metrics": names},
        }
        if companions:
            made["companions"] = companions
        path = tmp_path / f"{name}.yaml"
        path.write_text(yaml.safe_dump(made))
        return str(path)

    return write


def rows_of(reference, model="casa-cnp"):
    """Return the score table of one model against one reference."""
    suite = {"suite": "s", "models": [model], "references": [reference]}
    return score_suite(load_suite(suite)).scores


def test_a_companion_is_of_the_same_model_and_regions(reference):
    """GPP over NPP of CASA-CNP: plants keep between a third and two thirds."""
    rows = rows_of(reference(["toy_carbon_use"])).set_index("region")
    assert rows.loc["alaska", "status"] == "scored"
    held = rows[rows["status"] == "scored"]["value"]
    assert ((held > 1.3) & (held < 3.0)).all()


def test_model_takes_its_own_on_both_sides(reference):
    """With 'model' the two sides are equal."""
    rows = rows_of(reference(["toy_both_sides"], companions={"npp": "model"}))
    np.testing.assert_allclose(rows["value"].dropna(), 1.0)
    assert (rows["status"] == "scored").any()


def test_a_companion_reference_is_a_reference(reference):
    """The other side is the table that the descriptor names."""
    reference(["seasonal_phase"], name="npp")
    own = rows_of(reference(["toy_both_sides"], companions={"npp": "model"}))
    path = reference(["toy_both_sides"], companions={"npp": "npp.yaml"})
    rows = rows_of(path)
    assert (rows["status"] == "scored").any()
    assert not np.allclose(rows["value"].dropna(), own["value"].dropna())


def test_what_is_missing_is_named(reference):
    """A model without the variable, a reference without the companion."""
    rows = rows_of(reference(["toy_carbon_use"]), model="classic")
    assert set(rows["status"]) == {"not_assessed"}
    assert rows["message"].str.contains("needs npp of the model, which dec").any()
    rows = rows_of(reference(["toy_both_sides"]))
    assert rows["message"].str.contains("write 'companions: {npp: NAME}'").any()


def test_a_pattern_is_one_row(reference):
    """Of all regions that can be assessed."""
    rows = rows_of(reference(["toy_pattern"]))
    assert rows["region"].tolist() == ["all_regions"]
    assert rows["value"].item() == 4.0
    assert rows["status"].item() == "scored"


def test_a_table_of_months_has_a_series(reference, tmp_path, gridded, gpp_values):
    """Three years of months: 36 of each side; two years are too few."""

    def months(years):
        return [f"alaska,{y},{m},{100 * m}" for y in years for m in range(1, 13)]

    gridded(gpp_values(36)).to_netcdf(tmp_path / "gpp.nc")
    text = {"model": "M", "variables": {"gpp": {"files": "gpp.nc"}}}
    model = str(tmp_path / "m.yaml")
    (tmp_path / "m.yaml").write_text(yaml.safe_dump(text))
    path = reference(["toy_last_month", "rmse"], rows=months(range(2000, 2003)))
    rows = rows_of(path, model=model).set_index("metric")
    assert rows.loc["toy_last_month", "value"] == pytest.approx(36.036)
    assert rows.loc["rmse", "status"] == "scored"
    path = reference(["toy_last_month"], rows=months(range(2000, 2002)))
    rows = rows_of(path, model=model)
    assert set(rows["status"]) == {"not_assessed"}
