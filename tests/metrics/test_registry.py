"""Metrics of third parties."""

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import Metric, metric, metrics
from benchmark.metrics.aggregate import aggregate

ABOUT = {
    "long_name": "toy",
    "equation": "B = m - r",
    "perfect": 0.0,
    "bounds": (-1.0, 1.0),
    "direction": "zero",
    "units": "variable",
    "source": "this test",
}


@pytest.fixture(autouse=True)
def fixture_forget(monkeypatch):
    """Leave no toy metric behind for other tests."""
    monkeypatch.setattr(metrics, "_plugins", dict(metrics._plugins))


def test_an_entry_point_may_name_the_metric(monkeypatch):
    """Loading it registers it; the register then holds a Metric, not a function."""

    class Entry:
        name = "toy_entry"

        def load(self):
            return metric(**ABOUT, name="toy_entry")(lambda model_mean: None)

    monkeypatch.setattr("benchmark.plugins.entry_points", lambda group: [Entry()])
    monkeypatch.setattr(metrics, "_entry_points", None)
    assert isinstance(metrics.get("toy_entry"), Metric)


def test_a_third_party_adds_a_metric_in_ten_lines(pair, statistics, weights):
    """It gets the statistics it names, and works for maps and regions."""

    @metric(**ABOUT, name="toy_largest_error")
    def largest_error(model_mean, reference_mean, *, weights=None):
        """Return the largest of two errors."""
        error = abs(model_mean - reference_mean)
        return xr.Dataset({"value": aggregate(error, weights), "value_map": error})

    found = metrics.get("toy_largest_error")
    assert found is largest_error
    assert isinstance(found, Metric)
    assert found.needs == ("model_mean", "reference_mean")
    assert "toy_largest_error" in metrics.names()
    stats = statistics(*pair)
    result = found(**{name: stats[name] for name in found.needs}, weights=weights)
    assert result["value"].dims == ("region",)
    assert result["value"].attrs == {"long_name": "toy", "units": "kg m-2 s-1"}
    error = abs(stats["model_mean"] - stats["reference_mean"])
    np.testing.assert_allclose(result["value_map"], error)


def test_needs_and_optional_follow_from_the_signature():
    """Parameters with a default may be given."""
    found = metrics.get("regional_mean")
    assert found.needs == ("model_mean", "reference_mean", "tolerance", "scale")
    assert found.optional == ("null_values",)


def test_a_statistic_that_does_not_exist_is_refused():
    """The message lists those that do."""
    with pytest.raises(ValueError, match=r"parameter 'model_median' is unknown. Use"):

        @metric(**ABOUT, name="toy_wrong")
        def wrong(model_median, *, weights=None):
            """Return nothing."""


@pytest.mark.parametrize(
    ("field", "value"), [("direction", "up"), ("kinds", ("map", "planets"))]
)
def test_a_wrong_description_is_refused(field, value):
    """A direction or kind that no report understands."""
    with pytest.raises(ValueError, match=r"is unknown. Use"):
        metric(**(ABOUT | {field: value}), name="toy_described")(
            lambda model_mean: None
        )
    assert "toy_described" not in metrics.names()


def test_a_name_is_taken_once():
    """Two metrics of one name would be one column with two meanings."""
    with pytest.raises(ValueError, match="'bias' is registered twice"):
        metric(**ABOUT, name="bias")(lambda model_mean: None)


def test_metrics_keep_the_documentation_of_their_function():
    """So that help and doctest find it."""
    assert "Parameters" in metrics.get("bias").__doc__
    assert metrics.get("bias").__name__ == "bias"


def test_the_perfect_value_in_words():
    """A total has no perfect number: its reference is."""
    assert metrics.get("bias").perfect_label == "0"
    assert metrics.get("stock_total").perfect_label == "the reference"
