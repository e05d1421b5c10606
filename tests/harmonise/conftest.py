"""Datasets and what harmonising makes of them."""

from collections.abc import Callable
from typing import Any

import pytest
import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.field import Harmonised, harmonise_field
from benchmark.harmonise.variables import VARIABLES


def harmonise_dataset(
    data: xr.Dataset,
    variable: str = "gpp",
    areas: dict[str, xr.DataArray] | None = None,
    **source: Any,
) -> Harmonised:
    """Harmonise a dataset with these entries of the configuration."""
    data = data.assign_attrs(files=["a.nc"])
    entry = VariableSource(files=("a.nc",), **source)
    return harmonise_field(data, entry, VARIABLES[variable], **(areas or {}))


@pytest.fixture
def harmonise() -> Callable[..., Harmonised]:
    """Give `harmonise_dataset`."""
    return harmonise_dataset


@pytest.fixture
def refusal() -> Callable[..., str]:
    """Give a function that calls another and returns its one-line refusal."""

    def refused(function: Callable[..., object], *args: Any, **kwargs: Any) -> str:
        with pytest.raises(InputError) as caught:
            function(*args, **kwargs)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return refused
