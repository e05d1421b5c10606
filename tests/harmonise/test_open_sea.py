"""Fields that are 0 where there is sea."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benchmark.harmonise.variables import VARIABLES
from benchmark.score.checks import lazy_checks, run_checks

Make = Callable[..., Any]


def warned(opened: Any) -> bool:
    """Return whether a field is said to be 0 at sea."""
    variable = VARIABLES["gpp"]
    found = {name: v.compute() for name, v in lazy_checks(opened, variable).items()}
    return any("open sea" in text for text in run_checks(opened, variable, found))


@pytest.mark.parametrize(
    ("at_sea", "land", "expected"),
    [(0.0, 1.0, True), (np.nan, 1.0, False), (1e-9, 1.0, False), (0.0, 0.5, False)],
)
def test_zeros_at_sea(
    at_sea: float, land: float, expected: bool, gridded: Make, harmonise: Make,
    gpp_values: Make,
) -> None:  # fmt: skip
    """Zeros are a fault where there is sea and no land fraction, and only there."""
    data = gridded(gpp_values(12))
    # The cells 45-50 N, 40-20 W are Atlantic; those beyond 85 N are Arctic.
    sea = ((data["lat"] > 45) & (data["lat"] < 60) & (abs(data["lon"] + 30) < 15)) | (
        data["lat"] > 85
    )
    sea = sea | ((data["lat"] < 55) & (abs(data["lon"]) > 139))
    data["gpp"] = (
        data["gpp"].where(~sea, at_sea).transpose(*data["gpp"].dims)
    ).assign_attrs(data["gpp"].attrs)
    fraction = data["gpp"].isel(time=0, drop=True).copy(data=np.full((10, 72), land))
    areas = {} if land == 1.0 else {"land_fraction": fraction}
    assert warned(harmonise(data, areas=areas)) is expected


def test_ice_is_no_land(gridded: Make, harmonise: Make, gpp_values: Make) -> None:
    """Of a cell of 0.8 land, 0.3 ice leaves 0.5; ice beyond the land leaves 0."""
    data = gridded(gpp_values(12))
    cell = data["gpp"].isel(time=0, drop=True)
    ice = cell.copy(data=np.full((10, 72), 0.3))
    ice[0, 0] = 0.9
    opened = harmonise(
        data,
        areas={
            "land_fraction": cell.copy(data=np.full((10, 72), 0.8)),
            "ice_fraction": ice,
        },
    )
    land = opened.field["land_fraction"].to_numpy()
    assert land[0, 0] == 0
    assert land[1:] == pytest.approx(0.5)
    (told,) = [text for text in opened.conversions if "land ice" in text]
    # 0.3 of 0.8, and 0.8 of 0.8 in one cell of 40-45 N, 0.25 % of the cap beyond 40 N.
    assert told.startswith("land ice, 37.66% of the land, subtracted from it")


@pytest.mark.parametrize("basis", ["land", "cell"])
def test_ice_does_not_change_totals(
    basis: str, gridded: Make, harmonise: Make, gpp_values: Make
) -> None:
    """0.8 land, 0.3 of it ice: 5 per land is 8 per ice-free land, 4 per cell too.

    A model that writes 5 per area of land, ice and all, writes 5 x 0.8 = 4 per
    cell; on the ice nothing grows, so the 0.5 without ice have 4 / 0.5 = 8.
    """
    data = gridded(gpp_values(12))
    cell = data["gpp"].isel(time=0, drop=True)
    if basis == "cell":
        data["gpp"] = (data["gpp"] * 0.8).assign_attrs(data["gpp"].attrs)
    areas = {
        "land_fraction": cell.copy(data=np.full((10, 72), 0.8)),
        "ice_fraction": cell.copy(data=np.full((10, 72), 0.3)),
    }
    plain = harmonise(gridded(gpp_values(12))).field
    found = harmonise(data, areas=areas, area_basis=basis).field
    np.testing.assert_allclose(found, plain * 8 / 5, rtol=1e-5)


def test_ice_as_percentage(
    gridded: Make, harmonise: Make, gpp_values: Make, refusal: Make
) -> None:
    """Ice of 30 without units is refused with the line to write."""
    data = gridded(gpp_values(12))
    cell = data["gpp"].isel(time=0, drop=True)
    ice = {"ice_fraction": cell.copy(data=np.full((10, 72), 30.0))}
    message = refusal(harmonise, data, areas=ice)
    assert "ice fraction runs to 30" in message
    assert "under ice_fraction" in message
