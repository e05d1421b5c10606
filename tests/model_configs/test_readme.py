"""What model_configs/README.md shows works, and no key or archive is left out."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
import yaml
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.config import archive_keys, keys, load_models
from benchmark.config.archives import load_archive
from benchmark.config.catalogue import archive_names
from benchmark.config.descriptors import VariableSource
from benchmark.config.validation import Key
from benchmark.harmonise.identify import factor_to_canonical
from benchmark.harmonise.nee_ladder import DISTURBANCES, rungs
from benchmark.harmonise.variables import VARIABLES

Make = Callable[..., Any]

FOLDER = Path(__file__).parents[2] / "model_configs"
TEXT = (FOLDER / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
MODELS = [block for block in BLOCKS if block.startswith(("model:", "ensemble:"))]

# Parts of a file that have no name of their own in the table.
_PLACES = {
    id(keys.VARIABLE_KEYS): "variable",
    id(keys.MEASURE.keys): "measure",
    **dict.fromkeys(
        (
            id(mapping)
            for key in archive_keys.ARCHIVE.keys["variables"].each.keys.values()  # type: ignore[index, union-attr]
            for mapping in (key.keys, key.each and key.each.keys)
            if mapping
        ),
        "archive",
    ),
    id(archive_keys.ARCHIVE.keys["variables"].each.keys): "archive",  # type: ignore[index, union-attr]
    id(archive_keys.ARCHIVE.keys["land_area"].keys): "archive",  # type: ignore[index]
}


def rows(title: str) -> list[list[str]]:
    """Return the rows of the table whose first column has a title."""
    _, rest = TEXT.split(f"\n| {title} |", 1)
    lines = rest.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture
def folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gridded: Make, gpp_values: Make
) -> Path:
    """Write what the examples take for granted."""
    fields = _Fields(tmp_path, gridded, gpp_values(36))
    fields.grids()
    fields.cmip6()
    fields.cells()
    fields.tables()
    fields.thaw()
    monkeypatch.chdir(tmp_path)
    return tmp_path


class _Fields:
    """Writers of fields, all made of the same values."""

    def __init__(self, folder: Path, gridded: Make, values: np.ndarray) -> None:
        self.folder, self.gridded, self.values = folder, gridded, values

    def write(self, path: str, name: str, factor: float = 1.0, **about: Any) -> None:
        """Write a file of one variable."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self.gridded(self.values * factor, name=name, **about).to_netcdf(target)

    def constant(self, path: str, name: str, value: float, units: str | None) -> None:
        """Write a map that does not change."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        whole = np.full_like(self.values[:12], value)
        data = self.gridded(whole, name=name, units=units)
        data.isel(time=0, drop=True).to_netcdf(target)

    def grids(self) -> None:
        """Write files of rows and columns."""
        self.write("output/a.nc", "GPP")
        self.write("output/b.nc", "HR", 500.0)
        self.write("co2/nee.nc", "FCO2", -44 / 12 * 8.64e7 * 0.1, units=None)
        for name, factor in (("nep", 0.1), ("rh", 0.4), ("npp", 0.5)):
            self.write(f"nep/{name}.nc", name, factor)
        self.write("TRENDY/JULES_S3_gpp.nc", "gpp")
        self.constant("fx/sftlf.nc", "sftlf", 80.0, "%")
        self.constant("fx/sftgif.nc", "sftgif", 10.0, "%")
        area = self.gridded(self.values[:12], name="areacella", units="m2")
        area = area.isel(time=0, drop=True)
        north = np.sin(np.radians(area["lat_bnds"])).diff("bnds").squeeze("bnds")
        cells = 6.371e6**2 * np.radians(5.0) * north.to_numpy()[:, None]
        area["areacella"] = area["areacella"].copy(data=np.tile(cells, (1, 72)))
        area.to_netcdf(self.folder / "fx" / "areacella.nc")
        self.write("monthly.nc", "gpp")
        odd = self.gridded(self.values, name="gpp")
        months = [m for m in range(36) if m != 17]
        odd = odd.isel(time=months).assign_coords(time=("time", months))
        (self.folder / "odd").mkdir()
        odd.to_netcdf(self.folder / "odd" / "gpp.nc")
        self.soil()

    def soil(self) -> None:
        """Write soil carbon by layers, and of two depths."""
        (self.folder / "soil").mkdir()
        data = self.gridded(self.values[:12] * 0 + 8e3, name="SOILC_vr", units="g/m3")
        layers = data["SOILC_vr"].expand_dims(levsoi=3).transpose("time", "levsoi", ...)
        data["SOILC_vr"] = layers
        data["DZSOI"] = ("levsoi", [0.2, 0.8, 2.0], {"units": "m"})
        data.to_netcdf(self.folder / "soil" / "soil.nc")
        for name, size in (("cSoil", 20.0), ("cSoilAbove1m", 9.0)):
            self.constant(f"soil2/{name}.nc", name, size, "kg m-2")

    def cmip6(self) -> None:
        """Write a tree of two experiments, and what refers to it or is like it."""
        listed = []
        for experiment, start in (("historical", 2000), ("ssp585", 2003)):
            for name, factor in (("gpp", 1.0), ("rh", 0.45), ("npp", 0.5)):
                file = (
                    f"{name}_Lmon_CanESM5_{experiment}_r1i1p1f1_gn_"
                    f"{start}01-{start + 2}12.nc"
                )
                self.write(f"CMIP6/{file}", name, factor, start=start)
                listed.append(
                    {
                        "source_id": "CanESM5",
                        "experiment_id": experiment,
                        "variable_id": name,
                        "path": f"CMIP6/{file}",
                    }
                )
        about = {
            "esmcat_version": "0.1.0",
            "attributes": [],
            "assets": {"column_name": "path", "format": "netcdf"},
            "aggregation_control": {"variable_column_name": "variable_id"},
            "catalog_dict": listed,
        }
        (self.folder / "catalogue.json").write_text(json.dumps(about))

    def stores(self) -> None:
        """Write a Zarr store, and references to another in a folder beside."""
        data = self.gridded(self.values, name="gpp").drop_encoding()
        data.to_zarr(self.folder / "monthly.zarr", consolidated=False)
        store = self.folder / "store"
        data.to_zarr(store, zarr_format=2, consolidated=False)
        paths = (path for path in store.rglob("*") if path.is_file())
        refs = {
            path.relative_to(store).as_posix(): path.read_text()
            if path.name.startswith(".z")
            else [path.relative_to(self.folder).as_posix()]
            for path in paths
        }
        (self.folder / "references.json").write_text(json.dumps(refs))

    def cells(self) -> None:
        """Write meshes: sparse cells, ICON with a grid file, and bare centres."""
        whole = self.gridded(self.values, name="gpp")
        values = self.values.reshape(36, -1)
        lat, lon = (grid.ravel() for grid in np.meshgrid(
            whole["lat"], whole["lon"], indexing="ij"
        ))  # fmt: skip
        units = {"units": "kg m-2 s-1"}
        time = {"time": whole["time"]}
        (self.folder / "sparse").mkdir()
        sparse = xr.Dataset({"GPP": (("time", "gridcell"), values, units)}, time)
        sparse.to_netcdf(self.folder / "sparse" / "GPP.nc")
        numbers = np.arange(1, lat.size + 1).reshape(whole["gpp"].shape[1:])
        places = {"grid1d_lat": ("gridcell", lat), "grid1d_lon": ("gridcell", lon)}
        maps = {
            "cclass": (("lat", "lon"), numbers),
            "notnan": (("lat", "lon"), np.ones_like(numbers)),
        }
        axes = whole[["lat", "lon"]].drop_vars(
            ["lat_bnds", "lon_bnds"], errors="ignore"
        )
        for axis in ("lat", "lon"):
            axes[axis].attrs.pop("bounds", None)
        axes.assign(maps).assign(places).to_netcdf(self.folder / "sparse" / "map.nc")
        self.triangles(whole)
        self.globe()

    def triangles(self, whole: xr.Dataset) -> None:
        """Write two triangles for each cell below 80 degrees, and their grid."""
        lat, lon = np.meshgrid(whole["lat"][:7], whole["lon"], indexing="ij")
        west, south = lon.ravel()[:, None] - 2.5, lat.ravel()[:, None] - 2.5
        # South-west, south-east, north-east; and south-west, north-east, north-west.
        east, north = [[0, 5, 5], [0, 5, 0]], [[0, 0, 5], [0, 5, 5]]
        corners = {
            "clat": np.concatenate([south + row for row in north]),
            "clon": np.concatenate([west + row for row in east]),
        }
        radians = {"units": "radian"}
        grid = {
            key: ("cell", np.radians(degrees.mean(axis=1)), radians)
            for key, degrees in corners.items()
        } | {
            f"{key}_vertices": (("cell", "nv"), np.radians(degrees), radians)
            for key, degrees in corners.items()
        }
        values = np.tile(self.values[:, :7].reshape(36, -1), 2)
        flux = (("time", "ncells"), values, {"units": "kg m-2 s-1"})
        (self.folder / "icon").mkdir()
        mesh = xr.Dataset({"gpp": flux}, {"time": whole["time"]})
        mesh.to_netcdf(self.folder / "icon" / "gpp.nc")
        xr.Dataset(grid).to_netcdf(self.folder / "icon" / "grid.nc")

    def globe(self) -> None:
        """Write 500 cells of the globe along a spiral, without corners."""
        step = np.arange(500) + 0.5
        lat = np.degrees(np.arcsin(1 - step / 250))
        lon = np.degrees(step * np.pi * (1 + 5**0.5)) % 360
        season = self.values.max(axis=(1, 2))[:, None]
        values = season * (0.05 + np.cos(np.radians(lat)) ** 2)
        data = xr.Dataset(
            {"gpp": (("time", "cell"), values, {"units": "kg m-2 s-1"})},
            {
                "time": self.gridded(self.values)["time"],
                "lat": ("cell", lat, {"units": "degrees_north"}),
                "lon": ("cell", lon, {"units": "degrees_east"}),
            },
        )
        (self.folder / "mesh").mkdir()
        data.to_netcdf(self.folder / "mesh" / "gpp.nc")

    def thaw(self) -> None:
        """Write methane per area of wetland, wetland, and soil temperature."""
        whole = self.gridded(self.values * 10.0, name="FCH4", units="gC m-2 s-1")
        shape = (3, *whole["FCH4"].shape[1:])
        part = np.full(whole["FCH4"].shape, 20.0)
        whole["WETFRAC"] = (("time", "lat", "lon"), part, {"units": "%"})
        celsius = np.broadcast_to(np.array([4.0, -1.0, -3.0])[:, None, None], shape)
        soil = np.broadcast_to(celsius, (36, *shape)) + self.values[:, None] * 1e8
        dims = ("time", "layer", "lat", "lon")
        whole["TSOIL"] = (dims, soil - 3.0, {"units": "degC"})
        edges = np.array([[0.0, 0.2], [0.2, 0.6], [0.6, 2.0]])
        whole["depth_bnds"] = (("layer", "bnds"), edges, {"units": "m"})
        (self.folder / "thaw").mkdir()
        whole.to_netcdf(self.folder / "thaw" / "month.nc")

    def tables(self) -> None:
        """Write tables of cells, of regions, and of models."""
        (self.folder / "run").mkdir()
        months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
        gpp = [f"Lon Lat Year {months}"]
        pools = ["Lon Lat Year VegC LitterC SoilC"]
        season = " ".join(f"{max(0, 5 - abs(m - 6)) / 100:.3f}" for m in range(12))
        for lat in (60.25, 60.75, 61.25):
            for lon in (30.25, 30.75, 31.25):
                for year in (2000, 2001):
                    gpp.append(f"{lon} {lat} {year} {season}")
                    pools.append(f"{lon} {lat} {year} 2 1 {9 + lat / 100}")
        (self.folder / "run" / "mgpp.out").write_text("\n".join(gpp))
        (self.folder / "run" / "cpool.out").write_text("\n".join(pools))
        years = range(2000, 2005)
        nbe = [f"permafrost_domain,{year},{-50 - year % 7}" for year in years]
        (self.folder / "regions.csv").write_text("\n".join(["region,year,nbe", *nbe]))
        table = [f"{year},{7 + year % 3 / 10},{6 + year % 2 / 10}" for year in years]
        path = self.folder / "gpp_by_model.csv"
        path.write_text("\n".join(["year,ModelA,ModelB", *table]))


@pytest.mark.parametrize("number", range(len(MODELS)))
def test_example(number: int, folder: Path, gridded: Make, gpp_values: Make) -> None:
    """Every model of the page, verbatim, passes the check on files made for it."""
    text = MODELS[number]
    if "zarr" in text or "references.json" in text:
        pytest.importorskip("zarr", reason="zarr is an optional extra")
        _Fields(folder, gridded, gpp_values(36)).stores()
    path = folder / "model.yaml"
    path.write_text(text, "utf-8")
    if "://" in text.partition("\ntargets:")[0]:
        assert load_models(path)[0].variables["gpp"].files[0].startswith("https://")
        return
    result = CliRunner().invoke(main, ["check", "model.yaml"])
    assert result.exit_code == 0, f"{text}\n{result.output}"
    model = yaml.safe_load(text)
    for name in model.get("variables") or ():
        assert f", {name}: " in result.output


def test_archive_of_your_own(tmp_path: Path) -> None:
    """The archive file of the page, verbatim, is read and inherits from CMIP6."""
    (text,) = [block for block in BLOCKS if block not in MODELS]
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    archive = load_archive("mine.yaml", tmp_path)
    assert archive.variables["rh"][0].name == "het_resp"
    assert archive.variables["gpp"][0].name == "gpp"
    assert "nbe" not in archive.variables


def test_every_archive_is_in_the_table() -> None:
    """Names, titles and what is unconfirmed are those of the archive files."""
    assert rows("archive") == [
        [f"`{name}`", archive.title, _unconfirmed(archive)]
        for name, path in archive_names().items()
        for archive in [load_archive(name, path.parent)]
    ]


def test_every_key_is_in_the_table() -> None:
    """Each key stands in the table once, with all places it may stand at."""
    known: dict[str, set[str]] = {}
    for key, place in (
        *((keys.MODEL, "model"), (keys.REFERENCE, "reference"), (keys.SUITE, "suite")),
        *((keys.CHOICE_KEYS, "choice"), (archive_keys.ARCHIVE, "archive")),
    ):
        for name, where in _keys(key, place):
            known.setdefault(name, set()).add(where)
    told = rows("key")
    assert [row[0].strip("`") for row in told] == sorted(known)
    assert {row[0].strip("`"): set(row[1].split(", ")) for row in told} == known
    assert all(row[2] for row in told)


def test_the_ladder_is_that_of_the_code() -> None:
    """Numbers of rungs, their order, and which lower the grade are as told."""
    source = VariableSource(("a.nc",))
    parts = ("nee", "ra", "rh", "gpp", "reco", "npp", "nep", "nbe")
    offers: list[dict[str, VariableSource]] = [
        dict.fromkeys((*parts, *DISTURBANCES), source),
        {"nep": replace(source, includes_fire=False)},
        dict.fromkeys(("nep", "nbe"), source),
        dict.fromkeys(("nbe", "fFire"), source),
    ]
    found = [rung for offer in offers for rung in rungs(offer)]
    grades = {rung.label.split(":")[0]: rung.grade for rung in found}
    told = {row[0]: "C" if row[2] == "C" else "" for row in rows("rung")}
    assert [row[0] for row in rows("rung")] == sorted(told)
    assert told == grades


@pytest.mark.parametrize(
    "written",
    re.findall(r"`([^`]+)`", TEXT.split("as people write them:")[1].split(".")[0]),
)
def test_units_that_are_shown(written: str) -> None:
    """Every spelling of units of the page is understood."""
    source = VariableSource(("a.nc",), mass_basis=None)
    statistic = "total" if written.startswith("Pg") else "mean"
    source = replace(source, statistic=statistic)  # type: ignore[arg-type]
    variable = VARIABLES["ch4" if "CH4" in written else "gpp"]
    assert factor_to_canonical(written, source, variable, "a.nc") > 0


def _keys(key: Key, place: str) -> Iterator[tuple[str, str]]:
    for name, sub in (key.keys or {}).items():
        yield name, place
        yield from _keys(sub, _place(sub.keys, name))
        if sub.each is not None:
            yield from _keys(sub.each, _place(sub.each.keys, name))


def _place(mapping: Mapping[str, Key] | None, name: str) -> str:
    # The data of a reference has all keys of a variable, and one of its own.
    if set(keys.VARIABLE_KEYS) <= set(mapping or ()):
        return "variable"
    return _PLACES.get(id(mapping), name)


def _unconfirmed(archive: Any) -> str:
    candidates = [c for items in archive.variables.values() for c in items]
    facts = {key for candidate in candidates for key in candidate.unconfirmed}
    for measure in archive.measures.values():
        facts.update(measure.get("unconfirmed") or ())
    named = ", ".join(key.replace("_", " ") for key in sorted(facts))
    return f"{archive.unconfirmed}: {named}" if facts else "none"
