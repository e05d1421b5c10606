"""Every kind of page is free of what axe-core finds, in any scheme and width."""

from pathlib import Path

import pytest

VIEWS = ("", "#turn=1&sort=overall", "#view=value&region=alaska")
# What the colours and the width of a page can break.
OF_STYLE = (
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "target-size",
)


@pytest.fixture(scope="module")
def axe():
    sync = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="no axe-playwright-python: pip install '.[test]'",
    )
    return sync.Axe()


def pages(folder: Path) -> list[str]:
    """Return the first page and one of each other kind."""
    kinds = sorted(path for path in folder.iterdir() if list(path.glob("*.html")))
    others = [f"{kind.name}/{min(kind.glob('*.html')).name}" for kind in kinds]
    top = sorted({path.name for path in folder.glob("*.html")} - {"report.html"})
    return [*top, *others]


def violations(axe, page, rules=()):
    """Return the rule, impact and first elements of each violation."""
    # A page in a folder may not read its own style sheet by script.
    options = {"preload": False, "resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    found = axe.run(page, options=options).response["violations"]
    return [
        (one["id"], one["impact"], [node["html"][:120] for node in one["nodes"][:3]])
        for one in found
    ]


def test_no_violation(real, tab, axe):
    """No kind of page has a violation of any rule or impact."""
    one = tab(real)
    names = pages(real)
    assert {name.partition("/")[0] for name in names} >= {"index.html", "models"}
    found = {name: violations(axe, one.open(name)) for name in names}
    assert found == {name: [] for name in names}


@pytest.mark.parametrize("view", VIEWS)
def test_no_violation_of_style(real, tab, axe, view):
    """Light and dark, wide and narrow, every view of the matrix is as accessible."""
    page = tab(real).open(f"index.html{view}")
    assert violations(axe, page) == []
    for scheme, width in (("light", 390), ("dark", 390), ("dark", 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(axe, page, OF_STYLE) == [], (scheme, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_of_other_pages(real, tab, axe, scheme):
    """Light and dark, wide and narrow, the other pages are as accessible."""
    one = tab(real, color_scheme=scheme)
    for name in pages(real):
        if name == "index.html":
            continue
        page = one.open(name)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(axe, page, OF_STYLE) == [], (name, width)


def test_no_violation_with_hostile_names(hostile, tab, axe):
    """Long names and other scripts leave the first page accessible."""
    page = tab(hostile, viewport={"width": 390, "height": 900}).open()
    assert violations(axe, page) == []


def test_colours_of_the_system(real, tab):
    """Where the system forces its colours, cells and marks keep an outline."""
    page = tab(real, forced_colors="active").open()
    edge = page.locator("#matrix td.cell").first.evaluate(
        "(cell) => getComputedStyle(cell).borderTopWidth"
    )
    assert edge == "1px"
    assert page.locator("#matrix td.cell").first.inner_text().strip() != ""


def test_motion_is_reduced(real, tab):
    """Who asks for less motion is not scrolled smoothly."""
    scrolls = "getComputedStyle(document.documentElement).scrollBehavior"
    assert tab(real, reduced_motion="reduce").open().evaluate(scrolls) == "auto"
