"""HEALPix: pixel numbers, centres and outlines."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.harmonise.cells.healpix import healpix_pixels
from benchmark.regrid.mesh import Mesh

Read = Callable[..., tuple[xr.DataArray, Mesh, list[str]]]
Areas = Callable[[Mesh], np.ndarray]
Refusal = Callable[..., str]


def pixels(count: int, values: np.ndarray | None = None, **crs: object) -> xr.Dataset:
    """Return a file with values on pixels."""
    values = np.arange(float(count)) if values is None else values
    mapping = {"grid_mapping_name": "healpix", **crs}
    return xr.Dataset(
        {
            "gpp": ("cell", values, {"grid_mapping": "crs"}),
            "crs": ((), 0, mapping),
        }
    )


@pytest.mark.parametrize(
    "crs",
    [
        {"refinement_level": 2, "indexing_scheme": "nested"},
        {"healpix_nside": 4, "healpix_order": "nest"},
        {"healpix_nside": 4, "healpix_order": "ring"},
        {"nside": 4, "order": "RING"},
    ],
    ids=["CF", "easygems nest", "easygems ring", "upper case"],
)
def test_pixels_have_equal_areas(crs: dict, mesh_of_file: Read, areas: Areas) -> None:
    """Each of 192 pixels is a 192nd of the sphere to 1e-3, together the whole."""
    values, mesh, remarks = mesh_of_file(pixels(192, **crs))
    part = areas(mesh)
    np.testing.assert_allclose(part, 1 / 192, rtol=1e-3)
    assert part.sum() == pytest.approx(1.0, abs=1e-9)
    assert values.dims == ("cell",)
    assert remarks == []


def test_known_centres() -> None:
    """Ring pixels 0 and 4 of nside 2 are where Gorski's equations 4 to 9 put them."""
    lat, lon, _, _ = healpix_pixels(np.array([0, 4, 12, 20, 47]), 2, "ring")
    # z = 1 - i^2/12 in the cap, 4/3 - i/3 in the belt; i = 1, 2, 3, 4, 7.
    z = [1 - 1 / 12, 4 / 3 - 2 / 3, 4 / 3 - 3 / 3, 4 / 3 - 4 / 3, -(1 - 1 / 12)]
    np.testing.assert_allclose(np.sin(np.radians(lat)), z, atol=1e-12)
    # phi = 45 (j - s / 2): s is 1 in ring 2, 0 in ring 3, 1 in ring 4.
    np.testing.assert_allclose(lon, [45.0, 22.5, 0.0, 22.5, 315.0], atol=1e-9)


@settings(max_examples=50)
@given(level=st.integers(0, 5), seed=st.integers(0, 2**31))
def test_nested_and_ring_are_the_same_pixels(level: int, seed: int) -> None:
    """Every nested pixel has the centre of exactly one ring pixel."""
    nside = 2**level
    every = np.arange(12 * nside**2)
    nested, ring = (
        np.stack(healpix_pixels(every, nside, order, 1)[:2])
        for order in ("nested", "ring")
    )
    nested[1] %= 360.0
    places = [{tuple(p) for p in (g.T.round(7) % 360).tolist()} for g in (nested, ring)]
    assert places[0] == places[1]
    assert len(places[0]) == every.size
    # A pixel's parent contains its centre: bits of the number are its place.
    child = np.random.default_rng(seed).integers(12 * 4 ** (level + 1), size=5)
    lat, lon, _, _ = healpix_pixels(child, 2 * nside, "nested")
    up = healpix_pixels(child // 4, nside, "nested")
    # A half diagonal of a pixel is at most 0.83 / nside rad, at its widest.
    cosine = np.sin(np.radians(lat)) * np.sin(np.radians(up[0])) + np.cos(
        np.radians(lat)
    ) * np.cos(np.radians(up[0])) * np.cos(np.radians(lon - up[1]))
    assert (np.arccos(np.clip(cosine, -1, 1)) < 0.83 / nside).all()


def test_centre_is_the_middle_of_the_outline() -> None:
    """In the belt, opposite corners of a pixel are the same distance in sin(lat)."""
    lat, lon, corner_lat, corner_lon = healpix_pixels(np.arange(12), 1, "nested", 1)
    z = np.sin(np.radians(corner_lat[4:8]))
    np.testing.assert_allclose(z.mean(axis=1), 0.0, atol=1e-12)
    assert corner_lat[:4].max(axis=1) == pytest.approx(90.0)
    east = (corner_lon[:4] - lon[:4, None] + 180) % 360 - 180
    assert np.abs(east).max(axis=1) == pytest.approx(45.0)
    assert lat[:4] == pytest.approx(np.degrees(np.arcsin(2 / 3)))


def test_a_part_of_the_pixels_by_number(mesh_of_file: Read, areas: Areas) -> None:
    """Pixels listed by number in any order keep their values and places."""
    data = pixels(
        3, np.array([7.0, 8.0, 9.0]), refinement_level=1, indexing_scheme="ring"
    )
    number = ("cell", [20, 0, 47], {"standard_name": "healpix_index"})
    values, mesh, _ = mesh_of_file(data.assign_coords(healpix_index=number))
    assert values.to_numpy().tolist() == [7.0, 8.0, 9.0]
    assert mesh.lat == pytest.approx([0.0, 66.443536, -66.443536])
    assert areas(mesh) == pytest.approx(1 / 48, rel=1e-3)


def test_xdggs_attributes(mesh_of_file: Read) -> None:
    """A coordinate cell_ids may itself say that it numbers HEALPix pixels."""
    ids = {"grid_name": "healpix", "level": 1, "indexing_scheme": "nested"}
    data = xr.Dataset({"gpp": ("cells", np.ones(4))})
    data["cell_ids"] = ("cells", np.arange(4), ids)
    _, mesh, _ = mesh_of_file(data)
    assert mesh.description == "HEALPix nside 2 nested"


def test_refusals(mesh_of_file: Read, refusal: Refusal) -> None:
    """What is not stated is asked for by name."""
    said = refusal(mesh_of_file, pixels(5, refinement_level=1, indexing_scheme="ring"))
    assert "48 pixels" in said
    assert "'healpix_index'" in said
    assert "indexing_scheme" in refusal(mesh_of_file, pixels(48, refinement_level=1))
    said = refusal(mesh_of_file, pixels(48, indexing_scheme="ring"))
    assert "refinement_level" in said
    said = refusal(mesh_of_file, pixels(108, nside=3, indexing_scheme="nested"))
    assert "power of two" in said
    twice = pixels(2, refinement_level=0, indexing_scheme="ring")
    twice["cell"] = ("cell", [1, 1])
    assert "repeat" in refusal(mesh_of_file, twice)
    beyond = pixels(2, refinement_level=0, indexing_scheme="ring")
    beyond["cell"] = ("cell", [1, 12])
    assert "0 to 11" in refusal(mesh_of_file, beyond)
