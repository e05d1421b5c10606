"""Carbon that is scored, and its parts: names, units, sign, range.

Net fluxes are positive upward (a source to the atmosphere); gross fluxes keep
the positive magnitude that archives give them. Short names are those of the
CMIP6 tables; `nbe` (net biome exchange) is minus CMIP6's `nbp`.
"""

from benchmark.harmonise.states import STATES, SUBZERO
from benchmark.harmonise.variable import FLUX, STOCK, Variable

_CO2 = "mass_flux_of_carbon_dioxide_expressed_as_carbon_due_to"
_BIOMASS = "productivity_of_biomass_expressed_as_carbon"
# No cell and month exceeds 40 g C m-2 d-1 of gross exchange; small negative
# values are numerical noise of night-time or of interpolation. No land has a
# mean of more than 4500 g C m-2 yr-1; the polar deserts exceed 20 in summer.
_GROSS = (-150.0, 15000.0)
_GROSS_FLOOR = 20.0
_GROSS_REGIONAL = (2.0, 4500.0)
# Science brief, section 5.4.
_NET_REGIONAL = (-500.0, 500.0)

_ALL = (
    Variable(
        "nee",
        "net ecosystem exchange, no fire, harvest or lateral export",
        "",
        FLUX,
        "up",
        ("nee", "NEE"),
        (-12000.0, 12000.0),
        2.0,
        _NET_REGIONAL,
        never_negative=False,
    ),
    Variable(
        "nep",
        "net ecosystem production, here positive upward",
        f"surface_net_downward_{_CO2}_all_land_processes_excluding_"
        "anthropogenic_land_use_change",
        FLUX,
        "up",
        (),
        (-12000.0, 40000.0),
        2.0,
        _NET_REGIONAL,
        negated=("nep", "NEP"),
        never_negative=False,
        scored=False,
    ),
    Variable(
        "nbe",
        "net biome exchange, with fire, harvest and land use",
        f"surface_net_downward_{_CO2}_all_land_processes",
        FLUX,
        "up",
        ("nbe", "NBE"),
        (-12000.0, 40000.0),
        2.0,
        _NET_REGIONAL,
        negated=("nbp", "NBP", "netAtmosLandCO2Flux"),
        never_negative=False,
    ),
    Variable(
        "gpp",
        "gross primary production",
        f"gross_primary_{_BIOMASS}",
        FLUX,
        "down",
        ("gpp", "GPP", "cgpp"),
        _GROSS,
        _GROSS_FLOOR,
        _GROSS_REGIONAL,
    ),
    Variable(
        "npp",
        "net primary production",
        f"net_primary_{_BIOMASS}",
        FLUX,
        "down",
        ("npp", "NPP", "cnpp"),
        (-4000.0, 15000.0),
        10.0,
        (1.0, 2500.0),
    ),
    Variable(
        "ra",
        "autotrophic respiration",
        f"surface_upward_{_CO2}_plant_respiration",
        FLUX,
        "up",
        ("ra", "AR", "AutoResp"),
        _GROSS,
        _GROSS_FLOOR,
        _GROSS_REGIONAL,
    ),
    Variable(
        "rh",
        "heterotrophic respiration",
        f"surface_upward_{_CO2}_heterotrophic_respiration",
        FLUX,
        "up",
        ("rh", "HR", "HeteroResp", "cresp", "cHresp"),
        _GROSS,
        _GROSS_FLOOR,
        _GROSS_REGIONAL,
    ),
    Variable(
        "reco",
        "ecosystem respiration",
        f"surface_upward_{_CO2}_respiration",
        FLUX,
        "up",
        ("reco", "Reco", "ER", "TotalResp"),
        _GROSS,
        _GROSS_FLOOR,
        _GROSS_REGIONAL,
    ),
    Variable(
        "ch4",
        "wetland methane emission",
        "surface_net_upward_mass_flux_of_methane_due_to_emission_from_"
        "wetland_biological_processes",
        FLUX,
        "up",
        ("wetlandCH4", "wetlandch4", "ch4"),
        (-100.0, 2000.0),
        0.05,
        (-1.0, 200.0),
        mass_basis="CH4",
        area_basis="",
        never_negative=False,
    ),
    Variable(
        "cSoil",
        "soil carbon",
        "soil_mass_content_of_carbon",
        STOCK,
        "none",
        ("cSoil", "csoil", "cSoilAbove1m", "TotSoilCarb", "soilc"),
        (-0.01, 1500.0),
        0.1,
        (0.05, 250.0),
        layered=True,
    ),
    Variable(
        "cVeg",
        "vegetation carbon",
        "vegetation_carbon_content",
        STOCK,
        "none",
        ("cVeg", "cveg", "TotLivBiom"),
        (-0.01, 200.0),
        0.001,
        (0.0001, 60.0),
    ),
)

# Parts of the carbon balance that turn nep and nbp into nee. A region without
# fires or crops has none; a cell and month may burn 10 kg C m-2.
_PARTS = tuple(
    Variable(
        name,
        long_name,
        f"surface_{direction}_{_CO2}_emission_from_{process}",
        FLUX,
        "up",
        aliases,
        (-12000.0, 120000.0) if direction == "net_upward" else (-150.0, 120000.0),
        0.0,
        (-1000.0, 2000.0) if direction == "net_upward" else (-1.0, 2000.0),
        never_negative=direction != "net_upward",
        scored=name == "fFire",
        seasonal=False,
    )
    for name, long_name, direction, process, aliases in (
        (
            "fFire",
            "emission of fires, without those of land use",
            "upward",
            "fires_excluding_anthropogenic_land_use_change",
            ("fFire", "ffire"),
        ),
        (
            "fHarvest",
            "emission of harvested crops",
            "upward",
            "crop_harvesting",
            ("fHarvest", "fharvest"),
        ),
        (
            "fGrazing",
            "emission of grazing",
            "upward",
            "grazing",
            ("fGrazing", "fgrazing"),
        ),
        (
            "fLuc",
            "emission of land-use change",
            "net_upward",
            "anthropogenic_land_use_change",
            ("fLuc", "fLUC", "fluc"),
        ),
    )
)

VARIABLES: dict[str, Variable] = {
    variable.name: variable for variable in (*_ALL, *STATES, *_PARTS, *SUBZERO)
}
SCORED: tuple[str, ...] = tuple(
    name for name, variable in VARIABLES.items() if variable.scored
)
COMPANIONS: tuple[str, ...] = tuple(v.name for v in (*STATES, *SUBZERO) if not v.scored)
"""Variables that metrics of others ask for, and references may be of."""
