"""A model's variables, and the ladder by which NEE is derived."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.config.descriptors import (
    GridMeasure,
    Model,
    Reference,
    Scoring,
    VariableSource,
)
from benchmark.harmonise.model import offers, open_reference_field, open_variable

Make = Callable[..., Any]
Refusal = Callable[..., str]

# Made up, kg m-2 s-1: a sink of 2 by every rung but the first, which says 1.
VALUES = {
    "nee": -1.0, "gpp": 10.0, "ra": 5.0, "rh": 3.0, "reco": 8.0, "npp": 5.0,
    "nep": 1.5, "nbe": 4.0, "fFire": 0.5, "fHarvest": 1.0, "fGrazing": 2.0, "fLuc": 2.5,
}  # fmt: skip
DISTURBED = ("nbe", "fFire", "fHarvest", "fGrazing", "fLuc")


@pytest.fixture
def model(tmp_path: Path, gridded: Make) -> Callable[..., Model]:
    """Give a model with these variables, each a year of one value."""

    def make(*names: str, months: int = 12, **entry: Any) -> Model:
        variables = {}
        for name in names:
            path = tmp_path / f"{name}_{months}.nc"
            values = np.full((months, 10, 72), VALUES[name])
            gridded(values, name=name).to_netcdf(path)
            variables[name] = VariableSource(files=(str(path),), **entry)
        return Model("A", variables, tmp_path / "m.yaml")

    return make


def table_model(tmp_path: Path, **columns: dict[int, float]) -> Model:
    """Return a model whose variables are columns of tables."""
    variables = {}
    for name, series in columns.items():
        path = tmp_path / f"{name}.csv"
        lines = [f"{year},{value}" for year, value in series.items()]
        path.write_text("\n".join(["year,A", *lines]))
        variables[name] = VariableSource(files=(str(path),), units="kg m-2 s-1")
    return Model("A", variables, tmp_path, reader="regional_table", column="A")


@pytest.mark.parametrize(
    ("names", "value", "derivation"),
    [
        (("nee",), -1.0, "1: given"),
        (("nee", "ra", "rh", "gpp", "npp", "reco"), -1.0, "1: given"),
        (("ra", "rh", "gpp"), -2.0, "2: ra + rh - gpp"),
        (("ra", "rh", "gpp", "reco", "npp"), -2.0, "2: ra + rh - gpp"),
        (("reco", "gpp"), 8.0 - 10.0, "2a: reco - gpp"),
        (("reco", "gpp", "rh", "npp"), -2.0, "2a: reco - gpp"),
        (("rh", "npp"), 3.0 - 5.0, "2b: rh - npp"),
        (("rh", "npp", "gpp"), -2.0, "2b: rh - npp"),
        (("rh", "npp", "nep", "fFire", "nbe"), -2.0, "2b: rh - npp"),
        (("nep", "fFire", "gpp"), -1.5 - 0.5, "3: -nep - fFire"),
        (("nep", "nbe"), -1.5, "3b: -nep, with fire"),
        (DISTURBED, 4.0 - 6.0, "4: -nbp - fFire - fHarvest - fGrazing - fLuc"),
        (("nbe", "fFire", "fLuc"), 4.0 - 3.0, "4a: -nbp - fFire - fLuc"),
        (("nbe",), 4.0, "4b: -nbp (NBE, not NEE)"),
    ],
)
def test_rungs(
    names: tuple[str, ...], value: float, derivation: str, model: Make
) -> None:
    """The first rung whose variables are declared gives NEE, and is stored."""
    opened = open_variable(model(*names), "nee")
    assert opened.field.to_numpy() == pytest.approx(value)
    assert opened.derivation == derivation
    assert opened.field.name == "nee"
    assert opened.field.attrs["long_name"].startswith("net ecosystem exchange")


@pytest.mark.parametrize(
    "names", [(), ("gpp",), ("rh", "gpp"), ("ra", "rh"), ("npp", "gpp"), ("ra", "gpp")]
)
def test_no_rung(names: tuple[str, ...], model: Make) -> None:
    """Without the variables of a rung NEE is not offered."""
    assert not offers(model(*names), "nee")


@pytest.mark.parametrize(
    ("names", "grade", "remark"),
    [
        (("nep", "fFire"), "", "nep is taken to count fire"),
        (("nep",), "C", "no fFire is declared"),
        (DISTURBED, "", ""),
        (("nbe", "fFire"), "C", "fHarvest, fGrazing, fLuc not declared"),
        (("nbe",), "C", "NBE (-nbp), not NEE"),
    ],
)
def test_what_is_not_quite_nee(
    names: tuple[str, ...], grade: str, remark: str, model: Make
) -> None:
    """What holds fire or land use has a lower grade, and every row says so."""
    opened = open_variable(model(*names), "nee")
    assert opened.grade == grade
    assert remark in opened.remark
    assert bool(opened.remark) == bool(remark)


def test_nep_without_fire_by_declaration(model: Make) -> None:
    """A nep stated as npp - rh is NEE with its sign turned."""
    opened = open_variable(model("nep", "fFire", includes_fire=False), "nee")
    assert opened.field.to_numpy() == pytest.approx(-1.5)
    assert (opened.derivation, opened.remark) == ("3a: -nep", "")


def test_offers(model: Make) -> None:
    """A model offers what it declares, and NEE where a rung is there."""
    given = model("rh", "npp")
    assert [
        name for name in ("nee", "nbe", "rh", "npp", "gpp") if offers(given, name)
    ] == [
        "nee",
        "rh",
        "npp",
    ]


def test_derivation_is_told(model: Make) -> None:
    """A derived variable names its files, its formula and its parts' conversions."""
    opened = open_variable(model("rh", "npp", units="g m-2 s-1"), "nee")
    assert "rh_12.nc: rh and " in opened.where
    assert opened.conversions == (
        "rh: units 'g m-2 s-1' to kg m-2 s-1: times 0.001",
        "npp: units 'g m-2 s-1' to kg m-2 s-1: times 0.001",
        "nee derived as rh - npp",
    )


def test_other_variables_have_no_derivation(model: Make) -> None:
    """What is not NEE is given and says nothing of rungs."""
    assert open_variable(model("gpp"), "gpp").derivation == ""


def test_parts_of_different_years(model: Make, refusal: Refusal) -> None:
    """Parts that do not share their times are refused with both."""
    long, short = model("rh", months=24), model("npp")
    both = replace(long, variables={**long.variables, **short.variables})
    message = refusal(open_variable, both, "nee")
    assert "nee cannot be derived" in message
    assert "rh has (time 24, lat 10, lon 72) of 2000-2001" in message
    assert "npp has (time 12, lat 10, lon 72) of 2000-2000" in message


def test_ladder_of_tables(tmp_path: Path) -> None:
    """Tables of the same years are subtracted year by year."""
    model = table_model(tmp_path, rh={2000: 3.0, 2001: 4.0}, npp={2000: 5.0, 2001: 4.5})
    opened = open_variable(model, "nee")
    assert opened.field.to_numpy().tolist() == [[-2.0], [-0.5]]
    assert opened.field["year"].to_numpy().tolist() == [2000, 2001]


@pytest.mark.parametrize("years", [(2001, 2002), (2000, 2001, 2002)])
def test_tables_of_different_years(
    years: tuple[int, ...], tmp_path: Path, refusal: Refusal
) -> None:
    """Tables of other years are not subtracted row by row."""
    model = table_model(
        tmp_path, rh={2000: 1.0, 2001: 1.0}, npp=dict.fromkeys(years, 1.0)
    )
    message = refusal(open_variable, model, "nee")
    assert f"of 2000-2001; npp has (time {len(years)}, region 1)" in message


def test_areas_of_a_model(model: Make, tmp_path: Path, gridded: Make) -> None:
    """A model's land fraction and cell area come from their own files."""
    path = tmp_path / "fx.nc"
    data = gridded(np.full((12, 10, 72), 30.0), "sftlf", "%").isel(time=0, drop=True)
    data.assign(areacella=data["sftlf"].assign_attrs(units="m2")).to_netcdf(path)
    given = replace(
        model("gpp"),
        land_fraction=GridMeasure((str(path),), "sftlf"),
        cell_area=GridMeasure((str(path),), "areacella"),
    )
    opened = open_variable(given, "gpp")
    np.testing.assert_allclose(opened.field["land_fraction"].to_numpy(), 0.3)
    assert "not used" in opened.warnings[0]


def test_reference_field(model: Make) -> None:
    """A gridded reference is opened as a model's variable is, with its land."""
    source = model("gpp").variables["gpp"]
    reference = Reference(
        "r", "R", "gpp", "field", source, Scoring(("ilamb_bias",)), Path("r.yaml"),
        land_fraction=GridMeasure(source.files, "gpp", "%"),
    )  # fmt: skip
    field = open_reference_field(reference).field
    assert field.to_numpy() == pytest.approx(10.0)
    assert field["land_fraction"].to_numpy() == pytest.approx(0.1)
