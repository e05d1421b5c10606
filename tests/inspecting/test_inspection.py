"""Files nobody has described become a configuration that can be used."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from click.testing import CliRunner

from benchmark.checking import check_models
from benchmark.cli import main
from benchmark.config import load_models
from benchmark.errors import InputError
from benchmark.inspecting import Inspection, inspect_files
from benchmark.shipped import folder

Make = Callable[..., Any]
DATA = folder("model_configs") / "data"


def told(found: Inspection, **options: Any) -> str:
    """Return what is printed, without the breaks of its lines."""
    return " ".join(" ".join(found.lines(**options)).split())


def written(path: Path, target: Path, *options: str) -> str:
    """Return the configuration that the command writes for some files."""
    arguments = ["inspect", str(path), "-o", str(target), *options]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return target.read_text("utf-8")


def test_cmip6_files() -> None:
    """GPP, its archive, its run and its (wrong) cell area are found by themselves."""
    found = inspect_files([str(DATA / "access_esm1_5")])
    (draft,) = found.drafts
    assert set(draft.matched.names) == {"gpp"}
    assert draft.entry["archive"] == "cmip6"
    assert draft.entry["version"] == "historical r1i1p1f1 gn"
    assert draft.model is not None
    assert draft.model.land_fraction is not None
    text = told(found)
    assert "180 months 2000-2014" in text
    assert "0.0234 times" in text
    assert "maximum in July north of 45 N: as expected" in text
    assert "rectilinear 19 x 36" in text
    assert "no nee, and no ra, rh: NEE cannot be made" in text


def test_lines_fit_a_terminal() -> None:
    """No line but a path is wider than 100 columns."""
    lines = inspect_files([str(DATA / "access_esm1_5")]).lines()
    assert max(map(len, lines)) <= 100


def test_written_configuration_can_be_used(tmp_path: Path) -> None:
    """What is written loads, names the files and asks for the depth."""
    target = tmp_path / "classic.yaml"
    text = written(DATA / "amber_classic_gpl3", target, "--name", "CLASSIC")
    (model,) = load_models(target)
    assert model.name == "CLASSIC"
    assert set(model.variables) == {"gpp", "cSoil"}
    assert "# depth: full_column  # confirm: or [0, 1.0]" in text
    result = CliRunner().invoke(main, ["check", str(target)])
    assert result.exit_code == 0
    assert "to confirm" in result.output


def test_confirmed_lines_are_asked_no_more(tmp_path: Path) -> None:
    """Without the '#' before the keys that are right, every variable is ok."""
    target = tmp_path / "classic.yaml"
    lines = written(DATA / "amber_classic_gpl3", target).splitlines()
    stated = [
        line.replace("# ", "", 1) if line.startswith("    # ") else line
        for line in lines
    ]
    stated = [line.replace("# variables:", "variables:") for line in stated]
    target.write_text("\n".join(stated))
    assert {item.status for item in check_models(load_models(target))} == {"ok"}


def test_strange_variables_are_named(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """What means nothing here is listed with its units, and nothing is written."""
    gridded(gpp_values(12), name="smoke", units="K").to_netcdf(tmp_path / "a.nc")
    target = tmp_path / "m.yaml"
    result = CliRunner().invoke(main, ["inspect", str(tmp_path), "-o", str(target)])
    assert result.exit_code == 2
    assert "smoke [K]" in result.output
    assert not target.exists()


def test_long_lists_are_folded(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Twelve variables that are not scored are told and counted, all with --all."""
    data = gridded(gpp_values(12))
    for number in range(20):
        data[f"v{number:02}"] = data["gpp"]
    data.to_netcdf(tmp_path / "a.nc")
    found = inspect_files([str(tmp_path)], quick=True)
    assert "v11" in told(found)
    assert "v12" not in told(found)
    assert "and 8 more (--all)" in told(found)
    assert "v19" in told(found, every=True)


def test_two_names_for_one_variable(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """The first is taken, and the user is asked to confirm."""
    gridded(gpp_values(12), name="GPP").to_netcdf(tmp_path / "a.nc")
    gridded(gpp_values(12), name="cgpp").to_netcdf(tmp_path / "b.nc")
    text = written(tmp_path, tmp_path / "m.yaml")
    assert "name: GPP  # confirm: or cgpp of b.nc" in text
    (model,) = load_models(tmp_path / "m.yaml")
    assert model.variables["gpp"].name == "GPP"


def test_several_models(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Files that hold the same variable are models of their own, a file for each."""
    for name in ("JULES_run_gpp.nc", "CLM_run_gpp.nc"):
        gridded(gpp_values(12)).to_netcdf(tmp_path / name)
    target = tmp_path / "m.yaml"
    result = CliRunner().invoke(main, ["inspect", str(tmp_path), "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert "2: CLM, JULES" in result.output
    names = {load_models(tmp_path / f"m-{n}.yaml")[0].name for n in ("clm", "jules")}
    assert names == {"CLM", "JULES"}


def test_runs_of_a_tree(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Of several runs of a model the historical one is taken, the others are told."""
    for run, start in (("historical", 2000), ("ssp126", 2015)):
        name = f"gpp_Lmon_CanESM5_{run}_r1i1p1f1_gn_{start}01-{start + 2}12.nc"
        gridded(gpp_values(36), start=start).to_netcdf(tmp_path / name)
    found = inspect_files([str(tmp_path)])
    (draft,) = found.drafts
    assert draft.entry["model"] == "CanESM5"
    assert draft.entry["version"] == "historical r1i1p1f1 gn"
    assert "ssp126 r1i1p1f1 gn: not taken" in told(found)
    assert "36 months 2000-2002" in told(found)


def test_series_of_files(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Files of a year each are one glob that stands for them, and 15 years."""
    for year in range(1990, 2005):
        gridded(gpp_values(12), start=year).to_netcdf(tmp_path / f"gpp_{year}.nc")
    found = inspect_files([str(tmp_path)], folder=tmp_path)
    assert found.drafts[0].entry["files"] == [str(tmp_path / "gpp_*.nc")]
    assert "180 months 1990-2004" in told(found)


def test_flipped_sign_is_seen(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """The values show it, and the line to write stands in the configuration."""
    gridded(-1e-2 * gpp_values(12)).to_netcdf(tmp_path / "a.nc")
    found = inspect_files([str(tmp_path / "a.nc")])
    assert "gpp refused" in told(found)
    assert "sign" in told(found)


def test_net_flux_without_evidence(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """A net flux of years says nothing of its sign: both are offered."""
    data = gridded(1e-2 * gpp_values(12), name="NEE").mean("time", keep_attrs=True)
    data["NEE"].attrs["units"] = "kg m-2 s-1"
    data.to_netcdf(tmp_path / "a.nc")
    text = written(tmp_path, tmp_path / "m.yaml")
    assert "# sign: up  # confirm: or down" in text


def test_ambiguous_stamps_and_area(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Dates on the first without bounds, and areas nobody states, are asked for."""
    data = gridded(gpp_values(24))
    days = xr.date_range("2000-01-01", periods=24, freq="MS", use_cftime=True)
    data.assign_coords(time=days).to_netcdf(tmp_path / "a.nc")
    text = written(tmp_path, tmp_path / "m.yaml")
    assert "# time_stamp: start  # confirm: or end" in text
    assert "# area_basis: land  # confirm: or cell" in text


def test_units_absent(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Without units a variable is refused, and those it may have are offered."""
    gridded(gpp_values(12), units=None).to_netcdf(tmp_path / "a.nc")
    text = written(tmp_path, tmp_path / "m.yaml")
    assert "# units: kg m-2 s-1  # confirm: or gC m-2 month-1" in text
    assert CliRunner().invoke(main, ["check", str(tmp_path / "m.yaml")]).exit_code == 3


def test_two_depths_of_soil(tmp_path: Path, gridded: Make) -> None:
    """cSoil and cSoilAbove1m become one variable of two depths."""
    values = np.full((12, 10, 72), 10.0, "float32")
    data = gridded(values, name="cSoil", units="kg m-2")
    data["cSoilAbove1m"] = data["cSoil"] / 2
    data["cSoilAbove1m"].attrs = {"units": "kg m-2"}
    data.to_netcdf(tmp_path / "a.nc")
    written(tmp_path, tmp_path / "m.yaml")
    (model,) = load_models(tmp_path / "m.yaml")
    depths = dict(model.variables["cSoil"].depths)
    assert depths == {"full_column": "cSoil", (0.0, 1.0): "cSoilAbove1m"}
    (item,) = check_models([model])
    assert not item.problem


def test_quick_reads_no_values(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Headers tell names, units and the grid; that values are wrong is not seen."""
    gridded(-1e-2 * gpp_values(12)).to_netcdf(tmp_path / "a.nc")
    text = told(inspect_files([str(tmp_path)], quick=True))
    assert "gpp not tested gpp in a.nc" in text
    assert "rectilinear 10 x 72" in text
    assert "'kg m-2 s-1'" in text


def test_zarr(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """A store is one source, and its inside is not searched for files."""
    pytest.importorskip("zarr", reason="needs the extra zarr")
    data = gridded(gpp_values(12))
    data.to_zarr(tmp_path / "gpp.zarr", consolidated=False)
    found = inspect_files([str(tmp_path)])
    assert "1 Zarr" in told(found)
    assert "12 months 2000-2000" in told(found)


def test_lpj_guess_tables(tmp_path: Path) -> None:
    """Tables of cells are read by their archive, with the units it gives."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    season = "0 0 0 0.01 0.05 0.1 0.12 0.1 0.05 0.01 0 0"
    rows = [
        f"{lon} {lat} {year} {season}"
        for lon in (60.25, 60.75)
        for lat in (65.25, 65.75)
        for year in (2000, 2001)
    ]
    (tmp_path / "mgpp.out").write_text(f"Lon Lat Year {months}\n" + "\n".join(rows))
    found = inspect_files([str(tmp_path)])
    assert found.drafts[0].entry["archive"] == "lpj-guess"
    assert "1 tables of cells (LPJ-GUESS)" in told(found)
    assert "24 months 2000-2001" in told(found)


def test_sites_are_told(tmp_path: Path) -> None:
    """A table of sites is named with its columns, and no model is made of it."""
    (tmp_path / "sites.csv").write_text("site,lat,lon,gpp\nFI-Sod,67.4,26.6,1.0\n")
    result = CliRunner().invoke(main, ["inspect", str(tmp_path)])
    assert result.exit_code == 2
    assert "1 CSV of sites" in result.output


def test_broken_files_are_told(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Bad files do not hide the others, nor each other."""
    gridded(gpp_values(12)).to_netcdf(tmp_path / "a.nc")
    whole = (tmp_path / "a.nc").read_bytes()
    (tmp_path / "b.nc").write_text("<html></html>")
    (tmp_path / "empty.nc").write_bytes(b"")
    (tmp_path / "cut.nc").write_bytes(whole[: len(whole) // 3])
    found = inspect_files([str(tmp_path)])
    assert found.drafts[0].model is not None
    assert len(found.sources.unread) == 3
    assert "web page" in told(found)
    assert "the file is empty" in told(found)


def test_hostile_title(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """A title with control characters and new lines cannot add keys or colours."""
    data = gridded(gpp_values(12))
    data.attrs["title"] = "a\nfamily: mine\x1b[31m # b"
    data.to_netcdf(tmp_path / "a.nc")
    text = written(tmp_path, tmp_path / "m.yaml")
    assert "\x1b" not in text
    assert load_models(tmp_path / "m.yaml")[0].family == "process_based"


def test_nothing_there(tmp_path: Path) -> None:
    """No file is an error, not an empty configuration."""
    with pytest.raises(InputError):
        inspect_files([str(tmp_path / "*.nc")])
    with pytest.raises(InputError, match="no file here ends in"):
        inspect_files([str(tmp_path)])
    result = CliRunner().invoke(main, ["inspect", str(tmp_path / "*.nc")])
    assert result.exit_code == 2


def test_existing_configuration_is_kept(tmp_path: Path) -> None:
    """A file of the user's is not overwritten."""
    target = tmp_path / "m.yaml"
    target.write_text("mine")
    result = CliRunner().invoke(
        main, ["inspect", str(DATA / "access_esm1_5"), "-o", str(target)]
    )
    assert result.exit_code == 2
    assert target.read_text() == "mine"
