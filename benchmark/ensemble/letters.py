"""Compact letters: groups that share one do not differ."""

from collections.abc import Iterable, Sequence
from string import ascii_lowercase


def compact_letters(
    groups: Sequence[str], different: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Return letters such that two groups share one unless they differ.

    The insert-and-absorb algorithm: start with one letter for all; for each
    pair that differs, split every letter that both have; drop a letter whose
    groups all have another one in common.

    Parameters
    ----------
    groups : sequence of str
        In the order in which letters are given: the first group has an ``a``.
    different : iterable of tuple of str
        The pairs that differ.

    Returns
    -------
    dict
        Letters by group, in the order of `groups`.

    Raises
    ------
    ValueError
        If a pair names a group that is not there, or more letters are needed
        than there are.

    References
    ----------
    Piepho (2004), Journal of Computational and Graphical Statistics 13,
    456-466, https://doi.org/10.1198/1061860043515

    Examples
    --------
    >>> compact_letters(["north", "middle", "south"], [("north", "south")])
    {'north': 'a', 'middle': 'ab', 'south': 'b'}
    """
    columns = [frozenset(groups)]
    for one, other in different:
        absent = {one, other} - set(groups)
        if absent:
            msg = f"no group {sorted(absent)}; expected pairs of {list(groups)}."
            raise ValueError(msg)
        columns = _absorbed(_split(columns, one, other))
    order = {group: index for index, group in enumerate(groups)}
    columns.sort(key=lambda column: sorted(order[group] for group in column))
    if len(columns) > len(ascii_lowercase):
        msg = f"{len(columns)} letters are needed, there are {len(ascii_lowercase)}."
        raise ValueError(msg)
    named = list(zip(ascii_lowercase, columns, strict=False))
    return {
        group: "".join(letter for letter, column in named if group in column)
        for group in groups
    }


def _split(columns: list[frozenset[str]], one: str, other: str) -> list[frozenset[str]]:
    made: list[frozenset[str]] = []
    for column in columns:
        both = {one, other} <= column
        made += [column - {one}, column - {other}] if both else [column]
    return made


def _absorbed(columns: list[frozenset[str]]) -> list[frozenset[str]]:
    unique = list(dict.fromkeys(columns))
    return [one for one in unique if not any(one < other for other in unique)]
