"""Regions as an entry of a configuration describes them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from benchmark.regions.features import ABOUT, about, check_keys
from benchmark.regions.operands import OF_FILES, SHAPE_KEYS, file_regions, shape
from benchmark.regions.region_set import Region
from benchmark.regions.scope import Scope

ENTRY_KEYS = (*ABOUT, *SHAPE_KEYS, "ratio", "remarks")


def region_of_entry(entry: Mapping[str, Any], scope: Scope) -> Region:
    """Make the region that an entry describes.

    Its shape is one of

    - a box, ``lat`` and ``lon``;
    - ``file`` with ``class``, one or several regions of it, and as far as
      the file needs them ``attribute``, ``variable`` and ``threshold``;
    - ``union_of`` or ``intersection_of``, lists of names, of files, or of
      mappings such as this one; what has several regions counts as one;
    - ``rule``, an intersection: ``country``, ``biome``, ``permafrost`` and
      ``within``, each a name or a list of which any will do;
    - the region of the scope that has its id, or that ``class`` names.

    ``without`` is a list of what is cut out of any of these.

    Parameters
    ----------
    entry : mapping
        As written; it needs an ``id``.
    scope : Scope
        What it may refer to.

    Returns
    -------
    Region
        The region.

    Raises
    ------
    ValueError
        If a key is missing or unknown, something it refers to is not there,
        or nothing is left of it; the message names the region.

    Examples
    --------
    >>> from pathlib import Path
    >>> from benchmark.regions import open_regions
    >>> scope = Scope("mine.yaml", Path(), lambda text, folder: open_regions(text))
    >>> west = {"lat": [0, 90], "lon": [-180, 0]}
    >>> entry = {"id": "east", "union_of": ["global"], "without": [west]}
    >>> region_of_entry(entry, scope).geometry.area == 360 * 180 - 180 * 90
    True
    """
    check_keys(entry, ENTRY_KEYS, scope.where)
    if "id" not in entry:
        msg = (
            f"{scope.where}: a region has no 'id': {dict(entry)}; ['id'] missing. "
            "Write e.g. {id: siberia_box, lat: [60, 75], lon: [160, -170]}."
        )
        raise ValueError(msg)
    id = str(entry["id"])
    region = shape(entry, scope, f"{scope.where}: region '{id}'", id)
    return replace(region, **{**about(entry), "id": id})


def regions_of_file(entry: Mapping[str, Any], scope: Scope) -> list[Region]:
    """Return the regions of an entry that has a file and no id.

    Parameters
    ----------
    entry : mapping
        With ``file``, and what says how to read it.
    scope : Scope
        What the path is relative to.

    Returns
    -------
    list of Region
        All of them, or those that ``class`` names.

    Raises
    ------
    ValueError
        If the file or a class is not usable.
    """
    check_keys(entry, ("file", *OF_FILES), scope.where)
    return file_regions(entry, scope)
