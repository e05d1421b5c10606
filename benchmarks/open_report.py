"""Times how long the pages of a report take to open in a browser.

    python benchmarks/open_report.py reports/demo [--browser PATH] [--times N]

Each page is opened afresh from the file system; the median of N times is shown:
until the first content is painted, until the page and its scripts are ready, and
until everything in it is loaded. Measured on two cores with Chromium 156 on the
index of 21 models and 45 benchmarks (0.6 MB): paint 0.3 s, ready 0.4 s, loaded 0.5 s.
"""

import argparse
import shutil
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint?.startTime ?? NaN, page.domContentLoadedEventEnd, page.loadEventEnd];
}"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def time_page(browser: Browser, path: Path) -> list[float]:
    """Return milliseconds to the first paint, to ready and to loaded."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(path.resolve().as_uri(), wait_until="load")
    page.wait_for_timeout(100)
    times: list[float] = page.evaluate(TIMES)
    context.close()
    return times


def kinds(folder: Path) -> list[Path]:
    """Return the pages at the top and the heaviest of each folder."""
    folders = sorted({path.parent for path in folder.glob("*/*.html")})
    heaviest = [
        max(one.glob("*.html"), key=lambda path: path.stat().st_size) for one in folders
    ]
    return [*sorted(folder.glob("*.html")), *heaviest]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--browser", default=shutil.which("chromium"))
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with sync_playwright() as session:
        browser = session.chromium.launch(executable_path=given.browser, args=ARGUMENTS)
        print(f"{'page':40} {'kB':>6} {'paint':>7} {'ready':>7} {'loaded':>7}  ms")
        for path in kinds(given.folder):
            runs = [time_page(browser, path) for _ in range(given.times)]
            paint, ready, loaded = (
                median(column) for column in zip(*runs, strict=True)
            )
            name = path.relative_to(given.folder).as_posix()
            size = path.stat().st_size / 1000
            print(f"{name:40} {size:6.0f} {paint:7.0f} {ready:7.0f} {loaded:7.0f}")
        browser.close()


if __name__ == "__main__":
    main()
