"""What every regridding engine has to keep, whoever wrote it."""

from pathlib import Path

import dask.array as da
import numpy as np
import pytest
import xarray as xr
from scipy.spatial import ConvexHull

from benchmark.regrid import (
    Mesh,
    Regridding,
    grid_of,
    mesh_area,
    regrid,
    regridders,
    why_no_xesmf,
    with_cell_edges,
    with_mesh,
)

CDO = Path(__file__).parent.parent / "data" / "cdo"

# Engine, the kind of its source, and how far its areas are from true ones.
CONSERVATIVE = [
    ("conservative", "rectilinear", 1e-12),
    ("polygons", "mesh", 1e-6),
    ("xesmf", "rectilinear", 1e-4),
    ("xesmf", "mesh", 1e-4),
]
EVERY = [case[:2] for case in CONSERVATIVE]
EVERY += [("nearest", "rectilinear"), ("nearest", "mesh")]


def degrees(points):
    points = points / np.linalg.norm(points, axis=-1, keepdims=True)
    x, y, z = np.moveaxis(points, -1, 0)
    return np.degrees(np.arcsin(np.clip(z, -1, 1))), np.degrees(np.arctan2(y, x))


def triangles(splits):
    """Return 20 * 4**splits triangles that cover the sphere, tilted as ICON's."""
    golden = (1 + 5**0.5) / 2
    corners = [(0, a, b * golden) for a in (-1, 1) for b in (-1, 1)]
    points = np.array([np.roll(p, k) for k in range(3) for p in corners], dtype=float)
    cells = points[ConvexHull(points).simplices]
    for _ in range(splits):
        a, b, c = cells[:, 0], cells[:, 1], cells[:, 2]
        ab, bc, ca = a + b, b + c, c + a
        size = np.linalg.norm(points[0])
        ab, bc, ca = (
            m / np.linalg.norm(m, axis=1, keepdims=True) * size for m in (ab, bc, ca)
        )
        parts = ((a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca))
        cells = np.concatenate([np.stack(part, axis=1) for part in parts])
    cells = cells @ np.array([[1, 0, 0], [0, 0.8, 0.6], [0, -0.6, 0.8]])
    return Mesh(*degrees(cells.mean(axis=1)), *degrees(cells), "triangles")


def on_mesh(mesh, values):
    field = xr.DataArray(values, dims="cell", name="gpp")
    return with_mesh(field, mesh, mesh_area(mesh))


@pytest.fixture
def engine():
    """Give a registered engine by name, or skip where it is not installed."""

    def find(name):
        if name == "xesmf" and why_no_xesmf():
            pytest.skip(why_no_xesmf())
        return regridders.get(name)

    return find


@pytest.fixture
def source(regular, make_field):
    """Return a function that makes a global field of one kind of grid."""

    def make(kind, seed=1):
        rng = np.random.default_rng(seed)
        if kind == "mesh":
            mesh = triangles(4)
            return on_mesh(mesh, rng.normal(3, 1, mesh.size))
        return make_field(rng.normal(3, 1, (90, 180)), regular(2.0, west=-179.0))

    return make


def with_values(field, values):
    return field.copy(data=values)


def test_every_engine_is_tested():
    """No engine is registered that the tests of this file leave out."""
    assert set(regridders.names()) == {name for name, _ in EVERY}


@pytest.mark.parametrize(("name", "kind", "tolerance"), CONSERVATIVE)
def test_global_integral(engine, source, regular, name, kind, tolerance):
    """The integral of a rough field over true areas stays the same."""
    field = source(kind)
    overlap = engine(name)(field, regular(3.0))
    values = field.to_numpy().ravel()
    mass = values @ overlap.source_area
    assert (overlap.matrix @ values).sum() == pytest.approx(mass, rel=tolerance)
    sphere = 4 * np.pi * 6_371_000.0**2
    assert overlap.matrix.sum() == pytest.approx(sphere, rel=tolerance)


@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_constant(engine, source, regular, name, kind):
    """A constant stays constant everywhere, poles and dateline included."""
    field = source(kind)
    result = regrid(with_values(field, np.full(field.shape, 7.0)), regular(3.0),
                    method=engine(name))  # fmt: skip
    np.testing.assert_allclose(result["value"], 7.0, rtol=1e-12)


@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_masked_cells_do_not_bleed(engine, source, regular, name, kind):
    """What a masked cell would have held changes nothing, and NaN stays there."""
    field = source(kind)
    land = np.broadcast_to(field["lat"] > 12.0, field.shape) if kind == "mesh" else (
        np.broadcast_to((field["lat"] > 12.0).to_numpy()[:, None], field.shape)
    )  # fmt: skip
    masked = with_values(field, np.where(land, 5.0, np.nan))
    result = regrid(masked, regular(3.0), method=engine(name))
    value = result["value"]
    np.testing.assert_allclose(value.where(value["lat"] > 20.0, 5.0), 5.0, rtol=1e-12)
    assert value.where(value["lat"] < 3.0).isnull().all()
    assert set(np.unique(value.to_numpy().round(9))[:1]) == {5.0}


@pytest.mark.parametrize(("name", "kind", "tolerance"), CONSERVATIVE)
def test_slivers_create_no_cells(engine, source, make_grid, name, kind, tolerance):
    """A target cell of which a millionth is covered stays empty."""
    field = source(kind)
    inside = (field["lat"] > 12.0).broadcast_like(field).transpose(*field.dims)
    field = with_values(field, np.where(inside, 1.0, np.nan))
    # The southernmost valid corner: the target's first row reaches just over it.
    south = 12.0
    if kind == "mesh":
        south = float(field["mesh"].item().corner_lat[inside.to_numpy()].min())
    # Narrow cells: great circles along 12 degrees bulge by less than the limit.
    target = make_grid([south - 30, south + 1e-3, 60, 90], np.arange(0, 361, 3.0))
    result = regrid(field, target, method=engine(name))
    assert result["value"][0].isnull().all()
    assert result["value"][1:].notnull().all()
    assert result["valid_fraction"][0].max() > 0.0


@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_turned_by_whole_turns(engine, source, make_grid, regular, name, kind):
    """A target cut at another meridian gives the same cells."""
    field = source(kind)
    here = regrid(field, regular(6.0, west=-180.0), method=engine(name))["value"]
    there = regrid(field, regular(6.0, west=0.0), method=engine(name))["value"]
    there = np.roll(there.to_numpy(), 30, axis=1)
    np.testing.assert_allclose(here, there, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_lazy_in_lazy_out(engine, source, regular, name, kind):
    """Lazy values stay lazy and give what values in memory give."""
    field = source(kind)
    lazy = field.copy(data=da.from_array(field.to_numpy(), chunks=50))
    result = regrid(lazy, regular(6.0), method=engine(name))
    assert isinstance(result["value"].data, da.Array)
    expected = regrid(field, regular(6.0), method=engine(name))
    np.testing.assert_array_equal(result["value"], expected["value"])


@pytest.mark.parametrize(
    ("one", "other", "kind", "tolerance"),
    [
        ("conservative", "xesmf", "rectilinear", 3e-4),
        ("polygons", "xesmf", "mesh", 3e-4),
    ],
)
def test_engines_agree(engine, source, regular, one, other, kind, tolerance):
    """A smooth field comes out the same, but for great circles as parallels."""
    field = source(kind)
    lat, lon = np.radians(field["lat"]), np.radians(field["lon"])
    smooth = 2 + np.cos(lat) ** 2 * np.cos(2 * lon)
    field = with_values(field, smooth.transpose(*field.dims).to_numpy())
    values = [regrid(field, regular(3.0), method=engine(n))["value"]
              for n in (one, other)]  # fmt: skip
    np.testing.assert_allclose(*values, rtol=0, atol=tolerance)


def cdo_source(name):
    with xr.open_dataset(CDO / f"{name}.nc") as opened:
        data = opened.load()
    if name == "rectilinear":
        return with_cell_edges(data["x"], grid_of(data))
    values, lat, lon = (data[v].to_numpy().ravel() for v in ("x", "lat", "lon"))
    corners = [data[f"{v}_bnds"].to_numpy().reshape(lat.size, -1)
               for v in ("lat", "lon")]  # fmt: skip
    return on_mesh(Mesh(lat, lon, *corners), values)


@pytest.mark.parametrize(
    ("name", "tolerance"),
    [("rectilinear", 1e-12), ("curvilinear", 1e-8), ("triangles", 1e-8)],
)
def test_agrees_with_cdo(regular, name, tolerance):
    """Areas, values and empty cells are those of CDO, gaps included."""
    field, target = cdo_source(name), grid_of(regular(10.0, west=0.0))
    weights = Regridding(weights=(str(CDO / f"{name}_weights.nc"),))
    own, theirs = Regridding()(field, target), weights(field, target)
    assert theirs.remarks == ()
    largest = abs(own.matrix - theirs.matrix).max() / own.target_area.max()
    assert largest < tolerance
    with xr.open_dataset(CDO / f"{name}_remapcon.nc") as opened:
        expected = opened["x"].to_numpy()
    for engine, allowed in ((weights, 1e-12), (Regridding(), tolerance)):
        result = regrid(field, target, method=engine, minimum_valid_fraction=0.0)
        np.testing.assert_allclose(result["value"], expected, rtol=0, atol=allowed)
