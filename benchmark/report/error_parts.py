"""The errors of one model that can be split, and why the others cannot."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmark.report.factor_splits import (
    FACTORS,
    TURNOVER,
    input_and_turnover,
    methane,
)
from benchmark.report.lacking import lacking
from benchmark.report.rows import Row
from benchmark.report.site import Site
from benchmark.report.splits import Split
from benchmark.report.term_splits import by_season, uptake_and_release

THREE = "wetland extent, density and season of methane"
# Metrics that ask for a mean seasonal cycle.
MONTHLY = (
    *("seasonal_phase", "seasonal_amplitude", "cycle_rmse", "uptake_period"),
    *("extremum_shift", "month_of_peak", "summer_uptake"),
)


@dataclass(frozen=True)
class Ledger:
    """One kind of split in every place that has it, or why there is none."""

    title: str
    how: str
    splits: tuple[Split, ...]
    lacks: str


def ledgers(rows: Sequence[Row], site: Site) -> list[Ledger]:
    """Split what can be split of one model's errors.

    Parameters
    ----------
    rows : sequence of Row
        Rows of one model.
    site : Site
        Names, and the mean cycles of NEE.

    Returns
    -------
    list of Ledger
        Methane into extent, density and season; NEE into GPP and
        respiration, and into growing season and the rest; soil carbon into
        input and turnover. One without splits says which output is missing.
    """
    return [
        _methane(rows, site),
        _fluxes(rows, site),
        _seasons(rows, site),
        _soil(rows, site),
    ]


def _methane(rows: Sequence[Row], site: Site) -> Ledger:
    return Ledger(
        "Methane: extent, density, season",
        "Ratios to the reference multiply to that of the total: wetland area, flux "
        "per wetland area in the month of largest emission, and mean of the year over "
        "that month.",
        tuple(methane(rows, site)),
        lacking(rows, ("ch4", "wetlandFrac"), site, metrics=FACTORS, wants=THREE),
    )


def _fluxes(rows: Sequence[Row], site: Site) -> Ledger:
    needs, wants = ("gpp", "reco", "nee"), "GPP, respiration and NEE of one source"
    return Ledger(
        "NEE: uptake and respiration",
        "NEE is respiration minus GPP; each part is what its error adds to NEE, "
        "positive toward a source. The rest is what the reference's own three fluxes, "
        "or the model's, do not close.",
        tuple(uptake_and_release(rows, site)),
        lacking(rows, needs, site, metrics=("regional_mean",), wants=wants),
    )


def _seasons(rows: Sequence[Row], site: Site) -> Ledger:
    return Ledger(
        "NEE: growing season and the rest of the year",
        "Error of May to September and of October to April, each as a part of the "
        "annual mean.",
        tuple(by_season(rows, site)),
        lacking(rows, ("nee",), site, metrics=MONTHLY, wants="NEE by month"),
    )


def _soil(rows: Sequence[Row], site: Site) -> Ledger:
    needs = ("cSoil", "gpp")
    return Ledger(
        "Soil carbon: input and turnover",
        "Stock is input (NPP, or GPP for want of a reference of NPP) times turnover "
        "time; their ratios to the reference multiply to that of the stock.",
        tuple(input_and_turnover(rows, site)),
        lacking(rows, needs, site, metrics=TURNOVER, wants="turnover time"),
    )
