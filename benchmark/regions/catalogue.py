"""Open regions by name, from a file, or from boxes."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TypeAlias

from benchmark.regions.descriptor import read_descriptor
from benchmark.regions.entries import region_of_entry, regions_of_file
from benchmark.regions.files import DESCRIPTORS, SHAPES, read_shapes
from benchmark.regions.operands import SHAPE_KEYS
from benchmark.regions.region_set import Region, Regions, unknown
from benchmark.regions.scope import Scope
from benchmark.regions.sets import region_set_names, set_ids, set_path

#: What `open_regions` accepts.
RegionsLike: TypeAlias = (
    "str | Path | Regions | Region | Mapping[str, object] | Iterable[RegionsLike]"
)


def open_regions(regions: RegionsLike) -> Regions:
    """Open a set of regions.

    Parameters
    ----------
    regions : str, Path, mapping, or a list of these
        One of

        - a built-in set, such as ``treat2024_permafrost``, ``countries`` or
          ``biomes_koeppen`` (see `region_set_names`);
        - a region of a built-in set, such as ``alaska`` or
          ``biomes_whittaker/tundra``;
        - the path of a GeoJSON file or shapefile whose features have a
          property ``id`` (or ``name``), of a NetCDF mask, or of a YAML
          descriptor of a region set;
        - the same with what it takes to read it: ``{file: zones.shp,
          attribute: EXTENT}``, ``{file: zones.nc, class: [tundra]}``;
        - a box: ``{id: siberia_box, lat: [60, 75], lon: [160, -170]}``
          with an optional ``name``, running eastward from the first
          longitude to the second;
        - a combination: ``{id: x, intersection_of: [alaska,
          biomes_whittaker/borealforest]}``, ``union_of``, ``without`` or
          ``rule`` (see `benchmark.regions.entries.region_of_entry`);
        - a mapping from ids to boxes or combinations, or a list of any of
          these.

    Returns
    -------
    Regions
        The regions in the order given.

    Raises
    ------
    ValueError
        If a name is unknown, a box or geometry is not usable, nothing is
        left of a combination, or an id appears twice.
    FileNotFoundError
        If a path does not exist.

    Examples
    --------
    >>> open_regions(["alaska", {"id": "mid", "lat": [30, 60], "lon": [-20, 40]}])
    Regions 'alaska + mid' (2)
      alaska  Alaska
      mid     mid
    >>> open_regions("treat2024_permafrost")["permafrost_domain"].published_area_Mkm2
    18.4
    """
    if isinstance(regions, Regions):
        return regions
    if isinstance(regions, Region):
        return Regions(regions.id, (regions,))
    if isinstance(regions, Mapping):
        return _from_mapping(regions)
    if isinstance(regions, Path):
        return _from_file(regions)
    if isinstance(regions, str):
        return _from_text(regions, Path())
    if not isinstance(regions, Iterable):
        msg = f"regions: expected a name, a path or boxes, found {regions!r}."
        raise ValueError(msg)
    parts = [open_regions(part) for part in regions]
    if not parts:
        msg = "regions: the list is empty. Name a set, e.g. 'treat2024_permafrost'."
        raise ValueError(msg)
    return Regions(
        " + ".join(part.name for part in parts),
        tuple(region for part in parts for region in part),
    )


def _from_text(text: str, folder: Path) -> Regions:
    """Open a built-in set, a region of one, or a file in a folder."""
    built_in = region_set_names()
    if text in built_in:
        return _built_in(text)
    if text.lower().endswith((*SHAPES, *DESCRIPTORS)):
        return _from_file(folder / Path(text).expanduser())
    name, _, id = text.partition("/")
    if id and name in built_in:
        if id not in set_ids(name):
            raise ValueError(
                unknown(f"regions: '{name}' has no region; ", id, set_ids(name))
            )
        return Regions(text, (_built_in(name)[id],))
    holders = {id: name for name in built_in for id in set_ids(name)}
    if text in holders:
        return Regions(text, (_built_in(holders[text])[text],))
    raise ValueError(_no_such(text, holders))


def _no_such(text: str, holders: Mapping[str, str]) -> str:
    """Word the error about a name; the sets are too many to list their regions."""
    near = get_close_matches(
        text.rpartition("/")[-1], [*set(holders.values()), *holders], n=1
    )
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return (
        f"regions: the set or region '{text}' is unknown.{hint} Known sets: "
        f"{', '.join(region_set_names())}; 'permabench list regions SET' has their "
        f"regions. A file must end in {', '.join((*SHAPES, *DESCRIPTORS))}."
    )


@cache
def _built_in(name: str) -> Regions:
    return read_descriptor(set_path(name), _from_text)


def _from_file(path: Path) -> Regions:
    if not path.is_file():
        msg = f"regions: there is no file '{path}' in {Path.cwd()}."
        raise FileNotFoundError(msg)
    if path.suffix.lower() in DESCRIPTORS:
        return read_descriptor(path, _from_text)
    return Regions(path.stem, tuple(read_shapes(path).values()))


def _from_mapping(mapping: Mapping[str, object]) -> Regions:
    """Tell one region from a mapping of ids to regions."""
    scope = Scope("regions", Path(), _from_text)
    if "file" in mapping and "id" not in mapping:
        found = regions_of_file(mapping, scope)
        return Regions(Path(str(mapping["file"])).stem, tuple(found))
    if "id" in mapping or set(SHAPE_KEYS) & set(mapping):
        region = region_of_entry(mapping, scope)
        return Regions(region.id, (region,))
    regions = []
    for id, entry in mapping.items():
        if not isinstance(entry, Mapping):
            msg = (
                f"regions: '{id}' must be a box, found {entry!r}. "
                f"Write {id}: {{lat: [60, 75], lon: [160, -170]}}."
            )
            raise ValueError(msg)
        regions.append(region_of_entry({"id": id, **entry}, scope))
    return Regions("boxes", tuple(regions))
