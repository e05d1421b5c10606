"""What each model gave: variables, years, and what is missing and why."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from benchmark.config.descriptors import Depth
from benchmark.report import labels
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.section import (
    Cell,
    Grid,
    Line,
    Section,
    listed,
    write_data,
)
from benchmark.report.labels import severity
from benchmark.report.numbers import count, years
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

ID, TOPIC = "completeness", "What each model gave"


def completeness_section(site: Site, studio: Studio) -> Section:
    """Return the section of the completeness matrix.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where data go.

    Returns
    -------
    Section
    """
    if not site.rows:
        return Section(ID, TOPIC, empty="This run made no number for any model.")
    pairs = group_by(site.rows, "model", "variable")
    variables = _order({variable for _, variable in pairs})
    table = pd.DataFrame(
        [
            _about(site, model, variable, pairs.get((model, variable), []))
            for model in site.matrix.models
            for variable in variables
        ]
    )
    data = write_data(table, studio.folder, "ensemble-completeness")
    return Section(
        ID,
        TOPIC,
        finding(table),
        read=(
            "A cell has the years that were compared, then how many of its numbers "
            "could "
            "be scored. Symbols as in the index; the reason is in the title of the "
            "cell "
            "and in the table below.",
        ),
        cannot=(
            "Years are those compared with a reference, not all that a file holds. A "
            "variable that no reference of this run asks for is not shown.",
        ),
        grids=(_matrix(site, table, variables, data), _missing(table, data)),
    )


def _order(variables: set[str]) -> list[str]:
    order = list(labels.VARIABLES)
    return sorted(
        variables, key=lambda id: (order.index(id) if id in order else len(order), id)
    )


def _about(site: Site, model: str, variable: str, rows: list[Row]) -> dict[str, object]:
    meant = [row for row in rows if row.status != "scored" or row.score is not None]
    scored = [row for row in rows if row.status == "scored"]
    status = "scored" if scored else _worst(rows)
    reasons = Counter(row.message for row in rows if row.status == status != "scored")
    warnings = [
        note
        for note in site.result.notes
        if (note.model, note.variable, note.kind) == (model, variable, "warning")
    ]
    return {
        "model": model,
        "variable": variable,
        "status": status,
        "years": _years(scored),
        "scored": sum(row.score is not None for row in scored),
        "expected": len(meant),
        "data": _kind(site, model),
        "depth": _depth(site, model, variable),
        "warnings": len(warnings),
        "reason": reasons.most_common(1)[0][0] if reasons else "",
    }


def _worst(rows: list[Row]) -> str:
    if not rows:
        return "no_model_data"
    return min((row.status for row in rows), key=severity)


def _years(rows: list[Row]) -> str:
    ends = [row.period.split("-") for row in rows if row.period]
    found = [int(year) for pair in ends for year in pair if year.isdigit()]
    return f"{min(found)}-{max(found)}" if found else ""


def _kind(site: Site, model: str) -> str:
    known = site.result.models.get(model)
    if known is None:
        return ""
    return "regional table" if known.reader == "regional_table" else "grid"


def _depth(site: Site, model: str, variable: str) -> str:
    """Say to which depth soil carbon goes, as the configuration has it."""
    known = site.result.models.get(model)
    source = known.variables.get(variable) if known else None
    if source is None:
        return ""
    if source.layers is not None:
        return "layers"
    depths = [source.depth] if source.depth else [depth for depth, _ in source.depths]
    return ", ".join(_depth_text(depth) for depth in depths)


def _depth_text(depth: Depth | str) -> str:
    if isinstance(depth, str):
        return depth.replace("_", " ")
    return f"{depth[0]:g} to {depth[1]:g} m"


def finding(table: pd.DataFrame) -> str:
    """Say how much of models by variables has a score, and what most lack.

    Parameters
    ----------
    table : DataFrame
        A row for each model and variable.

    Returns
    -------
    str
    """
    held = table["status"] == "scored"
    models, variables = table["model"].nunique(), table["variable"].nunique()
    lacking = (~held).groupby(table["variable"], sort=False).sum()
    absent = [labels.short(str(id)) for id, n in lacking.items() if n * 2 > models]
    text = (
        f"{int(held.sum())} of {len(table)} cells of {count(models, 'model')} by "
        f"{count(variables, 'variable')} have a number"
    )
    return f"{text}; more than half lack {listed(absent, 9)}" if absent else text


def _matrix(site: Site, table: pd.DataFrame, variables: list[str], data: str) -> Grid:
    lines = []
    for model, rows in table.groupby("model", sort=False):
        by_variable = rows.set_index("variable").to_dict("index")
        kind = rows["data"].iloc[0]
        cells = [Cell(kind, kind="soft")]
        cells += [_cell(by_variable[id]) for id in variables]
        lines.append(Line(str(model), tuple(cells), site.model_href(str(model))))
    columns = ("Data", *(labels.sentence(labels.short(id)) for id in variables))
    caption = "Years compared, and numbers scored of those expected"
    return Grid(caption, "Model", columns, tuple(lines), data, kind="matrix")


def _cell(about: Mapping[Any, Any]) -> Cell:
    status = str(about["status"])
    if status != "scored":
        return Cell("", title=str(about["reason"]), kind=status)
    extra = []
    if about["warnings"]:
        extra.append(count(int(str(about["warnings"])), "warning"))
    parts = [
        years(str(about["years"])) or "no period",
        f"{about['scored']}/{about['expected']}",
    ]
    if about["depth"]:
        parts.append(str(about["depth"]))
    return Cell("\n".join(parts), title="; ".join(extra), kind="held")


def _missing(table: pd.DataFrame, data: str) -> Grid:
    """Return a line for each variable and reason, with the models it holds for."""
    gone = table[table["status"] != "scored"]
    lines = []
    keys = ["variable", "status", "reason"]
    for key, rows in gone.groupby(keys, sort=False):
        variable, status, reason = (str(part) for part in key)
        known = labels.STATES.get(status, ("", status, "", ""))
        models = list(rows["model"])
        cells = (
            Cell(known[1]),
            Cell(str(len(models)), len(models)),
            Cell(listed(models, 8)),
            Cell(reason or "no reason was given"),
        )
        lines.append(Line(labels.sentence(labels.short(variable)), cells))
    return Grid(
        "What is missing, for which models, and why",
        "Variable",
        ("state", "models", "which", "why"),
        tuple(lines),
        data,
        fold=f"What is missing and why: {count(len(gone), 'cell')}",
    )
