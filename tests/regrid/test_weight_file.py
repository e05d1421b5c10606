"""Weight files of other tools: read, checked, refused."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.errors import InputError, NoOverlapError
from benchmark.regrid import build_conservative, read_weights
from benchmark.regrid.cells import cells_in
from benchmark.regrid.overlap_file import to_bytes

CDO = Path(__file__).parent.parent / "data" / "cdo"
widths = st.lists(st.integers(1, 20), min_size=2, max_size=7)


@pytest.fixture
def pair(make_grid):
    """Two rows of three cells onto one row of two: (2, 6) weights by hand."""
    source = make_grid([0, 30, 60], [-30, 0, 30, 60])
    return source, make_grid([0, 30], [-30, 15, 60])


def esmf(path, weights, row, column, *, attrs=None, **more):
    """Write S, row, col, all that xESMF writes, and what else is given."""
    data = xr.Dataset(
        {
            "S": ("n_s", np.array(weights, dtype=float)),
            "row": ("n_s", np.array(row, dtype="int32")),
            "col": ("n_s", np.array(column, dtype="int32")),
            **more,
        },
        attrs=attrs or {},
    )
    data.to_netcdf(path)
    return path


HALF = ([2 / 3, 1 / 3, 1 / 3, 2 / 3], [1, 1, 2, 2], [1, 2, 2, 3])
BY_HAND = [[2, 1, 0, 0, 0, 0], [0, 1, 2, 0, 0, 0]]


def parts(overlap):
    return overlap.matrix.toarray() / overlap.target_area[:, None]


def test_bare_file_of_xesmf(pair, tmp_path):
    """Three variables suffice, and what they do not say is said."""
    overlap = read_weights(esmf(tmp_path / "w.nc", *HALF), *pair)
    np.testing.assert_allclose(parts(overlap), np.array(BY_HAND) / 3)
    assert overlap.remarks == (
        "w.nc: does not say its normalization: taken as destarea",
    )


def test_bare_file_from_north(pair, tmp_path):
    """Weights made for rows from north to south are put on ours."""
    weights, row, column = HALF
    path = esmf(tmp_path / "w.nc", weights, row, [c + 3 for c in column])
    overlap = read_weights(path, *pair)
    np.testing.assert_allclose(parts(overlap), np.array(BY_HAND) / 3)
    assert "source cells are numbered in another order" in overlap.remarks[0]


def test_fraction_of_covered_area(pair, tmp_path):
    """Weights by the covered area are multiplied by what is covered."""
    path = esmf(
        tmp_path / "w.nc", [1.0, 1 / 3, 2 / 3], [1, 2, 2], [1, 2, 3],
        attrs={"normalization": "fracarea"},
        frac_b=("n_b", [2 / 3, 1.0]), frac_a=("n_a", np.ones(6)),
    )  # fmt: skip
    expected = [[2, 0, 0, 0, 0, 0], [0, 1, 2, 0, 0, 0]]
    np.testing.assert_allclose(parts(read_weights(path, *pair)), np.array(expected) / 3)


def test_scrip_without_normalization(pair, tmp_path):
    """Weights that are areas of the unit sphere become parts of our cells."""
    path = tmp_path / "w.nc"
    xr.Dataset(
        {
            "remap_matrix": (("num_links", "num_wgts"), [[0.2], [0.1], [0.3]]),
            "dst_address": ("num_links", [1, 1, 2]),
            "src_address": ("num_links", [1, 2, 3]),
            "dst_grid_frac": ("dst_grid_size", [1.0, 0.5]),
            "src_grid_imask": ("src_grid_size", [1, 1, 1, 0, 1, 1]),
        },
        attrs={"normalization": "none", "map_method": "Conservative remapping"},
    ).to_netcdf(path)
    overlap = read_weights(path, *pair)
    expected = [[2 / 3, 1 / 3, 0, 0, 0, 0], [0, 0, 0.5, 0, 0, 0]]
    np.testing.assert_allclose(parts(overlap), expected)
    assert "1 of 6 source cells are masked" in overlap.remarks[0]


def test_interpolation_weights(pair, tmp_path):
    """Weights of an interpolation are normalised, and said not to conserve."""
    path = esmf(
        tmp_path / "w.nc", [0.25, 0.25, 1.0], [1, 1, 2], [1, 2, 3],
        attrs={"ESMF_regrid_method": "Bilinear"},
    )  # fmt: skip
    overlap = read_weights(path, *pair)
    np.testing.assert_allclose(parts(overlap)[:, :3], [[0.5, 0.5, 0], [0, 0, 1]])
    assert "integrals are not conserved" in overlap.remarks[0]


def test_centres_in_another_order(pair, tmp_path):
    """Cells are matched by centres in radians, numbered from north and east."""
    lat, lon = np.meshgrid([45.0, 15.0], [45.0, 15.0, -15.0], indexing="ij")
    path = esmf(
        tmp_path / "w.nc", HALF[0], HALF[1], [6, 5, 5, 4],
        attrs={"normalization": "destarea"},
        yc_a=("n_a", np.radians(lat.ravel()), {"units": "radians"}),
        xc_a=("n_a", np.radians(lon.ravel()), {"units": "radians"}),
    )  # fmt: skip
    overlap = read_weights(path, *pair)
    np.testing.assert_allclose(parts(overlap), np.array(BY_HAND) / 3)
    assert "matched by their centres" in overlap.remarks[0]


def test_cdo_without_covered_part(regular):
    """CDO's fracarea weights count cells at the source's edge whole, and it is said."""
    from benchmark.regrid import grid_of

    with xr.open_dataset(CDO / "rectilinear.nc") as opened:
        source = grid_of(opened.load())
    overlap = read_weights(CDO / "rectilinear_fracarea.nc", source, regular(10.0, 0.0))
    assert len(overlap.remarks) == 1
    assert "count as covered whole" in overlap.remarks[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"row": [1, 1, 2, 3]}, "the target has at least 3 cells; expected 2"),
        ({"column": [0, 2, 2, 3]}, "source addresses are 0..3"),
        ({"weights": [2.0, 1, 1, 2]}, "sum to 3; expected at most 1"),
        ({"weights": [np.nan, 1, 1, 2]}, "finite weights"),
        ({"frac_a": ("n_a", np.ones(5))}, "the source has 5 cells; expected 6"),
        ({"yc_a": ("n_a", np.arange(6.0)), "xc_a": ("n_a", np.arange(6.0))}, "centre"),
    ],
)
def test_refused(pair, tmp_path, change, says):
    """Weights of other grids are refused, saying what was found."""
    given = dict(zip(("weights", "row", "column"), HALF, strict=True)) | change
    path = esmf(tmp_path / "w.nc", **given)
    with pytest.raises(InputError, match=says):
        read_weights(path, *pair)


def test_scrambled(make_grid, tmp_path):
    """Addresses that are no positions on the grid join cells that are far apart."""
    band = make_grid([0, 30], np.arange(0, 361, 10.0))
    row = np.arange(36)
    path = esmf(tmp_path / "w.nc", np.ones(36), row + 1, 7 * row % 36 + 1)
    with pytest.raises(InputError, match="joins cells that are far apart"):
        read_weights(path, band, band)


def test_no_weight_file(pair, tmp_path):
    """A file without weights is refused, naming what it holds."""
    xr.Dataset({"gpp": ("x", [1.0])}).to_netcdf(tmp_path / "w.nc")
    with pytest.raises(InputError, match=r"found the variables \['gpp'\]"):
        read_weights(tmp_path / "w.nc", *pair)


def test_second_order(pair, tmp_path):
    """Weights of gradients are refused."""
    xr.Dataset(
        {
            "remap_matrix": (("num_links", "num_wgts"), [[0.2, 0.0, 0.0]]),
            "dst_address": ("num_links", [1]),
            "src_address": ("num_links", [1]),
        }
    ).to_netcdf(tmp_path / "w.nc")
    with pytest.raises(InputError, match="3 weights per link; expected 1"):
        read_weights(tmp_path / "w.nc", *pair)


def test_no_links(pair, tmp_path):
    """A file without links is of grids that do not overlap."""
    with pytest.raises(NoOverlapError, match="links no cells"):
        read_weights(esmf(tmp_path / "w.nc", [], [], []), *pair)


@settings(max_examples=25)
@given(widths, widths, widths, widths)
def test_written_file_is_read_back(tmp_path_factory, make_grid, a, b, c, d):
    """What is written as an ESMF file reads back as the same overlap."""
    steps = [np.concatenate([[0], np.cumsum(w)]) / sum(w) for w in (a, b, c, d)]
    source = make_grid(180 * steps[0] - 90, 360 * steps[1] - 180)
    target = make_grid(100 * steps[2] - 40, 200 * steps[3] + 30)
    overlap = build_conservative(source, target)
    path = tmp_path_factory.mktemp("written") / "w.nc"
    path.write_bytes(to_bytes(overlap, "key", cells_in(source), cells_in(target)))
    again = read_weights(path, source, target)
    np.testing.assert_allclose(
        again.matrix.toarray(), overlap.matrix.toarray(), rtol=1e-12, atol=1e-3
    )
    assert again.remarks == ()
