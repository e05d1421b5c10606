"""How much of a spread is between families, and what each family changes."""

import numpy as np
import pandas as pd

from benchmark.ensemble.variance import outline


def family_variance(rows: pd.DataFrame) -> pd.DataFrame:
    r"""Split the spread of each region into between and within families.

    .. math:: s_b^2 = \frac{1}{k - 1} \sum_f (\bar x_f - \bar{\bar x})^2, \quad
              s_w^2 = \frac{1}{m} \sum_{f: n_f > 1} s_f^2

    with k families of which m have two members or more: every family counts
    the same, however many members it has.

    Parameters
    ----------
    rows : DataFrame
        Columns region, family and value; rows without a value are left out.

    Returns
    -------
    DataFrame
        A row for each region: region, families, members, between and within
        (standard deviations, in the units of value; NaN where fewer than two
        families, or no family of two, are left) and ratio of the variances.

    Examples
    --------
    >>> table = pd.DataFrame({"region": "north", "family": list("aabb"),
    ...                       "value": [0.0, 2.0, 10.0, 12.0]})
    >>> family_variance(table)[["between", "within", "ratio"]].round(2).values.tolist()
    [[7.07, 1.41, 25.0]]
    """
    held = rows[rows["value"].notna()]
    made = []
    for region, here in held.groupby("region", sort=False):
        families = [
            group["value"].to_numpy(float) for _, group in here.groupby("family")
        ]
        means = [values.mean() for values in families]
        own = [values.var(ddof=1) for values in families if len(values) > 1]
        between = float(np.var(means, ddof=1)) if len(means) > 1 else np.nan
        within = float(np.mean(own)) if own else np.nan
        made.append(
            {
                "region": region,
                "families": len(families),
                "members": len(here),
                "between": between**0.5,
                "within": within**0.5,
                "ratio": between / within if within > 0 else np.nan,
            }
        )
    columns = ["region", "families", "members", "between", "within", "ratio"]
    return pd.DataFrame(made, columns=columns)


def without_family(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what a table says when a whole family is left out.

    Parameters
    ----------
    rows : DataFrame
        Columns region, approach, family and value.

    Returns
    -------
    DataFrame
        A row for each family, after one for all of them (family empty):
        family, members, F, p_value, different (pairs of regions below 0.05,
        text) and one column for each region with the median of what is left.
        F and what follows from it are NaN or empty where nothing is left to
        compare.
    """
    held = rows[rows["value"].notna()]
    regions = list(dict.fromkeys(held["region"]))
    made = []
    for family in ["", *dict.fromkeys(held["family"])]:
        left = held[held["family"] != family] if family else held
        gone = held[held["family"] == family]
        medians = left.groupby("region")["value"].median().reindex(regions)
        made.append(
            {
                "family": family,
                "members": gone["approach"].nunique(),
                **_compared(left),
                **medians.to_dict(),
            }
        )
    return pd.DataFrame(made)


def _compared(rows: pd.DataFrame) -> dict[str, float | str]:
    sizes = rows.groupby("region")["value"].count()
    if int((sizes > 1).sum()) < 2:
        return {"F": np.nan, "p_value": np.nan, "different": ""}
    found = outline(rows)
    return {name: found[name] for name in ("F", "p_value", "different")}
