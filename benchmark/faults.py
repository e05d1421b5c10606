"""What could not be scored in a run because something is wrong."""

import pandas as pd

from benchmark.score.result import RunResult


def broken_rows(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that say that something is wrong with a file or its description.

    Those that failed; and those without overlap of a variable that could not be
    scored against anything. Where it was scored against another reference, its
    dates and cells are as they should be, and the suite asks for more than the
    model covers.

    Parameters
    ----------
    scores : DataFrame
        The score table.

    Returns
    -------
    DataFrame

    Examples
    --------
    >>> columns = ["model", "variable", "reference", "status"]
    >>> table = pd.DataFrame(
    ...     [["A", "gpp", "towers", "no_overlap"], ["A", "gpp", "map", "scored"],
    ...      ["B", "gpp", "towers", "no_overlap"]], columns=columns)
    >>> broken_rows(table)["model"].tolist()
    ['B']
    """
    status = scores["status"]
    held = scores.loc[status == "scored", ["model", "variable"]]
    known = pd.MultiIndex.from_frame(held)
    apart = ~pd.MultiIndex.from_frame(scores[["model", "variable"]]).isin(known)
    return scores[(status == "failed") | ((status == "no_overlap") & apart)]


def broken_lines(result: RunResult) -> list[str]:
    """Return what could not be scored because something is wrong, by model.

    Parameters
    ----------
    result : RunResult
        A finished run.

    Returns
    -------
    list of str
    """
    rows = broken_rows(result.scores)
    lines = [f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} could not be scored:"]
    # Remarks that differ by reference follow the sentences that say what is wrong.
    said = rows.assign(fault=rows["message"].str.replace(r"\.; .*", ".", regex=True))
    keys = ["status", "model", "variable", "fault"]
    for (status, model, variable, fault), some in said.groupby(keys, sort=False):
        times = f" ({len(some)} rows)" if len(some) > 1 else ""
        lines.append(f"  {status}  {model}, {variable}: {fault}{times}")
    return lines
