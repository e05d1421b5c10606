"""The command: what it prints, writes and exits with."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner, Result

from benchmark import __version__, output
from benchmark.cli import main
from benchmark.faults import broken_lines
from benchmark.listing import RULE, warning_lines
from benchmark.score.result import Note, RunResult
from benchmark.scorecard.lines import no_skill_lines

Write = Callable[..., Path]
Make = Callable[..., Any]

USE = "Use -o FOLDER."

COLUMNS = (
    "model,model_version,reference,reference_version,variable,region,season,metric,"
    "value,value_low,value_high,units,reference_value,reference_low,reference_high,"
    "u_meas,u_repr,u_space,u_used,scale,score,score_u0,score_low,score_high,"
    "score_ci_low,score_ci_high,ci_from,score_null,score_ceiling,ceiling_from,grade,"
    "derivation,mass_basis,area_basis,coverage,n,n_sites,represented,period,status,"
    "message"
)


def not_called(*_: object, **__: object) -> object:
    raise AssertionError


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Result]]:
    """Give the command, run in an empty folder, that never ends in a traceback."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(part) for part in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.output
        return result

    return run


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("models", ["classic", "CLASSIC: gpp, cSoil", "(16 models)"]),
        ("references", ["treat2024_nee ", "grade B", "ncscdv22_soil_carbon"]),
        ("metrics", ["ilamb_bias", "regional_mean"]),
        ("regions", ["treat2024_permafrost", "as alaska", "global"]),
        ("suites", ["demo", "permafrost-carbon", "needs --model FILE"]),
    ],
)
def test_lists(what: str, expected: list[str], call: Callable[..., Result]) -> None:
    """Each kind of what ships is listed, a line each."""
    result = call("list", what)
    assert result.exit_code == 0
    assert result.stderr == ""
    for text in expected:
        assert text in result.stdout


def test_version(call: Callable[..., Result]) -> None:
    """The version is that of the package."""
    assert call("--version").stdout.strip().endswith(__version__)


def test_help_tells_the_exit_codes(call: Callable[..., Result]) -> None:
    """The help names the commands and the exit codes."""
    text = call("-h").stdout
    for word in ("demo", "run", "report", "serve", "Exit codes: 0 if at"):
        assert word in text


@pytest.mark.parametrize(
    "arguments",
    [("rum",), ("run",), ("run", "a.yaml", "--colour"), ("list", "colours"), ("list",)],
)
def test_usage(arguments: tuple[str, ...], call: Callable[..., Result]) -> None:
    """Wrong usage exits with 2 and says how, on stderr."""
    result = call(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
    assert result.stdout == ""


def test_run(call: Callable[..., Result], write_suite: Write, tmp_path: Path) -> None:
    """A suite that can be scored exits with 0 and writes the table."""
    result = call("run", write_suite(None), "-o", "out", "--no-report")
    assert result.exit_code == 0
    table = tmp_path / "out" / "scores.csv"
    assert table.read_text().splitlines()[0] == COLUMNS
    scores = pd.read_csv(table)
    assert set(scores["status"]) == {"scored"}
    assert f"Scores: {Path('out') / 'scores.csv'}" in result.stdout
    assert "good" in result.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "scores.csv",
        "notes.csv",
        "manifest.json",
        "data",
        "run",
    }


def test_scorecard_of_a_model(call: Callable[..., Result], tmp_path: Path) -> None:
    """Without a suite, a model is scored by permafrost-carbon, which says its gaps."""
    result = call("run", "--model", "corpse", "-o", "out", "--no-report")
    assert result.exit_code == 0
    scores = pd.read_csv(tmp_path / "out" / "scores.csv")
    assert {"scored", "no_model_data"} <= set(scores["status"])
    table = pd.read_csv(tmp_path / "out" / "subjects.csv")
    benchmarks = table[table["level"] == "benchmark"]
    # Nothing vanishes: what the model has no output for has a row, too.
    assert set(benchmarks["reference"]) == set(scores["reference"])
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert Path(manifest["suite"]).stem == "permafrost-carbon"
    (overall,) = table[table["level"] == "overall"].to_dict("records")
    assert 0.0 < overall["completeness"] < 0.5
    assert "made of little: 1 of" in overall["message"]
    assert overall["message"] in result.stdout
    assert (tmp_path / "out" / "ceilings.csv").is_file()


def test_scorecard_without_a_model(call: Callable[..., Result]) -> None:
    """A suite without models says how to give one."""
    result = call("run", "permafrost-carbon")
    assert result.exit_code == 2
    assert "--model FILE" in result.stderr


def test_default_folder(
    call: Callable[..., Result], write_suite: Write, tmp_path: Path
) -> None:
    """Without a folder the report is in reports, under the suite's name."""
    write_suite(None)
    assert call("run", "suite.yaml", "--no-report", "--quiet").exit_code == 0
    assert (tmp_path / "reports" / "suite" / "scores.csv").is_file()


def test_quiet(call: Callable[..., Result], write_suite: Write) -> None:
    """Quiet prints where the result is, nothing else."""
    result = call("run", write_suite(None), "-o", "out", "--no-report", "--quiet")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_twice_the_same(
    call: Callable[..., Result], write_suite: Write, tmp_path: Path
) -> None:
    """Two runs write the same bytes."""
    suite = write_suite(None)
    for folder in ("one", "two"):
        call("run", suite, "-o", folder, "--no-report", "--quiet")
    one, two = (tmp_path / name / "scores.csv" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_failing_model(
    call: Callable[..., Result], write_suite: Write, tmp_path: Path
) -> None:
    """A model that cannot be read exits with 3, the reason on stderr."""
    result = call("run", write_suite(tmp_path / "goood.nc"), "-o", "out", "--no-report")
    assert result.exit_code == 3
    assert "failed  bad, gpp: " in result.stderr
    assert "goood.nc: no such file. Did you mean 'good.nc'?" in result.stderr
    assert "failed  bad" not in result.stdout
    scores = pd.read_csv(tmp_path / "out" / "scores.csv").set_index("model")
    assert set(scores.loc["good", "status"]) == {"scored"}
    assert set(scores.loc[["bad"], "status"]) == {"failed"}


def test_malformed_suite(call: Callable[..., Result], tmp_path: Path) -> None:
    """Every mistake of a suite is a line on stderr, exit code 2, nothing written."""
    (tmp_path / "s.yaml").write_text(
        "suite: s\ntitel: S\nmodels: [clasic]\nreferences: [gbaf_gp]\n"
        "period: [2010, 2000]\n"
    )
    result = call("run", "s.yaml", "--no-report")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert len(lines) == 4
    assert all(
        line.startswith(f"Error: {tmp_path / 's.yaml'}, line ") for line in lines
    )
    for word in ("'title'", "'classic'", "'gbaf_gpp'", "[2010, 2000]"):
        assert word in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [("suite: [", "not valid YAML"), ("", "the file is empty"),
     ("suite: s\nsuite: t\n", "given twice")],
)  # fmt: skip
def test_no_suite(
    text: str, words: str, call: Callable[..., Result], tmp_path: Path
) -> None:
    """A file that is no suite exits with 2 and says why."""
    (tmp_path / "s.yaml").write_text(text)
    result = call("run", "s.yaml")
    assert result.exit_code == 2
    assert words in result.stderr


def test_unknown_suite(call: Callable[..., Result]) -> None:
    """An unknown suite exits with 2 and the nearest name."""
    result = call("run", "dmeo")
    assert result.exit_code == 2
    assert "Did you mean 'demo'?" in result.stderr


@pytest.mark.parametrize(
    ("key", "value", "near"),
    [("regions", ["treat2024_permafros"], "treat2024_permafrost"),
     ("metrics", ["ilamb_bais"], "ilamb_bias")],
)  # fmt: skip
def test_unknown_region_or_metric(
    key: str,
    value: list[str],
    near: str,
    call: Callable[..., Result],
    write_suite: Write,
) -> None:
    """An unknown region or metric exits with 2 and the nearest name."""
    suite = write_suite(None)
    changed = yaml.safe_load(suite.read_text()) | {key: value}
    suite.write_text(yaml.safe_dump(changed))
    result = call("run", suite, "--no-report")
    assert result.exit_code == 2
    assert near in result.stderr


def test_output_that_is_a_file_is_said(tmp_path: Path) -> None:
    """An output folder that cannot be made ends with code 2 and its reason."""
    taken = tmp_path / "taken"
    taken.write_text("a file")
    result = CliRunner().invoke(main, ["demo", "-o", str(taken), "--quiet"])
    assert result.exit_code == 2
    assert result.stderr == f"Error: {taken}: is a file; expected a folder. {USE}\n"


def test_output_that_cannot_be_written(
    call: Callable[..., Result],
    write_suite: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A folder without permission ends with code 2 before anything is computed."""

    def refuse(**_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(output, "TemporaryFile", refuse)
    monkeypatch.setattr("benchmark.score.score_suite", not_called)
    result = call("run", write_suite(None), "-o", "out")
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: out: cannot be written (permission denied). {USE}\n"
    )


@pytest.mark.parametrize("manifest", [None, '{"name": "a web app"}', "[]"])
def test_pages_of_something_else(
    manifest: str | None,
    call: Callable[..., Result],
    write_suite: Write,
    tmp_path: Path,
) -> None:
    """A folder with the pages of something else is left as it is."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("my homepage")
    if manifest is not None:
        (tmp_path / "out" / "manifest.json").write_text(manifest)
    result = call("run", write_suite(None), "-o", "out")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: out: holds an index.html that is no report")
    assert (tmp_path / "out" / "index.html").read_text() == "my homepage"


def test_report_over_a_report(
    call: Callable[..., Result], write_suite: Write, tmp_path: Path
) -> None:
    """A report of this program is written over."""
    suite = write_suite(None)
    call("run", suite, "-o", "out", "--no-report")
    (tmp_path / "out" / "index.html").write_text("an older report")
    assert call("run", suite, "-o", "out", "--no-report").exit_code == 0


def test_model_without_a_score(
    call: Callable[..., Result], write_suite: Write, tmp_path: Path
) -> None:
    """A model of which nothing was scored has a line with the reason."""
    suite = write_suite(None)
    content = yaml.safe_load(suite.read_text())
    other = {"model": "other", "variables": {"rh": {"files": "good.nc"}}}
    suite.write_text(yaml.safe_dump({**content, "models": [*content["models"], other]}))
    result = call("run", suite, "-o", "out", "--no-report")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    counts = next(i for i, line in enumerate(lines) if line.startswith("scored: "))
    assert lines[counts - 1] == RULE
    assert lines[counts + 1] == (
        "other: nothing scored: declares rh; the suite needs gpp"
    )
    suite.write_text(yaml.safe_dump({**content, "models": [other]}))
    result = call("run", suite, "-o", "out", "--no-report", "--quiet")
    assert result.exit_code == 3
    assert result.stderr == "Nothing was scored.\n"


def test_failed_model_has_its_reason(
    call: Callable[..., Result], write_suite: Write, tmp_path: Path
) -> None:
    """The reason of a model that failed is the message of its rows."""
    result = call("run", write_suite(tmp_path / "goood.nc"), "-o", "o", "--no-report")
    assert "bad: nothing scored: " in result.stdout
    assert "no such file" in result.stdout


def test_warnings_are_printed() -> None:
    """The first ten warnings are printed, the others counted."""
    notes = [Note("A", "gpp", "a.nc", "warning", f"odd {i}") for i in range(12)]
    notes.append(Note("A", "gpp", "a.nc", "conversion", "times 2"))
    result = RunResult("s", "S", pd.DataFrame(), {}, {}, {}, notes=tuple(notes))
    lines = warning_lines(result)
    assert lines[0] == "Warning: A, gpp: odd 0"
    assert lines[10:] == ["and 2 more in notes.csv"]


def test_warning_of_a_reference() -> None:
    """A reference is named by its file, as it belongs to no model."""
    note = Note("", "gpp", "references/a.nc", "warning", "odd")
    result = RunResult("s", "S", pd.DataFrame(), {}, {}, {}, notes=(note,))
    assert warning_lines(result) == ["Warning: reference a.nc, gpp: odd"]


def test_what_many_models_share_is_one_warning() -> None:
    """What all models of an archive have does not crowd out the rest."""
    notes = [Note(f"m{i}", "gpp", f"{i}.nc", "warning", "odd") for i in range(12)]
    notes.append(Note("m3", "cSoil", "3.nc", "warning", "deep"))
    result = RunResult("s", "S", pd.DataFrame(), {}, {}, {}, notes=tuple(notes))
    assert warning_lines(result) == [
        "Warning: m0, m1, m2 and 9 more, gpp: odd",
        "Warning: m3, cSoil: deep",
    ]


def test_what_many_rows_share_is_one_fault() -> None:
    """A fault is said once for a model and variable, with the number of its rows."""
    rows = [
        ("A", "cSoil", "failed", f"a.nc: found -9. Mask it.{remark}")
        for remark in ("", "; model 0-1 m", "; model 0-2 m")
    ]
    rows += [("A", "gpp", "failed", "no such file"), ("A", "npp", "scored", "")]
    columns = ["model", "variable", "status", "message"]
    table = pd.DataFrame(rows, columns=columns)
    assert broken_lines(RunResult("s", "S", table, {}, {}, {})) == [
        "4 rows could not be scored:",
        "  failed  A, cSoil: a.nc: found -9. Mask it. (3 rows)",
        "  failed  A, gpp: no such file",
    ]


def test_a_benchmark_without_skill_is_one_line() -> None:
    """Models that beat no null model in the same benchmark share a line."""
    rows = [
        (f"m{i}", "pedons", "cSoil", region, "density", "scored", 0.1 * i, 0.9)
        for i in range(5)
        for region in ("alaska", "western_canada", "eastern_canada", "western_siberia")
    ]
    names = "model reference variable region metric status score score_null"
    table = pd.DataFrame(rows, columns=names.split())
    assert list(no_skill_lines(RunResult("s", "S", table, {}, {}, {}))) == [
        "No skill shown: m0, m1, m2 and 2 more, pedons, density: 0.00 to 0.40, "
        "a null model 0.90"
    ]


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("benchmark.config.load_suite", "Interrupted: nothing was written."),
        ("benchmark.score.score_suite", "Interrupted: nothing was written."),
        ("benchmark.report.write_report",
         "Interrupted: the scores are in out/scores.csv, the pages are not complete."),
    ],
)  # fmt: skip
def test_interrupted(
    where: str,
    words: str,
    call: Callable[..., Result],
    write_suite: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ctrl-C exits with 130 and says what was written."""

    def interrupted(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, interrupted)
    result = call("run", write_suite(None), "-o", "out")
    assert result.exit_code == 130
    assert result.stderr.strip() == words


def test_disk_that_fills(
    call: Callable[..., Result], write_suite: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full while the result is written is an error in words."""

    def full(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("benchmark.saved.writing.write_scores", full)
    result = call("run", write_suite(None), "-o", "out")
    assert result.exit_code == 2
    assert "out: cannot be written (no space left on device)." in result.stderr


def test_data_that_must_not_be_read(
    call: Callable[..., Result],
    write_suite: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A data file without permission is a failed row, and the others are scored."""
    suite = write_suite(None)
    secret = tmp_path / "secret.nc"
    secret.write_bytes((tmp_path / "good.nc").read_bytes())
    allowed = Path.open

    def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
        if self == secret:
            raise PermissionError(13, "Permission denied", str(self))
        return allowed(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    suite = write_suite(secret)
    result = call("run", suite, "-o", "out", "--no-report")
    assert result.exit_code == 3
    assert "secret.nc: cannot be read (permission denied)" in result.stderr
    scores = pd.read_csv(tmp_path / "out" / "scores.csv").set_index("model")
    assert set(scores.loc["good", "status"]) == {"scored"}


def test_the_regions_of_a_set_are_listed(call: Callable[..., Result]) -> None:
    """A set has a line for each of its regions, with names and areas."""
    result = call("list", "regions", "biomes_koeppen")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 28
    assert "ET   Polar, tundra" in result.stdout
    overview = call("list", "regions").stdout
    assert "biomes_koeppen           28 regions" in overview
    assert len(overview.splitlines()) < 20


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("regions", "biomes_kopen"), "Did you mean 'biomes_koeppen'"),
        (("regions", "none.shp"), "there is no file 'none.shp'"),
        (("metrics", "bias"), "only 'list regions' takes a name"),
    ],
)
def test_a_list_that_is_not_there_is_named(
    arguments: tuple[str, str], message: str, call: Callable[..., Result]
) -> None:
    """A misspelt set, a missing file and a list without members are told."""
    result = call("list", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_report_after_a_run_without_pages(
    call: Callable[..., Result], write_suite: Write, tmp_path: Path
) -> None:
    """Pages are made of a finished run when its input files are gone."""
    assert call("run", write_suite(None), "-o", "out", "--no-report").exit_code == 0
    (tmp_path / "good.nc").unlink()
    result = call("report", "out/scores.csv")
    assert result.exit_code == 0
    assert result.stdout == f"Report: {Path('out') / 'index.html'}\n"
    page = (tmp_path / "out" / "models" / "good.html").read_text("utf-8")
    assert "data/good--itself.nc" in page
    again = call("report", "out", "-o", "there", "--baseline", "out", "--single-file")
    assert again.exit_code == 0
    text = (tmp_path / "there" / "report.html").read_text("utf-8")
    assert "What changed" in text
    copied = {path.name for path in (tmp_path / "there").glob("*.*")}
    assert {"scores.csv", "notes.csv", "manifest.json", "changes.csv"} <= copied


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("report", "none"), "none: does not exist"),
        (("report", "."), "holds no run/run.json"),
        (("serve", "."), "is no report of permabench"),
        (("run", "demo", "--baseline", "none"), "none/scores.csv: cannot be read"),
        (("run", "demo", "--templates", "none"), "none: is no folder"),
    ],
)
def test_wrong_folders(
    arguments: tuple[str, ...], words: str, call: Callable[..., Result]
) -> None:
    """A folder that is not what it should be is told before anything is scored."""
    result = call(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_foreign_target(
    call: Callable[..., Result], write_suite: Write, tmp_path: Path
) -> None:
    """A report is not made over the pages of something else."""
    assert call("run", write_suite(None), "-o", "out", "--no-report").exit_code == 0
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("mine")
    result = call("report", "out", "-o", "site")
    assert result.exit_code == 2
    assert (tmp_path / "site" / "index.html").read_text() == "mine"
    assert len([*(tmp_path / "site").iterdir()]) == 1


def test_serve_ends_with_ctrl_c(
    call: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is printed, and Ctrl-C ends the server with exit code 0."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "index.html").write_text("x")
    (tmp_path / "manifest.json").write_text('{"permabench": "0.1.0"}')
    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", interrupted)
    result = call("serve", ".")
    assert result.exit_code == 0
    assert "at http://127.0.0.1:" in result.stdout
