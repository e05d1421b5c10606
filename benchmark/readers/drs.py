"""A folder of an archive: files found by what their names say."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import xarray as xr

from benchmark.config.descriptors import GridMeasure, Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers.drs_names import facets_of
from benchmark.readers.facets import Asset, only_one, selected
from benchmark.readers.netcdf import open_grid
from benchmark.readers.registry import readers
from benchmark.readers.select import Wanted, wanted_of

_ONE = ("source_id", "forcing", "experiment_id", "member_id", "grid_label", "table_id")
_MEASURES = {"cell_area": "areacella", "land_fraction": "sftlf"}


@readers.register("drs")
def read_drs(source: VariableSource, model: Model) -> xr.Dataset:
    """Open one variable of a tree of CMIP6, CMIP5, ISIMIP or TRENDY files.

    Parameters
    ----------
    source : VariableSource
        Its `files`: folders. Files are found by name, however deep they lie.
    model : Model
        Its `select`: facets such as ``source_id``, ``experiment_id``,
        ``member_id``, ``table_id``, ``grid_label`` and ``version``, each a text,
        a glob, or a list where several experiments go one after the other.

    Returns
    -------
    Dataset
        See `benchmark.readers.open_grid`. The attribute ``measures`` has the
        model's areacella and sftlf, where the tree holds them.

    Raises
    ------
    InputError
        If no file holds it, or several runs do, with the line to write.

    Examples
    --------
    A model configuration::

        model: CanESM5
        files: /data/CMIP6
        select: {source_id: CanESM5, experiment_id: historical,
                 member_id: r1i1p1f1}
        variables: [gpp, rh, npp]
    """
    folders = [Path(text) for text in source.files]
    wanted = wanted_of(source)
    names = _names(wanted, source)
    where = str(folders[0])
    found = [*_assets(folders, names)]
    if not found:
        return _by_content(folders, source, wanted, names)
    assets, remarks = only_one(
        selected(found, model.select, where), _ONE, model.select, where
    )
    data = open_grid(
        [str(asset.place) for asset in assets], time=not source.static, wanted=wanted
    )
    measures = _measures(assets[0], folders)
    return data.assign_attrs(
        measures=measures,
        remarks=[
            *remarks,
            *(
                f"{key}: {item.name} of {Path(item.files[0]).name}, found in the tree"
                for key, item in measures.items()
                if getattr(model, key) is None
            ),
        ],
    )


def _names(wanted: Wanted | None, source: VariableSource) -> tuple[str, ...]:
    if wanted is None:
        return (source.variable,)
    if wanted.variable is None:
        return wanted.names
    return (*wanted.variable.aliases, *wanted.variable.negated)


def _assets(folders: Iterable[Path], names: tuple[str, ...]) -> Iterator[Asset]:
    """Yield the files of some variables, each once though links lead to it."""
    seen: set[str] = set()
    for folder in folders:
        for path in _files(folder, names):
            facets = facets_of(path)
            real = os.path.realpath(path)
            if facets.get("variable_id") in names and real not in seen:
                seen.add(real)
                yield Asset(path, facets["variable_id"], facets)


def _files(folder: Path, names: tuple[str, ...]) -> Iterator[Path]:
    for parent, below, files in os.walk(folder, followlinks=False):
        if any(name in below for name in names):
            # The level of the variables: the others need not be walked.
            below[:] = [name for name in below if name in names]
        below.sort()
        yield from (Path(parent, name) for name in sorted(files))


def _by_content(
    folders: list[Path],
    source: VariableSource,
    wanted: Wanted | None,
    names: tuple[str, ...],
) -> xr.Dataset:
    """Open a folder whose names follow no archive by what its files hold."""
    files = [str(path) for folder in folders for path in sorted(folder.rglob("*.nc"))]
    if not files:
        msg = (
            f"{folders[0]}: no NetCDF file (*.nc) in this folder; expected files of "
            f"{', '.join(names[:4])}. Correct 'files:'."
        )
        raise InputError(msg)
    if all(facets_of(Path(file)) for file in files):
        held = sorted({facets_of(Path(file))["variable_id"] for file in files})
        msg = (
            f"{folders[0]}: no file of {' or '.join(names[:6])}; found files of "
            f"{', '.join(held[:12])}. Write 'name:' under variables.{source.variable}."
        )
        raise InputError(msg)
    return open_grid(files, time=not source.static, wanted=wanted)


def _measures(asset: Asset, folders: list[Path]) -> dict[str, GridMeasure]:
    """Return areacella and sftlf of the same model and grid, of any experiment."""
    model = asset.facets["source_id"]
    parents = Path(asset.place).parents
    roots = [parent for parent in parents if parent.name == model] or folders
    found: dict[str, GridMeasure] = {}
    for key, name in _MEASURES.items():
        for other in _assets(roots, (name,)):
            if all(
                other.facets.get(facet) == asset.facets.get(facet)
                for facet in ("source_id", "grid_label")
            ):
                found[key] = GridMeasure((str(other.place),), name)
                break
    return found
