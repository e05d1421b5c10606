"""A report that is made again from its own folder, and compared with another run."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.errors import ConfigError
from benchmark.report import write_report
from benchmark.report.baseline import read_baseline
from benchmark.report.site import open_site
from benchmark.saved.reading import load_run
from benchmark.score.result import RunResult

Make = Callable[..., RunResult]


def files(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*")}
    return {name: path.read_bytes() for name, path in found.items() if path.is_file()}


def call(*arguments: object) -> str:
    result = CliRunner().invoke(main, [str(part) for part in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def again(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the report again by the command, elsewhere, as a folder and as one file."""
    folder = tmp_path_factory.mktemp("again") / "made"
    told = call(
        "report", report / "scores.csv", "-o", folder, "--single-file", "--quiet"
    )
    assert told == f"Report: {folder / 'report.html'}\n"
    return folder


def test_same_bytes(report: Path, again: Path) -> None:
    """Pages, figures and data are the same to the byte, though no input exists."""
    kept, made = files(report), files(again)
    del made["report.html"]
    assert kept.keys() == made.keys()
    assert [name for name in kept if kept[name] != made[name]] == []
    assert {"run/run.json", "data/classic--gridded-gpp.nc"} <= kept.keys()


def test_data_address(report: Path) -> None:
    """Pages can ask where the data of a pair are; a pair without any has none."""
    site = open_site(load_run(report))
    address = site.data_href("CLASSIC", "gridded_gpp")
    assert address == "data/classic--gridded-gpp.nc"
    assert (report / address).is_file()
    assert site.data_href("CLASSIC", "table3") is None
    assert site.data_href("nobody", "gridded_gpp") is None


def test_no_address_of_a_machine(report: Path) -> None:
    """No page leads to a path of the machine: the folder can be sent."""
    for name, content in files(report).items():
        if name.endswith((".html", ".json", ".csv")):
            assert str(report).encode() not in content
            assert b"file://" not in content


@pytest.fixture(scope="module")
def compared(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compare the run with a former one, in a copy of its folder."""
    folder = tmp_path_factory.mktemp("compared")
    shutil.copytree(report, folder / "made")
    scores = pd.read_csv(folder / "made" / "scores.csv")
    classic = scores["model"] == "CLASSIC"
    stock = classic & (scores["reference"] == "soil <maps>")
    scores.loc[stock, "score"] = 0.1
    lost = classic & (scores["status"] == "no_overlap")
    scores.loc[lost, ["status", "score"]] = ["scored", 0.7]
    scores["model"] = scores["model"].replace("CESM2-WACCM", "CESM <b>1</b>")
    former = folder / "former"
    former.mkdir()
    scores.to_csv(former / "scores.csv", index=False)
    (former / "manifest.json").write_text('{"time": "2024-05-01T00:00:00"}')
    call("report", folder / "made", "--baseline", former, "--quiet")
    return folder


def strip(page: Path) -> str:
    text = page.read_text("utf-8")
    start = text.index('<section class="changes"')
    return text[start : text.index("</section>", start)]


def test_strip(compared: Path) -> None:
    """The index says what changed, in numbers, words and links."""
    text = strip(compared / "made" / "index.html")
    assert "“former” of 2024-05-01" in text
    assert "no more than 0.05" in text
    assert "<strong>1</strong> lost" in text
    assert "<strong>2</strong> better" in text
    assert "benchmarks/" in text
    assert "1 number lost: no cell of" in text
    assert "mean of 2 numbers, 2 better" in text
    table = pd.read_csv(compared / "made" / "changes.csv")
    assert set(table["kind"]) == {"lost", "better"}


def test_renamed_model(compared: Path) -> None:
    """A model that only one run has is named as text, and how to compare it."""
    text = strip(compared / "made" / "index.html")
    assert "Only in the baseline: 1 model (CESM &lt;b&gt;1&lt;/b&gt;)." in text
    assert "Only in this run: 1 model (CESM2-WACCM)." in text
    assert "A model that was renamed cannot be followed" in text


def test_strip_goes_again(compared: Path) -> None:
    """Without a baseline the strip, its table and the one file are gone again."""
    made = compared / "made"
    before = (made / "index.html").read_bytes()
    call("report", made, "--single-file", "--quiet")
    assert (made / "report.html").is_file()
    call("report", made, "--quiet")
    assert b'class="changes"' in before
    assert b'class="changes"' not in (made / "index.html").read_bytes()
    assert not (made / "changes.csv").exists()
    assert not (made / "report.html").exists()


def test_former_run_in_the_same_folder(result: Make, tmp_path: Path) -> None:
    """A run may replace the run that it is compared with."""
    run = result(("CLASSIC",))
    write_report(run, tmp_path)
    scores = run.scores.assign(score=run.scores["score"] * 0.5)
    write_report(replace(run, scores=scores), tmp_path, baseline=tmp_path)
    assert "worse" in set(pd.read_csv(tmp_path / "changes.csv")["kind"])


@pytest.mark.parametrize(
    ("text", "words"),
    [(None, "cannot be read (no such file"), ("a,b\n1,2\n", "no column 'model'")],
)
def test_no_baseline(text: str | None, words: str, tmp_path: Path) -> None:
    """A baseline that is no table of scores is an error that says what it is."""
    if text is not None:
        (tmp_path / "scores.csv").write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_baseline(tmp_path)
    assert words in str(caught.value)
    assert "scores.csv" in str(caught.value)
