"""A model on cells of any shape scores as it would on latitude and longitude.

One smooth field is written on grids of several kinds, as their archives write
it, and scored against itself on a grid of 2.5 degrees.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark.config import load_suite
from benchmark.score import score_suite

MONTHS = 24
Grid = Callable[[], xr.Dataset]


def flux(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return gpp in kg m-2 s-1, months first: a summer peak, smooth in space."""
    month = np.arange(MONTHS) % 12
    season = np.clip(np.cos((month - 6) / 12 * 2 * np.pi), 0, None)
    space = 6e-8 * np.cos(np.radians(lat)) * (1 + 0.4 * np.sin(np.radians(lon)))
    return season.reshape(-1, *[1] * np.ndim(lat)) * space


def timed(data: xr.Dataset) -> xr.Dataset:
    """Add two years of mid-month dates."""
    days = np.array([(30.4375 * k) + 15 for k in range(MONTHS)])
    time = ("time", days, {"units": "days since 2000-01-01", "calendar": "standard"})
    data = data.assign_coords(time=time)
    data["gpp"].attrs["units"] = "kg m-2 s-1"
    return data


def regular() -> xr.Dataset:
    """Return the field on 2.5 degrees, north of 40 N."""
    lat, lon = np.arange(41.25, 90, 2.5), np.arange(1.25, 360, 2.5)
    mesh = np.meshgrid(lat, lon, indexing="ij")
    data = xr.Dataset({"gpp": (("time", "lat", "lon"), flux(*mesh))})
    return timed(
        data.assign_coords(
            lat=("lat", lat, {"units": "degrees_north"}),
            lon=("lon", lon, {"units": "degrees_east"}),
        )
    )


def rotated_positions(
    rlat: np.ndarray, rlon: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return latitudes and longitudes of a grid whose pole is at 30 N, 150 W."""
    pole_lat, pole_lon = np.radians(30.0), -150.0
    y, x = np.radians(rlat), np.radians(rlon)
    lat = np.arcsin(
        np.sin(pole_lat) * np.sin(y) + np.cos(pole_lat) * np.cos(y) * np.cos(x)
    )
    east = np.cos(y) * np.sin(x)
    north = np.sin(y) * np.cos(pole_lat) - np.cos(y) * np.cos(x) * np.sin(pole_lat)
    # Towards the pole of the grid the longitude is that of the pole, plus half a turn.
    lon = np.degrees(np.arctan2(east, north * -1.0)) + pole_lon + 180.0
    return np.degrees(lat), lon


def curvilinear() -> xr.Dataset:
    """Return it on a rotated grid that only says where centres and corners are."""
    step = 2.0
    rlat, rlon = np.arange(-49, 50, step), np.arange(-49, 50, step)
    y, x = np.meshgrid(rlat, rlon, indexing="ij")
    lat, lon = rotated_positions(y, x)
    corners = [
        rotated_positions(y + dy, x + dx)
        for dy, dx in ((-1, -1), (-1, 1), (1, 1), (1, -1))
    ]
    data = xr.Dataset({"gpp": (("time", "y", "x"), flux(lat, lon))})
    data["gpp"].attrs["coordinates"] = "lat lon"
    data["lat"] = (("y", "x"), lat, {"units": "degrees_north", "bounds": "lat_bnds"})
    data["lon"] = (("y", "x"), lon, {"units": "degrees_east", "bounds": "lon_bnds"})
    data["lat_bnds"] = (("y", "x", "nv"), np.stack([c[0] for c in corners], -1))
    data["lon_bnds"] = (("y", "x", "nv"), np.stack([c[1] for c in corners], -1))
    return timed(data)


def without_corners() -> xr.Dataset:
    """Return the same grid with nothing but its centres."""
    data = curvilinear().drop_vars(["lat_bnds", "lon_bnds"])
    for axis in ("lat", "lon"):
        del data[axis].attrs["bounds"]
    return data


def rotated_pole() -> xr.Dataset:
    """Return the same grid by its grid mapping, as CORDEX writes it."""
    data = without_corners().drop_vars(["lat", "lon"])
    axis = np.arange(-49, 50, 2.0)
    for dim, name in (("y", "grid_latitude"), ("x", "grid_longitude")):
        data[dim] = (dim, axis, {"standard_name": name, "units": "degrees"})
    del data["gpp"].attrs["coordinates"]
    data["gpp"].attrs["grid_mapping"] = "rotated_pole"
    data["rotated_pole"] = (
        (),
        0,
        {
            "grid_mapping_name": "rotated_latitude_longitude",
            "grid_north_pole_latitude": 30.0,
            "grid_north_pole_longitude": -150.0,
        },
    )
    return data.rename(y="rlat", x="rlon")


def triangles() -> xr.Dataset:
    """Return it on an icosahedron cut five times, as ICON writes it: in radians."""
    lat, lon, corner_lat, corner_lon = icosahedron(5)
    data = xr.Dataset({"gpp": (("time", "ncells"), flux(lat, lon))})
    data["gpp"].attrs["coordinates"] = "clat clon"
    for name, centre, corner in (
        ("clat", lat, corner_lat),
        ("clon", lon, corner_lon),
    ):
        attrs = {"units": "radian", "bounds": f"{name}_vertices"}
        attrs["standard_name"] = "latitude" if name == "clat" else "longitude"
        data[name] = ("ncells", np.radians(centre), attrs)
        data[f"{name}_vertices"] = (("ncells", "nv"), np.radians(corner))
    return timed(data)


def icosahedron(
    times: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return centres and corners of the triangles of a subdivided icosahedron."""
    ring = np.radians(np.arange(5) * 72.0)
    z = 1 / np.sqrt(5)
    upper = np.column_stack([2 * z * np.cos(ring), 2 * z * np.sin(ring), 0 * ring + z])
    turned = ring + np.pi / 5
    lower = np.column_stack(
        [2 * z * np.cos(turned), 2 * z * np.sin(turned), 0 * ring - z]
    )
    top, bottom = np.array([0, 0, 1.0]), np.array([0, 0, -1.0])
    faces = []
    for k in range(5):
        n = (k + 1) % 5
        faces += [
            [top, upper[k], upper[n]],
            [upper[k], lower[k], upper[n]],
            [upper[n], lower[k], lower[n]],
            [bottom, lower[n], lower[k]],
        ]
    cells = np.array(faces)
    for _ in range(times):
        a, b, c = cells[:, 0], cells[:, 1], cells[:, 2]
        ab, bc, ca = (
            p / np.linalg.norm(p, axis=1)[:, None] for p in (a + b, b + c, c + a)
        )
        cells = np.concatenate(
            [
                np.stack(part, 1)
                for part in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))
            ]
        )
    centre = cells.mean(axis=1)
    centre /= np.linalg.norm(centre, axis=1)[:, None]
    return (*_degrees(centre), *_degrees(cells))


def _degrees(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.degrees(np.arcsin(np.clip(points[..., 2], -1, 1))),
        np.degrees(np.arctan2(points[..., 1], points[..., 0])),
    )


def ugrid() -> xr.Dataset:
    """Return the triangles as a UGRID mesh, faces numbered from 1."""
    lat, lon, corner_lat, corner_lon = icosahedron(5)
    nodes = np.round(np.column_stack([corner_lat.ravel(), corner_lon.ravel()]), 9)
    unique, index = np.unique(nodes, axis=0, return_inverse=True)
    data = xr.Dataset(
        {
            "gpp": (
                ("time", "face"),
                flux(lat, lon),
                {"mesh": "topology", "location": "face"},
            ),
            "topology": (
                (),
                0,
                {
                    "cf_role": "mesh_topology",
                    "topology_dimension": 2,
                    "node_coordinates": "node_lon node_lat",
                    "face_node_connectivity": "face_nodes",
                },
            ),
            "face_nodes": (
                ("face", "three"),
                index.reshape(-1, 3) + 1,
                {"start_index": 1, "cf_role": "face_node_connectivity"},
            ),
            "node_lat": (
                "node",
                unique[:, 0],
                {"standard_name": "latitude", "units": "degrees_north"},
            ),
            "node_lon": (
                "node",
                unique[:, 1],
                {"standard_name": "longitude", "units": "degrees_east"},
            ),
        }
    )
    return timed(data)


def lattice() -> xr.Dataset:
    """Return the land cells of a grid as a list, shuffled, as LPJ-GUESS does."""
    lat, lon = np.meshgrid(
        np.arange(41, 90, 2.0), np.arange(-179, 180, 2.0), indexing="ij"
    )
    order = np.random.default_rng(1).permutation(lat.size)
    lat, lon = lat.ravel()[order], lon.ravel()[order]
    data = xr.Dataset({"gpp": (("time", "landpoint"), flux(lat, lon))})
    data["gpp"].attrs["coordinates"] = "lat lon"
    data["lat"] = ("landpoint", lat, {"units": "degrees_north"})
    data["lon"] = ("landpoint", lon, {"units": "degrees_east"})
    return timed(data)


def centres() -> xr.Dataset:
    """Return the triangles by their centres alone."""
    data = triangles().drop_vars(["clat_vertices", "clon_vertices"])
    for name in ("clat", "clon"):
        del data[name].attrs["bounds"]
    return data


# What the model file has to say of a grid besides.
STATED = {"centres": {"grid": {"cells": "voronoi"}}}

GRIDS: dict[str, Grid] = {
    "centres": centres,
    "regular": regular,
    "curvilinear": curvilinear,
    "without corners": without_corners,
    "rotated pole": rotated_pole,
    "triangles": triangles,
    "ugrid": ugrid,
    "lattice": lattice,
}


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """One run over all the grids."""
    folder = tmp_path_factory.mktemp("grids")
    models = []
    for name, grid in GRIDS.items():
        path = folder / f"{name.replace(' ', '_')}.nc"
        grid().to_netcdf(path)
        variables = {"gpp": {"files": str(path)}}
        models.append(
            {"model": name, "variables": variables, **STATED.get(name, {})}
        )
    reference = {
        "reference": "itself",
        "title": "The field on 2.5 degrees",
        "variable": "gpp",
        "kind": "field",
        "data": {"files": "regular.nc", "name": "gpp"},
        "scoring": {"metrics": ["bias", "ilamb_bias", "ilamb_rmse", "seasonal_phase"]},
    }
    (folder / "reference.yaml").write_text(yaml.safe_dump(reference))
    suite = {
        "suite": "grids",
        "models": models,
        "references": ["reference.yaml"],
        "regions": [
            {"id": "siberia", "lat": [60, 70], "lon": [60, 120]},
            {"id": "dateline", "lat": [62, 75], "lon": [160, -160]},
            {"id": "polar", "lat": [75, 90], "lon": [-180, 180]},
        ],
    }
    (folder / "suite.yaml").write_text(yaml.safe_dump(suite))
    return score_suite(load_suite(folder / "suite.yaml")).scores


@pytest.mark.parametrize("name", GRIDS)
def test_every_grid_is_scored(scores: pd.DataFrame, name: str) -> None:
    """No grid fails, and each region is assessed."""
    rows = scores[scores["model"] == name]
    assert set(rows["status"]) == {"scored"}, rows["message"].iloc[0]
    assert set(rows["region"]) == {"siberia", "dateline", "polar"}


@pytest.mark.parametrize("name", GRIDS)
def test_regional_means_agree(scores: pd.DataFrame, name: str) -> None:
    """Regional means are those of the field on latitude and longitude, to 1 %."""
    rows = scores[(scores["model"] == name) & (scores["metric"] == "bias")]
    share = rows["value"] / rows["reference_value"]
    assert abs(share).max() < 0.01


@pytest.mark.parametrize("name", GRIDS)
def test_scores_are_nearly_one(scores: pd.DataFrame, name: str) -> None:
    """The same field on other cells scores 0.97 or more in every metric."""
    rows = scores[(scores["model"] == name) & (scores["metric"] != "bias")]
    assert len(rows) == 9
    assert rows["score"].min() > 0.97
