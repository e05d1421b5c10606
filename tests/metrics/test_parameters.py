"""The names of a metric's parameters."""

import pytest

from benchmark.metrics.parameters import companion_of, is_statistic


@pytest.mark.parametrize(
    ("name", "companion"),
    [
        ("model_mean", ""),
        ("reference_series", ""),
        ("series_crmse", ""),
        ("model_tas_annual", "tas"),
        ("model_ch4_subzero_air_climatology", "ch4_subzero_air"),
        ("reference_wetlandFrac_mean", "wetlandFrac"),
    ],
)
def test_a_statistic_may_be_of_another_variable(name, companion):
    """What stands between the side and the statistic is a variable."""
    assert is_statistic(name)
    assert companion_of(name) == companion


@pytest.mark.parametrize("name", ["model", "mean", "model_median", "observed_mean"])
def test_other_names_are_no_statistics(name):
    """A side and a known statistic are needed."""
    assert not is_statistic(name)
    assert companion_of(name) == ""
