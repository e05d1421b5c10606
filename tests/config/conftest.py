"""Configuration files written as text, so that their lines are known."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from benchmark.errors import ConfigError


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Give a function that writes an indented text into a file."""

    def write_text(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    return write_text


@pytest.fixture
def problems() -> Callable[..., list[str]]:
    """Give a function that calls another and returns what it refuses."""

    def refused(function: Callable[..., object], *arguments: object) -> list[str]:
        with pytest.raises(ConfigError) as caught:
            function(*arguments)
        assert all("\n" not in problem for problem in caught.value.problems)
        return caught.value.problems

    return refused
