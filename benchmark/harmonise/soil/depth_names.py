"""Names of soil carbon between two depths, as metrics and companions use them."""

SOIL_DEPTHS: dict[str, tuple[float, float]] = {
    "cSoil_0_30cm": (0.0, 0.3),
    "cSoil_0_1m": (0.0, 1.0),
    "cSoil_1_2m": (1.0, 2.0),
    "cSoil_2_3m": (2.0, 3.0),
    "cSoil_0_3m": (0.0, 3.0),
}
"""By name: upper and lower depth, m."""
