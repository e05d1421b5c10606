"""What files do not hold, and what they hold that is not scored."""

from collections.abc import Iterator

from benchmark.checking.lines import entry
from benchmark.inspecting.draft import Draft
from benchmark.inspecting.matching import candidates

_FOLDED = 12
_TOLD = 6


def missing_lines(draft: Draft) -> Iterator[str]:
    """Yield what is not there, and what that means.

    Parameters
    ----------
    draft : Draft
        The configuration of a model.

    Yields
    ------
    str
    """
    model = draft.model
    if model is None:
        return
    held = set(model.variables)
    lines = []
    if "nee" not in held:
        parts = [name for name in ("gpp", "ra", "rh") if name not in held]
        if "reco" in held:
            parts = [name for name in parts if name in ("gpp",)]
        carbon = held & {"gpp", "ra", "rh", "npp", "nbe", "nep", "reco"}
        if parts and carbon:
            how = next((text for text in [_way(held)] if text), "NEE cannot be made")
            lines.append(f"no nee, and no {', '.join(parts)}: {how}")
    if model.land_fraction is None and model.land_area is None:
        lines.append(
            "no land fraction (sftlf, landfrac, landarea): every cell with a value "
            "counts as land throughout, so totals of coastal cells come out too large"
        )
    for text in lines:
        yield from entry("missing", text)


def _way(held: set[str]) -> str:
    ways = (
        ({"reco", "gpp"}, "NEE from reco - gpp"),
        ({"rh", "npp"}, "NEE from rh - npp"),
        ({"nep"}, "NEE from -nep, which may count fire"),
        ({"nbe"}, "only net biome exchange (-nbp), with fire and land use: grade C"),
    )
    return next((text for needed, text in ways if needed <= held), "")


def other_lines(draft: Draft, *, every: bool) -> Iterator[str]:
    """Yield the variables that are not scored here, folded.

    Parameters
    ----------
    draft : Draft
        The configuration of a model.
    every : bool
        Whether all are told.

    Yields
    ------
    str
    """
    pools = draft.matched.pools
    if pools and "cSoil" not in draft.matched.names:
        told = " + ".join(list(pools)[:_TOLD])
        yield from entry(
            "perhaps", f"parts of soil carbon: {told}; a sum may stand in 'name:'"
        )
    for variable, names in draft.matched.names.items():
        first, *others = candidates(names)
        if others:
            yield from entry("names", f"{variable}: {first}, or {', '.join(others)}")
    others = list(dict.fromkeys(draft.matched.others))
    if not others:
        return
    shown = others if every else others[:_FOLDED]
    more = len(others) - len(shown)
    folded = f" and {more} more (--all)" if more else ""
    yield from entry("not scored", ", ".join(shown) + folded)
