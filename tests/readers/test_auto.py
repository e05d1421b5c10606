"""The reader is found from the files."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from benchmark.config import GridFile, VariableSource, load_models
from benchmark.errors import ConfigError, InputError
from benchmark.readers import open_source
from benchmark.readers.auto import reader_for

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("mgpp.out", "Lon Lat Year Jan\n", "text_cells"),
        ("gpp.csv", "lon,lat,year,gpp\n", "text_cells"),
        ("towers.csv", "site,lat,lon,date,NEE\n", "sites"),
        ("budgets.csv", "region,year,value\n", "region_months"),
        ("c.json", '{"esmcat_version": "0.1.0"}', "esm_catalogue"),
        ("r.json", '{".zgroup": "{}"}', "kerchunk"),
        ("gpp.nc", "CDF", "netcdf"),
        ("s.zarr/zarr.json", "{}", "zarr"),
        ("s.parq/.zmetadata", "{}", "kerchunk"),
        ("tree/Lmon/gpp.nc", "CDF", "drs"),
    ],
)
def test_reader(name: str, content: str, reader: str, tmp_path: Path) -> None:
    """Suffix, first line and folder say how files are read."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    first = tmp_path / name.split("/")[0]
    assert reader_for(VariableSource((str(first),))) == reader


def test_stated_reader_wins(tmp_path: Path) -> None:
    """A reader that is written is used, whatever the file is called."""
    (tmp_path / "gpp.csv").write_text("lon,lat,year,gpp\n")
    config = {
        "model": "A",
        "reader": "netcdf",
        "files": "gpp.csv",
        "variables": ["gpp"],
    }
    (tmp_path / "m.yaml").write_text(yaml.safe_dump(config))
    (model,) = load_models(tmp_path / "m.yaml")
    with pytest.raises(InputError, match="not NetCDF"):
        open_source(model.variables["gpp"], model)


def test_table_of_unknown_columns(tmp_path: Path) -> None:
    """A table that no reader fits is refused with what each expects."""
    (tmp_path / "a.csv").write_text("x,y,z\n1,2,3\n")
    with pytest.raises(InputError, match=r"columns x, y, z; expected Lon, Lat, Year"):
        reader_for(VariableSource((str(tmp_path / "a.csv"),)))


def test_keys(tmp_path: Path) -> None:
    """URLs stay as they are, paths start at the YAML; facets are texts."""
    config = {
        "model": "A",
        "files": ["s3://bucket/a.zarr", "here.nc"],
        "select": {
            "member_id": "r1i1p1f1",
            "version": 20190101,
            "experiment_id": ["a", "b"],
        },
        "targets": "https://example.org/data/",
        "grid": {"files": "grid.nc", "index": "of", "mask": "land"},
        "variables": ["gpp"],
    }
    (tmp_path / "m.yaml").write_text(yaml.safe_dump(config))
    (model,) = load_models(tmp_path / "m.yaml")
    assert model.reader == "auto"
    assert model.variables["gpp"].files == (
        "s3://bucket/a.zarr",
        str(tmp_path / "here.nc"),
    )
    assert model.select == {
        "member_id": ("r1i1p1f1",), "version": ("20190101",),
        "experiment_id": ("a", "b"),
    }  # fmt: skip
    assert model.targets == ("https://example.org/data/",)
    files = (str(tmp_path / "grid.nc"),)
    assert model.grid == GridFile(files, index="of", mask="land")


def test_wrong_grid_key(tmp_path: Path) -> None:
    """A key that `grid:` does not have is refused with those it has."""
    config = {
        "model": "A",
        "files": "a.nc",
        "grid": {"file": "g.nc"},
        "variables": ["gpp"],
    }
    (tmp_path / "m.yaml").write_text(yaml.safe_dump(config))
    with pytest.raises(
        ConfigError, match=r"grid\.file: 'file' is unknown\. Did you mean 'files'"
    ):
        load_models(tmp_path / "m.yaml")
