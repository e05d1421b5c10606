"""Writes the score table, the notes and the manifest."""

import json
from pathlib import Path

from benchmark.atomic import write_text
from benchmark.score.result import RunResult


def write_scores(result: RunResult, folder: Path) -> Path:
    """Write ``scores.csv``, ``notes.csv`` and ``manifest.json`` into a folder.

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
    # Seven digits: what a float32 input can mean, and a diff a person can read.
    write_text(path, result.scores.to_csv(index=False, float_format="%.7g"))
    notes = pd.DataFrame(
        [vars(note) for note in result.notes],
        columns=["model", "variable", "file", "kind", "text"],
    )
    write_text(folder / "notes.csv", notes.to_csv(index=False))
    write_text(folder / "manifest.json", json.dumps(result.manifest, indent=2) + "\n")
    return path
