"""The menus of the top bar: which pages there are, in groups."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmark.report import labels
from benchmark.report.scorecard import subject_of

if TYPE_CHECKING:
    from benchmark.report.site import Site


@dataclass(frozen=True)
class Section:
    """One entry of the top bar: a page of its own, or a menu of pages.

    `href` is the page, from the top of the report; a menu has none.
    `groups` are the headings of a menu ("" for none), each with the
    addresses and names of its pages.
    """

    title: str
    href: str | None = None
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def anchor(self) -> str:
        """What the menu is called in addresses."""
        return "-".join(self.title.lower().split())

    @property
    def size(self) -> int:
        """How many pages a menu leads to."""
        return sum(len(pages) for _, pages in self.groups)


def sections(site: "Site") -> list[Section]:
    """Return what the top bar of every page leads to.

    Parameters
    ----------
    site : Site
        The run.

    Returns
    -------
    list of Section
        Those of `SECTIONS` that this run has a page of. A new kind of page
        is registered there by one function, which returns None where the
        run has no such page.
    """
    found = (describe(site) for describe in SECTIONS)
    return [section for section in found if section and (section.href or section.size)]


def menu_script(found: Iterable[Section]) -> str:
    r"""Return the script that holds what the menus of all pages lead to.

    Parameters
    ----------
    found : iterable of Section
        From `sections`.

    Returns
    -------
    str
        JavaScript: anchor -> groups of a heading and the pages below it. On 300
        pages the lists themselves weighed more than the numbers.

    Examples
    --------
    >>> menu_script([menu("Regions", [("", "regions/a.html", "Alaska")])])
    'var permabenchMenus={"regions":[["",[["regions/a.html","Alaska"]]]]};\n'
    """
    held = {
        section.anchor: [[heading, pages] for heading, pages in section.groups]
        for section in found
        if not section.href
    }
    text = json.dumps(held, separators=(",", ":"))
    return f"var permabenchMenus={text};\n"


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:79]}…"


def menu(title: str, pages: Iterable[tuple[str, str, str]]) -> Section:
    """Gather pages into a menu.

    Parameters
    ----------
    title : str
        What the menu is called.
    pages : iterable of (str, str, str)
        Group, address and name of each page.

    Returns
    -------
    Section
        Groups in order of appearance; one group alone has no heading. Names
        end after 80 letters.

    Examples
    --------
    >>> menu("Regions", [("Bands", "regions/band.html", "45 to 90 N")]).groups
    (('', (('regions/band.html', '45 to 90 N'),)),)
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, href, name in pages:
        groups.setdefault(group, []).append((href, _short(name)))
    if len(groups) == 1:
        groups = {"": next(iter(groups.values()))}
    return Section(title, groups=tuple((g, tuple(p)) for g, p in groups.items()))


def ensemble(site: "Site") -> Section:
    """Return the link to the page of all models together."""
    from benchmark.report.ensemble.page import ADDRESS

    return Section("Ensemble", ADDRESS)


def models(site: "Site") -> Section:
    """Return the menu of models, by family."""
    known = site.result.models
    families = [known[m].family if m in known else "" for m in site.matrix.models]
    return menu(
        "Models",
        (
            (labels.FAMILIES.get(family, family), site.model_href(name), name)
            for family, name in zip(families, site.matrix.models, strict=True)
        ),
    )


def benchmarks(site: "Site") -> Section:
    """Return the menu of references, by the subject that counts them."""
    counted, known = subject_of(site.result), site.result.references
    return menu(
        "Benchmarks",
        (
            (
                labels.subject(
                    counted.get(id) or (known[id].subject if id in known else "")
                ),
                site.benchmark_href(id),
                site.reference_label(id),
            )
            for id in site.reference_slug
        ),
    )


def regions(site: "Site") -> Section:
    """Return the menu of regions, by the region they are a part of."""
    return menu(
        "Regions",
        (
            (_whole(site, id), site.region_href(id) or "", site.region_name(id))
            for id in site.pages
        ),
    )


def _whole(site: "Site", id: str) -> str:
    """Return the region that a region is a part of, or is the whole of."""
    parts = {one.part_of for one in site.result.regions.values()}
    whole = site.result.regions[id].part_of or (id if id in parts else None)
    return site.region_name(whole) if whole else "Other regions"


SECTIONS: tuple[Callable[["Site"], Section | None], ...] = (
    ensemble,
    models,
    benchmarks,
    regions,
)
