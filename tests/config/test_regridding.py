"""The key ``regrid:`` of models, references and suites."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmark.config import load_models, load_suite
from benchmark.errors import ConfigError
from benchmark.regrid import Regridding


@pytest.fixture
def load(tmp_path: Path) -> Callable[[Any], Regridding | None]:
    """Return a function that loads a model with a value of ``regrid:``."""

    def read(value: Any) -> Regridding | None:
        path = tmp_path / "model.yaml"
        model = {"model": "m", "files": "m.nc", "variables": ["gpp"], "regrid": value}
        path.write_text(yaml.safe_dump(model))
        return load_models(path)[0].regrid

    return read


def test_forms(load: Callable[[Any], Regridding | None], tmp_path: Path) -> None:
    """A name, an engine with its method, weight files beside the YAML, or nothing."""
    assert load(None) is None
    assert load("nearest") == Regridding("nearest")
    assert load({"engine": "xesmf", "method": "bilinear"}) == Regridding(
        "xesmf", "bilinear"
    )
    assert load({"engine": "xesmf", "otherwise": "automatic"}) == Regridding(
        "xesmf", otherwise="automatic"
    )
    assert load({"weights": "w.nc"}) == Regridding(weights=(str(tmp_path / "w.nc"),))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("nearst", "'nearst' is unknown. Did you mean 'nearest'?"),
        ({"engine": "xesmf", "method": "biliner"}, "Did you mean 'bilinear'?"),
        ({"engine": "nearest", "method": "bilinear"}, "has no methods"),
        ({"method": "bilinear"}, "'automatic' has no methods"),
        ({"weights": "w.nc", "engine": "xesmf"}, "in place of an engine"),
        ({"engine": "nearest", "otherwise": "automatic"}, "write 'engine: xesmf'"),
        ({"engin": "xesmf"}, "Did you mean 'engine'?"),
        (7, "expected the name of a regridder"),
    ],
)
def test_refused(
    load: Callable[[Any], Regridding | None], value: Any, says: str
) -> None:
    """What cannot be meant is refused, with what to write."""
    with pytest.raises(ConfigError) as caught:
        load(value)
    assert says in str(caught.value)
    assert "regrid" in str(caught.value)


def test_suite_fills_what_is_not_said(write_suite: Callable[..., Path]) -> None:
    """A suite's choice is that of the models and references without their own."""
    path = write_suite(None)
    suite = yaml.safe_load(path.read_text())
    suite["models"][0]["regrid"] = "conservative"
    suite["regrid"] = "nearest"
    path.write_text(yaml.safe_dump(suite))
    loaded = load_suite(path)
    assert loaded.models[0].regrid == Regridding("conservative")
    assert loaded.references[0].regrid == Regridding("nearest")


def test_suite_refuses_an_unknown_one(write_suite: Callable[..., Path]) -> None:
    """An unknown regridder of a suite is a mistake of the suite."""
    path = write_suite(None)
    path.write_text(path.read_text() + "regrid: nearst\n")
    with pytest.raises(ConfigError, match="Did you mean 'nearest'"):
        load_suite(path)
