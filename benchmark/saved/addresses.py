"""Where the parts of a kept run are, from the top of its folder."""

import re
from pathlib import Path

from benchmark.errors import ConfigError
from benchmark.report.slugs import slugs
from benchmark.saved.inline import is_small
from benchmark.score.result import RunResult

RUN_FILE = "run/run.json"
# What a run file may name; nothing else is ever opened on its behalf.
_ALLOWED = re.compile(r"(?:(?:data|run)/)?[a-z0-9][\w-]*\.(?:nc|csv|json)", re.ASCII)

Pair = tuple[str, str]


def pair_files(result: RunResult) -> dict[Pair, str]:
    """Return the file that holds the evidence of each model and reference.

    Parameters
    ----------
    result : RunResult
        A finished run.

    Returns
    -------
    dict of (str, str) to str
        Model and reference -> address from the top of the report, such as
        ``data/classic--gbaf-gpp.nc``. A NetCDF file with a group for each
        field of `benchmark.score.result.Evidence`. A few numbers have none,
        see `benchmark.saved.inline.is_small`.
    """
    models = slugs([*result.models, *(model for model, _ in result.evidence)])
    known = [*result.references, *(reference for _, reference in result.evidence)]
    references = slugs(known)
    return {
        (model, reference): f"data/{models[model]}--{references[reference]}.nc"
        for (model, reference), evidence in result.evidence.items()
        if not is_small(evidence)
    }


def inside(folder: Path, address: object, where: str) -> Path:
    """Return the path of a part of a run, if it lies in the run's folder.

    Parameters
    ----------
    folder : Path
        Top of the run.
    address : object
        What the run file names.
    where : str
        The place in the run file, for messages.

    Returns
    -------
    Path

    Raises
    ------
    ConfigError
        If it is no name of a part of a run, or a link to somewhere else.
    """
    if not isinstance(address, str) or not _ALLOWED.fullmatch(address):
        msg = (
            f"{where}: names {str(address)[:80]!r}; expected a file of the run, such "
            "as data/classic--gbaf-gpp.nc."
        )
        raise ConfigError([msg])
    path = folder / address
    if not path.resolve().is_relative_to(folder.resolve()):
        msg = f"{where}: {address} is a link out of the folder, and is not followed."
        raise ConfigError([msg])
    return path
