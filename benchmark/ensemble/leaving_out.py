"""What a comparison says when single values, or whole families, are left out."""

import numpy as np
import pandas as pd

from benchmark.ensemble.variance import critical_q, exceeding, groups_of, pairs_of


def without_one(rows: pd.DataFrame, factor: str = "region") -> pd.DataFrame:
    """Return what a comparison says when each single value is left out.

    Parameters
    ----------
    rows : DataFrame
        Columns `factor`, ``approach`` and ``value``.
    factor : str
        The column of the groups.

    Returns
    -------
    DataFrame
        A row for each value: `factor`, approach, value, F, p_value,
        smallest_p (of all pairs) and different (the pairs below 0.05, text).
    """
    held = rows[rows["value"].notna()]
    return pd.DataFrame(
        [
            {
                factor: row[factor],
                "approach": row["approach"],
                "value": row["value"],
                **outline(rows.drop(index), factor),
            }
            for index, row in held.iterrows()
        ]
    )


def outline(rows: pd.DataFrame, factor: str = "region") -> dict[str, float | str]:
    """Return the verdict of `compare` without the p of every pair, which are slow.

    Parameters
    ----------
    rows : DataFrame
        Columns `factor` and ``value``.
    factor : str
        The column of the groups.

    Returns
    -------
    dict
        F, p_value, smallest_p (of all pairs) and different (the pairs below
        0.05, text).

    Raises
    ------
    ValueError
        If fewer than two groups have two values or more.
    """
    from scipy.stats import f_oneway

    groups = groups_of(rows, factor)
    test = f_oneway(*groups.values())
    pairs = pairs_of(groups)
    shape = pairs.attrs["groups"], pairs.attrs["freedom"]
    apart = pairs[pairs["q"] > critical_q(*shape)]
    names = zip(apart["one"], apart["other"], strict=True)
    return {
        "F": float(test.statistic),
        "p_value": float(test.pvalue),
        "smallest_p": exceeding(float(pairs["q"].max()), *shape),
        "different": "; ".join(" - ".join(pair) for pair in names),
    }


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
