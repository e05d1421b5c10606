"""Writes the score table, the ensembles, the notes and the manifest."""

import json
from pathlib import Path

from benchmark.atomic import write_bytes, write_text
from benchmark.ensemble import agreement_maps, agreement_rows, ensembles
from benchmark.score.relationship_bins import bins_table
from benchmark.score.result import RunResult
from benchmark.score.site_tables import sites_table

# What `write_scores` may write: a copy of a run has no more and no less.
TABLES = (
    *("scores.csv", "subjects.csv", "ceilings.csv", "relationships.csv", "notes.csv"),
    *("sites.csv", "ensemble.json", "agreement.csv", "agreement.nc", "manifest.json"),
)


def write_scores(result: RunResult, folder: Path) -> Path:
    """Write ``scores.csv``, ``notes.csv`` and ``manifest.json`` into a folder.

    And ``agreement.nc`` and ``agreement.csv``, where several gridded models or
    references have NEE: how likely a sink is, each family counting once. And
    ``ensemble.json``, where a reference is an ensemble of approaches: do
    regions and families differ, and what remains when one value is left out.
    And ``relationships.csv``, the bins of each relationship that was scored.
    And ``sites.csv``, both sides at each site that is compared.
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
    bins = bins_table(result)
    if len(bins):
        write_text(folder / "relationships.csv", bins.to_csv(index=False))
    sites = sites_table(result)
    if len(sites):
        write_text(folder / "sites.csv", sites.to_csv(index=False))
    write_text(folder / "notes.csv", notes.to_csv(index=False))
    found = {name: item.as_json() for name, item in ensembles(result).items()}
    if found:
        text = json.dumps(found, indent=1, allow_nan=False)
        write_text(folder / "ensemble.json", text + "\n")
    _write_agreement(result, folder)
    write_text(folder / "manifest.json", json.dumps(result.manifest, indent=2) + "\n")
    return path


def _write_agreement(result: RunResult, folder: Path) -> None:
    from benchmark.regions import open_regions

    maps = agreement_maps(result.net_fluxes)
    if maps is None:
        return
    rows = agreement_rows(maps, open_regions("treat2024_permafrost"))
    write_text(folder / "agreement.csv", rows.to_csv(index=False))
    # In memory first, so that nobody meets half of a file.
    write_bytes(folder / "agreement.nc", bytes(maps.to_netcdf(engine="scipy")))
