"""What NEE can be made of, best first."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmark.config.descriptors import VariableSource

DISTURBANCES = ("fFire", "fHarvest", "fGrazing", "fLuc")

_DERIVED = (
    ("2: ra + rh - gpp", ("ra", "rh"), ("gpp",)),
    ("2a: reco - gpp", ("reco",), ("gpp",)),
    ("2b: rh - npp", ("rh",), ("npp",)),
)


@dataclass(frozen=True)
class Rung:
    """One way to NEE.

    Parameters
    ----------
    label : str
        Number and formula, stored with every score.
    plus, minus : tuple of str
        Variables that are added and subtracted; net ones positive upward.
    grade : str
        Evidence grade of the scores, where it is lowered.
    remark : str
        What every row has to say.
    """

    label: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    grade: str = ""
    remark: str = ""

    @property
    def formula(self) -> str:
        """The label without its number, if it has one."""
        return self.label.split(": ", 1)[-1]

    @property
    def parts(self) -> tuple[str, ...]:
        """The variables it needs."""
        return (*self.plus, *self.minus)


def rungs(variables: Mapping[str, VariableSource]) -> tuple[Rung, ...]:
    """Return the ways to NEE that declared variables allow, best first.

    Parameters
    ----------
    variables : mapping
        Of a model; `includes_fire` of its nep says whether that counts fire.

    Returns
    -------
    tuple of Rung

    Notes
    -----
    NEE is the exchange without fire, harvest and land use, positive upward::

        1   nee
        2   ra + rh - gpp,   2a  reco - gpp,   2b  rh - npp
        3   -nep - fFire     where nep counts fire, as in CMIP6
        3a  -nep             where nep is npp - rh
        3b  -nep             with its fire, which is not given: grade C
        4   -nbp - fFire - fHarvest - fGrazing - fLuc
        4a  -nbp without those of the four that are given: grade C
        4b  -nbp             net biome exchange: grade C

    Examples
    --------
    >>> some = dict.fromkeys(("rh", "npp", "nbe"), VariableSource(("a.nc",)))
    >>> [rung.label for rung in rungs(some)]
    ['2b: rh - npp', '4b: -nbp (NBE, not NEE)']
    """
    found = [Rung("1: given", ("nee",))] if "nee" in variables else []
    found += [
        Rung(*derived)
        for derived in _DERIVED
        if all(part in variables for part in (*derived[1], *derived[2]))
    ]
    if "nep" in variables:
        found.append(_of_nep(variables))
    if "nbe" in variables:
        found.append(_of_nbe(variables))
    return tuple(found)


def _of_nep(variables: Mapping[str, VariableSource]) -> Rung:
    stated = variables["nep"].includes_fire
    if stated is False:
        return Rung("3a: -nep", ("nep",))
    advice = (
        "nep is taken to count fire, as CMIP6 defines it: write 'includes_fire: "
        "false' under variables.nep if it is npp - rh, else true"
    )
    remark = "" if stated else advice
    if "fFire" in variables:
        return Rung("3: -nep - fFire", ("nep",), ("fFire",), remark=remark)
    kept = "fire is in it: no fFire is declared"
    remark = "; ".join(filter(None, (kept, remark)))
    return Rung("3b: -nep, with fire", ("nep",), grade="C", remark=remark)


def _of_nbe(variables: Mapping[str, VariableSource]) -> Rung:
    """Return what -nbp gives.

    Without the disturbances it is scored nevertheless, because it is all that
    many models publish and a coordinator wants them beside the others; but
    every row says that it is NBE, and its grade keeps it out of decisions.
    """
    given = tuple(part for part in DISTURBANCES if part in variables)
    missing = ", ".join(part for part in DISTURBANCES if part not in given)
    formula = " - ".join(("-nbp", *given))
    if not missing:
        return Rung(f"4: {formula}", ("nbe",), given)
    if given:
        remark = f"between NEE and NBE: {missing} not declared, so not removed"
        return Rung(f"4a: {formula}", ("nbe",), given, "C", remark)
    remark = "NBE (-nbp), not NEE: fire, harvest and land use are in it"
    return Rung("4b: -nbp (NBE, not NEE)", ("nbe",), (), "C", remark)
