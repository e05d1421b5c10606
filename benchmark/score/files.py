"""Writes the score table, the ensembles, the notes and the manifest."""

import json
from pathlib import Path

from benchmark.atomic import write_text
from benchmark.ensemble import ensembles
from benchmark.score.result import RunResult


def write_scores(result: RunResult, folder: Path) -> Path:
    """Write ``scores.csv``, ``notes.csv`` and ``manifest.json`` into a folder.

    And ``ensemble.json``, where a reference is an ensemble of approaches: do
    regions and families differ, and what remains when one value is left out.

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
    write_text(folder / "notes.csv", notes.to_csv(index=False))
    found = {name: item.as_json() for name, item in ensembles(result).items()}
    if found:
        text = json.dumps(found, indent=1, allow_nan=False)
        write_text(folder / "ensemble.json", text + "\n")
    write_text(folder / "manifest.json", json.dumps(result.manifest, indent=2) + "\n")
    return path
