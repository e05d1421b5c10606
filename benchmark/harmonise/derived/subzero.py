"""Fluxes of the months below 0 degrees Celsius, of the air or of the soil."""

from collections.abc import Callable

from benchmark.harmonise.derived.freezing import FREEZING
from benchmark.harmonise.derived.registry import Parts, derivation, made_of
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.pairing import same_months


def subzero(name: str, flux: str, temperature: str) -> Callable[[Parts], Harmonised]:
    r"""Return the function that keeps a flux where it is cold.

    Parameters
    ----------
    name : str
        What is made.
    flux, temperature : str
        What it is made of.

    Returns
    -------
    callable
        Of parts by name: the flux (time, ...) where the temperature of the
        same cell and month is below 273.15 K, else 0; NaN where either is
        missing. The months are those that both have.

    Notes
    -----
    .. math:: F_{cold} = F\ \mathrm{where}\ T < 273.15\ \mathrm{K}

    The share of cold months is then the mean of this over the mean of the
    flux, both over the same months and cells.
    """

    def of_cold_months(parts: Parts) -> Harmonised:
        what = f"{flux} of the months below 0 degC"
        values, kelvin = same_months(parts[flux], parts[temperature], what)
        cold = values.where((kelvin < FREEZING) | kelvin.isnull(), 0.0)
        known = values.notnull() & kelvin.notnull()
        return made_of(name, parts, cold.where(known))

    return of_cold_months


for _flux in ("ch4", "reco"):
    for _where, _temperature in (("air", "tas"), ("soil", "tsl")):
        _name = f"{_flux}_subzero_{_where}"
        derivation(
            _name,
            _flux,
            _temperature,
            text=f"{_flux} where {_temperature} < 273.15 K, else 0",
        )(subzero(_name, _flux, _temperature))
