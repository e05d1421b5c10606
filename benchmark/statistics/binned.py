"""Means of a variable in fixed bins of its driver, with their uncertainty."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

_SECONDS_PER_YEAR = 365.2425 * 86400.0
_TEMPERATURE = np.arange(213.15, 313.16, 2.0)


@dataclass(frozen=True)
class Driver:
    """What a variable depends on, and its bins, the same for every model.

    Parameters
    ----------
    units : str
        Canonical units of the driver.
    edges : ndarray
        (bin + 1,) in these units; values beyond count in the outermost bins.
    """

    units: str
    edges: np.ndarray


DRIVERS: Mapping[str, Driver] = MappingProxyType(
    {
        "tas": Driver("K", _TEMPERATURE),
        "tsl": Driver("K", _TEMPERATURE),
        "wtd": Driver("m", np.round(np.arange(-1.0, 2.01, 0.05), 2)),
        # 0.05 kg m-2 yr-1.
        "npp": Driver("kg m-2 s-1", np.arange(-0.2, 2.51, 0.05) / _SECONDS_PER_YEAR),
    }
)
"""By variable: 2 K, 5 cm, and 50 g m-2 yr-1."""


@dataclass(frozen=True)
class Bins:
    """A conditional mean: what the pairs of one side have in each bin.

    Parameters
    ----------
    mean : ndarray
        (bin,), NaN in bins with fewer than the least number of pairs.
    error : ndarray
        (bin,), standard error of the mean.
    weight : ndarray
        (bin,), sum of the weights of the pairs; 0 where `mean` is NaN.
    count : ndarray
        (bin,), number of pairs, however few.
    """

    mean: np.ndarray
    error: np.ndarray
    weight: np.ndarray
    count: np.ndarray


def binned_means(
    values: np.ndarray,
    driver: np.ndarray,
    weights: np.ndarray,
    edges: np.ndarray,
    least: int,
) -> Bins:
    r"""Average values in bins of their driver.

    .. math:: \bar x_b = \sum_i w_i x_i / \sum_i w_i,\quad
        \epsilon_b^2 = \frac{n_e}{n_e - 1} \frac{\sum_i w_i^2 (x_i - \bar x_b)^2}
        {(\sum_i w_i)^2}

    over the pairs of bin b, with :math:`n_e = (\sum w)^2 / \sum w^2`; for equal
    weights the error is the standard deviation over the root of the number.

    Parameters
    ----------
    values, driver, weights : ndarray
        Pairs (pair,); those that are not finite, or of no weight, are left out.
    edges : ndarray
        (bin + 1,), units of the driver.
    least : int
        Pairs below which a bin has no mean, 2 or more.

    Returns
    -------
    Bins

    Examples
    --------
    >>> bins = binned_means(
    ...     np.array([1.0, 3.0, 9.0]), np.array([0.1, 0.2, 1.5]), np.ones(3),
    ...     np.array([0.0, 1.0, 2.0]), 2)
    >>> bins.mean.tolist(), bins.error.tolist(), bins.count.tolist()
    ([2.0, nan], [1.0, nan], [2, 1])
    """
    kept = np.isfinite(values) & np.isfinite(driver) & (weights > 0)
    values, weights = values[kept], weights[kept]
    number = len(edges) - 1
    place = np.clip(np.searchsorted(edges, driver[kept], "right") - 1, 0, number - 1)

    def sums(of: np.ndarray) -> np.ndarray:
        return np.bincount(place, of, number)

    count = np.bincount(place, minlength=number)
    enough = count >= least
    weight = np.where(enough, sums(weights), np.nan)
    # About a value of the data, so that large offsets do not cancel digits.
    centre = float(values.mean()) if values.size else 0.0
    about = sums(weights * (values - centre)) / weight
    departure = values - centre - np.nan_to_num(about)[place]
    squares = sums(weights**2)
    effective = weight**2 / np.where(enough, squares, np.nan)
    spread = sums(weights**2 * departure**2) / weight**2
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(spread * effective / (effective - 1.0))
    return Bins(about + centre, error, np.nan_to_num(weight), count)
