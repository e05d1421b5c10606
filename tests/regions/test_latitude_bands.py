"""Bands of latitude have the areas of a sphere, and their land fits inside."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from benchmark.regions import open_regions
from benchmark.regions.geometry import area_km2

SCRIPT = Path(__file__).parents[2] / "references/regions/derive_bands.py"
SPHERE_Mkm2 = 4 * np.pi * 6.371**2


@pytest.fixture(name="bands")
def fixture_bands():
    """Return the shipped bands."""
    return open_regions("latitude_bands")


def test_a_band_has_the_area_of_its_zone(bands):
    """2 pi R2 (sin n - sin s); sin 30 = 1/2, so 30-90 N is a quarter of the globe."""
    area = {region.id: area_km2(region.geometry) / 1e6 for region in bands}
    assert area["band_30_90n"] == pytest.approx(SPHERE_Mkm2 / 4, rel=1e-9)
    assert area["band_90s_30n"] == pytest.approx(SPHERE_Mkm2 * 3 / 4, rel=1e-9)
    cap = SPHERE_Mkm2 * (1 - np.sqrt(3) / 2) / 2
    assert area["band_60_90n"] == pytest.approx(cap, rel=1e-9)


def test_land_adds_up(bands):
    """30-60 and 60-90 N make 30-90 N; about 132 million km2 are free of ice."""
    land = {region.id: region.land_area_Mkm2 for region in bands}
    parts = land["band_30_60n"] + land["band_60_90n"]
    assert parts == pytest.approx(land["band_30_90n"], abs=0.02)
    assert land["band_30_90n"] + land["band_90s_30n"] == pytest.approx(132, abs=2)
    north = [land[f"band_{south}_90n"] for south in (60, 50, 45, 30)]
    assert north == sorted(north)


def test_the_script_writes_areas(tmp_path):
    """Land on one hemisphere of 60-90 N, half of it lake, a tenth of that ice."""
    spec = importlib.util.spec_from_file_location("derive_bands", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    boxes = {
        "ne_50m_land": shapely.box(0, 60, 180, 90),
        "ne_50m_lakes": shapely.box(0, 60, 90, 90),
        "ne_110m_glaciated_areas": shapely.box(90, 60, 99, 90),
    }
    for name, box in boxes.items():
        feature = {"type": "Feature", "geometry": shapely.geometry.mapping(box)}
        collection = {"type": "FeatureCollection", "features": [feature]}
        (tmp_path / f"{name}.json").write_text(json.dumps(collection))
    descriptor = tmp_path / "bands.yaml"
    descriptor.write_text(
        "regions:\n  - id: north\n    lat: [60, 90]\n    land_area_Mkm2: 0.0\n"
    )
    script.main(tmp_path, descriptor)
    expected = SPHERE_Mkm2 * (1 - np.sqrt(3) / 2) / 2 * 81 / 360
    found = float(descriptor.read_text().split("land_area_Mkm2: ")[1])
    assert found == pytest.approx(expected, abs=0.005)
