"""Draws that are the same in every run, and the interval they give."""

import hashlib

import numpy as np

DRAWS = 200
"""How many draws an interval is made of, where a suite says nothing."""

DRAWN = "drawn"
"""Where a row keeps its draws until subjects are made of them: no column."""

LEVEL = 0.95

# Quantiles of fewer draws than these are not worth printing.
_FEWEST = 20


def generator(*names: str) -> np.random.Generator:
    """Return a generator of random numbers that depends on names only.

    Parameters
    ----------
    *names : str
        Such as model, reference, and what is drawn. Never the time, so that
        two runs of the same input give the same interval.

    Returns
    -------
    numpy.random.Generator

    Examples
    --------
    >>> first, second = (generator("CLASSIC", "gbaf_gpp") for _ in range(2))
    >>> float(first.random()) == float(second.random())
    True
    """
    text = "\x1f".join(names).encode()
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text).digest()[:8]))


def bounds(draws: np.ndarray, score: float) -> tuple[float, float]:
    """Return the 95 % interval of draws of a score, which holds the score.

    Percentiles of the draws; widened to the score itself where that lies
    outside, as a perfect score does, which every disturbance can only lower.

    Parameters
    ----------
    draws : ndarray
        One-dimensional, 0 to 1; NaN where a draw could not be scored.
    score : float
        The score of the data as they are.

    Returns
    -------
    low, high : float
        NaN if fewer than half of the draws, or fewer than 20, have a score.

    Examples
    --------
    >>> low, high = bounds(np.linspace(0.5, 0.7, 201), 0.6)
    >>> round(low, 3), round(high, 3)
    (0.505, 0.695)
    >>> bounds(np.linspace(0.5, 0.7, 201), 1.0)[1]
    1.0
    """
    found = draws[np.isfinite(draws)]
    if found.size < max(_FEWEST, draws.size / 2) or not np.isfinite(score):
        return float("nan"), float("nan")
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(found, [tail, 1.0 - tail])
    return min(float(low), score), max(float(high), score)
