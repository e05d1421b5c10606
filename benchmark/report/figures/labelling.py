"""Text upon figures: in lines, without formulas, and not one upon the other."""

from collections.abc import Sequence
from textwrap import wrap


def wrapped(label: str, letters: int) -> list[str]:
    """Break a label into at most two lines.

    Parameters
    ----------
    label : str
        Any text; its own line breaks are kept.
    letters : int
        How long a line may be.

    Returns
    -------
    list of str
        What does not fit ends with an ellipsis.

    Examples
    --------
    >>> wrapped("Eastern Siberia", 8)
    ['Eastern', 'Siberia']
    """
    lines = [
        part
        for line in label.splitlines()
        for part in wrap(line, letters, break_on_hyphens=False)
    ]
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1][: letters - 1]}…"]


def plain_text(label: str) -> str:
    """Return text that matplotlib does not read as the start of a formula."""
    return label.replace("$", r"\$")


def shortened(label: str, letters: int) -> str:
    """Cut a label to one line.

    Examples
    --------
    >>> shortened("CESM2-WACCM-FV2", 9)
    'CESM2-WA…'
    """
    text = " ".join(label.split())
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def apart(wanted: Sequence[float], gap: float) -> list[float]:
    """Move places along an axis so that no two are nearer than a gap.

    Parameters
    ----------
    wanted : sequence of float
        Where each label would like to be.
    gap : float
        Smallest distance.

    Returns
    -------
    list of float
        In the order given; groups of labels that would meet are spread about
        their middle.

    Examples
    --------
    >>> apart([5.0, 5.0, 20.0], 2.0)
    [4.0, 6.0, 20.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[list[int]] = []
    for i in order:
        groups.append([i])
        while len(groups) > 1 and _meet(groups[-2], groups[-1], wanted, gap):
            groups[-2:] = [groups[-2] + groups[-1]]
    places = [0.0] * len(wanted)
    for group in groups:
        for step, i in enumerate(group):
            places[i] = _first(group, wanted, gap) + step * gap
    return places


def _first(group: list[int], wanted: Sequence[float], gap: float) -> float:
    middle = sum(wanted[i] for i in group) / len(group)
    return middle - gap * (len(group) - 1) / 2


def _meet(a: list[int], b: list[int], wanted: Sequence[float], gap: float) -> bool:
    end = _first(a, wanted, gap) + gap * (len(a) - 1)
    return _first(b, wanted, gap) - end < gap
