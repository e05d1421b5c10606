"""How much of a spread is between families, and how much within them."""

import numpy as np
import pandas as pd


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
