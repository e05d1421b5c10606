"""What a call of a metric refuses, and how results are labelled."""

import pytest
import xarray as xr

from benchmark.metrics import metrics

bias = metrics.get("bias")


def test_regions_that_differ_are_refused(region):
    """A silent inner join would drop regions."""
    with pytest.raises(ValueError, match="bias: the coordinates of model_mean"):
        bias(region([1.0, 2.0]), region([1.0]), region([1.0, 2.0]))


def test_a_mass_of_carbon_is_not_a_mass_of_methane(region):
    """CH4 and C differ by 16.043 / 12.011."""
    model = region([1.0]).assign_attrs(mass_basis="CH4")
    reference = region([1.0]).assign_attrs(mass_basis="C")
    with pytest.raises(ValueError, match="differ in mass_basis"):
        bias(model, reference, region([1.0]))


def test_coordinates_of_one_side_do_not_matter(region):
    """Land fractions differ between model and reference."""
    sides = [region([2.0]).assign_coords(land=("region", [f])) for f in (0.5, 0.9)]
    found = bias(*sides, region([1.0]))
    assert set(found.coords) == {"region"}


def test_results_carry_units(region):
    """Values those of the variable or of the metric; scores 1."""
    found = bias(region([1.0]), region([1.0]), region([1.0]))
    assert found["value"].attrs == {
        "long_name": "bias of the mean",
        "units": "kg m-2 s-1",
    }
    assert found["score"].attrs["units"] == "1"


def test_units_that_are_not_given_are_unknown():
    """They are not guessed."""
    one = xr.DataArray([1.0], {"region": ["r"]}, ("region",))
    assert bias(one, one, one)["value"].attrs["units"] == "unknown"
