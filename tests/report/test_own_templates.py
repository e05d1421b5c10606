"""Templates of a user's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.errors import ConfigError
from benchmark.report import write_report
from benchmark.report.own_templates import templates_from
from benchmark.report.render import render, template_file
from benchmark.score.result import RunResult

Make = Callable[..., RunResult]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_page_and_style(own: Path, result: Make, tmp_path: Path) -> None:
    """A page may extend the one it replaces; style is the user's; the rest ships."""
    (own / "style.css").write_text("body { color: teal; }")
    (own / "model.html").write_text(
        '{% extends "permabench/model.html" %}'
        "{% block crumbs %}House of models: {{ title }}{% endblock %}"
    )
    run = result(("CLASSIC",))
    folder = write_report(run, tmp_path / "r", templates=own).parent
    assert (folder / "style.css").read_text() == "body { color: teal; }"
    page = (folder / "models" / "classic.html").read_text("utf-8")
    assert "House of models: CLASSIC" in page
    assert "Where it does well" in page
    assert "House of models" not in (folder / "index.html").read_text("utf-8")
    assert "teal" not in template_file("style.css")


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("index.html", "<p>\n{% if x %}\n", 2, "Unexpected end of template"),
        ("index.html", "{% blok x %}", 1, "unknown tag 'blok'"),
        ("index.html", "\n\n{{ nothing.at.all }}", 3, "'nothing' is undefined"),
        ("macros.html", "\n{% macro m() %}{{ 1 / 0 }}{% endmacro %}", 2, "Zero"),
        ("index.html", "{% include 'none.html' %}", 1, "no template 'none.html'"),
    ],
)
def test_fault(own: Path, name: str, text: str, line: int, words: str) -> None:
    """A fault in a template of the user's is told with its file and line."""
    (own / name).write_text(text)
    (own / "start.html").write_text(
        "{% import 'macros.html' as m %}{{ m.m() }}"
        if name == "macros.html"
        else f"{{% include '{name}' %}}"
    )
    with templates_from(own), pytest.raises(ConfigError) as caught:
        render("start.html", title="x")
    assert f"{own / name}, line {line}: " in str(caught.value)
    assert words in str(caught.value)
    assert not str(caught.value).endswith("..")


def test_folder(own: Path) -> None:
    """A folder without any known name, or no folder, is refused before a run."""
    (own / "modell.html").write_text("x")
    for folder, words in ((own, "index.html, macros.html"), (own / "no", "no folder")):
        with pytest.raises(ConfigError, match=words), templates_from(folder):
            pass
