"""A report as one file."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmark.report.one_file import write_one_file


class Elements(HTMLParser):
    """The elements and the words of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._silent = ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._silent = tag if tag in {"script", "style"} else ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    def all(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name))]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def folder(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one") / "report"
    shutil.copytree(report, folder)
    pages = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.html"))
    pages.remove("index.html")
    write_one_file(folder, ["index.html", *pages], "Made-up <run>")
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> Elements:
    return Elements(folder / "report.html")


def test_ids(page: Elements) -> None:
    """An id stands once, though every page has some of the same names."""
    ids = page.all("id")
    assert len(ids) == len(set(ids)) > 20
    assert {"index", "models.classic", "index--references", "main"} <= set(ids)


def test_references_to_ids(page: Elements) -> None:
    """What an element is named or described by is in the file."""
    ids = set(page.all("id"))
    for name in ("aria-labelledby", "aria-describedby", "for", "headers"):
        assert {one for value in page.all(name) for one in value.split()} <= ids


def test_links(page: Elements) -> None:
    """Every link leads to a place in the file, or is one that a reader clicks."""
    ids, leads = set(page.all("id")), page.all("href")
    inside = {link[1:] for link in leads if link.startswith("#")}
    assert inside <= ids
    assert {"models.classic", "regions.alaska", "index--references"} <= inside
    others = {urlsplit(link).scheme for link in leads if not link.startswith("#")}
    assert others <= {"https", "data"}


def test_nothing_beside(page: Elements) -> None:
    """Pictures, style and scripts are in the file."""
    assert len(page.all("src")) > 8
    assert all(re.match(r"data:image/(png|svg)", source) for source in page.all("src"))
    assert not any("src" in attrs for tag, attrs in page.elements if tag == "script")
    assert [attrs for tag, attrs in page.elements if tag == "link"] == [
        {"rel": "icon", "href": "data:,"}
    ]


def test_everything_is_said(page: Elements, folder: Path, tmp_path: Path) -> None:
    """The words of every page stand in it: without scripts all pages show."""
    for path in [folder / "index.html", *folder.glob("*s/*.html")]:
        main = path.read_text("utf-8").split("<main", 1)[1].split("</main>")[0]
        part = tmp_path / "part.html"
        part.write_text(f"<main{main}", "utf-8")
        # Of links to files that are not in it the text goes on.
        for piece in re.split(r"data \((?:CSV|NetCDF)\)", Elements(part).text):
            assert piece.strip() in page.text
    assert "hidden" not in {name for _, attrs in page.elements for name in attrs}


def test_files_that_are_left(page: Elements) -> None:
    """A file that is not in it is named with its place; the small table is in it."""
    assert "data (NetCDF): data/classic--gridded-gpp.nc in the folder" in page.text
    tables = [link for link in page.all("href") if link.startswith("data:text/csv")]
    assert tables
    assert "scores.csv" in page.all("download")


def test_hostile_name(page: Elements) -> None:
    """Names with markup stay text, and no script is added."""
    assert "<script>alert('x')</script>" in page.text
    assert sum(tag == "script" for tag, _ in page.elements) == 2
    assert not any(n.startswith("on") for _, attrs in page.elements for n in attrs)


def test_one_main(page: Elements, folder: Path) -> None:
    """It has one main part, and each page is a named region of it."""
    assert sum(tag == "main" for tag, _ in page.elements) == 1
    pages = [attrs for _, attrs in page.elements if attrs.get("class") == "page"]
    assert len(pages) == len([*folder.rglob("*.html")]) - 1
    assert all(attrs.get("aria-label") for attrs in pages)
