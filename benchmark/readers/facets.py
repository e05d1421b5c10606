"""Which files of an archive are meant: by model, experiment, member and so on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

from benchmark.errors import InputError
from benchmark.readers.paths import Place

Select = Mapping[str, tuple[str, ...]]

# So many values of a facet are told.
_TOLD = 8


@dataclass(frozen=True)
class Asset:
    """One file or store of an archive, and what its name or catalogue says.

    Parameters
    ----------
    place : Path or str
        Where it is.
    variable : str
        Which of the wanted variables it holds.
    facets : Mapping
        Such as ``source_id`` to ``CanESM5``.
    """

    place: Place
    variable: str
    facets: Mapping[str, str]


def selected(assets: Sequence[Asset], select: Select, where: str) -> list[Asset]:
    """Return the assets that a selection names.

    Parameters
    ----------
    assets : sequence of Asset
        All there are.
    select : Mapping
        Facet to the values it may have, which may be globs.
    where : str
        Folder or catalogue, for messages.

    Returns
    -------
    list of Asset
        At least one.

    Raises
    ------
    InputError
        If a facet is unknown, or none has the value.

    Examples
    --------
    >>> assets = [Asset("a.nc", "gpp", {"member_id": m}) for m in ("r1", "r2")]
    >>> [a.facets for a in selected(assets, {"member_id": ("r2",)}, "/data")]
    [{'member_id': 'r2'}]
    """
    for facet, values in select.items():
        held = sorted({asset.facets.get(facet, "") for asset in assets} - {""})
        if not held:
            known = sorted({name for asset in assets for name in asset.facets})
            msg = (
                f"{where}: 'select:' has '{facet}', which these files do not say; "
                f"known: {', '.join(known)}."
            )
            raise InputError(msg)
        kept = [
            asset
            for asset in assets
            if any(fnmatchcase(asset.facets.get(facet, ""), value) for value in values)
        ]
        if not kept:
            near = get_close_matches(values[0], held, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            msg = (
                f"{where}: none has {facet} {' or '.join(values)}; found "
                f"{_listed(held)}.{hint} Correct 'select:'."
            )
            raise InputError(msg)
        assets = kept
    return list(assets)


def only_one(
    assets: Sequence[Asset], facets: Sequence[str], select: Select, where: str
) -> tuple[list[Asset], list[str]]:
    """Return the assets of one run, the latest version of each variable.

    Parameters
    ----------
    assets : sequence of Asset
        What the selection left.
    facets : sequence of str
        Those that have to have one value; ``table_id`` for each variable.
    select : Mapping
        Facets for which several values are asked for may have them.
    where : str
        Folder or catalogue, for messages.

    Returns
    -------
    assets : list of Asset
    remarks : list of str
        Which version was taken.

    Raises
    ------
    InputError
        If several runs remain, with the line to write.
    """
    open_facets = {}
    for facet in facets:
        if facet in select and len(select[facet]) > 1:
            continue
        by_variable: dict[str, set[str]] = {}
        for asset in assets:
            key = asset.variable if facet == "table_id" else ""
            by_variable.setdefault(key, set()).add(asset.facets.get(facet, ""))
        several = [values for values in by_variable.values() if len(values) > 1]
        if several:
            open_facets[facet] = sorted(several[0])
    if open_facets:
        told = "; ".join(
            f"{n}: {_listed([w or 'none' for w in v])}" for n, v in open_facets.items()
        )
        # Those of one file, so that the line names a run that exists.
        first = assets[0].facets
        line = ", ".join(f"{n}: {first[n]}" for n in open_facets if first.get(n))
        msg = (
            f"{where}: several runs hold {assets[0].variable}: {told}. Write which, "
            f"such as 'select: {{{line}}}'."
        )
        raise InputError(msg)
    return _latest(assets)


def _latest(assets: Sequence[Asset]) -> tuple[list[Asset], list[str]]:
    newest: dict[str, str] = {}
    older: dict[str, set[str]] = {}
    for asset in assets:
        version = asset.facets.get("version", "")
        older.setdefault(asset.variable, set()).add(version)
        newest[asset.variable] = max(newest.get(asset.variable, ""), version)
    remarks = [
        f"{variable}: version {newest[variable]} of {_listed(sorted(versions))} taken, "
        "the latest"
        for variable, versions in older.items()
        if len(versions) > 1
    ]
    kept = [a for a in assets if a.facets.get("version", "") == newest[a.variable]]
    return kept, remarks


def _listed(values: Sequence[str]) -> str:
    more = f" and {len(values) - _TOLD} more" if len(values) > _TOLD else ""
    return ", ".join(values[:_TOLD]) + more
