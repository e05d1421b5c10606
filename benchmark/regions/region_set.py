"""A region and an ordered set of regions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Region:
    """One region of the Earth's surface, sea included.

    Parameters
    ----------
    id : str
        What configurations and tables call the region.
    name : str
        What reports call it.
    geometry : shapely geometry
        Polygons in longitude and latitude (degrees), longitude within
        -180..180. It is not cut at the coast: the land fraction of the
        data decides what is land.
    description, source, licence : str
        What the region is, where its shape comes from and on what terms.
    published_area_Mkm2, land_area_Mkm2 : float, optional
        Area according to its authors and land area of this geometry
        (Natural Earth land without large lakes), in million km2.
    part_of : str, optional
        Id of the region it is a part of.
    """

    id: str
    name: str
    geometry: "BaseGeometry" = field(repr=False, compare=False)
    description: str = field(default="", repr=False)
    source: str = field(default="", repr=False)
    licence: str = field(default="", repr=False)
    published_area_Mkm2: float | None = field(default=None, repr=False)
    land_area_Mkm2: float | None = field(default=None, repr=False)
    part_of: str | None = field(default=None, repr=False)


@dataclass(frozen=True, repr=False)
class Regions:
    """An ordered set of regions with distinct ids.

    Parameters
    ----------
    name : str
        Name of the set.
    members : tuple of Region
        The regions, in the order of tables and reports.

    Raises
    ------
    ValueError
        If two regions have the same id.

    Examples
    --------
    >>> from benchmark.regions import box
    >>> north = box("north", lat=(60, 90), lon=(-180, 180))
    >>> south = box("south", lat=(-90, -60), lon=(-180, 180), name="Far south")
    >>> regions = Regions("caps", (north, south))
    >>> regions
    Regions 'caps' (2)
      north  north
      south  Far south
    >>> regions.select(["south"]).ids
    ['south']
    """

    name: str
    members: tuple[Region, ...]

    def __post_init__(self) -> None:
        """Check that no id is used twice."""
        repeated = sorted({id for id in self.ids if self.ids.count(id) > 1})
        if repeated:
            msg = (
                f"regions '{self.name}': the id {repeated[0]!r} is used twice. "
                "Give every region its own 'id'."
            )
            raise ValueError(msg)

    @property
    def ids(self) -> list[str]:
        """The ids of the regions, in order."""
        return [region.id for region in self.members]

    @property
    def names(self) -> list[str]:
        """The names of the regions, in order."""
        return [region.name for region in self.members]

    def select(self, ids: Iterable[str]) -> "Regions":
        """Return the regions with these ids, in this order.

        Parameters
        ----------
        ids : iterable of str
            Ids of regions of this set.

        Returns
        -------
        Regions
            A smaller set of the same name.

        Raises
        ------
        KeyError
            If an id is not in the set; the message has the nearest one.
        """
        return Regions(self.name, tuple(self[id] for id in ids))

    def __getitem__(self, id: str) -> Region:
        """Return the region with this id."""
        for region in self.members:
            if region.id == id:
                return region
        msg = unknown(f"regions '{self.name}': region", id, self.ids)
        raise KeyError(msg)

    def __iter__(self) -> Iterator[Region]:
        """Go through the regions in order."""
        return iter(self.members)

    def __len__(self) -> int:
        """Count the regions."""
        return len(self.members)

    def __contains__(self, id: object) -> bool:
        """Tell whether a region has this id."""
        return id in self.ids

    def __repr__(self) -> str:
        """List the ids and names."""
        width = max((len(id) for id in self.ids), default=0)
        rows = (f"\n  {region.id:<{width}}  {region.name}" for region in self)
        return f"Regions '{self.name}' ({len(self)})" + "".join(rows)


def box(
    id: str,
    *,
    lat: Iterable[float],
    lon: Iterable[float],
    name: str = "",
    description: str = "",
) -> Region:
    """Make a region bounded by two parallels and two meridians.

    Parameters
    ----------
    id : str
        What configurations and tables call the region.
    lat : pair of float
        Southern and northern limit, in degrees.
    lon : pair of float
        Western and eastern limit, in degrees. The box runs eastward from
        the first to the second, so (160, -170) crosses the dateline.
    name, description : str, optional
        What reports call it (the id, if not given) and what it is.

    Returns
    -------
    Region
        The box; its weights are exact.

    Raises
    ------
    ValueError
        If the limits are not two latitudes, south first, and two
        different longitudes.

    Examples
    --------
    >>> box("bering", lat=(60, 75), lon=(160, -170)).geometry.area
    450.0
    """
    from benchmark.regions.geometry import box_geometry

    try:
        south, north = (float(limit) for limit in lat)
        west, east = (float(limit) for limit in lon)
    except (TypeError, ValueError) as error:
        msg = (
            f"region '{id}': lat and lon must be two numbers each, found "
            f"lat={lat!r}, lon={lon!r}. Write e.g. lat: [60, 75], lon: [160, -170]."
        )
        raise ValueError(msg) from error
    if not -90 <= south < north <= 90:
        msg = (
            f"region '{id}': lat must be [south, north] within -90..90, "
            f"found [{south:g}, {north:g}]."
        )
        raise ValueError(msg)
    if not (min(west, east) >= -360 and max(west, east) <= 540 and west != east):
        msg = (
            f"region '{id}': lon must be [west, east], two different longitudes "
            f"within -360..540, found [{west:g}, {east:g}]."
        )
        raise ValueError(msg)
    if abs(east - west) > 360:
        msg = (
            f"region '{id}': lon must be at most 360 degrees apart, found "
            f"[{west:g}, {east:g}]."
        )
        raise ValueError(msg)
    return Region(
        id,
        name or id,
        box_geometry(south, north, west, east),
        description=description or f"{south:g} to {north:g} N, {west:g} to {east:g} E",
        source="box given in the configuration",
    )


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Word an error about a name that is not among the known ones.

    Parameters
    ----------
    what : str
        What the name should be the name of.
    name : str
        What was found.
    known : iterable of str
        What is accepted.

    Returns
    -------
    str
        A sentence with the nearest known name, and all of them.
    """
    known = list(known)
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"{what} '{name}' is unknown.{hint} Known: {', '.join(known)}."
