from itertools import pairwise

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.errors import NoOverlapError
from benchmark.regrid import Overlap, build_conservative, cell_area, regrid

widths = st.lists(st.integers(1, 1000), min_size=1, max_size=9)
few = settings(max_examples=80)


def edges(parts, first, last):
    return first + (last - first) * np.concatenate([[0], np.cumsum(parts)]) / sum(parts)


@st.composite
def layouts(draw):
    """Draw edges of a global grid and how its bounds are written."""
    west = draw(st.sampled_from([-180.0, 0.0, 360.0, -0.625, 137.3, -541.1]))
    lat = edges(draw(widths), -90.0, 90.0)
    lon = edges(draw(widths), west, west + 360.0)
    return lat, lon, draw(st.booleans()), draw(st.booleans())


def areas(grid):
    return cell_area(grid["lat_bnds"], grid["lon_bnds"]).to_numpy().ravel()


@few
@given(layouts(), layouts())
def test_global_grids_share_all_area(make_grid, source, target):
    """Rows of the overlap sum to target areas and columns to source areas."""
    source, target = (
        make_grid(lat, lon, descending=down, flip=flip)
        for lat, lon, down, flip in (source, target)
    )
    overlap = build_conservative(source, target)
    np.testing.assert_allclose(overlap.source_area, areas(source), rtol=1e-12)
    np.testing.assert_allclose(overlap.target_area, areas(target), rtol=1e-12)
    rows, columns = overlap.matrix.sum(axis=1), overlap.matrix.sum(axis=0)
    np.testing.assert_allclose(rows, areas(target), rtol=1e-11)
    np.testing.assert_allclose(columns, areas(source), rtol=1e-11)


@few
@given(layouts(), layouts(), st.integers(0, 2**32 - 1))
def test_integral_is_conserved(make_grid, make_field, total, source, target, seed):
    """The integral of a masked, land-weighted field is conserved to 1e-12."""
    source, target = (
        make_grid(lat, lon, descending=down, flip=flip)
        for lat, lon, down, flip in (source, target)
    )
    rng = np.random.default_rng(seed)
    shape = source.sizes["lat"], source.sizes["lon"]
    values, land = rng.normal(5.0, 2.0, shape), rng.random(shape)
    values[rng.random(shape) < 0.3] = np.nan
    field = make_field(values, source, land)
    result = regrid(field, target, minimum_valid_fraction=0.0)
    mass = field * field["land_fraction"] * field["cell_area"]
    scale = float(np.abs(mass).sum()) + 1e-300
    assert abs(float(total(result) - mass.sum())) <= 1e-12 * scale


@pytest.mark.parametrize("west", [-180.0, 0.0, 170.0, 350.0, 710.0, -0.25])
@pytest.mark.parametrize("wrap", [False, True])
@pytest.mark.parametrize("flip", [False, True])
def test_overlap_agrees_with_polygons(make_grid, west, wrap, flip):
    """Overlaps equal polygon intersections in the (lon, sin lat) plane.

    The grids cross Greenwich or the dateline, and bounds are written in
    any range and order.
    """
    from shapely import box

    rng = np.random.default_rng(3)
    lat = [edges(rng.integers(1, 9, n), -70.0, 90.0) for n in (7, 5)]
    lon = [edges(rng.integers(1, 9, 6), west, west + 40.0)]
    lon += [edges(rng.integers(1, 9, 8), -15.0, 345.0)]
    source = make_grid(lat[0], lon[0], flip=flip, wrap=wrap, descending=flip)
    target = make_grid(lat[1], lon[1])
    lat_s = lat[0][::-1] if flip else lat[0]
    expected = np.zeros((40, 42))
    cells = [
        [
            (np.radians(x0), y0, np.radians(x1), y1)
            for y0, y1 in pairwise(np.sin(np.radians(y)))
            for x0, x1 in pairwise(x)
        ]
        for y, x in ((lat_s, lon[0]), (lat[1], lon[1]))
    ]
    for i, (x0, y0, x1, y1) in enumerate(cells[0]):
        for turn in 2.0 * np.pi * np.arange(-3, 4):
            one = box(x0 + turn, min(y0, y1), x1 + turn, max(y0, y1))
            for j, corners in enumerate(cells[1]):
                expected[j, i] += one.intersection(box(*corners)).area
    found = build_conservative(source, target).matrix.toarray() / 6_371_000.0**2
    np.testing.assert_allclose(found, expected, atol=2e-15)


def test_overlap_agrees_with_sampling(make_grid):
    """Overlaps equal counts of points spread evenly in (lon, sin lat)."""
    source = make_grid([-90, -41, 13, 62, 90], [-180, -77, -5, 101, 180])
    target = make_grid([-90, 0, 55, 90], [0, 90, 200, 360])
    n = 600
    lat = np.degrees(np.arcsin((np.arange(n) + 0.5) / n * 2 - 1))
    lon = (np.arange(n) + 0.5) / n * 360
    lat, lon = (c.ravel() for c in np.meshgrid(lat, lon))
    i = np.digitize(lat, [-41, 13, 62]) * 4
    i += np.digitize((lon + 180) % 360 - 180, [-77, -5, 101])
    j = np.digitize(lat, [0, 55]) * 3 + np.digitize(lon, [90, 200])
    counts = np.zeros((9, 16))
    np.add.at(counts, (j, i), 4 * np.pi * 6_371_000.0**2 / n**2)
    overlap = build_conservative(source, target)
    error = np.abs(overlap.matrix.toarray() - counts).max()
    assert error < 1e-3 * overlap.target_area.sum()


def test_pole_centred_rows(pole_centred, regular):
    """Half cells at the poles cover the polar caps completely."""
    for source, target in [
        (pole_centred(), regular(10.0)),
        (regular(10.0, 0.0), pole_centred()),
    ]:
        overlap = build_conservative(source, target)
        closure = overlap.matrix.sum(axis=1) / overlap.target_area
        np.testing.assert_allclose(closure, 1.0, rtol=1e-12)


def test_bounds_beyond_the_pole_are_clipped(make_grid, regular):
    """Edges guessed at +-97.5 around a row on the pole act as +-90."""
    guessed = make_grid(np.arange(-97.5, 98, 15), np.arange(0, 361, 20))
    overlap = build_conservative(guessed, regular(10.0))
    assert overlap.source_area.sum() == pytest.approx(overlap.target_area.sum(), 1e-13)


def test_equal_edges_make_no_slivers(regular):
    """Nested grids in other longitude ranges have only the true links."""
    for west in (-180.0, 0.0, 539.9999999999999):
        matrix = build_conservative(regular(2.0, west), regular(10.0)).matrix
        assert matrix.nnz == 90 * 180


def test_float32_bounds_close(make_grid, regular):
    """Bounds rounded to float32 still cover the sphere without gaps."""
    fine = regular(0.72, -180.0)
    lat = fine["lat"].astype("float32")
    lon = fine["lon"].astype("float32")
    half = np.float32([-0.36, 0.36])
    rounded = xr.Dataset(
        coords={
            "lat_bnds": (("lat", "bnds"), lat.to_numpy()[:, None] + half),
            "lon_bnds": (("lon", "bnds"), lon.to_numpy()[:, None] + half),
        }
    )
    overlap = build_conservative(rounded, regular(10.0))
    closure = overlap.matrix.sum(axis=1) / overlap.target_area
    np.testing.assert_allclose(closure, 1.0, rtol=1e-5)
    columns = overlap.matrix.sum(axis=0)
    np.testing.assert_allclose(columns, overlap.source_area, rtol=1e-12)
    np.testing.assert_allclose(areas(rounded), overlap.source_area, rtol=1e-12)


def test_overlap_checks_its_sizes(regular):
    """An engine that returns a transposed matrix is refused."""
    overlap = build_conservative(regular(30.0), regular(60.0))
    with pytest.raises(ValueError, match=r"shape \(72, 18\); expected .*\(18, 72\)"):
        Overlap(
            overlap.matrix.T.tocsr(),
            overlap.source_area,
            overlap.target_area,
            overlap.target,
        )


def test_grids_apart_are_refused(make_grid):
    """Grids that share nothing are refused, naming the axis and extents."""
    arctic = make_grid([60, 90], [0, 360])
    with pytest.raises(NoOverlapError, match=r"along lat: .* 60\.\.90 .* -90\.\.0"):
        build_conservative(arctic, make_grid([-90, 0], [0, 360]))
    with pytest.raises(NoOverlapError, match=r"along lon: .* 0\.\.20 .* 200\.\.220"):
        build_conservative(make_grid([0, 9], [0, 20]), make_grid([0, 9], [200, 220]))
