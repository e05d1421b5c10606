"""The overall score of ILAMB."""

import dask.array
import numpy as np
import pytest

from benchmark.metrics import metrics

overall = metrics.get("ilamb_overall")


def test_by_hand_the_rmse_counts_twice(region):
    """(0.5 + 2 * 0.8 + 1 + 0.2 + 0.3) / 6 = 0.6."""
    names = ["bias", "rmse", "phase", "iav", "space"]
    scores = {
        f"ilamb_{n}": region([s], units="1")
        for n, s in zip(names, [0.5, 0.8, 1.0, 0.2, 0.3], strict=True)
    }
    found = overall(scores)
    np.testing.assert_allclose(found["score"], [0.6])
    assert found["n"].values.tolist() == [5]


def test_missing_scores_are_left_out_with_their_weight(region):
    """Per region: (0.5 + 2 * 0.8) / 3 and 0.5 / 1, and n says so."""
    found = overall(
        {
            "ilamb_bias": region([0.5, 0.5, np.nan]),
            "ilamb_rmse": region([0.8, np.nan, np.nan]),
        }
    )
    np.testing.assert_allclose(found["score"], [0.7, 0.5, np.nan])
    assert found["n"].values.tolist() == [2, 1, 0]


def test_the_rmse_of_the_series_stands_in_only_if_alone(region):
    """Two RMSE scores would count four times."""
    one = {"ilamb_bias": region([0.4]), "ilamb_rmse_series": region([1.0])}
    np.testing.assert_allclose(overall(one)["score"], [0.8])
    both = one | {"ilamb_rmse": region([0.7])}
    np.testing.assert_allclose(overall(both)["score"], [0.6])


def test_scores_of_other_metrics_have_no_weight(region):
    """A score that is not ILAMB's changes nothing."""
    scores = {"ilamb_bias": region([0.4]), "bias": region([1.0])}
    np.testing.assert_allclose(overall(scores)["score"], [0.4])


def test_no_ilamb_score_is_refused(region):
    """Without any of its scores there is no overall score."""
    with pytest.raises(ValueError, match="expected any of"):
        overall({"bias": region([1.0])})
    with pytest.raises(ValueError, match="expected any of"):
        overall({})


def test_lazy_in_lazy_out(region):
    """Nothing is computed."""
    found = overall({"ilamb_bias": region([0.5, 0.25]).chunk()})
    assert isinstance(found["score"].data, dask.array.Array)
    np.testing.assert_allclose(found["score"], [0.5, 0.25])
