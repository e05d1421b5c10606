"""A run that is kept in a folder, and read back."""

import json
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from shapely.geometry import MultiPolygon, box

from benchmark.config.descriptors import (
    Model,
    Reference,
    Scoring,
    Taken,
    VariableSource,
)
from benchmark.ensemble import NetFlux
from benchmark.errors import ConfigError
from benchmark.regions import Region
from benchmark.regrid import Regridding
from benchmark.saved.addresses import RUN_FILE, pair_files
from benchmark.saved.copying import copy_run
from benchmark.saved.plain import plain
from benchmark.saved.reading import load_run
from benchmark.saved.settling import rounded, settled
from benchmark.saved.typed import Opened, typed
from benchmark.saved.writing import save_run
from benchmark.score.result import COLUMNS, Evidence, Note, RunResult

HOSTILE = "<b>модель</b>/../\"'\n\r\n é \N{SNOWMAN}"
PAIR = ("M", "ref/../../x")


def maps(rows: int) -> xr.Dataset:
    lat = np.linspace(-89.5, 89.5, rows)
    lon = np.arange(0.5, 360.0)
    values = np.random.default_rng(0).normal(size=(rows, 360))
    values[5] = np.nan
    return xr.Dataset(
        {
            "model": (("lat", "lon"), values, {"units": "kg m-2", "mass_basis": "C"}),
            "lat_bnds": (("lat", "bnds"), np.stack([lat - 0.5, lat + 0.5], 1)),
        },
        {"lat": ("lat", lat, {"units": "degrees_north"}), "lon": lon},
        {"units": "kg m-2"},
    )


def evidence() -> Evidence:
    months = ("region", "month")
    cycle = xr.Dataset(
        {"model": (months, np.arange(24.0).reshape(2, 12) / 7)},
        {"region": ["alaska", "сибирь"], "month": range(1, 13), "height": 2.0},
    )
    ends = ("driver", "model", "reference", "error", "model_count", "reference_count")
    values = {f"bin_{end}": (("region", "bin"), [[1.0, np.inf]]) for end in ends}
    values["bin_driver"] = ("bin", [0.5, 1.5])
    bins = xr.Dataset(values, {"region": ["alaska"]}, {"units": "K"})
    sites = xr.Dataset(
        {"model": ("site", [1.0, np.nan]), "wet": ("site", [True, False])},
        {
            "site": ["a", "b"],
            "lat": ("site", [60.0, 70.0]),
            "lon": ("site", [0.0, 1.0]),
            "site_class": ("site", ["bog", ""]),
            "region": ("site", ["alaska", "сибирь"]),
        },
        {"units": "g m-2 yr-1"},
    )
    sites["reference"] = sites["model"] * 2
    empty = xr.Dataset({"model": ("year", np.zeros(0))}, {"year": np.zeros(0, int)})
    return Evidence(maps(180), cycle, empty, {"my metric/é": bins}, sites)


def make_run() -> RunResult:
    rows = [
        {"model": "M", "reference": PAIR[1], "score": 1 / 3, "status": "scored"},
        {"model": "NA", "region": "null", "message": HOSTILE, "status": "failed"},
    ]
    blank = dict.fromkeys(COLUMNS, np.nan)
    source = VariableSource(
        ("/home/someone/out/a b/*.nc", "https://example.org/x.nc"),
        fill_values=(-9999.0, float("nan")),
        depth=(0.0, 1.0),
        taken=Taken("cmip6", ("units",), spellings=(("gC", "g"),)),
        depths=((("full_column"), "c"), ((0.0, 0.3), "d")),
    )
    model = Model(
        "M",
        {"gpp": source},
        Path("/home/someone/m.yaml"),
        period=(2000, 2010),
        select={"member": ("r1",)},
        regrid=Regridding(engine="polygons"),
        description=HOSTILE,
    )
    reference = Reference(
        PAIR[1], "T", "gpp", "field", replace(source, depth="full_column"),
        Scoring(("bias",), tolerance=0.1), Path("r.yaml"), licence="CC BY",
    )  # fmt: skip
    shape = MultiPolygon([box(0.1, 60.0, 1 / 3, 70.0), box(10, 60, 11, 70)])
    flux = xr.DataArray(
        np.arange(6.0).reshape(2, 3),
        {"lat": [50.0, 60.0], "lon": [0.0, 1.0, 2.0], "cell_area": ("lat", [1.0, 2.0])},
        ("lat", "lon"),
        name="nee",
        attrs={"units": "kg m-2 s-1"},
    )
    table = pd.DataFrame(
        {
            "region": ["a", None],
            "approach": "x",
            "family": "y",
            "value": [1.5, np.nan],
            "n": [1, 2],
            "ok": [True, False],
        },
        index=[7, 9],
    )
    return RunResult(
        name="kept",
        title=HOSTILE,
        scores=pd.DataFrame([blank | row for row in rows], columns=list(COLUMNS)),
        models={"M": model, HOSTILE: replace(model, name=HOSTILE)},
        references={PAIR[1]: reference},
        regions={"a": Region("a", "A", shape, land_area_Mkm2=1.5)},
        approaches={"r": table},
        evidence={PAIR: evidence(), (HOSTILE, PAIR[1]): Evidence()},
        net_fluxes=(NetFlux("M", "f", flux),),
        notes=(Note("M", "gpp", "/home/someone/out/a b/x.nc", "warning", "odd"),),
        manifest={"time": "2024", "inputs": {"a": ["1", 2]}},
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    save_run(make_run(), folder)
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """Give a copy that a test may spoil."""
    for path in kept.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(kept)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    return tmp_path


def same(a: Any, b: Any) -> None:
    """Compare two values down to the last field."""
    assert type(a) is type(b)
    if isinstance(a, (xr.Dataset, xr.DataArray)):
        xr.testing.assert_identical(a, b)
    elif isinstance(a, pd.DataFrame):
        pd.testing.assert_frame_equal(a, b)
    elif hasattr(a, "__dataclass_fields__"):
        for one in fields(a):
            same(getattr(a, one.name), getattr(b, one.name))
    elif isinstance(a, dict):
        assert list(a) == list(b)
        for key in a:
            same(a[key], b[key])
    elif isinstance(a, tuple):
        assert len(a) == len(b)
        for one, other in zip(a, b, strict=True):
            same(one, other)
    else:
        assert a == b or a != a


def test_round_trip(kept: Path) -> None:
    """Every field comes back as it was settled, to the last bit."""
    same(load_run(kept), settled(make_run()))
    same(load_run(kept / "scores.csv").scores, settled(make_run()).scores)


def test_settled_twice() -> None:
    """To settle what is settled changes nothing."""
    once = settled(make_run())
    same(settled(once), once)


def test_numbers_of_the_table(kept: Path) -> None:
    """Scores keep every digit, and texts that look like nothing stay texts."""
    scores = load_run(kept).scores
    assert scores["score"].iloc[0] == 1 / 3
    assert scores["model"].tolist() == ["M", "NA"]
    assert scores["region"].tolist()[1] == "null"
    assert scores["message"].iloc[1] == HOSTILE.replace("\r", "")


def test_rounded() -> None:
    """Large arrays keep 10 binary digits, NaN and infinity; maps are cut at 45 N."""
    values = np.array([np.pi, -1e-9, 3e7, np.nan, np.inf, 0.0])
    made = rounded(values)
    finite = np.isfinite(values)
    assert np.allclose(made[finite], values[finite], rtol=2.0**-10, atol=0)
    assert np.array_equal(rounded(made), made, equal_nan=True)
    assert np.isnan(made[3])
    assert np.isinf(made[4])
    run = settled(make_run())
    drawn, whole = run.evidence[PAIR].maps, maps(180)
    assert drawn["lat"].min() == 45.5
    assert drawn["model"].shape == (45, 360)
    expected = whole["model"].sel(lat=slice(45, 90)).to_numpy()
    assert np.allclose(drawn["model"], expected, rtol=2.0**-10, equal_nan=True)
    # A small array is not touched.
    cycle = run.evidence[PAIR].cycle
    assert float(cycle["model"][0, 1]) == 1 / 7


def test_same_bytes(kept: Path, tmp_path: Path) -> None:
    """What is read back is kept in the same bytes."""
    save_run(load_run(kept), tmp_path)
    for name in (RUN_FILE, *pair_files(make_run()).values(), "run/net_fluxes.nc"):
        if (kept / name).exists():
            assert (kept / name).read_bytes() == (tmp_path / name).read_bytes()


def test_no_paths_of_the_machine(kept: Path) -> None:
    """The kept run has the ends of paths only, and addresses as they were."""
    for path in [*kept.glob("run/*"), *kept.glob("data/*")]:
        assert b"/home/someone" not in path.read_bytes()
    source = load_run(kept).models["M"].variables["gpp"]
    assert source.files == ("a b/*.nc", "https://example.org/x.nc")


def test_data_say_whose_they_are(kept: Path) -> None:
    """A file of data is NetCDF that names model, reference, licence and units."""
    (address,) = {a for p, a in pair_files(make_run()).items() if p == PAIR}
    assert address.startswith("data/m--ref-x")
    with netCDF4.Dataset(kept / address) as file:
        assert file.model == "M"
        assert file.reference_licence == "CC BY"
        assert {"maps", "cycle", "relationships"} <= set(file.groups)
        assert file["maps"]["model"].units == "kg m-2"


def few(**extra: Any) -> Evidence:
    """Return evidence of a few numbers, texts and truths, and no map."""
    annual = xr.Dataset(
        {"model": (("region", "year"), [[1 / 3, np.nan, np.inf]], {"units": "g"})},
        {
            "region": ["сибирь"],
            "year": [2000, 2001, 2002],
            "single": ("year", np.float32([0.1, 0.2, np.nan])),
            "whole": ("year", [True, False, True]),
            "height": 2.0,
        },
        {"units": "g m-2", "n": 3},
    )
    return Evidence(annual=annual, **extra)


def test_few_numbers_have_no_file(tmp_path: Path) -> None:
    """Evidence of a few numbers is in the run file, and comes back to the last bit."""
    run = replace(make_run(), evidence={PAIR: few()}, net_fluxes=())
    save_run(run, tmp_path)
    assert not (tmp_path / "data").exists()
    assert pair_files(run) == {}
    same(load_run(tmp_path), settled(run))


def test_difference_is_not_kept_twice(tmp_path: Path) -> None:
    """What is model minus reference is made again; any other difference is kept."""
    fields = maps(180)
    fields["reference"] = (("lat", "lon"), fields["model"].to_numpy() * 1.01)
    fields["difference"] = fields["model"] - fields["reference"]
    fields["difference"].attrs["units"] = "kg m-2"
    run = replace(make_run(), evidence={PAIR: few(maps=fields)})
    save_run(run, tmp_path)
    (address,) = pair_files(run).values()
    with netCDF4.Dataset(tmp_path / address) as file:
        assert "reference" in file["maps"].variables
        assert "difference" not in file["maps"].variables
    again = load_run(tmp_path)
    same(again, settled(run))
    drawn = again.evidence[PAIR].maps
    xr.testing.assert_equal(drawn["difference"], drawn["model"] - drawn["reference"])
    fields = fields.isel(lat=slice(170, None), lon=slice(5))
    fields["difference"] = fields["difference"] * 2
    run = replace(run, evidence={PAIR: few(maps=fields)})
    save_run(run, tmp_path)
    same(load_run(tmp_path), settled(run))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("variables", 3),
        ("variables|model|values", [1.0]),
        ("variables|model|values", {"a": 1}),
        ("variables|model|type", "object"),
        ("variables|region|values", [3]),
        ("variables|year|values", [2000, "x", 2002]),
        ("coords", ["none"]),
        ("attributes", None),
    ],
)
def test_spoiled_few_numbers(tmp_path: Path, path: str, value: Any) -> None:
    """Numbers in the run file that are no dataset are refused in words."""
    save_run(replace(make_run(), evidence={PAIR: few()}), tmp_path)
    spoil(tmp_path, f"result|evidence|0|value|annual|values|{path}", value)
    with pytest.raises(ConfigError, match="annual: no such dataset"):
        load_run(tmp_path)


def test_copied(kept: Path, tmp_path: Path) -> None:
    """A copy has every table of the run, and none that another run left there."""
    (tmp_path / "ceilings.csv").write_text("of another run")
    copy_run(kept, tmp_path)
    found = {p.relative_to(kept): p.read_bytes() for p in kept.rglob("*.*")}
    assert found == {
        p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.*")
    }


def test_earlier_run(tmp_path: Path) -> None:
    """Files of an earlier run in the folder go, those of others stay."""
    save_run(make_run(), tmp_path)
    (tmp_path / "data" / "mine.nc").write_bytes(b"x")
    save_run(replace(make_run(), evidence={}, net_fluxes=()), tmp_path)
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["mine.nc"]
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["run.json"]


@dataclass(frozen=True)
class Extended(Evidence):
    """Evidence with fields that nobody has thought of."""

    more: dict[str, tuple[int, ...]] = field(default_factory=dict)
    profile: xr.Dataset | None = None


def test_new_fields_need_no_code(tmp_path: Path) -> None:
    """A field that is added to a dataclass is kept and read by its annotation."""
    shelf: dict[str, xr.Dataset] = {}

    def keep(data: xr.Dataset, trail: tuple[str, ...]) -> dict[str, str]:
        shelf["/".join(trail)] = data
        return {"file": "x.nc", "group": "/".join(trail)}

    more = Extended(more={"a": (1, 2)}, profile=xr.Dataset({"d": ("z", [1.0])}))
    made = json.loads(json.dumps(plain(more, ("e",), keep)))
    opened = Opened(tmp_path, lambda value, _: shelf[value["group"]], lambda *_: None)
    same(typed(Extended, made, "e", opened), more)
    del made["more"]
    assert typed(Extended, made, "e", opened).more == {}


def head(folder: Path) -> dict[str, Any]:
    return json.loads((folder / RUN_FILE).read_text("utf-8"))


def spoil(folder: Path, path: str, value: Any) -> None:
    """Set a value in the run file, by its fields and keys."""
    made = place = head(folder)
    *most, last = path.split("|")
    for name in most:
        place = place[int(name) if isinstance(place, list) else name]
    place[last] = value
    (folder / RUN_FILE).write_text(json.dumps(made), "utf-8")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("permabench_run", 3, "of format 3, by a newer permabench"),
        ("permabench_run", True, "no kept run"),
        ("files", [], "expected 'files'"),
        ("result|name", 3, "name: 3; expected a text"),
        ("result|colour", "red", "'colour'; expected a field that this version knows"),
        ("result|models|M|period", [2000], "M.period: [2000]; expected 2 values"),
        ("result|models|M|period", ["x", 1], "period[0]: 'x'; expected a whole number"),
        ("result|models|M|variables|gpp|static", 1, "expected true or false"),
        ("result|models|M|variables|gpp|sign", "left", "expected up or down"),
        ("result|models|M|variables|gpp|depth", "deep", "expected full_column"),
        ("result|models", [], "models: []; expected a mapping"),
        ("result|regions|a|geometry", {"type": "Polygon"}, "expected a GeoJSON"),
        ("result|regions|a|land_area_Mkm2", 10**400, "expected a number below"),
        ("result|evidence", {"a": 1}, "expected a list of keys and values"),
        ("result|evidence|0|value|maps|file", "../x.nc", "expected a file of the run"),
        ("result|evidence|0|value|maps|file", "/etc/passwd", "expected a file of the"),
        ("result|evidence|0|value|maps|file", "data/none.nc", "no such file"),
        ("result|evidence|0|value|maps|group", "none", "no NetCDF file of a kept run"),
        ("result|scores|file", "../../scores.csv", "expected a file of the run"),
        ("result|scores|columns", {"model": "code"}, "'columns' of known kinds"),
        ("result|approaches|r|values", [["a"], [1.0]], "approaches.r: no such table"),
    ],
)  # fmt: skip
def test_spoiled(folder: Path, path: str, value: Any, words: str) -> None:
    """A value that does not fit is refused, with the file and the place."""
    spoil(folder, path, value)
    with pytest.raises(ConfigError) as caught:
        load_run(folder)
    assert words in str(caught.value)
    assert "run.json" in str(caught.value) or "data" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "[" * 200_000, "\xff", "9" * 10_000, '{"a": NaN}']
)
def test_no_run_file(folder: Path, text: str) -> None:
    """A file that is no run is an error in words, whatever it is."""
    (folder / RUN_FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"run\.json"):
        load_run(folder)


def test_changed_table(folder: Path) -> None:
    """A table that somebody has changed is not taken for the run's."""
    with (folder / "scores.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(ConfigError, match=r"scores\.csv: was changed after the run"):
        load_run(folder)


def test_link_out(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link out of the folder is not followed."""
    outside = tmp_path_factory.mktemp("outside") / "scores.csv"
    (folder / "scores.csv").rename(outside)
    (folder / "scores.csv").symlink_to(outside)
    with pytest.raises(ConfigError, match="link out of the folder"):
        load_run(folder)


def replaced(folder: Path, content: bytes) -> None:
    """Put other bytes in place of the net fluxes, with their own sha256."""
    (folder / "run" / "net_fluxes.nc").write_bytes(content)
    spoil(folder, "files|run/net_fluxes.nc", sha256(content).hexdigest())


def test_cut_off(folder: Path) -> None:
    """Half of a NetCDF file is refused, and so is what is none."""
    content = (folder / "run" / "net_fluxes.nc").read_bytes()
    for part in (content[: len(content) // 2], b"", b"\x80\x04pickle"):
        replaced(folder, part)
        with pytest.raises(ConfigError, match="no NetCDF file of a kept run"):
            load_run(folder)


def test_data_outside_of_the_file(folder: Path, tmp_path: Path) -> None:
    """Arrays that are not in chunks are refused: HDF5 can keep them elsewhere."""
    path = tmp_path / "hostile.nc"
    with netCDF4.Dataset(path, "w") as file:
        group = file.createGroup("0/mean")
        group.coordinates_of_group = ""
        group.createDimension("x", 3)
        group.createVariable("values", "f8", ("x",), contiguous=True)[:] = 1.0
    replaced(folder, path.read_bytes())
    with pytest.raises(ConfigError, match="values is not stored as a run is kept"):
        load_run(folder)


def test_huge_arrays(folder: Path, tmp_path: Path) -> None:
    """A small file that says it holds a huge array is refused before it is read."""
    path = tmp_path / "huge.nc"
    with netCDF4.Dataset(path, "w") as file:
        group = file.createGroup("0/mean")
        group.coordinates_of_group = ""
        group.createDimension("x", 10**10)
        group.createVariable("values", "f8", ("x",), chunksizes=(1000,))
    replaced(folder, path.read_bytes())
    with pytest.raises(ConfigError, match="has 10000000000 values"):
        load_run(folder)


def test_foreign_folder(tmp_path: Path) -> None:
    """A folder or a table without a kept run says what is missing."""
    with pytest.raises(ConfigError, match=r"holds no run/run\.json"):
        load_run(tmp_path)
    with pytest.raises(ConfigError, match="does not exist"):
        load_run(tmp_path / "none" / "scores.csv")
