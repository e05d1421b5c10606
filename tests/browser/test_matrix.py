"""The matrix of the first page: what its controls do, against the table of scores."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

NUMBERS = """(table) => [...table.tBodies].flatMap((body) => [...body.rows])
  .filter((row) => row.querySelector("td"))
  .map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText.trim()))"""
KEYS = "(rows) => rows.map((row) => row.dataset.key)"
MODELS = "(heads) => heads.map((head) => head.dataset.model)"


def models(page: Any) -> list[str]:
    return page.locator("#matrix [data-model]").evaluate_all(MODELS)


def rows(page: Any) -> list[str]:
    """Return the keys of the benchmarks that are shown, not those of totals."""
    found = page.locator("#matrix tr[data-key]").evaluate_all(KEYS)
    return [key for key in found if "." in key]


def every_row(page: Any) -> list[str]:
    found = page.locator("tr[data-key]").evaluate_all(KEYS)
    return [key for key in found if "." in key]


def cells(page: Any, key: str) -> list[str]:
    found = page.locator(f'#matrix tr[data-key="{key}"] td').all_inner_texts()
    return [text.split("\n")[0] for text in found]


def choose(page: Any, name: str, value: str) -> None:
    page.locator(".tools .menu").evaluate("(menu) => { menu.open = true; }")
    page.locator(f"#tools [name={name}]").select_option(value)


@pytest.fixture(scope="module")
def scores(real: Path) -> pd.DataFrame:
    return pd.read_csv(real / "scores.csv")


@pytest.fixture(scope="module")
def hostile_scores(hostile: Path) -> pd.Series:
    """Return the score of each model: mean over regions of the mean over metrics."""
    table = pd.read_csv(hostile / "scores.csv", keep_default_na=False, na_values=[""])
    by_region = table.groupby(["model", "region"], dropna=False)["score"].mean()
    return by_region.groupby("model").mean()


def test_models_in_the_order_of_a_benchmark(hostile, hostile_scores, tab):
    """Models stand in the order of their scores; what has none comes last."""
    page = tab(hostile).open()
    key = rows(page)[0]
    choose(page, "sort", key)
    best_first = hostile_scores.sort_values(ascending=False, na_position="last")
    shown = page.locator("#matrix [data-model] a").evaluate_all(
        "(links) => links.map((link) => link.title)"
    )
    whole = [
        name if len(name) <= 120 else name[:119] + "…" for name in best_first.index
    ]
    assert shown == whole
    assert cells(page, key)[:4] == [f"{x:.2f}" for x in best_first[:4]]
    button = page.locator(f'#matrix tr[data-key="{key}"] .sort')
    button.click()
    assert cells(page, key)[:4] == [f"{x:.2f}" for x in best_first[:4][::-1]]
    assert page.locator("#matrix [aria-sort=ascending]").count() == 1
    button.click()
    assert "sort=" not in page.url


def test_benchmarks_in_the_order_of_a_model(real, tab):
    """Within a subject benchmarks stand in the order of one model's scores."""
    page = tab(real).open()
    before = rows(page)
    page.locator('#matrix [data-model="casa-cnp"] .sort').click()
    after = rows(page)
    assert sorted(after) == sorted(before)
    for subject in ("nee", "soil_carbon"):
        body = page.locator(f'#matrix tbody[data-group="{subject}"]')
        first = [
            float(
                body.locator("tr[data-key]").nth(i).locator("td").first.inner_text()[:4]
            )
            for i in range(body.locator("tr[data-key]").count())
        ]
        assert len(first) > 1
        assert first == sorted(first, reverse=True)


@pytest.mark.parametrize("region", ["alaska", "eastern_siberia"])
def test_region(real, scores, tab, region):
    """With a region the cells are the means over metrics there, or the values."""
    page = tab(real).open()
    choose(page, "region", region.replace("_", "-"))
    here = scores[(scores["region"] == region) & (scores["model"] == "CASA-CNP")]
    for reference, metric in (
        ("treat2024_nee", "regional_mean"),
        ("ncscdv22_soil_carbon", "stock_total"),
    ):
        mine = here[here["reference"] == reference]
        key = next(key for key in rows(page) if reference.replace("_", "-") in key)
        assert cells(page, key)[0] == f"{mine['score'].mean():.2f}"
        choose(page, "view", "value")
        value = mine.loc[mine["metric"] == metric, "value"].item()
        shown = cells(page, key)[0].replace("\u2212", "-").replace("\u202f", "")
        assert math.isclose(float(shown), value, rel_tol=0.005)
        header = page.locator(f'#matrix tr[data-key="{key}"] .where').inner_text()
        assert ("g C m⁻² yr⁻¹" if metric == "regional_mean" else "Pg C") in header
        assert "reference" in header
        choose(page, "view", "")
    assert page.locator("#matrix [data-total]").count() == 0


def test_values_of_all_regions_are_a_range(real, scores, tab):
    """Without a region a value is the lowest to the highest of the regions."""
    page = tab(real).open("index.html#view=value")
    mine = scores[
        (scores["model"] == "CASA-CNP")
        & (scores["reference"] == "ncscdv22_soil_carbon")
        & (scores["metric"] == "stock_total")
        & (scores["region"] != "permafrost_domain")
        & (scores["status"] == "scored")
    ]["value"]
    low, high = cells(page, "ncscdv22-soil-carbon.cSoil.regions")[0].split(" to ")
    assert math.isclose(float(low), mine.min(), rel_tol=0.005)
    assert math.isclose(float(high), mine.max(), rel_tol=0.005)


def test_filters(real, scores, tab):
    """Variable, subject, grade and status keep the benchmarks that have them."""
    page = tab(real).open()
    every = every_row(page)
    choose(page, "variable", "cSoil")
    assert every_row(page) == [key for key in every if ".cSoil." in key]
    assert 0 < len(every_row(page)) < len(every)
    choose(page, "variable", "")
    choose(page, "subject", "nee")
    assert every_row(page) == [key for key in every if key.startswith("treat2024-nee")]
    choose(page, "subject", "")
    choose(page, "grade", "C")
    assert every_row(page) == [key for key in every if "permafrost-area" in key]
    choose(page, "grade", "")
    choose(page, "status", "no_model_data")
    silent = scores[scores["status"] == "no_model_data"]["reference"].unique()
    assert {key.split(".")[0] for key in every_row(page)} == {
        name.replace("_", "-") for name in silent
    }
    assert (
        page.locator("td.hit").count() == page.locator(".no_model_data.hit").count() > 0
    )


def test_models_and_search(real, tab):
    """A model that is not ticked has no column; a search finds either side."""
    page = tab(real).open()
    page.locator(".tools .menu summary").click()
    page.get_by_label("CORPSE", exact=True).uncheck()
    assert models(page) == ["casa-cnp"]
    assert "1 of 2 models" in page.locator("#tools [role=status]").inner_text()
    page.locator("#tools [type=reset]").click()
    assert models(page) == ["casa-cnp", "corpse"]
    find = page.get_by_placeholder("benchmark or model")
    find.fill("ncscd")
    assert {key.split(".")[0] for key in rows(page)} == {"ncscdv22-soil-carbon"}
    find.fill("corpse")
    assert models(page) == ["corpse"]
    assert len(rows(page)) > 1
    find.fill("nothing like this")
    assert rows(page) == []
    status = page.locator("#tools [role=status]").inner_text()
    assert status.startswith("0 of ")


def test_models_as_rows(real, tab):
    """The table that is turned has the same cells, and turns back."""
    page = tab(real).open()
    matrix = page.locator("#matrix")
    before = matrix.evaluate(NUMBERS)
    page.get_by_label("Models as rows").check()
    turned = matrix.evaluate(NUMBERS)
    assert turned == [list(column) for column in zip(*before, strict=True)]
    assert matrix.locator("tbody th[scope=row]").all_inner_texts()[0].startswith("CASA")
    assert matrix.locator("thead th[scope=col]").count() == len(before) + 1
    page.get_by_label("Models as rows").uncheck()
    assert matrix.evaluate(NUMBERS) == before


def test_state_is_in_the_address(real, tab):
    """A view survives a reload, back and forward go through views, reset ends it."""
    one = tab(real)
    page = one.open()
    choose(page, "region", "alaska")
    choose(page, "view", "value")
    page.get_by_label("Models as rows").check()
    there = page.locator("#matrix").evaluate(NUMBERS)
    page.reload()
    assert page.locator("#tools [name=region]").input_value() == "alaska"
    assert page.locator("#matrix").evaluate(NUMBERS) == there
    page.go_back()
    assert not page.get_by_label("Models as rows").is_checked()
    page.go_back()
    assert page.locator("#tools [name=view]").input_value() == ""
    page.go_forward()
    assert page.locator("#tools [name=view]").input_value() == "value"
    fresh = one.open(f"index.html#{page.url.partition('#')[2]}")
    assert fresh.locator("#tools [name=view]").input_value() == "value"
    page.locator("#tools [type=reset]").click()
    assert "#" not in page.url
    assert page.locator("#matrix [data-total]").count() == 3


def test_link_in_the_page_keeps_the_view(real, tab):
    """A link within the page does not cost the view its address."""
    page = tab(real).open("index.html#region=alaska")
    page.locator("a[href='#how']").click()
    assert "region=alaska" in page.url
    assert "at=how" in page.url
    assert page.locator("#how").evaluate("(one) => one.open")
    page.reload()
    assert page.locator("#tools [name=region]").input_value() == "alaska"
    assert page.locator("#how").evaluate("(one) => one.open")


def test_address_is_not_trusted(hostile, tab):
    """What an address asks for and the page does not know changes nothing."""
    one = tab(hostile)
    plain = one.open().locator("#matrix").evaluate(NUMBERS)
    page = one.open(
        "index.html#region=%3Cimg%3E&sort=x&rows=--&status=%22&models=,,&at=]"
    )
    assert page.locator("#matrix").evaluate(NUMBERS) == plain


def test_keyboard_alone(hostile, tab):
    """Skip link, order and menus work by keys, and the focus stays in sight."""
    page = tab(hostile).open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    sort = page.locator("#matrix [data-model] .sort").first
    sort.focus()
    page.keyboard.press("Enter")
    assert page.locator("#matrix [aria-sort=descending]").count() == 1
    assert page.evaluate("document.activeElement.className") == "sort"
    menu = page.locator(".top .menu").first
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.evaluate("(one) => one.open")
    page.keyboard.press("Escape")
    assert not menu.evaluate("(one) => one.open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_theme(real, tab):
    """The theme that is chosen holds on the next page, and is in the address."""
    paper = "getComputedStyle(document.body).backgroundColor"
    one = tab(real, color_scheme="light")
    page = one.open()
    light = page.evaluate(paper)
    page.get_by_label("Theme").select_option("dark")
    dark = page.evaluate(paper)
    assert dark != light
    assert "theme=dark" in page.url
    page = one.open("models/corpse.html")
    assert page.evaluate(paper) == dark
    page.get_by_label("Theme").select_option("auto")
    assert page.evaluate(paper) == light
    assert one.open("index.html#theme=dark").evaluate(paper) == dark
