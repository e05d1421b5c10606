"""The models of the demo: descriptors are complete, files give known totals."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark.config import load_models

FOLDER = Path(__file__).parents[2] / "model_configs"
DESCRIPTORS = sorted(FOLDER.glob("*.yaml"))
REQUIRED = {"version", "family", "description", "citation", "doi", "licence", "remarks"}
TESTBED = {
    "casa-cnp": (1247, 749),
    "mimics": (975, 433),
    "corpse": (1725, 1280),
}


def load(stem):
    """Return the content of one descriptor."""
    return yaml.safe_load((FOLDER / f"{stem}.yaml").read_text(encoding="utf-8"))


def land_totals(stem, variable):
    """Return the land total of a variable of the testbed, global and north."""
    model = load(stem)
    source = model["variables"][variable]
    with xr.open_dataset(FOLDER / source["files"], decode_times=False) as file:
        pools = source["name"].split(" + ")
        value = sum(file[pool].isel(time=0) for pool in pools)
        total = value * file[model["land_area"]["name"]]
        north = total.where(total["lat"] > 50)
        return float(total.sum()) / 1e9, float(north.sum()) / 1e9


@pytest.mark.parametrize("path", DESCRIPTORS, ids=lambda path: path.stem)
def test_required_fields(path):
    """A descriptor names its model, version, citation, licence and variables."""
    model = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(model) >= REQUIRED
    assert ("model" in model) != ("ensemble" in model)
    assert model["family"] in {"process_based", "cmip6", "isimip"}
    assert all(isinstance(remark, str) for remark in model["remarks"])


@pytest.mark.parametrize("path", DESCRIPTORS, ids=lambda path: path.stem)
def test_files_and_names_exist(path):
    """Every file that is named ships, with the variables that are named."""
    for model in load_models(path):
        grids = [model.cell_area, model.land_area, model.land_fraction]
        for source in [*model.variables.values(), *filter(None, grids)]:
            (file,) = map(Path, source.files)
            assert file.is_file()
            if file.suffix == ".nc":
                with xr.open_dataset(file, decode_times=False) as data:
                    assert set(source.name.split(" + ")) <= set(data)


@pytest.mark.parametrize("path", DESCRIPTORS, ids=lambda path: path.stem)
def test_licence_lies_beside_the_data(path):
    """Each data folder has its licence and provenance."""
    sources = load_models(path)[0].variables.values()
    assert sources
    for source in sources:
        folder = Path(source.files[0]).parent
        assert (folder / "LICENSE.txt").stat().st_size > 200
        assert (folder / "PROVENANCE.md").stat().st_size > 200


@pytest.mark.parametrize("stem", TESTBED)
def test_soil_carbon_of_the_testbed(stem):
    """The declared pools add up to the known stocks, globally and north of 50 N."""
    assert land_totals(stem, "cSoil") == pytest.approx(TESTBED[stem], rel=0.01)


@pytest.mark.parametrize(
    ("variable", "expected"), [("gpp", 136), ("npp", 55.3), ("rh", 54.3)]
)
def test_fluxes_of_casa(variable, expected):
    """Daily fluxes over a 365-day year are the known totals in Pg yr-1."""
    total, _ = land_totals("casa-cnp", variable)
    assert total * 365 == pytest.approx(expected, rel=0.002)


def test_cmip6_ensemble_has_sixteen_models():
    """Sixteen models give fluxes, fourteen of them rh and soil carbon."""
    tables = {}
    for name, source in load("cmip6-reccap2")["variables"].items():
        table = pd.read_csv(FOLDER / source["files"], skipinitialspace=True)
        assert table["year"].tolist() == list(range(1850, 2015))
        assert not table.isna().any(axis=None)
        tables[name] = set(table) - {"year"}
    assert {name: len(models) for name, models in tables.items()} == {
        "gpp": 16,
        "npp": 16,
        "rh": 14,
        "nbe": 16,
        "cSoil": 14,
        "cVeg": 16,
    }
    assert tables["gpp"] - tables["cSoil"] == {"INM-CM4-8", "INM-CM5-0"}


def test_cmip6_soil_carbon_spread():
    """Soil carbon of 2000-2014 is 62 Pg in TaiESM1 and 733 Pg in NorESM2-MM."""
    source = load("cmip6-reccap2")["variables"]["cSoil"]
    table = pd.read_csv(FOLDER / source["files"], skipinitialspace=True)
    mean = table.set_index("year").loc[2000:2014].mean()
    assert mean["TaiESM1"] == pytest.approx(62, abs=0.5)
    assert mean["NorESM2-MM"] == pytest.approx(733, abs=0.5)


def test_cmip6_nbp_is_declared_as_downward_nbe():
    """Nbp is positive into land, so as nbe its sign is down."""
    source = load("cmip6-reccap2")["variables"]["nbe"]
    assert "_nbp_" in source["files"]
    assert source["sign"] == "down"


def test_classic_keeps_its_unit_strings():
    """The hostile unit strings of the package are shipped as they came."""
    units = {}
    for name, source in load_models("classic")[0].variables.items():
        assert source.units is None
        with xr.open_dataset(source.files[0], decode_times=False) as file:
            units[name] = file[source.name].attrs["units"]
            assert file[source.name].shape == (36, 18, 29)
    assert units["gpp"] == "kg C $m^{-2}$ s$^{-1}$"
    assert units["cSoil"] == "kg C/$m^2$\N{ZERO WIDTH SPACE}"


def test_areacella_of_access_is_wrong():
    """Its sum is 2.3 % of the sphere: the case the program must notice."""
    source = load_models("access-esm1-5")[0].cell_area
    with xr.open_dataset(source.files[0]) as file:
        share = float(file[source.name].sum()) / (4 * np.pi * 6371000.0**2)
    assert share == pytest.approx(0.0234, abs=0.0001)
