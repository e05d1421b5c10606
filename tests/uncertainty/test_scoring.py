"""Draws scored at once and alone."""

import numpy as np
import xarray as xr

from benchmark.uncertainty.scoring import draw_scores

DRAWN = {
    "model_mean": xr.DataArray(
        np.arange(30.0).reshape(10, 3) / 30.0,
        {"region": ["a", "b", "c"]},
        ("draw", "region"),
    )
}


def by_array(given):
    return xr.Dataset({"score": given["model_mean"] ** 2})


def by_position(given):
    """Score wrongly where there is a dimension more: it sums over the first."""
    field = given["model_mean"]
    return xr.Dataset({"score": field - field.mean(field.dims[0])})


def test_at_once_and_alone_agree() -> None:
    """A metric of arrays is called for all draws together."""
    calls = []

    def counted(given):
        calls.append(1)
        return by_array(given)

    found = draw_scores(counted, DRAWN, 10, of="by_array")
    np.testing.assert_allclose(found, DRAWN["model_mean"] ** 2)
    # One for all, and one draw alone to be sure.
    assert len(calls) == 2
    draw_scores(counted, DRAWN, 10, of="by_array")
    assert len(calls) == 3


def test_a_metric_that_cannot_take_draws_is_called_for_each() -> None:
    """What a metric makes of one draw is what counts."""
    found = draw_scores(by_position, DRAWN, 10, of="by_position")
    alone = DRAWN["model_mean"] - DRAWN["model_mean"].mean("region")
    np.testing.assert_allclose(found, alone.clip(0.0, 1.0))


def test_a_metric_without_a_score_has_no_draws() -> None:
    """A metric that scores nothing gives nothing."""

    def unscored(given):
        return xr.Dataset({"value": given["model_mean"]})

    assert draw_scores(unscored, DRAWN, 10, of="unscored") is None


def test_draws_that_a_metric_refuses_are_missing() -> None:
    """A draw that cannot be scored is missing, the others are not."""

    def choosy(given):
        if "draw" in given["model_mean"].dims or float(given["model_mean"][0]) > 0.5:
            msg = "no"
            raise ValueError(msg)
        return by_array(given)

    found = draw_scores(choosy, DRAWN, 10, of="choosy")
    assert found.notnull().all("region").sum() == 6
