"""Every page of a report as a browser sees it."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlparse

import pytest

FACTS = """() => ({
  links: [...document.querySelectorAll("[href], [src]")].map(
    (one) => one.getAttribute("href") ?? one.getAttribute("src")),
  ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
  pictures: [...document.images].map((one) => one.getAttribute("src")),
  scripts: [...document.scripts].filter((one) => one.type !== "application/json")
    .map((one) => one.getAttribute("src").split("/").at(-1)),
  levels: [...document.querySelectorAll("h1, h2, h3, h4")]
    .map((one) => +one.tagName[1]),
  title: document.querySelector("h1").textContent,
})"""
WIDER = "document.documentElement.scrollWidth - innerWidth"
# Pictures below the window are loaded when they are scrolled to.
LOADED = """async () => {
  const wrong = [];
  for (const one of document.images) {
    one.loading = "eager";
    try { await one.decode(); } catch { wrong.push(one.src); }
  }
  return wrong;
}"""


@pytest.fixture(scope="module", params=["real", "hostile"])
def run(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def visits(run: Path, tabs: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    """Go to every page once; look at it on a desk and on a phone."""
    tab = tabs(run)
    found = {}
    for path in sorted(set(run.rglob("*.html")) - {run / "report.html"}):
        address = path.relative_to(run).as_posix()
        page = tab.open(address)
        facts = page.evaluate(FACTS)
        facts["unseen"] = page.evaluate(LOADED)
        page.set_viewport_size({"width": 390, "height": 800})
        facts["wider"] = page.evaluate(WIDER)
        page.set_viewport_size({"width": 1280, "height": 800})
        facts["faults"], tab.faults = tab.faults, []
        found[address] = facts
    tab.page.context.close()
    return found


def test_nothing_goes_wrong(visits):
    """No page complains, asks for anything outside its folder, or alerts."""
    assert {
        name: page["faults"] for name, page in visits.items() if page["faults"]
    } == {}
    assert len(visits) > 5


def test_every_link_leads_somewhere(run, visits):
    """Every file and every anchor that a page points to is there."""
    lost = []
    for name, page in visits.items():
        for link in page["links"]:
            if urlparse(link).scheme in {"http", "https", "data"}:
                continue
            address, anchor = urldefrag(urljoin(name, link))
            target = unquote(address) or name
            there = (run / target).is_file()
            ids = visits[target]["ids"] if target in visits else []
            if not there or (anchor and unquote(anchor) not in ids):
                lost.append((name, link))
    assert lost == []


def test_pictures_are_drawn(visits):
    """Every picture is one that the browser can draw."""
    assert sum(len(page["pictures"]) for page in visits.values()) > 5
    assert [src for page in visits.values() for src in page["unseen"]] == []


def test_nothing_hangs_over_on_a_phone(visits):
    """No page is wider than 390 pixels; what is wider scrolls in its own box."""
    assert {name: page["wider"] for name, page in visits.items() if page["wider"]} == {}


def test_headings_are_in_order(visits):
    """Headings begin with one of the first level and skip none."""
    for name, page in visits.items():
        levels = page["levels"]
        steps = [b - a for a, b in pairwise(levels)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert max(steps, default=0) <= 1, name


def test_only_our_scripts_run(visits):
    """A name that looks like a script is text, on each page that shows it."""
    for page in visits.values():
        assert set(page["scripts"]) <= {"menus.js", "report.js", "matrix.js"}


def test_names_are_shown_as_they_are(hostile, tabs):
    """Markup, quotes, 300 letters and other scripts head their page as text."""
    tab = tabs(hostile)
    titles = [
        tab.open(f"models/{path.name}").inner_text("h1")
        for path in hostile.glob("models/*.html")
    ]
    page = tab.open()
    assert "kg <img src=x onerror=alert(1)>" in page.text_content("#gaps ~ *") or (
        "kg <img src=x onerror=alert(1)>" in page.text_content("main")
    )
    tab.page.context.close()
    for name in ("<script>alert(1)</script>", "long" * 75, "модель 模型 نموذج"):
        assert name in titles
    assert tab.faults == []


def test_menus_with_and_without_scripts(run, tab):
    """A menu has every page that the page of contents has, to which it else leads."""
    address = f"models/{next(run.glob('models/*.html')).name}"
    names = "(links) => links.map((link) => [link.href, link.textContent])"
    page = tab(run, java_script_enabled=False).open(address)
    page.locator(".menus a", has_text="Regions").click()
    assert page.url.endswith("/contents.html#regions")
    whole = page.locator(".all-pages a").evaluate_all(names)
    page = tab(run).open(address)
    assert page.locator(".menus .panel a").evaluate_all(names) == whole
    assert len(whole) > 5


def test_complete_without_scripts(run, tab):
    """Without JavaScript there are the same tables, links and pictures."""
    with_scripts, without = tab(run), tab(run, java_script_enabled=False)
    pages = ["index.html", *(f"models/{p.name}" for p in run.glob("models/*.html"))][:3]
    for name in [*pages, "regions/" + next(run.glob("regions/*.html")).name]:
        counts = []
        for one in (with_scripts, without):
            page = one.open(name)
            tags = (
                "main table",
                "main tbody td",
                "main tbody th",
                "main a[href]",
                "img",
            )
            counts.append([page.locator(tag).count() for tag in tags])
            visible = page.locator("form.tools").is_visible()
        assert counts[0] == counts[1], name
        assert not visible


def test_prints(run, tab):
    """On paper the whole matrix is on the sheet, without what cannot be clicked."""
    one = tab(run, viewport={"width": 1054, "height": 740})
    page = one.open()
    page.emulate_media(media="print")
    assert not page.locator("#tools").is_visible()
    assert not page.locator(".top").is_visible()
    box = page.locator("#matrix").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1054
    assert (
        page.locator(".matrix-box").first.evaluate(
            "(one) => getComputedStyle(one).overflow"
        )
        == "visible"
    )
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_one_file_has_the_matrix_that_works(real, tab):
    """In the file with all pages the matrix sorts and filters, and links lead on."""
    page = tab(real).open("report.html#region=alaska")
    status = page.locator("#index [role=status]")
    assert "in Alaska" in status.inner_text()
    page.locator(".matrix .cell a").first.click()
    page.wait_for_function(
        "document.querySelector('.page[id^=benchmarks]:not([hidden])')"
    )
    assert not page.locator("#index").is_visible()
    page.go_back()
    page.wait_for_function("!document.querySelector('#index').hidden")
    assert "in Alaska" in status.inner_text()
