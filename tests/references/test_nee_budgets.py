"""Budgets of the whole domain, each with its own definition, against typed numbers."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

REFERENCES = Path(__file__).parents[2] / "references"
#: Value, low, high, variable, role: Tg C yr-1, positive = source, from abstracts.
BUDGETS = {
    "reccap2_permafrost/reccap2_co2_bottom_up": (-31, -667, 559, "nbe", "context"),
    "reccap2_permafrost/reccap2_co2_top_down": (-587, -862, -312, "nbe", "constraint"),
    "virkkala_upscaled/virkkala2025_nee_arctic_boreal": (
        *(-548, -688, -408),
        *("nee", "context"),
    ),
    "virkkala_upscaled/virkkala2025_nbe_arctic_boreal": (
        *(-319, -459, -179),
        *("nbe", "context"),
    ),
    "virkkala_upscaled/virkkala2025_nbe_permafrost": (
        *(-24, -147, 99),
        *("nbe", "constraint"),
    ),
}


def opened(name):
    """Return a descriptor and the one row of its table."""
    path = REFERENCES / f"{name}.yaml"
    descriptor = yaml.safe_load(path.read_text(encoding="utf-8"))
    table = pd.read_csv(path.parent / descriptor["data"]["files"], comment="#")
    return descriptor, table


@pytest.mark.parametrize("name", BUDGETS)
def test_numbers(name):
    """The number, its range, and whether a land model is scored by it."""
    descriptor, table = opened(name)
    value, low, high, variable, role = BUDGETS[name]
    assert table[["value", "low", "high"]].to_numpy().tolist() == [[value, low, high]]
    assert (descriptor["variable"], descriptor["role"]) == (variable, role)


@pytest.mark.parametrize("name", BUDGETS)
def test_unconfirmed_budgets_say_so(name):
    """Numbers of preprints are of grade C and tell what they count."""
    descriptor, _ = opened(name)
    assert descriptor["grade"] == "C"
    assert "data" in descriptor["unconfirmed"]
    assert any("preprint" in remark for remark in descriptor["remarks"])
    fire = "ARE included" in descriptor["leaves_out"]
    fire |= "IS included" in descriptor["leaves_out"]
    assert fire == (descriptor["variable"] == "nbe")


def test_winter_loss():
    """1662 Tg C in seven months is no yearly total and is not scored as one."""
    descriptor, table = opened("natali2019/natali2019_winter")
    assert table["value"].tolist() == [1662]
    assert table["flag"].tolist() == ["october_to_april"]
    assert descriptor["data"]["value_of"] == "cold_season_amount"
    assert descriptor["scoring"]["metrics"] == ["cold_season_amount"]
    assert (descriptor["role"], descriptor["grade"]) == ("constraint", "C")
    assert {"regions", "period"} <= set(descriptor["unconfirmed"])
    assert any("Author Correction" in remark for remark in descriptor["remarks"])


def test_growing_season_is_context_with_a_suspect_unit():
    """As printed, never scored."""
    descriptor, table = opened("treat2024/treat2024_nee_growing_season")
    ranges = table.groupby("approach")[["low", "high"]].first().to_numpy().tolist()
    assert ranges == [[-240, -150], [-150, -90]]
    assert descriptor["role"] == "context"
    assert "units" in descriptor["unconfirmed"]
    assert table["flag"].str.startswith("unit_suspect").all()


def test_printed_medians_are_those_of_table_3():
    """Five medians of the text; Western Siberia's -40.5 is printed as -41."""
    _, printed = opened("treat2024/treat2024_nee_medians")
    _, table = opened("treat2024/treat2024_nee")
    medians = table.groupby("region")["value"].median()
    for region, value in zip(printed["region"], printed["value"], strict=True):
        assert value == pytest.approx(medians[region], abs=0.5)
    assert printed["value"].tolist() == [-52, -41, -6, -5, -9]
