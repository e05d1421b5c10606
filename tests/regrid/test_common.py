import numpy as np

from benchmark.regrid import common_grid, same_grid


def test_common_grid_is_the_coarser_uncut(make_grid, regular):
    """The coarser grid over the shared extent is returned with all cells."""
    fine = regular(5.0)
    coarse = regular(10.0, 0.0)
    region = make_grid(np.arange(50, 91, 2), np.arange(-170, -99, 2))
    assert same_grid(common_grid(fine, coarse), coarse)
    assert same_grid(common_grid(coarse, fine), coarse)
    assert same_grid(common_grid(region, fine), fine)
    assert same_grid(common_grid(fine, region), fine)


def test_common_grid_is_judged_where_both_are(make_grid):
    """A grid that is coarse only elsewhere is not the coarser one."""
    zoomed = make_grid([-90, 0, 60, 62, 64, 66], [0, 360])
    plain = make_grid([60, 66], [0, 360])
    assert same_grid(common_grid(zoomed, plain), plain)


def test_common_grid_tie_goes_to_the_reference(regular):
    """Equally fine grids give the second, the reference's."""
    a, b = regular(10.0), regular(10.0, 0.0)
    assert same_grid(common_grid(a, b), b)
    assert same_grid(common_grid(b, a), a)
