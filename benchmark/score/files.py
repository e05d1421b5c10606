"""Writes the score table, the notes and the manifest."""

import json
from pathlib import Path

from benchmark.atomic import write_text
from benchmark.score.result import RunResult


def write_scores(result: RunResult, folder: Path) -> Path:
    """Write ``scores.csv``, ``notes.csv`` and ``manifest.json`` into a folder.

    And ``subjects.csv`` and ``ceilings.csv``, where there are any.

    Parameters
    ----------
    result : RunResult
        A finished run.
    folder : Path
        Made if it does not exist.

    Returns
    -------
    Path
        Of ``scores.csv``.
    """
    import pandas as pd

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scores.csv"
    # Every digit, so that another program can check and compare the numbers.
    write_text(path, result.scores.to_csv(index=False))
    notes = pd.DataFrame(
        [vars(note) for note in result.notes],
        columns=["model", "variable", "file", "kind", "text"],
    )
    if len(result.subjects):
        write_text(folder / "subjects.csv", result.subjects.to_csv(index=False))
    if len(result.ceilings):
        write_text(folder / "ceilings.csv", result.ceilings.to_csv(index=False))
    write_text(folder / "notes.csv", notes.to_csv(index=False))
    write_text(folder / "manifest.json", json.dumps(result.manifest, indent=2) + "\n")
    return path
