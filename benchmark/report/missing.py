"""What a model lacks: processes, and outputs, with what they bear on."""

from dataclasses import dataclass

from benchmark.config.processes import PROCESSES
from benchmark.report import labels
from benchmark.report.lacking import NAMES, offers
from benchmark.report.numbers import count
from benchmark.report.rows import group_by
from benchmark.report.site import Site

PAPER = "Treat et al. (2024), doi:10.1029/2023JG007638"


@dataclass(frozen=True)
class Process:
    """A process: its name, what it bears on, and what the source paper says.

    `variables` are those of the scorecard that it bears on.
    """

    name: str
    variables: tuple[str, ...]
    bears: str
    paper: str


# Numbers of the source paper with the lines of its manuscript.
KNOWN = {
    "permafrost_carbon": Process(
        "permafrost carbon",
        ("cSoil", "nee", "nbe"),
        "soil carbon, most of all below 1 m, and any release by thaw",
        "The first 3 m hold 1014 (839 to 1208) Pg C (lines 204 to 205); of eleven land "
        "models of CMIP6 those of two families have it (lines 572 to 573).",
    ),
    "nitrogen_cycle": Process(
        "nitrogen cycle",
        ("gpp", "npp", "nee", "nbe"),
        "productivity and the sink, now and in its trend",
        "Six of eleven land models of CMIP6 have one (lines 591 to 593).",
    ),
    "fire": Process(
        "fire",
        ("nbe", "cSoil", "cVeg"),
        "net biome exchange, to which inversions are compared; not NEE",
        "Fires emit 100 to 400, on average 142 Tg C yr⁻¹ (lines 256 to 258); five of "
        "eleven land models of CMIP6 have fire, none lets it act on permafrost carbon "
        "(lines 596 to 598).",
    ),
    "peat": Process(
        "peat",
        ("cSoil", "ch4"),
        "soil carbon of wetlands and lowlands, and methane",
        "Northern peatlands hold 415 ± 147 Pg C, of which 185 ± 66 Pg C are affected "
        "by permafrost (lines 216 to 217), and gain 20 to 35 g C m⁻² yr⁻¹ "
        "(lines 276 to 277).",
    ),
    "lakes": Process(
        "lakes",
        ("ch4", "nbe"),
        "methane budgets that count lakes, and inversions, which see their CO₂",
        "Wetlands and lakes emit 5.3 to 37.5 Tg CH₄-C yr⁻¹ (lines 252 to 253); "
        "inversions include CO₂ of lakes (lines 812 to 813).",
    ),
    "lateral": Process(
        "lateral export",
        ("nee", "nbe", "cSoil"),
        "net exchange: what leaves with water is no loss to the atmosphere at once",
        "2 to 16 % of NEE where land is intact (lines 259 to 260), up to 60 % in thaw "
        "slumps (lines 260 to 261).",
    ),
    "abrupt_thaw": Process(
        "abrupt thaw",
        ("nee", "nbe", "ch4", "cSoil"),
        "release of CO₂ and CH₄ from thermokarst, slumps and gullies",
        "31 (21 to 42) Tg CO₂-C yr⁻¹ and 31 (20 to 42) Tg CH₄-C yr⁻¹ (line 458), from "
        "7 % of the region (line 465).",
    ),
}


@dataclass(frozen=True)
class Badge:
    """One process of one model: `has` is yes, no or unknown.

    `scored` are the subjects with a score that it bears on: where, and names.
    """

    process: Process
    has: str
    scored: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Absent:
    """An output that a model does not offer, and what it would let be scored."""

    name: str
    references: tuple[str, ...]


def badges(site: Site, model: str) -> list[Badge]:
    """Return the processes of a model as its configuration states them.

    Parameters
    ----------
    site : Site
        The run.
    model : str
        Its name.

    Returns
    -------
    list of Badge
        All that are known to this package, in one order; what the model does
        not state is unknown, and never guessed from its outputs.
    """
    about = site.result.models.get(model)
    stated = about.processes if about else {}
    found = []
    for id in PROCESSES:
        has = {True: "yes", False: "no", None: "unknown"}[stated.get(id)]
        process = KNOWN[id]
        scored = tuple(_scored(site, model, process)) if has == "no" else ()
        found.append(Badge(process, has, scored))
    return found


def _scored(site: Site, model: str, process: Process) -> list[tuple[str, str]]:
    """Return each subject with a score that a process bears on, and where it is."""
    by_reference = group_by(site.by_model.get(model, []), "reference")
    found: dict[str, tuple[str, int]] = {}
    for reference, rows in by_reference.items():
        scored = any(row.score is not None for row in rows)
        if scored and rows[0].variable in process.variables:
            known = site.result.references.get(reference)
            subject = labels.subject(known.subject if known else "")
            first, n = found.get(subject, (site.anchor(reference), 0))
            found[subject] = first, n + 1
    return [
        (anchor, f"{subject.lower()} ({count(n, 'reference')})")
        for subject, (anchor, n) in found.items()
    ]


def absent(site: Site, model: str) -> list[Absent]:
    """Return the outputs that a model does not offer.

    Parameters
    ----------
    site : Site
        The run: its references say what could be scored.
    model : str
        Its name.

    Returns
    -------
    list of Absent
        Variables of references that the model neither has nor has the parts
        of, and what metrics ask for beside them.
    """
    about = site.result.models.get(model)
    wanted: dict[str, list[str]] = {}
    for name, reference in site.result.references.items():
        beside = [id for id, source in reference.companions if source == "model"]
        asks = [reference.variable, *beside]
        if any(_of_wetland(metric) for metric in reference.scoring.metrics):
            asks.append("wetlandFrac")
        for variable in asks:
            if not offers(about, variable):
                wanted.setdefault(variable, []).append(site.reference_label(name))
    return [
        Absent(NAMES.get(variable, labels.variable(variable)), tuple(names))
        for variable, names in wanted.items()
    ]


def _of_wetland(metric: str) -> bool:
    return metric == "ch4_density" or metric.endswith("_factor")
