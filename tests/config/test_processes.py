"""What a model states of its processes."""

from pathlib import Path

import pytest

from benchmark.config.models import load_models
from benchmark.errors import ConfigError

MODEL = "model: M\nfiles: gpp.nc\nvariables: {gpp: GPP}\n"


def stated(folder: Path, line: str) -> dict[str, bool]:
    path = folder / "m.yaml"
    path.write_text(MODEL + line, "utf-8")
    (model,) = load_models(path)
    return model.processes


def test_nothing_is_inferred(tmp_path: Path) -> None:
    """A model that states nothing has no process, and lacks none."""
    assert stated(tmp_path, "") == {}


def test_yes_no_unknown(tmp_path: Path) -> None:
    """A yes and a no are kept, quoted or not; unknown is as if not stated."""
    line = "processes: {fire: yes, peat: 'no', lakes: unknown}\n"
    assert stated(tmp_path, line) == {"fire": True, "peat": False}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("processes: {abrupt_thow: no}\n", "Did you mean 'abrupt_thaw'"),
        ("processes: {fire: 2}\n", "expected yes, no or unknown"),
        ("processes: {fire: maybe}\n", "expected yes, no or unknown"),
        ("processes: [fire]\n", "expected a mapping such as"),
    ],
)
def test_mistakes(tmp_path: Path, line: str, told: str) -> None:
    """A process or a value that is not known is refused with what to write."""
    with pytest.raises(ConfigError, match=told):
        stated(tmp_path, line)
