"""Ecosystem respiration from its two parts."""

from benchmark.errors import InputError
from benchmark.harmonise.combined import combined
from benchmark.harmonise.derived.registry import Parts, derivation
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.nee_ladder import Rung

_BASES = ("units", "mass_basis", "area_basis", "statistic")


@derivation("reco", "ra", "rh", text="ra + rh")
def reco(parts: Parts) -> Harmonised:
    """Return ecosystem respiration, autotrophic plus heterotrophic.

    Parameters
    ----------
    parts : mapping of str to Harmonised
        ``ra`` and ``rh``, positive to the atmosphere, kg C m-2 s-1, with the
        same axes; or tables (time, region).

    Returns
    -------
    Harmonised
        Positive to the atmosphere.

    Raises
    ------
    InputError
        If their axes, their mass or area basis differ, or one is a total.
    """
    given = {name: parts[name] for name in ("ra", "rh")}
    bases = {
        name: tuple(part.field.attrs.get(key) for key in _BASES)
        for name, part in given.items()
    }
    if bases["ra"] != bases["rh"]:
        told = "; ".join(
            f"{name} has {', '.join(map(str, basis))}" for name, basis in bases.items()
        )
        msg = (
            f"{given['ra'].where}: reco cannot be derived: {told}; expected the same "
            "units, mass, area and statistic of both."
        )
        raise InputError(msg)
    return combined(Rung("ra + rh", ("ra", "rh")), given, "reco")
