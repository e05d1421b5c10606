"""Copies a kept run, so that its pages can be made somewhere else."""

import json
from pathlib import Path

from benchmark.atomic import write_bytes
from benchmark.saved.addresses import RUN_FILE, inside
from benchmark.score.files import TABLES


def copy_run(source: Path, target: Path) -> None:
    """Copy the tables and the kept run of a folder to another, and no pages.

    Parameters
    ----------
    source : Path
        Folder of a run that `benchmark.saved.reading.load_run` has read.
    target : Path
        Made if it does not exist; the run file is copied last. A table of
        another run there that this one has not is removed.
    """
    listed = json.loads((source / RUN_FILE).read_text("utf-8"))["files"]
    names = [name for name in TABLES if (source / name).is_file()]
    for name in dict.fromkeys([*names, *listed, RUN_FILE]):
        content = inside(source, name, RUN_FILE).read_bytes()
        write_bytes(target / name, content)
    for name in set(TABLES) - set(names):
        (target / name).unlink(missing_ok=True)
