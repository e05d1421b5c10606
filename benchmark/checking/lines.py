"""The lines of `permabench check`: a row for each variable, and what it says."""

from collections.abc import Iterator
from textwrap import wrap

from benchmark.checking.check import Checked

WIDTH = 100
LABEL = 14
_EVIDENCE = ("units", "sign", "seasons", "stamps", "grid", "depth", "values")


def check_lines(item: Checked) -> Iterator[str]:
    """Yield the row of one variable, and what is done, odd or to confirm.

    Parameters
    ----------
    item : Checked
        The variable.

    Yields
    ------
    str

    Examples
    --------
    >>> next(check_lines(Checked("CLASSIC", "gpp", summary="36 months 2000-2002")))
    'CLASSIC, gpp: ok          36 months 2000-2002'
    """
    yield f"{item.model}, {item.variable}: {item.status:10}  {item.summary}".rstrip()
    if item.problem:
        yield from entry("refused", item.problem)
    told = "; ".join(item.evidence[key] for key in _EVIDENCE if key in item.evidence)
    if told:
        yield from entry("evidence", told)
    for text in item.conversions:
        yield from entry("done", text)
    for text in item.warnings:
        yield from entry("warning", text)
    for question in item.asked:
        choices = ", or ".join(f"'{question.key}: {c}'" for c in question.choices)
        yield from entry("confirm", f"under variables.{question.variable}: {choices}")


def entry(label: str, text: str) -> Iterator[str]:
    """Yield a label and a text, wrapped, its lines below each other.

    Parameters
    ----------
    label : str
        In the left column.
    text : str
        In the right one.

    Yields
    ------
    str

    Examples
    --------
    >>> list(entry("units", "kg m-2"))
    ['  units         kg m-2']
    """
    # A path is one word, so that it can be copied.
    lines = wrap(
        printable(" ".join(text.split())), WIDTH - LABEL - 2, break_on_hyphens=False
    )
    for number, line in enumerate(lines or [""]):
        yield f"  {label if number == 0 else '':{LABEL}}{line}"


def printable(text: str) -> str:
    """Return a text without the characters that steer a terminal or break YAML.

    Parameters
    ----------
    text : str
        Perhaps an attribute of a file.

    Returns
    -------
    str

    Examples
    --------
        >>> printable(f"CLM5{chr(27)}[31m")
        'CLM5[31m'
    """
    return "".join(sign for sign in text if sign.isprintable())
