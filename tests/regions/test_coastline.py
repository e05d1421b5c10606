import numpy as np

from benchmark.regions import coastline


def test_coastline_is_northern_and_does_not_cross_the_map():
    """Lines lie north of 40 N and never jump across the dateline."""
    for line in coastline():
        assert line.ndim == 2
        assert line.shape[1] == 2
        assert line[:, 1].min() >= 40
        assert np.abs(np.diff(line[:, 0])).max() < 20


def test_coastline_is_long_enough():
    """The north has tens of thousands of kilometres of coast."""
    length = sum(
        np.hypot(
            np.diff(line[:, 0]) * np.cos(np.radians(line[1:, 1])), np.diff(line[:, 1])
        ).sum()
        for line in coastline()
    )
    assert 100_000 < length * 111.2 < 300_000
