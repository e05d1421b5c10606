"""What could not be scored in a run because something is wrong."""

from benchmark.score.result import RunResult


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
    scores = result.scores
    rows = scores[scores["status"].isin(["failed", "no_overlap"])]
    lines = [f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} could not be scored:"]
    for row in rows.drop_duplicates(["model", "message"]).itertuples():
        lines.append(f"  {row.status}  {row.model}, {row.variable}: {row.message}")
    return lines
