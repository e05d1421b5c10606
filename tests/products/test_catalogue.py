"""Every product of the catalogue, against counts and numbers typed from the sources."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmark.config import Reference
from benchmark.config.catalogue import product_names
from benchmark.config.keys import REFERENCE
from benchmark.config.parts import checked
from benchmark.config.references import reference_of
from benchmark.config.validation import Place
from benchmark.products.keys import UNKNOWN
from benchmark.products.listed import find_item
from benchmark.products.product import load_product

PRODUCTS = {name: load_product(name) for name in product_names()}

# The 48 products of the list of public data that the catalogue was made from.
_LISTED = """
virkkala_abc_1km virkkala_2021_upscaling abcflux_v1 fluxcom_x_base gcb2023_inversions
gcb2024_inversions carbontracker_ct2022 cms_flux_nbe_2020 oco2_v10_mip gongga
cardamom_panarctic tcfm_arctic natali2019 wetcharts_v131 wetcharts_v133 peltola2019
upch4_v1 wetch4_ying2025 li2026_ml gcp_ch4_ensemble lpj_eosim bawld_ch4 treat2018
voigt2023_upland fluxnet_ch4_v1 ncscd_v2 mishra2021 hugelius2014 palmtag2022
hugelius2020_peat soilgrids2 hwsd2 wise30sec koven_pack obu2018 esa_cci_alt
esa_cci_pfr_v2 ran2022 brown2002_ipa calm gtnp wad2m giems_mc giems2 bawld glwd_v2
resolve2017 gfed5_burned
"""
LISTED = _LISTED.split()

# Rows of Table 1 of Treat et al. (2024): study, resolution and type as printed.
TABLE_1 = {
    "brown2002_ipa": ("Brown et al. (1998, revised 2001)", "12.5 km", "raster"),
    "gruber2012": ("Gruber (2012)", "1 km", "raster"),
    "obu2018": ("Obu et al. (2019)", "1 km", "raster"),
    "aalto2018": ("Aalto et al. (2018)", "1 km", "raster"),
    "ran2022": ("Ran et al. (2022)", "1 km", "raster"),
    "olefeldt2016": ("Olefeldt et al. (2016)", None, "vector"),
    "overduin2019": ("Overduin et al. (2019)", "12.5 km", None),
    "oneill2019": ("O'Neill et al. (2019)", "1 km", "raster"),
    "strauss2021_yedoma": ("Strauss et al. (2021)", None, "Polygon"),
    "hugelius2020_peat": ("Hugelius et al. (2020)", "10 km", "raster"),
    "ncscd_2009": ("Tarnocai et al. (2009)", None, "polygon"),
    "ncscd_v2": ("Hugelius et al. (2013)", None, "polygon"),
    "mishra2021": ("Mishra et al. (2021)", "250 m", "raster"),
    "soilgrids2": ("Hengl et al. (2017); Poggio et al. (2021)", "250 m", "raster"),
}

# Rows of Table 2: sites in total and in the permafrost region, first and last year.
TABLE_2 = {
    "bartlett_harriss1993": ("218", "57", "1982", "1991"),
    "nilsson2001": ("619", "--", "1994", "1994"),
    "frolking2011": ("38", "11", "1990", "2008"),
    "mcguire2012": ("63", "63", "1974", "2011"),
    "olefeldt2013": ("303", "--", "1984", "2010"),
    "turetsky2014": ("71", "33", "1980", "2011"),
    "webster2018": ("49", "23", "1984", "2016"),
    "treat2018": ("173", "62", "1974", "2016"),
    "fluxnet_ch4_v1": ("81", "17", "2006", "2018"),
    "bawld_ch4": ("151", "96", "1984", "2019"),
}

NUMBERS = [
    ("virkkala_abc_1km", "period", "2001-2020"),
    ("virkkala_abc_1km", "doi_paper", "10.1038/s41558-024-02234-5"),
    ("virkkala_2021_upscaling", "title", "148 sites"),
    ("abcflux_v1", "grid", "244 sites, 6309 site-months"),
    ("fluxcom_x_base", "doi_paper", "10.5194/bg-21-5079-2024"),
    ("gcb2023_inversions", "doi_data", "10.18160/4M52-VCRU"),
    ("gcb2023_inversions", "period", "1960-2022"),
    ("cms_flux_nbe_2020", "grid", "4 x 5 degrees"),
    ("oco2_v10_mip", "doi_data", "10.48588/npf6-sw92"),
    ("wetcharts_v131", "uncertainty", "18"),
    ("wetcharts_v133", "period", "2001-01 to 2022-08"),
    ("peltola2019", "period", "2013-2014"),
    ("upch4_v1", "measures", "43 sites (119 site-years)"),
    ("wetch4_ying2025", "measures", "22.8 +- 2.4 Tg CH4 yr-1"),
    ("gcp_ch4_ensemble", "measures", "16 models under two"),
    ("bawld_ch4", "grid", "540 terrestrial and 1247 aquatic"),
    ("treat2018", "doi_data", "10.1594/PANGAEA.886976"),
    ("voigt2023_upland", "doi_data", "10.1594/PANGAEA.953120"),
    ("hugelius2014", "measures", "1300 (1100-1500) Pg C, about 800 Pg"),
    ("palmtag2022", "grid", "651 pedons"),
    ("hugelius2020_peat", "measures", "415 +- 150 Pg C on 3.7 +- 0.5 million km2"),
    ("obu2018", "period", "2000-2016"),
    ("ran2022", "measures", "14.77 (13.60-18.97), region 19.82 million km2"),
    ("brown2002_ipa", "doi_data", "10.7265/skbgkf16"),
    ("wad2m", "period", "2000-2018"),
    ("giems_mc", "period", "1992-2020"),
    ("bawld", "measures", "3.2 (2.8-3.8) million km2"),
    ("glwd_v2", "grid", "15 arc-seconds"),
    ("resolve2017", "measures", "846 ecoregions in 14 biomes"),
]

# What the list marks as from memory or inferred, for every product that has such.
FROM_MEMORY = {
    "virkkala_abc_1km": {"doi_data", "units", "licence"},
    "virkkala_2021_upscaling": {"doi_paper"},
    "abcflux_v1": {"doi_data"},
    "fluxcom_x_base": {"doi_data", "grid", "period", "licence"},
    "gcb2023_inversions": {"licence"},
    "carbontracker_ct2022": {"doi_data", "name"},
    "cms_flux_nbe_2020": {"grid"},
    "oco2_v10_mip": {"doi_data", "grid"},
    "natali2019": {"doi_data"},
    "peltola2019": {"doi_data", "licence"},
    "upch4_v1": {"doi_data"},
    "bawld_ch4": {"licence"},
    "treat2018": {"doi_paper"},
    "fluxnet_ch4_v1": {"name", "units"},
    "ncscd_v2": {"doi_data"},
    "mishra2021": {"doi_paper", "units"},
    "soilgrids2": {"doi_paper", "licence"},
    "wise30sec": {"title", "doi_paper"},
    "gtnp": {"title"},
    "giems2": {"title", "doi_paper"},
    "wad2m": {"doi_data"},
    "bawld": {"doi_data"},
    "resolve2017": {"name"},
    "gfed5_burned": {"variables"},
}


def test_counts() -> None:
    """48 listed products, 14 rows of Table 1, 10 of Table 2, two prepared grids."""
    grids = {"ncscdv22_halfdegree", "hwsd_halfdegree"}
    assert len(LISTED) == len(set(LISTED)) == 48
    assert (len(TABLE_1), len(TABLE_2)) == (14, 10)
    assert set(PRODUCTS) == {*LISTED, *TABLE_1, *TABLE_2} | grids
    where = Counter(
        str(product.about.get("as_printed", {}).get("where", ""))
        for product in PRODUCTS.values()
    )
    assert where["as printed in Treat et al. 2024, Table 1"] == 14
    assert where["as printed in Treat et al. 2024, Table 2"] == 10


@pytest.mark.parametrize("name", sorted(TABLE_1))
def test_table_1(name: str) -> None:
    """A row of Table 1 is as it is printed there."""
    row = PRODUCTS[name].about["as_printed"]
    study, resolution, kind = TABLE_1[name]
    assert row["study"] == study
    assert resolution is None or row["resolution"].startswith(resolution)
    assert row.get("type_of_map") == kind
    assert row["spatial_extent"]
    assert row["description_of_approach"]


@pytest.mark.parametrize("name", sorted(TABLE_2))
def test_table_2(name: str) -> None:
    """A row of Table 2 is as it is printed there."""
    row = PRODUCTS[name].about["as_printed"]
    total, permafrost, first, last = TABLE_2[name]
    assert row["sites_total"].split()[0] == total
    assert row["sites_permafrost_region"].split()[0] == permafrost
    years = re.findall(r"\d{4}", row["study_period"])
    assert (years[0], years[-1]) == (first, last)
    assert PRODUCTS[name].quantities == ("ch4",)


@pytest.mark.parametrize(("name", "key", "text"), NUMBERS)
def test_numbers(name: str, key: str, text: str) -> None:
    """Numbers and DOIs are those of the sources."""
    assert text in " ".join(str(PRODUCTS[name].about[key]).split())


@pytest.mark.parametrize("name", sorted(FROM_MEMORY))
def test_what_is_from_memory_is_unconfirmed(name: str) -> None:
    """Nothing from memory is shown as a fact."""
    assert FROM_MEMORY[name] <= set(PRODUCTS[name].unconfirmed)


@pytest.mark.parametrize("name", sorted(PRODUCTS))
def test_every_product(name: str) -> None:
    """A product is called like its file, and says how to get it."""
    product = PRODUCTS[name]
    assert product.name == name == product.source.stem
    get = product.about["get"]
    assert len(get["steps"]) > 8
    assert len(get["then"]) > 8
    # A citation does not spread a DOI that nobody has confirmed.
    for key in ("doi_data", "doi_paper"):
        doi = product.about[key]
        assert doi == UNKNOWN or re.fullmatch(r"10\.\d{4,}/\S+", doi)
        if key in product.unconfirmed and doi != UNKNOWN:
            cited = doi in product.about["citation"]
            assert not cited or "citation" in product.unconfirmed


@pytest.mark.parametrize("name", sorted(PRODUCTS))
def test_wetland_methane_says_its_basis(name: str) -> None:
    """No CH4 is without a word on mass and area, be it that they are unknown."""
    for variable in PRODUCTS[name].variables:
        if variable["variable"] == "ch4":
            assert {"sign", "mass_basis", "area_basis"} <= set(variable)


DESCRIPTORS = [
    (product.name, entry)
    for product in PRODUCTS.values()
    for entry in product.descriptors
]


@pytest.mark.parametrize(
    ("name", "entry"), DESCRIPTORS, ids=[str(e["reference"]) for _, e in DESCRIPTORS]
)
def test_descriptors_of_products(name: str, entry: dict[str, Any]) -> None:
    """What a product becomes when it is fetched loads, metrics included."""
    place = Place(Path.cwd() / f"{name}.yaml", {})
    reference = reference_of(checked(dict(entry), REFERENCE, place), place)
    assert isinstance(reference, Reference)
    assert reference.citation
    assert reference.licence
    assert reference.data.area_basis == "land"
    assert reference.data.depth is not None
    assert find_item(name).where == "fetch"


def test_soil_carbon_by_depth() -> None:
    """SOCC200 is the second metre, SOCC300 the third, in hectograms of carbon."""
    depths = {
        entry["data"]["files"].split("_")[3]: (
            entry["data"]["depth"],
            entry["data"]["units"],
        )
        for entry in PRODUCTS["ncscd_v2"].descriptors
    }
    assert depths == {
        "SOCC30": ([0.0, 0.3], "hg m-2"),
        "SOCC100": ([0.0, 1.0], "hg m-2"),
        "SOCC200": ([1.0, 2.0], "hg m-2"),
        "SOCC300": ([2.0, 3.0], "hg m-2"),
    }


def test_links() -> None:
    """The products with a direct link are these, over https."""
    linked = {name for name, product in PRODUCTS.items() if product.files}
    assert linked == {
        *("ncscd_v2", "ncscdv22_halfdegree", "hwsd_halfdegree", "mishra2021"),
        *("hwsd2", "koven_pack", "obu2018", "calm"),
    }
    for name in linked:
        for file in PRODUCTS[name].files:
            assert file.url.startswith("https://")
