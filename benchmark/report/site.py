"""Everything the pages share: rows by model and region, names and addresses."""

from dataclasses import dataclass, replace
from functools import cached_property

from benchmark.config.descriptors import Reference
from benchmark.regions import Region
from benchmark.regions.site_classes import class_name, class_words, is_class
from benchmark.report import labels
from benchmark.report.card import card_weights
from benchmark.report.matrix import Matrix, build_matrix
from benchmark.report.navigation import Section, sections
from benchmark.report.pairs import Pairs
from benchmark.report.reasons import degrees, plain, prose
from benchmark.report.rows import Row, group_by, read_rows
from benchmark.report.slugs import slugs
from benchmark.score.result import RunResult


@dataclass(frozen=True)
class Site(Pairs):
    """A run and what is looked up in it again and again.

    `model_slug`, `reference_slug` and `region_slug` are the addresses of
    things; regions with and without the permafrost limit share a page.
    """

    matrix: Matrix
    page_slug: dict[str, str]

    @cached_property
    def by_model(self) -> dict[str, list[Row]]:
        """Rows of each model."""
        return group_by(self.rows, "model")

    @cached_property
    def by_region(self) -> dict[str, list[Row]]:
        """Rows of each region."""
        return group_by(self.rows, "region")

    @cached_property
    def pages(self) -> dict[str, list[str]]:
        """Region pages: the region they are about, and the ids they hold."""
        found: dict[str, list[str]] = {}
        for id in self.result.regions:
            found.setdefault(self.page_of(id), []).append(id)
        return found

    @cached_property
    def sections(self) -> list[Section]:
        """What the top bar leads to."""
        return sections(self)

    @property
    def region_ids(self) -> list[str]:
        """Regions in report order, then any that only the rows name."""
        return list(dict.fromkeys([*self.result.regions, *self.by_region]))

    def page_of(self, region: str) -> str:
        """Return the region whose page shows this region."""
        twin = (
            "permafrost_domain"
            if region == "boreal_tundra_domain"
            else region.removesuffix(labels.SUFFIX)
        )
        return twin if twin in self.result.regions else region

    def region_href(self, region: str) -> str | None:
        """Return the address of a region's page from the top of the report."""
        slug = self.page_slug.get(self.page_of(region))
        return f"regions/{slug}.html" if slug else None

    def model_href(self, model: str) -> str:
        """Return the address of a model's page from the top of the report."""
        return f"models/{self.model_slug[model]}.html"

    def anchor(self, reference: str) -> str:
        """Return the anchor of a reference, on any page."""
        return f"ref-{self.reference_slug[reference]}"

    def region_name(self, region: str) -> str:
        """Return what a region is called."""
        if region in self.result.regions:
            return degrees(self.result.regions[region].name)
        if is_class(region):
            return class_name(region)
        return labels.sentence(region.replace("_", " "))

    def place(self, region: str) -> str:
        """Return a region's name as it stands after ``in``."""
        name = self.region_name(region)
        if is_class(region):
            return f"sites of {class_words(region)}"
        if name.endswith("domain"):
            return f"the {name[:1].lower()}{name[1:]}"
        return f"the {name}" if name.endswith("tundra") else name

    def region_label(self, region: str) -> str:
        """Return a name that tells a region from its twin."""
        name = self.region_name(region)
        return f"{name} {labels.NO_LIMIT}" if region.endswith(labels.SUFFIX) else name

    def region(self, region: str) -> Region | None:
        """Return a region, or None if the run does not describe it."""
        return self.result.regions.get(region)

    def reference_title(self, reference: str) -> str:
        """Return the title of a reference, or its name."""
        known = self.result.references.get(reference)
        return prose((known.title if known else "") or reference)

    def reference_label(self, reference: str) -> str:
        """Return the short name of a reference: its label, or its id in words."""
        known = self.result.references.get(reference)
        label = getattr(known, "label", "")
        return prose(label) if label else labels.reference(reference)

    def short_title(self, reference: str) -> str:
        """Return the title of a reference up to its first bracket."""
        title = self.reference_title(reference)
        short = title.split(" (", maxsplit=1)[0]
        return short if len(short) >= 8 else title

    def constraint(self, reference: str) -> bool:
        """Return whether a reference enters scores."""
        known: Reference | None = self.result.references.get(reference)
        return known is None or known.role == "constraint"

    def card_weight(self, reference: str) -> float:
        """Return how much a reference counts in the scorecard, 0.5 to 1."""
        return self._card.get(reference, 0.5) if self._card else 1.0

    @cached_property
    def _card(self) -> dict[str, float]:
        return card_weights(self.result.subjects)

    def standing(self, model: str, reference: str, region: str) -> bool | None:
        """Tell whether a pair is scored on a whole region, a part, or not at all.

        Parameters
        ----------
        model, reference, region : str
            The pair and the place.

        Returns
        -------
        bool or None
            True if on the whole, False if on a part, None if nothing is scored.
        """
        return self._standing.get((model, reference, region))

    @cached_property
    def _standing(self) -> dict[tuple[str, str, str], bool]:
        found: dict[tuple[str, str, str], bool] = {}
        for row in self.rows:
            if row.status == "scored":
                key = (row.model, row.reference, row.region)
                found[key] = found.get(key, False) or row.whole
        return found


def open_site(result: RunResult) -> Site:
    """Prepare a run for its pages.

    Parameters
    ----------
    result : RunResult
        A finished run.

    Returns
    -------
    Site
        With an address for every model, reference and region, those
        included that only the score table names.
    """
    names = {id: region.name for id, region in result.regions.items()}
    rows = [
        replace(row, message=plain(row.message, names))
        for row in read_rows(result.scores)
    ]
    notes = (replace(one, text=plain(one.text, names)) for one in result.notes)
    result = replace(result, notes=tuple(notes))
    models = _process_models_first(result, rows)
    references = list(
        dict.fromkeys([*result.references, *(row.reference for row in rows)])
    )
    return Site(
        result=result,
        rows=rows,
        matrix=build_matrix(rows, result.references, models, _places(result)),
        model_slug=slugs(models),
        reference_slug=slugs(references),
        page_slug=slugs(result.regions),
    )


def _places(result: RunResult) -> dict[str, list[str]]:
    """Return the regions of references that are tables, whoever has rows there."""
    return {
        name: list(table["region"].unique())
        for name, table in result.approaches.items()
    }


def _process_models_first(result: RunResult, rows: list[Row]) -> list[str]:
    order = ["process_based", "", "cmip6", "isimip"]
    named = list(dict.fromkeys([*result.models, *(row.model for row in rows)]))

    def place(name: str) -> int:
        family = result.models[name].family if name in result.models else ""
        return order.index(family) if family in order else 1

    return sorted(named, key=place)
