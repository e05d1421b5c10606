"""Trees of archive files, found by their names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
import yaml

from benchmark.config import Model, load_models
from benchmark.errors import InputError
from benchmark.harmonise.model import open_variable
from benchmark.readers.drs_names import facets_of

Make = Callable[..., Any]
Write = Callable[..., Path]
Load = Callable[..., Model]


@pytest.fixture
def write(tmp_path: Path, gridded: Make, gpp_values: Make) -> Write:
    """Give a function that writes a CMIP6 file into its place in a tree."""

    def one(
        variable: str = "gpp",
        *,
        model: str = "ModelA",
        member: str = "r1i1p1f1",
        version: str = "v20190101",
        start: int = 2000,
        times: int = 12,
        factor: float = 1.0,
        table: str = "Lmon",
        experiment: str = "historical",
    ) -> Path:
        folder = tmp_path / "CMIP6" / model / experiment / member / table / variable
        folder = folder / "gn" / version
        folder.mkdir(parents=True, exist_ok=True)
        data = gridded(factor * gpp_values(times), name=variable, start=start)
        end = start + times // 12 - 1
        stem = f"{variable}_{table}_{model}_{experiment}_{member}_gn"
        path = folder / f"{stem}_{start}01-{end}12.nc"
        data.to_netcdf(path)
        return path

    return one


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Give a function that writes the short configuration of a tree and loads it."""

    def one(**entries: object) -> Model:
        path = tmp_path / "m.yaml"
        config = {"model": "A", "files": "CMIP6", "variables": ["gpp"], **entries}
        path.write_text(yaml.safe_dump(config))
        return load_models(path)[0]

    return one


def fixed(like: Path, name: str, value: float, units: str, experiment: str) -> None:
    """Write a map of one number for the same model, of another experiment."""
    with xr.open_dataset(like) as data:
        flat = data["gpp"].isel(time=0, drop=True).reset_coords(drop=True)
        edges = data[["lat_bnds", "lon_bnds"]]
        edges[name] = xr.full_like(flat, value).assign_attrs(units=units)
        folder = like.parents[5] / experiment / "r0i0p0f0" / "fx" / name / "gn"
        folder.mkdir(parents=True)
        file = folder / f"{name}_fx_ModelA_{experiment}_r0i0p0f0_gn.nc"
        edges.drop_encoding().to_netcdf(file)


def test_tree(write: Write, load: Load, gpp_values: Make) -> None:
    """Three lines of configuration are enough: years are joined, sftlf is found."""
    write(start=2000)
    fixed(write(start=2001), "sftlf", 50.0, "%", "piControl")
    opened = open_variable(load(), "gpp")
    assert opened.field.sizes["time"] == 24
    np.testing.assert_allclose(opened.field[:12].to_numpy(), gpp_values(12), rtol=1e-6)
    assert set(np.unique(opened.field["land_fraction"])) == {0.5}
    assert any("land_fraction: sftlf of sftlf_fx" in t for t in opened.conversions)


def test_several_members(write: Write, load: Load) -> None:
    """Two runs are refused with the line to write, which then chooses one."""
    write(model="ModelA", member="r1i1p1f1")
    write(model="ModelB", member="r2i1p1f1", factor=2.0)
    message = (
        r"several runs hold gpp: source_id: ModelA, ModelB; member_id: r1i1p1f1, "
        r"r2i1p1f1\. .*'select: \{source_id: ModelA, member_id: r1i1p1f1\}'"
    )
    with pytest.raises(InputError, match=message):
        open_variable(load(), "gpp")
    opened = open_variable(load(select={"source_id": "ModelB"}), "gpp")
    assert "ModelB" in opened.where


def test_latest_version(write: Write, load: Load, gpp_values: Make) -> None:
    """Of versions the latest is taken, with a remark; an older one by name."""
    write(version="v20180101")
    write(version="v20200101", factor=2.0)
    opened = open_variable(load(), "gpp")
    assert any("v20200101 of v20180101, v20200101" in t for t in opened.conversions)
    np.testing.assert_allclose(opened.field.to_numpy(), 2 * gpp_values(12), rtol=1e-6)
    older = open_variable(load(select={"version": "v2018*"}), "gpp")
    np.testing.assert_allclose(older.field.to_numpy(), gpp_values(12), rtol=1e-6)


def test_experiments_one_after_the_other(write: Write, load: Load) -> None:
    """A list of experiments is one series, where their years do not overlap."""
    write(start=2000, experiment="historical")
    write(start=2001, experiment="ssp585")
    select = {"experiment_id": ["historical", "ssp585"]}
    opened = open_variable(load(select=select), "gpp")
    assert opened.field["year"].to_numpy()[[0, -1]].tolist() == [2000, 2001]


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ({"member_id": "r1i1p1f2"}, r"none has member_id r1i1p1f2; found r1i1p1f1\."),
        ({"member": "r1i1p1f1"}, r"'select:' has 'member', .* known: .*member_id"),
    ],
)  # fmt: skip
def test_wrong_selection(
    select: dict[str, str], message: str, write: Write, load: Load
) -> None:
    """A facet or value that is not there is refused with those that are."""
    write()
    with pytest.raises(InputError, match=message):
        open_variable(load(select=select), "gpp")


def test_variable_that_is_not_there(write: Write, load: Load) -> None:
    """The message has the variables of the tree."""
    write("rh")
    with pytest.raises(InputError, match=r"no file of gpp.*; found files of rh\."):
        open_variable(load(), "gpp")


def test_folder_of_other_names(
    tmp_path: Path, load: Load, gridded: Make, gpp_values: Make
) -> None:
    """A folder whose names follow no archive is searched by content."""
    (tmp_path / "CMIP6" / "deep").mkdir(parents=True)
    data = gridded(gpp_values(12), name="GPP")
    data.to_netcdf(tmp_path / "CMIP6" / "deep" / "run 7.nc")
    assert open_variable(load(), "gpp").field.sizes["time"] == 12


def test_empty_folder(tmp_path: Path, load: Load) -> None:
    """A folder without files is refused."""
    (tmp_path / "CMIP6").mkdir()
    with pytest.raises(InputError, match="no NetCDF file"):
        open_variable(load(), "gpp")


@pytest.mark.parametrize(
    ("name", "facets"),
    [
        ("cSoil_Emon_CESM2_historical_s2004-r3i1p1f2_gn_185001-201412.nc",
         ("cSoil", "Emon", "CESM2", "historical", "s2004-r3i1p1f2")),
        ("sftlf_fx_CESM2_historical_r1i1p1f1_gn.nc",
         ("sftlf", "fx", "CESM2", "historical", "r1i1p1f1")),
        ("rh_Lmon_HadGEM2-ES_historical_r1i1p1_185912-188411.nc",
         ("rh", "Lmon", "HadGEM2-ES", "historical", "r1i1p1")),
        ("JULES-ES_S3_nbp.nc", ("nbp", None, "JULES-ES", "S3", None)),
        ("lpj-guess_gfdl-esm4_w5e5_historical_2015soc_default_csoil-total_global_"
         "annual_1850_2014.nc",
         ("csoil-total", "annual", "lpj-guess", "w5e5_historical_2015soc_default",
          None)),
        ("notes.nc", (None,) * 5),
        ("JULES_S3_nbp.txt", (None,) * 5),
    ],
)  # fmt: skip
def test_names(name: str, facets: tuple[str | None, ...]) -> None:
    """Each archive's names are taken apart into the same facets."""
    keys = ("variable_id", "table_id", "source_id", "experiment_id", "member_id")
    found = facets_of(Path("/data") / name)
    assert tuple(found.get(key) for key in keys) == facets
