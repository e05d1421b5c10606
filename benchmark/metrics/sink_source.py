"""Sink, neutral or source: a model against the families of approaches."""

import numpy as np
import xarray as xr

from benchmark.metrics.aggregate import aggregate, on_cells, total, with_maps
from benchmark.metrics.registry import metric
from benchmark.statistics.elementwise import sqrt, where
from benchmark.statistics.sink_source import (
    CLASSES,
    agreement,
    certain,
    family_shares,
    flux_class,
    probability,
    ranked_probability_score,
)

LEAST_AGREEMENT = 0.5
"""Where no class is likelier than this the families disagree: not scored."""

_SOURCE = (
    "families and thresholds of Treat et al. (2024), Fig. 6, "
    "https://doi.org/10.1029/2023JG007638; score of this package"
)


@metric(
    long_name="probability of the model's class (sink, neutral, source)",
    equation=r"S = P(c_m) / \max_c P_c,\ P_c = \frac{1}{A} \sum_a p_{a,c}",
    perfect=1.0,
    bounds=(0.0, 1.0),
    direction="higher",
    units="1",
    source=_SOURCE,
    kinds=("regional", "map"),
)
def sink_source_agreement(
    model_mean: xr.DataArray,
    reference_members: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """How likely the model's class is, each family of approaches counting once.

    Parameters
    ----------
    model_mean : xarray.DataArray
        Annual NEE (region,) or (lat, lon), kg C m-2 s-1, positive to the
        atmosphere.
    reference_members : xarray.DataArray
        The same of each approach, (member, ...), with the coordinate
        ``family``; the model's own family is not among them.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon) in m2.

    Returns
    -------
    xarray.Dataset
        value (region,), the probability of the model's class; score, 1 for a
        class that most families support, 0 for one that none gives; NaN where
        the families disagree (no class has a probability of 0.5), whose area
        is told in message; maps of both.

    Examples
    --------
    >>> one = 10e-3 / (365.2425 * 86400.0)
    >>> model = xr.DataArray([-3 * one], {"region": ["east"]}, ("region",))
    >>> members = xr.DataArray([[-4 * one], [-2 * one], [0.0]],
    ...     {"family": ("member", ["inversion", "inversion", "upscaling"]),
    ...      "region": ["east"]}, ("member", "region"))
    >>> sink_source_agreement(model, members)["value"].values
    array([0.5])
    """
    likely = _probability(reference_members)
    of_class = (likely * certain(flux_class(model_mean))).sum("class", skipna=False)
    most = agreement(likely)
    clear = most.where(most >= LEAST_AGREEMENT)
    score = of_class / clear
    regional = {
        "value": aggregate(of_class.where(score.notnull()), weights),
        "score": aggregate(score, weights),
        "message": _message(model_mean, likely, weights),
    }
    return with_maps(regional, value_map=of_class, score_map=score)


@metric(
    long_name="ranked probability score of the model's class",
    equation=r"RPS = \frac{1}{2} \sum_{k=1}^{2} (F_k - G_k)^2;\ S = 1 - RPS",
    perfect=0.0,
    bounds=(0.0, 1.0),
    direction="zero",
    units="1",
    source="Epstein (1969), "
    "https://doi.org/10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2; " + _SOURCE,
    kinds=("regional", "map"),
)
def ranked_probability(
    model_mean: xr.DataArray,
    reference_members: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Distance of the model's class from the probabilities of the families.

    One model has one class, so that where families differ no model reaches 1:
    the best that any class could reach stands in the message.

    Parameters
    ----------
    model_mean, reference_members, weights
        See `sink_source_agreement`.

    Returns
    -------
    xarray.Dataset
        value (region,), the ranked probability score; score = 1 - value;
        message (region,), the best score a single class can reach; maps.
    """
    likely = _probability(reference_members)
    distance = ranked_probability_score(certain(flux_class(model_mean)), likely)
    each = xr.DataArray(np.eye(3), {"class": list(CLASSES)}, ("one", "class"))
    best = 1.0 - ranked_probability_score(each, likely).min("one")
    regional = {
        "value": aggregate(distance, weights),
        "score": aggregate(1.0 - distance, weights),
    }
    reached = aggregate(best.where(distance.notnull()), weights)
    regional["message"] = _said("best score of a single class: ", reached)
    return with_maps(regional, value_map=distance, score_map=1.0 - distance)


@metric(
    long_name="share of years that are a sink",
    equation=r"p = n_{sink} / n,\ \mathrm{Wilson\ interval};\ S = 1 - |p - P_{sink}|",
    perfect=np.nan,
    bounds=(0.0, 1.0),
    direction="reference",
    units="1",
    source="interval of Wilson (1927), https://doi.org/10.2307/2276774; " + _SOURCE,
    kinds=("regional",),
)
def sink_probability(
    model_annual: xr.DataArray,
    reference_members: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Share of the model's years that are a sink, with its interval.

    Scored against the probability of a sink over the families. Years are taken
    as independent, so the interval is rather too narrow.

    Parameters
    ----------
    model_annual : xarray.DataArray
        NEE of each year (year, region), kg C m-2 s-1.
    reference_members : xarray.DataArray
        See `sink_source_agreement`.
    weights : None
        Regional only.

    Returns
    -------
    xarray.Dataset
        value, value_low, value_high (region,), 95 %; score; message with the
        probability that the families give.

    Examples
    --------
    >>> at = {"year": [2001, 2002], "region": ["east"]}
    >>> years = xr.DataArray([[-1e-9], [0.0]], at, ("year", "region"))
    >>> members = xr.DataArray([[-1e-9]], {"region": ["east"],
    ...     "family": ("member", ["inversion"])}, ("member", "region"))
    >>> sink_probability(years, members)["value"].values
    array([0.5])
    """
    classes = flux_class(model_annual)
    held = classes.notnull().sum("year")
    share = (classes == 0).sum("year") / held.where(held > 0)
    low, high = _wilson(share, held)
    expected = _probability(reference_members).sel({"class": "sink"}, drop=True)
    return xr.Dataset(
        {
            "value": share,
            "value_low": low,
            "value_high": high,
            "score": 1.0 - abs(share - expected),
            "message": _said("families: sink with probability ", expected),
        }
    )


def _probability(members: xr.DataArray) -> xr.DataArray:
    shares = family_shares(flux_class(members), members["family"].to_numpy())
    return probability(shares)


def _message(
    model: xr.DataArray, likely: xr.DataArray, weights: xr.DataArray | None
) -> xr.DataArray:
    most = agreement(likely)
    unclear = (most < LEAST_AGREEMENT) & model.notnull()
    if weights is not None and on_cells(model):
        area = total(unclear.where(model.notnull()).astype(float), weights) / 1e12
        text = _said("families disagree on ", area, " million km2, left out")
        return where(area > 0, text, "")
    return where(
        unclear, "the families disagree: no class has a probability of 0.5", ""
    )


def _said(before: str, number: xr.DataArray, after: str = "") -> xr.DataArray:
    """Return a text for each number, whatever its dimensions."""
    texts = [f"{before}{value:.2f}{after}" for value in number.to_numpy().ravel()]
    return number.copy(data=np.array(texts, dtype=object).reshape(number.shape))


def _wilson(share: xr.DataArray, count: xr.DataArray) -> tuple[xr.DataArray, ...]:
    r"""Return the ends of Wilson's interval of a share, 95 %.

    .. math:: \frac{p + z^2 / 2n \pm z \sqrt{p (1 - p) / n + z^2 / 4n^2}}
              {1 + z^2 / n}
    """
    z = 1.959963984540054
    middle = share + z**2 / (2.0 * count)
    half = z * sqrt(share * (1.0 - share) / count + z**2 / (4.0 * count**2))
    scale = 1.0 + z**2 / count
    return (middle - half) / scale, (middle + half) / scale
