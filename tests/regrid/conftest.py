"""Small grids for the regridding tests."""

import numpy as np
import pytest
import xarray as xr


def grid_from_edges(lat_edges, lon_edges, *, descending=False, flip=False, wrap=False):
    """Build a grid; optionally upside down, with pairs swapped, lon in 0..360."""
    lat_edges, lon_edges = np.asarray(lat_edges, float), np.asarray(lon_edges, float)
    lat_bnds = np.column_stack([lat_edges[:-1], lat_edges[1:]])
    lon_bnds = np.column_stack([lon_edges[:-1], lon_edges[1:]])
    lat, lon = lat_bnds.mean(axis=1), lon_bnds.mean(axis=1)
    if descending:
        lat, lat_bnds = lat[::-1], lat_bnds[::-1]
    if wrap and np.ptp(lon_edges) < 360 and lon.size > 0:
        lon_bnds = lon_bnds % 360.0
    if flip:
        lat_bnds, lon_bnds = lat_bnds[:, ::-1], lon_bnds[:, ::-1]
    return xr.Dataset(
        coords={
            "lat": lat,
            "lon": lon,
            "lat_bnds": (("lat", "bnds"), lat_bnds),
            "lon_bnds": (("lon", "bnds"), lon_bnds),
        }
    )


def regular_grid(step, west=-180.0):
    """Build a global grid of `step` degrees."""
    return grid_from_edges(
        np.linspace(-90, 90, round(180 / step) + 1),
        np.linspace(west, west + 360, round(360 / step) + 1),
    )


def pole_centred_grid(n_lat=13, n_lon=18):
    """Build a grid like CESM's: rows on both poles, half as high as the others."""
    lat = np.linspace(-90, 90, n_lat)
    step = 360 / n_lon
    return grid_from_edges(
        np.concatenate([[-90], (lat[1:] + lat[:-1]) / 2, [90]]),
        np.arange(n_lon + 1) * step - step / 2,
    )


@pytest.fixture(scope="session")
def make_grid():
    return grid_from_edges


@pytest.fixture(scope="session")
def regular():
    return regular_grid


@pytest.fixture(scope="session")
def pole_centred():
    return pole_centred_grid


@pytest.fixture(scope="session")
def make_field():
    """Return a function that puts values and land fractions on a grid."""
    from benchmark.regrid import with_cell_edges

    def make(values, grid, land_fraction=None, **attrs):
        values = values if hasattr(values, "dask") else np.asarray(values)
        dims = ("time", "lat", "lon")[3 - values.ndim :]
        field = xr.DataArray(values, dims=dims, name="gpp", attrs=attrs)
        field = field.assign_coords(lat=grid["lat"], lon=grid["lon"])
        if land_fraction is not None:
            fraction = (("lat", "lon"), land_fraction)
            field = field.assign_coords(land_fraction=fraction)
        return with_cell_edges(field, grid)

    return make


@pytest.fixture(scope="session")
def total():
    """Return a function that integrates a regridded field over the target."""

    def integrate(result):
        mass = result["value"] * result["valid_fraction"] * result["cell_area"]
        return mass.sum(("lat", "lon"))

    return integrate


@pytest.fixture
def fine(regular):
    return regular(5.0)


@pytest.fixture
def coarse(regular):
    return regular(20.0, 0.0)


@pytest.fixture
def coast():
    """Land fractions (36, 72) with whole, part and no land."""
    rng = np.random.default_rng(7)
    land = np.clip(rng.normal(0.3, 0.6, (36, 72)), 0.0, 1.0)
    land[:, 20:45] = 0.0
    return land


@pytest.fixture
def masked(fine, coast, make_field):
    """A land field (5, 36, 72), NaN on the ocean, in float64."""
    rng = np.random.default_rng(8)
    values = rng.normal(3.0, 1.0, (5, 36, 72))
    return make_field(np.where(coast > 0, values, np.nan), fine, coast, units="kg m-2")


def mesh_of_points(points, corners):
    """Build a mesh from unit vectors: centres (cell, 3), corners (cell, corner, 3)."""
    from benchmark.regrid import Mesh

    def degrees(xyz):
        lat = np.degrees(np.arctan2(xyz[..., 2], np.hypot(xyz[..., 0], xyz[..., 1])))
        return lat, np.degrees(np.arctan2(xyz[..., 1], xyz[..., 0]))

    return Mesh(*degrees(points), *degrees(corners))


def voronoi_mesh(count=600, seed=1):
    """Build the Voronoi cells of random points, the last corner repeated."""
    from scipy.spatial import SphericalVoronoi

    points = np.random.default_rng(seed).normal(size=(count, 3))
    points /= np.linalg.norm(points, axis=1)[:, None]
    cells = SphericalVoronoi(points)
    cells.sort_vertices_of_regions()
    widest = max(map(len, cells.regions))
    index = [ring + [ring[-1]] * (widest - len(ring)) for ring in cells.regions]
    return mesh_of_points(points, cells.vertices[np.array(index)])


def icosahedron(divisions=3, *, pole_inside=False):
    """Build triangles: poles at vertices, or turned so that cells contain them."""
    from scipy.spatial import ConvexHull

    ring = np.radians(72.0 * np.arange(5))
    height = 1.0 / np.sqrt(5.0)
    upper = [(2 * height * np.cos(a), 2 * height * np.sin(a), height) for a in ring]
    lower = [(-x, -y, -z) for x, y, z in upper]
    points = np.array([(0, 0, 1), *upper, (0, 0, -1), *lower])
    faces = points[ConvexHull(points).simplices]
    for _ in range(divisions):
        middle = (faces + np.roll(faces, -1, axis=1)) / 2.0
        middle /= np.linalg.norm(middle, axis=2, keepdims=True)
        a, b, c = faces.transpose(1, 0, 2)
        ab, bc, ca = middle.transpose(1, 0, 2)
        quarters = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
        faces = np.concatenate([np.stack(quarter, axis=1) for quarter in quarters])
    if pole_inside:
        faces = faces @ turn_about_y(20.0).T
    centres = faces.mean(axis=1)
    return mesh_of_points(centres / np.linalg.norm(centres, axis=1)[:, None], faces)


def turn_about_y(degrees):
    """Return the matrix that moves the north pole southward by an angle."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def quads(corners):
    """Build the quadrilaterals between lines of unit vectors (j, i, 3)."""
    c = corners
    cells = np.stack([c[:-1, :-1], c[:-1, 1:], c[1:, 1:], c[1:, :-1]], axis=2)
    cells = cells.reshape(-1, 4, 3)
    centres = cells.mean(axis=1)
    return mesh_of_points(centres / np.linalg.norm(centres, axis=1)[:, None], cells)


def unit_vectors(lat, lon):
    """Return the positions (..., 3) of degrees."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1
    )


def rotated_pole(step=6.0, tilt=37.0):
    """Build a global grid of parallels and meridians about another pole."""
    lat, lon = np.arange(-90, 90.1, step), np.arange(0, 360.1, step)
    return quads(
        unit_vectors(*np.meshgrid(lat, lon, indexing="ij")) @ turn_about_y(tilt).T
    )


def tripolar(step=6.0, joint=60.0):
    """Build a grid that is regular in the south and has two poles in the north.

    Its northern part is a stereographic map of a disc on lines x = a and ellipses;
    the last row folds onto itself between the two poles.
    """
    lat, lon = np.arange(-90, joint + 0.1, step), np.arange(0, 360.1, step)
    south = unit_vectors(*np.meshgrid(lat, lon, indexing="ij"))
    squeeze = np.linspace(1.0, 0.0, 7)[1:, None]
    radius = np.tan(np.radians(90 - joint) / 2)
    x = radius * np.cos(np.radians(lon)) * np.ones_like(squeeze)
    y = radius * np.sin(np.radians(lon)) * squeeze
    square = x**2 + y**2
    north = np.stack([2 * x, 2 * y, 1 - square], axis=-1) / (1 + square)[..., None]
    return quads(np.concatenate([south, north]))


def lat_lon_mesh(step=5.0):
    """Build the cells of a regular grid as polygons, ending at the poles."""
    lat, lon = np.arange(-90, 90.1, step), np.arange(-180, 180.1, step)
    return quads(unit_vectors(*np.meshgrid(lat, lon, indexing="ij")))


MESHES = {
    "voronoi": voronoi_mesh,
    "icosahedron, pole at a vertex": icosahedron,
    "icosahedron, pole in a cell": lambda: icosahedron(pole_inside=True),
    "rotated pole": rotated_pole,
    "tripolar": tripolar,
    "latitude by longitude": lat_lon_mesh,
}


@pytest.fixture(scope="session")
def meshes():
    """Return functions that make global meshes, by name."""
    return MESHES


@pytest.fixture(scope="session", params=MESHES)
def global_mesh(request):
    """Return one mesh after the other; each covers the sphere once."""
    return MESHES[request.param]()


@pytest.fixture(scope="session")
def on_mesh():
    """Return a function that puts values on a mesh."""
    from benchmark.regrid import mesh_area, with_mesh

    def make(values, mesh, land_fraction=None):
        dims = ("time", "cell")[2 - values.ndim :]
        field = xr.DataArray(values, dims=dims, name="gpp", attrs={"units": "1"})
        field = with_mesh(field, mesh, mesh_area(mesh))
        if land_fraction is None:
            return field
        return field.assign_coords(land_fraction=("cell", land_fraction))

    return make
