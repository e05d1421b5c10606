"""A product's file that is wrong says where and what to write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmark.errors import ConfigError
from benchmark.products.product import load_product

FLUX = {"variable": "ch4", "units": "g m-2 yr-1", "sign": "up"}
BASES = {"mass_basis": "CH4", "area_basis": "unknown"}
GET = {"page": "https://a.org", "steps": "download", "then": "add it"}


def problems(path: Path) -> list[str]:
    """Return what is wrong with a product file."""
    with pytest.raises(ConfigError) as caught:
        load_product(path)
    return caught.value.problems


def test_good_product(write_product: Callable[..., Path]) -> None:
    """A product may say of any field that it is unknown."""
    product = load_product(write_product(variables=[FLUX | BASES]))
    assert product.quantities == ("ch4",)
    assert product.about["licence"] == "unknown"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"grade": "D"}, "grade: found 'D'; expected A, B or C"),
        ({"subject": "soil"}, "subject: found 'soil'; expected one of nee"),
        ({"licence": None}, "licence: found None; expected a text, or unknown"),
        ({"licens": "x"}, "'licens' is unknown. Did you mean 'licence'?"),
        ({"variables": []}, "variables: found []; expected a list of variables"),
        ({"variables": [{"variable": "CH4"}]}, "found 'CH4'; expected one of nee"),
        ({"get": {"page": "a"}}, "get: 'steps:' is missing"),
        (
            {"get": {**GET, "files": [{"url": "http://a.org/x", "name": "x"}]}},
            "expected an address that starts with https://",
        ),
        (
            {"get": {**GET, "files": [{"url": "https://a.org/x", "name": "../x"}]}},
            "found '../x'; expected a file name",
        ),
        (
            {
                "get": {
                    **GET,
                    "files": [
                        {"url": "https://a.org/x", "name": "x", "checksum": "123"}
                    ],
                }
            },
            "found '123'; expected sha256:, sha1: or md5: and its digits",
        ),
        (
            {"unconfirmed": ["licens"]},
            "unconfirmed: 'licens' is no key of this file",
        ),
        ({"descriptors": [{"reference": "a"}]}, "'title:' is missing"),
    ],
)
def test_mistakes(
    changed: dict[str, Any], words: str, write_product: Callable[..., Path]
) -> None:
    """A mistake is told with file, line and what to write."""
    path = write_product(**changed)
    found = problems(path)
    assert any(words in problem.replace("get.files[0].", "") for problem in found), (
        found
    )
    assert all(problem.startswith(f"{path}, line ") for problem in found)


@pytest.mark.parametrize("key", ["mass_basis", "area_basis", "sign", "units"])
def test_flux_without_a_basis(key: str, write_product: Callable[..., Path]) -> None:
    """Of methane, sign, mass, area and units are stated or said to be unknown."""
    variable = {k: v for k, v in (FLUX | BASES).items() if k != key}
    (problem,) = problems(write_product(variables=[variable]))
    assert f"'{key}:' is missing, which ch4 needs" in problem
    assert f"'{key}: unknown'" in problem


def test_stock_without_a_depth(write_product: Callable[..., Path]) -> None:
    """Soil carbon states its depth, or that nobody knows it."""
    variable = {"variable": "cSoil", "units": "kg m-2", **BASES}
    (problem,) = problems(write_product(variables=[variable]))
    assert "'depth:' is missing, which cSoil needs" in problem


def test_several_mistakes_at_once(write_product: Callable[..., Path]) -> None:
    """All mistakes of a file are told in one pass."""
    found = problems(write_product(grade="D", subject="x", kind="y"))
    assert len(found) == 3


def test_unknown_product() -> None:
    """A misspelt product has the nearest name."""
    with pytest.raises(ConfigError, match="Did you mean 'peltola2019'"):
        load_product("peltola2018")
