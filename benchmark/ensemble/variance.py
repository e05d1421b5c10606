"""Do regions, or families, differ? Analysis of variance and Tukey-Kramer.

Descriptive, not a test: the approaches of a table are no independent
replicates (two of them share models, two others share flux sites). So the whole
matrix of p is given, and what remains when single values are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd

from benchmark.ensemble.letters import compact_letters

ALPHA = 0.05


@dataclass(frozen=True)
class Comparison:
    """What an analysis of variance of groups says.

    Parameters
    ----------
    factor : str
        What the groups are: a column of the table, such as ``region``.
    block : str
        The column whose differences were taken out first, empty if none.
    statistic, p_value : float
        F and its probability if the groups did not differ.
    degrees : tuple of int
        Degrees of freedom between and within groups.
    count, means : dict
        Number of values and their mean by group.
    pairs : DataFrame
        Columns one, other, difference, p_value, low, high (the 95 % interval
        of the difference), of Tukey and Kramer; empty with a block.
    letters : dict
        Compact letters by group; empty with a block.
    """

    factor: str
    block: str
    statistic: float
    p_value: float
    degrees: tuple[int, int]
    count: Mapping[str, int]
    means: Mapping[str, float]
    pairs: pd.DataFrame = field(default_factory=pd.DataFrame)
    letters: Mapping[str, str] = field(default_factory=dict)

    def different(self, alpha: float = ALPHA) -> list[tuple[str, str]]:
        """Return the pairs of groups whose p is below `alpha`."""
        below = self.pairs[self.pairs["p_value"] < alpha] if len(self.pairs) else None
        if below is None:
            return []
        return list(zip(below["one"], below["other"], strict=True))


def compare(rows: pd.DataFrame, factor: str = "region") -> Comparison:
    r"""Compare groups by one-way analysis of variance and Tukey-Kramer.

    .. math:: F = \frac{\sum_g n_g (\bar x_g - \bar x)^2 / (k - 1)}
              {\sum_g \sum_i (x_{gi} - \bar x_g)^2 / (n - k)}

    Parameters
    ----------
    rows : DataFrame
        Columns `factor` and ``value``; rows without a value are left out.
    factor : str
        The column of the groups.

    Returns
    -------
    Comparison
        Letters are given from the largest mean downwards.

    Raises
    ------
    ValueError
        If fewer than two groups have two values or more.

    References
    ----------
    Kramer (1956), Biometrics 12, 307-310, https://doi.org/10.2307/3001469

    Examples
    --------
    >>> table = pd.DataFrame({"region": list("aaabbb"), "value": [1, 2, 3, 7, 8, 9.0]})
    >>> found = compare(table)
    >>> round(found.statistic, 1), found.degrees, dict(found.letters)
    (54.0, (1, 4), {'b': 'a', 'a': 'b'})
    """
    from scipy.stats import f_oneway

    groups = groups_of(rows, factor)
    test = f_oneway(*groups.values())
    pairs = pairs_of(groups)
    pairs["p_value"] = _p_values(pairs)
    half = critical_q(pairs.attrs["groups"], pairs.attrs["freedom"]) * pairs["se"]
    pairs["low"], pairs["high"] = pairs["difference"] - half, pairs["difference"] + half
    means = {name: float(values.mean()) for name, values in groups.items()}
    apart = pairs[pairs["p_value"] < ALPHA]
    downwards = sorted(groups, key=lambda name: -means[name])
    return Comparison(
        factor=factor,
        block="",
        statistic=float(test.statistic),
        p_value=float(test.pvalue),
        degrees=(len(groups) - 1, pairs.attrs["freedom"]),
        count={name: len(values) for name, values in groups.items()},
        means=means,
        pairs=pairs[["one", "other", "difference", "p_value", "low", "high"]],
        letters=compact_letters(
            downwards, zip(apart["one"], apart["other"], strict=True)
        ),
    )


def compare_blocked(
    rows: pd.DataFrame, factor: str = "region", block: str = "approach"
) -> Comparison:
    """Compare groups after the differences between blocks are taken out.

    The F of adding `factor` to a linear model that has `block` already, which
    also holds where a group has no value of some block.

    Parameters
    ----------
    rows : DataFrame
        Columns `factor`, `block` and ``value``.
    factor, block : str
        Columns of the groups, and of the blocks.

    Returns
    -------
    Comparison
        Without pairs and letters.

    Raises
    ------
    ValueError
        If nothing is left to estimate the spread within groups.

    Examples
    --------
    >>> table = pd.DataFrame({"region": list("ababab"), "approach": list("xxyyzz"),
    ...                       "value": [1.0, 3.0, 11.0, 13.5, 21.0, 22.5]})
    >>> round(compare_blocked(table).statistic, 1)
    48.0
    """
    from scipy.stats import f as fisher

    groups = groups_of(rows, factor)
    kept = rows[rows["value"].notna() & rows[factor].isin(groups)]
    values = kept["value"].to_numpy(float)
    blocks = pd.get_dummies(kept[block], dtype=float).to_numpy()
    both = np.hstack([blocks, pd.get_dummies(kept[factor], dtype=float).to_numpy()])
    without, free = _residual(blocks, values)
    left, rest = _residual(both, values)
    between = free - rest
    if rest < 1 or between < 1 or left <= 0:
        msg = (
            f"{len(values)} values of {len(groups)} {factor}s and {blocks.shape[1]} "
            f"{block}s leave no spread within groups; more values are needed."
        )
        raise ValueError(msg)
    statistic = (without - left) / between / (left / rest)
    return Comparison(
        factor=factor,
        block=block,
        statistic=float(statistic),
        p_value=float(fisher.sf(statistic, between, rest)),
        degrees=(between, rest),
        count={name: len(group) for name, group in groups.items()},
        means={name: float(group.mean()) for name, group in groups.items()},
    )


def pairs_of(groups: Mapping[str, np.ndarray]) -> pd.DataFrame:
    r"""Return the difference of each pair of groups and q of Tukey and Kramer.

    .. math:: q = |\bar x_i - \bar x_j| / \sqrt{s^2 (1 / n_i + 1 / n_j) / 2}
    """
    names, count = list(groups), sum(map(len, groups.values()))
    freedom = count - len(names)
    squares = sum(((v - v.mean()) ** 2).sum() for v in groups.values())
    made = []
    for one, other in combinations(names, 2):
        mine, theirs = groups[one], groups[other]
        share = (1.0 / len(mine) + 1.0 / len(theirs)) / 2.0
        error = float(np.sqrt(squares / freedom * share))
        difference = float(mine.mean() - theirs.mean())
        q = abs(difference) / error if error > 0 else np.inf
        made.append((one, other, difference, error, q))
    pairs = pd.DataFrame(made, columns=["one", "other", "difference", "se", "q"])
    pairs.attrs = {"groups": len(names), "freedom": freedom}
    return pairs


def _p_values(pairs: pd.DataFrame) -> np.ndarray:
    shape = pairs.attrs["groups"], pairs.attrs["freedom"]
    return np.array([exceeding(float(q), *shape) for q in pairs["q"]])


@lru_cache(maxsize=4096)
def exceeding(q: float, groups: int, freedom: int) -> float:
    """Return the probability that `q` is exceeded by chance.

    An integral over an integral: kept, as runs against the same table ask again.
    """
    from scipy.stats import studentized_range

    return float(studentized_range.sf(q, groups, freedom))


@lru_cache
def critical_q(groups: int, freedom: int) -> float:
    """Return the q that is exceeded with probability `ALPHA` by chance."""
    from scipy.stats import studentized_range

    return float(studentized_range.isf(ALPHA, groups, freedom))


def groups_of(rows: pd.DataFrame, factor: str) -> dict[str, np.ndarray]:
    """Return the values of each group that has two or more.

    Raises
    ------
    ValueError
        If fewer than two groups have.
    """
    held = rows[rows["value"].notna()]
    groups = {
        str(name): held.loc[held[factor] == name, "value"].to_numpy(float)
        for name in dict.fromkeys(held[factor])
    }
    several = {name: values for name, values in groups.items() if len(values) > 1}
    if len(several) < 2:
        msg = (
            f"{len(several)} of {len(groups)} {factor}s have two values or more; at "
            "least two are needed to compare them."
        )
        raise ValueError(msg)
    return several


def _residual(design: np.ndarray, values: np.ndarray) -> tuple[float, int]:
    """Return the sum of squares a linear model leaves, and its freedom."""
    coefficients, _, rank, _ = np.linalg.lstsq(design, values, rcond=None)
    rest = values - design @ coefficients
    return float(rest @ rest), len(values) - int(rank)
