"""Sink, neutral or source: classes, and their probability over families."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

CLASSES = ("sink", "neutral", "source")

THRESHOLD = 10e-3 / (365.2425 * 86400.0)
"""10 g C m-2 yr-1 in kg m-2 s-1; a flux of just that is neutral."""


def flux_class(nee: xr.DataArray, threshold: float = THRESHOLD) -> xr.DataArray:
    """Return the class of a net flux: 0 sink, 1 neutral, 2 source.

    The thresholds are those of Fig. 6 of Treat et al. (2024), which does not
    say where a flux of exactly 10 belongs; here it is neutral.

    Parameters
    ----------
    nee : DataArray
        Any dimensions, positive to the atmosphere.
    threshold : float
        In the units of `nee`, by default 10 g C m-2 yr-1 in kg m-2 s-1.

    Returns
    -------
    DataArray
        Numbers 0, 1 or 2; NaN where there is no flux.

    References
    ----------
    Treat et al. (2024), https://doi.org/10.1029/2023JG007638

    Examples
    --------
    >>> flux_class(xr.DataArray([-10.1, -10.0, 10.0, 10.1]), 10.0).values
    array([0., 1., 1., 2.])
    """
    # A table's 10 must stay neutral after its units were converted.
    edge = threshold * (1.0 + 1e-9)
    classes = xr.where(nee < -edge, 0.0, xr.where(nee > edge, 2.0, 1.0))
    return classes.where(nee.notnull()).assign_attrs(
        long_name="class of the net flux",
        flag_values=[0, 1, 2],
        flag_meanings=" ".join(CLASSES),
    )


def family_shares(
    classes: xr.DataArray, families: Sequence[str] | np.ndarray
) -> xr.DataArray:
    """Return what share of each family's members is in each class.

    Parameters
    ----------
    classes : DataArray
        (member, ...), from `flux_class`.
    families : sequence of str
        Of the members; a family of one member is 0 or 1 everywhere.

    Returns
    -------
    DataArray
        (family, class, ...), NaN where a family has no member with a value.
    """
    names = np.asarray(families, dtype=str)
    order = list(dict.fromkeys(names.tolist()))
    made = []
    for family in order:
        mine = classes.isel(member=np.flatnonzero(names == family))
        count = mine.notnull().sum("member")
        each = [(mine == number).sum("member") for number in range(len(CLASSES))]
        made.append(xr.concat(each, "class", coords="minimal") / count.where(count > 0))
    shares = xr.concat(made, "family", coords="minimal")
    return shares.assign_coords({"family": order, "class": list(CLASSES)}).assign_attrs(
        long_name="share of the members of a family in a class", units="1"
    )


def probability(shares: xr.DataArray) -> xr.DataArray:
    r"""Return the probability of each class, every family counting the same.

    .. math:: P_c = \frac{1}{A} \sum_{a=1}^{A} p_{a,c}

    Parameters
    ----------
    shares : DataArray
        (family, class, ...), from `family_shares`.

    Returns
    -------
    DataArray
        (class, ...): the mean over the A families that are present.

    References
    ----------
    Treat et al. (2024), Fig. 6, https://doi.org/10.1029/2023JG007638

    Examples
    --------
    Two models that say sink and one inversion that says source:

    >>> classes = xr.DataArray([0.0, 0.0, 2.0], dims="member")
    >>> probability(family_shares(classes, ["model", "model", "inversion"])).values
    array([0.5, 0. , 0.5])
    """
    return shares.mean("family").assign_attrs(
        long_name="probability of a class, families weighted equally", units="1"
    )


def agreement(probabilities: xr.DataArray) -> xr.DataArray:
    """Return how far families agree: the largest probability of a class.

    Parameters
    ----------
    probabilities : DataArray
        (class, ...).

    Returns
    -------
    DataArray
        (...), from 1/3 (none) to 1 (all say the same).
    """
    return probabilities.max("class").assign_attrs(
        long_name="agreement of families", units="1"
    )


def ranked_probability_score(one: xr.DataArray, other: xr.DataArray) -> xr.DataArray:
    r"""Return the distance of two distributions over the ordered classes.

    .. math:: RPS = \frac{1}{2} \sum_{k=1}^{2} (F_k - G_k)^2

    with F and G the cumulative probabilities in the order sink, neutral,
    source: a source instead of a sink is farther off than neutral.

    Parameters
    ----------
    one, other : DataArray
        Probabilities (class, ...).

    Returns
    -------
    DataArray
        0 (the same) to 1 (sink against source).

    References
    ----------
    Epstein (1969), https://doi.org/10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2

    Examples
    --------
    >>> sink, neutral, source = (xr.DataArray(row, dims="class") for row in np.eye(3))
    >>> [float(ranked_probability_score(sink, x)) for x in (sink, neutral, source)]
    [0.0, 0.5, 1.0]
    """
    steps = [
        (one.isel({"class": slice(0, k)}) - other.isel({"class": slice(0, k)})).sum(
            "class", skipna=False
        )
        for k in (1, 2)
    ]
    return 0.5 * (steps[0] ** 2 + steps[1] ** 2)


def certain(classes: xr.DataArray) -> xr.DataArray:
    """Return the probabilities of one member: 1 for its class.

    Parameters
    ----------
    classes : DataArray
        (...), from `flux_class`.

    Returns
    -------
    DataArray
        (class, ...), NaN without a class.
    """
    each = [(classes == number).where(classes.notnull()) for number in range(3)]
    return xr.concat(each, "class", coords="minimal").assign_coords(
        {"class": list(CLASSES)}
    )


def probability_interval(
    classes: xr.DataArray,
    families: Sequence[str] | np.ndarray,
    *,
    draws: int = 1000,
    level: float = 0.95,
) -> xr.DataArray:
    """Return how far the probabilities hang on which members there are.

    Members are drawn anew, with replacement, within each family; families are
    kept. A family of one member has no spread, so the interval is a lower
    bound of the uncertainty.

    Parameters
    ----------
    classes : DataArray
        (member, ...), from `flux_class`.
    families : sequence of str
        Of the members.
    draws : int
        How often; the draws are the same in every run.
    level : float
        Part of the draws that lies inside.

    Returns
    -------
    DataArray
        (bound, class, ...) with bound ``low`` and ``high``.
    """
    names = np.asarray(families, dtype=str)
    every = list(dict.fromkeys(names.tolist()))
    random = np.random.default_rng(20240301)
    total, present = 0.0, 0.0
    for family in every:
        mine = classes.isel(member=np.flatnonzero(names == family))
        size = mine.sizes["member"]
        # How often each member is drawn, instead of the members themselves.
        often = random.multinomial(size, np.full(size, 1.0 / size), draws)
        taken = xr.DataArray(often.astype(float), dims=("draw", "member"))
        held = xr.dot(taken, mine.notnull().astype(float), dim="member")
        share = xr.dot(taken, certain(mine).fillna(0.0), dim="member")
        # A draw without any member with a value says nothing of the family.
        total = total + (share / held.where(held > 0)).fillna(0.0)
        present = present + (held > 0)
    ends = [(1.0 - level) / 2.0, (1.0 + level) / 2.0]
    limits = (total / present).quantile(ends, "draw")  # type: ignore[attr-defined]
    return limits.rename(quantile="bound").assign_coords(bound=["low", "high"])
