"""The keys `time:` and `gaps:` of a variable."""

from pathlib import Path

import pytest

from benchmark.config import load_models
from benchmark.config.descriptors import TimeStated
from benchmark.errors import ConfigError


def write(folder: Path, *lines: str) -> Path:
    """Write a model with these lines under gpp."""
    text = ["model: m", "files: a.nc", "variables:", "  gpp:", *lines]
    path = folder / "m.yaml"
    path.write_text("\n".join(text) + "\n")
    return path


def test_units_and_calendar(tmp_path: Path) -> None:
    """Both are read, and each may stand alone."""
    path = write(
        tmp_path,
        '    time: {units: "months since 1901-01-01", calendar: noleap}',
        "    gaps: allow",
    )
    source = load_models(path)[0].variables["gpp"]
    assert source.time == TimeStated("months since 1901-01-01", "noleap")
    assert source.gaps == "allow"
    path = write(tmp_path, "    time: {calendar: 365 days}")
    assert load_models(path)[0].variables["gpp"].time == TimeStated(None, "365 days")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("    time: {units: months}", "such as 'months since 1901-01-01'"),
        ("    time: {units: months since noon}", "such as 'months since 1901-01-01'"),
        ("    time: {calendar: lunar}", "one of standard, proleptic_gregorian"),
        ("    time: months since 1901", "a mapping with units, calendar or both"),
        ("    time: {unit: x}", "unit"),
        ("    gaps: fill", "allow"),
    ],
)
def test_what_is_refused(tmp_path: Path, line: str, words: str) -> None:
    """Units without a date and unknown calendars are refused when they are read."""
    with pytest.raises(ConfigError) as caught:
        load_models(write(tmp_path, line))
    assert words in str(caught.value)
