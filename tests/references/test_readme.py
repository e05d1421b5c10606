"""What references/README.md shows works, and no set or key is left out."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
import xarray as xr
import yaml
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.config import load_reference
from benchmark.config.catalogue import product_names
from benchmark.config.keys import REFERENCE
from benchmark.metrics import metrics
from benchmark.products.product import load_product
from benchmark.regions import open_regions, region_set_names
from benchmark.regions.entries import ENTRY_KEYS
from benchmark.regions.features import ABOUT
from benchmark.regions.sets import set_descriptor, set_ids

TEXT = (Path(__file__).parents[2] / "references" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
DESCRIPTORS = [b for b in BLOCKS if b.startswith("reference:")]
LISTS = [yaml.safe_load(b)["regions"] for b in BLOCKS if b.startswith("regions:")]


def rows(title: str) -> list[list[str]]:
    """Return the rows of the table whose first column has a title."""
    _, rest = TEXT.split(f"\n| {title} |", 1)
    lines = rest.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write what the examples take for granted: two zones, and three masks."""
    zones = {"C": shapely.box(60, 50, 120, 80), "D": shapely.box(60, 40, 120, 50)}
    features = [
        {
            "type": "Feature",
            "properties": {"id": name, "EXTENT": name},
            "geometry": shapely.geometry.mapping(shape),
        }
        for name, shape in zones.items()
    ]
    collection = {"type": "FeatureCollection", "features": features}
    for name in ("zones", "permafrost"):
        path = tmp_path / f"{name}.geojson"
        path.write_text(json.dumps(collection))
    axes = {"lat": [55.0, 65.0], "lon": [65.0, 75.0]}
    flags = {"flag_values": np.array([1, 2]), "flag_meanings": "taiga tundra"}
    classes = xr.Dataset({"biome": (("lat", "lon"), [[1, 1], [2, 2]], flags)}, axes)
    classes.to_netcdf(tmp_path / "classes.nc")
    values = (("lat", "lon"), [[0.2, 0.7], [0.9, 0.1]])
    xr.Dataset({"part": values}, axes).to_netcdf(tmp_path / "fraction.nc")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _zip(folder: Path) -> None:
    shapefile = pytest.importorskip("shapefile", reason="pyshp is an optional extra")
    with shapefile.Writer(str(folder / "zones.shp")) as writer:
        writer.field("EXTENT", "C")
        for name, west in (("C1", 60), ("D1", 90)):
            ring = [[west, 60], [west, 70], [west + 9, 70], [west + 9, 60], [west, 60]]
            writer.poly([ring])
            writer.record(name)
    with zipfile.ZipFile(folder / "zones.zip", "w") as archive:
        for end in ("shp", "shx", "dbf"):
            archive.write(folder / f"zones.{end}", f"zones.{end}")


@pytest.mark.parametrize("number", range(len(LISTS)))
def test_lists(number: int, folder: Path) -> None:
    """Every list of regions of the page, verbatim, has regions with an area."""
    if "zones.zip" in str(LISTS[number]):
        _zip(folder)
    regions = open_regions(LISTS[number])
    assert all(region.geometry.area > 0 for region in regions)
    stated = {entry["id"] for entry in LISTS[number] if "id" in entry}
    assert stated <= set(regions.ids)


def test_set_of_your_own(folder: Path) -> None:
    """The set of the page: 60 by 30 degrees, with 60 by 10 more, less its south."""
    (text,) = [block for block in BLOCKS if block.startswith("id:")]
    (folder / "set.yaml").write_text(text, "utf-8")
    areas = {r.id: r.geometry.area for r in open_regions(folder / "set.yaml")}
    assert areas == pytest.approx({"C": 1800, "both": 2400, "north": 1200})


def test_every_set_is_in_the_table() -> None:
    """Names, numbers of regions and titles are those of the sets that ship."""
    assert rows("set") == [
        [f"`{name}`", str(len(set_ids(name))), set_descriptor(name)["name"]]
        for name in region_set_names()
    ]


def test_every_key_is_in_the_table() -> None:
    """Each key about the shape of a region stands in the table, in order."""
    told = [row[0].strip("`") for row in rows("key")]
    others = {*ABOUT, "ratio", "remarks"} - {"id"}
    assert told == sorted({*ENTRY_KEYS, "id"} - others)


@pytest.fixture
def mine(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gridded: Callable[..., xr.Dataset],
    gpp_values: Callable[[int], np.ndarray],
) -> Path:
    """Write the data of the descriptors of the page: fields, regions and sites."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERMABENCH_DATA", str(tmp_path / "data"))
    values = gpp_values(24) * 86400e3  # g m-2 day-1
    gridded(values, "GPP", None).to_netcdf(tmp_path / "my-gpp.nc")
    frozen = xr.ones_like(gridded(values, "GPP", None)["GPP"].isel(time=0))
    frozen.to_dataset(name="PerProb").to_netcdf(tmp_path / "my-permafrost.nc")
    budget = "region,value\nalaska,-6\nwestern_canada,-50\n"
    (tmp_path / "my-budget.csv").write_text(budget)
    places = {"RU-Che": (68.6, 161.3), "US-Atq": (70.5, -157.4)}
    rows = [
        {"site": site, "lat": lat, "lon": lon, "year": 2001, "month": month}
        for site, (lat, lon) in places.items()
        for month in range(1, 13)
    ]
    towers = pd.DataFrame(rows).assign(gpp=[0, 0, 0, 0, 1, 4, 5, 3, 1, 0, 0, 0] * 2)
    towers.to_csv(tmp_path / "my-towers.csv", index=False)
    return tmp_path


@pytest.mark.parametrize(
    "text", DESCRIPTORS, ids=["field", "regional", "sites", "extent"]
)
def test_references_of_your_own(text: str, mine: Path) -> None:
    """Each descriptor of the page, verbatim, is added and then known by its name."""
    name = yaml.safe_load(text)["reference"]
    (mine / f"{name}.yaml").write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["references", "add", f"{name}.yaml"])
    assert result.exit_code == 0, result.output
    assert load_reference(name).data.files[0].startswith(str(mine / "data"))


def test_no_metric_is_out_of_sight() -> None:
    """Each is in a reference that ships, or the page says what reference it needs."""
    folders = Path(__file__).parents[2].glob("references/*/*.yaml")
    entries = [yaml.safe_load(path.read_text("utf-8")) for path in folders]
    used = {
        name
        for entry in entries
        if "reference" in entry
        for name in entry["scoring"]["metrics"]
    }
    told = {
        name.strip().strip("`") for row in rows("metric") for name in row[0].split(",")
    }
    built_in = {n for n in metrics.names() if "toy" not in n and "docs" not in n}
    assert used | told == built_in
    assert used & told == set()


def test_every_key_of_a_reference_is_told() -> None:
    """No key of a descriptor is left out of the table, and none is made up."""
    told = {
        key.strip().strip("`")
        for row in rows("key of a reference")
        for key in row[0].split(",")
    }
    assert told == set(REFERENCE.keys or ())


def test_every_product_is_told() -> None:
    """The table of products has each, with its title and how it is got."""
    told = {name.strip("`"): (title, how) for name, title, how in rows("product")}
    assert sorted(told) == sorted(product_names())
    for name, (title, how) in told.items():
        product = load_product(name)
        assert title == product.title
        assert (how == "`fetch`") == bool(product.files)


def test_commands_of_the_page_are_there() -> None:
    """Every command that the page names is one, with these options."""
    commands = main.commands["references"].commands  # type: ignore[attr-defined]
    found = re.findall(r"permabench references (\w+)([^`\n#]*)", TEXT)
    assert {name for name, _ in found} == set(commands)
    for name, rest in found:
        known = {option for o in commands[name].params for option in o.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known


def test_exit_codes_are_those_of_the_command() -> None:
    """The table of exit codes has those that the help of the command has."""
    told = [row[0] for row in rows("exit code")]
    text = CliRunner().invoke(main, ["references", "--help"]).output
    codes = re.findall(
        r"(\d) (?:done|usage|a download|no direct)", " ".join(text.split())
    )
    assert told == codes == ["0", "2", "3", "4"]
