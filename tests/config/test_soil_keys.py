"""The keys of soil layers, several depths, land ice, and fire in nep."""

from pathlib import Path

import pytest

from benchmark.config import load_models
from benchmark.config.descriptors import GridMeasure, Layers
from benchmark.errors import ConfigError


def write(tmp_path: Path, text: str) -> Path:
    """Write a model configuration with these lines."""
    path = tmp_path / "m.yaml"
    path.write_text(f"model: M\nfiles: '*.nc'\n{text}")
    return path


def test_soil_keys(tmp_path: Path) -> None:
    """All of them are read."""
    path = write(
        tmp_path,
        "ice_fraction: {files: fx.nc, name: sftgif}\n"
        "variables:\n"
        "  cSoil:\n"
        "    layers: {dimension: levdcmp, thickness: DZSOI, units: cm}\n"
        "    depths: {0-0.3: a, '0-1 m': b, full_column: c}\n"
        "  nep: {includes_fire: false}\n",
    )
    (model,) = load_models(path)
    assert model.ice_fraction == GridMeasure((str(tmp_path / "fx.nc"),), "sftgif")
    soil = model.variables["cSoil"]
    assert soil.layers == Layers("levdcmp", None, "DZSOI", "cm")
    assert soil.depths == (((0.0, 0.3), "a"), ((0.0, 1.0), "b"), ("full_column", "c"))
    assert model.variables["nep"].includes_fire is False


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("layers: levdcmp", "expected a mapping with dimension"),
        ("layers: {thick: DZ}", "Did you mean 'thickness'?"),
        ("depths: {0-100: cSoil}", "a mapping of depths to variables"),
        ("depths: {1-0: cSoil}", "a mapping of depths to variables"),
        ("depths: [0, 1]", "a mapping of depths to variables"),
        ("includes_fire: 1", "expected true or false"),
    ],
)
def test_wrong_soil_keys(entry: str, told: str, tmp_path: Path) -> None:
    """A mistake is told with what was expected."""
    path = write(tmp_path, f"variables:\n  cSoil:\n    {entry}\n")
    with pytest.raises(ConfigError) as caught:
        load_models(path)
    assert told in caught.value.problems[0]
