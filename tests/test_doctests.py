"""The examples of the docstrings run, on the package as it is installed."""

import doctest
import importlib
import pkgutil

import pytest

import benchmark

MODULES = [
    module.name
    for module in pkgutil.walk_packages(benchmark.__path__, "benchmark.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", ["benchmark", *MODULES])
def test_examples(name: str) -> None:
    """Every example gives what its docstring shows."""
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_examples() -> None:
    """The public functions have examples at all."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [
        example
        for name in MODULES
        for test in finder.find(importlib.import_module(name))
        for example in test.examples
    ]
    assert len(found) > 100
