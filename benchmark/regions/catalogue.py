"""Open regions by name, from a file, or from boxes."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from benchmark.regions.descriptor import box_from_entry, read_descriptor, read_geojson
from benchmark.regions.region_set import Region, Regions, unknown
from benchmark.regions.shipped import shipped

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

        - a built-in set: ``treat2024_permafrost``,
          ``treat2024_boreal_tundra`` or ``global``;
        - a region of a built-in set, such as ``alaska``;
        - the path of a GeoJSON file whose features have a property ``id``
          (or ``name``), or of a YAML descriptor of a region set;
        - a box: ``{id: siberia_box, lat: [60, 75], lon: [160, -170]}``
          with an optional ``name``, running eastward from the first
          longitude to the second; or a mapping from ids to such boxes;
        - a list of any of these.

    Returns
    -------
    Regions
        The regions in the order given.

    Raises
    ------
    ValueError
        If a name is unknown, a box or geometry is not usable, or an id
        appears twice.
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
        return _from_text(regions)
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


def region_set_names() -> list[str]:
    """Return the names of the built-in region sets.

    Examples
    --------
    >>> region_set_names()
    ['global', 'treat2024_boreal_tundra', 'treat2024_permafrost']
    """
    entries = shipped("regions").iterdir()
    return sorted(
        entry.name.removesuffix(".yaml")
        for entry in entries
        if entry.name.endswith(".yaml")
    )


def _from_text(text: str) -> Regions:
    built_in = region_set_names()
    if text in built_in:
        return _built_in(text)
    if text.endswith((".geojson", ".json", ".yaml", ".yml")):
        return _from_file(Path(text))
    holders = {id: name for name in built_in for id in _built_in(name).ids}
    if text in holders:
        return Regions(text, (_built_in(holders[text])[text],))
    reason = unknown("regions: the set or region", text, [*built_in, *holders])
    msg = f"{reason} A file must end in .geojson, .json, .yaml or .yml."
    raise ValueError(msg)


@cache
def _built_in(name: str) -> Regions:
    return read_descriptor(shipped("regions", f"{name}.yaml"), shipped("regions"))


def _from_file(path: Path) -> Regions:
    if not path.is_file():
        msg = f"regions: there is no file '{path}' in {Path.cwd()}."
        raise FileNotFoundError(msg)
    if path.suffix in (".yaml", ".yml"):
        return read_descriptor(path, path.parent)
    return Regions(path.stem, tuple(read_geojson(path).values()))


def _from_mapping(mapping: Mapping[str, object]) -> Regions:
    """Tell one box from a mapping of ids to boxes."""
    if "lat" in mapping or "lon" in mapping or "id" in mapping:
        region = box_from_entry(mapping, "regions")
        return Regions(region.id, (region,))
    boxes = []
    for id, entry in mapping.items():
        if not isinstance(entry, Mapping):
            msg = (
                f"regions: '{id}' must be a box, found {entry!r}. "
                f"Write {id}: {{lat: [60, 75], lon: [160, -170]}}."
            )
            raise ValueError(msg)
        boxes.append(box_from_entry({"id": id, **entry}, "regions"))
    return Regions("boxes", tuple(boxes))
