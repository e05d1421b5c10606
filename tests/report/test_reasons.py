"""Messages and descriptors in the words of a reader."""

import pytest

from benchmark.report.reasons import closed, plain, prose

REGIONS = {
    "alaska": "Alaska",
    "alaska_boreal_tundra": "Alaska",
    "boreal_tundra_domain": "Boreal-tundra domain",
    "permafrost_domain": "Permafrost domain",
    "global": "Globe",
}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("needs model_climatology, which these data do not give", "monthly values"),
        ("needs series_crmse, which these data do not give; x", "monthly values; x"),
        ("needs model_iav, which these data do not give", "values of several years"),
        ("needs depth, which these data do not give", "values that these"),
    ],
)
def test_what_is_missing(message, text):
    """A reason names what the data lack, not the argument of a function."""
    assert text in plain(message, {})
    assert "_" not in plain(message, {})


def test_regions_have_names():
    """Ids of regions become names, and the twins are told once."""
    message = (
        "the table gives permafrost_domain; the reference has "
        "alaska_boreal_tundra, boreal_tundra_domain"
    )
    assert plain(message, REGIONS) == (
        "the table gives Permafrost domain; the reference has "
        "Alaska, Boreal-tundra domain (no permafrost limit)"
    )


def test_paths_stay():
    """A path, a longer name and an ordinary word are no ids."""
    for message in ("data/alaska/x.nc", "alaska.nc: empty", "my_alaska", "global mean"):
        assert plain(message, REGIONS) == message


def test_variables_and_families():
    """Ids of variables and of families become what the pages call them."""
    said = plain("the model declares no nee; it has gpp, cSoil", REGIONS)
    assert said == "the model has no NEE; it has GPP, soil carbon"
    assert plain("own family left out: cmip6, isimip", {}).endswith("CMIP6, ISIMIP")
    assert plain("only 24% of it", {}) == "only 24 % of it"


def test_prose():
    """ASCII of descriptors becomes signs and powers; words and dates stay."""
    assert prose("7.0 +- 0.5 Pg C yr-1, -2 g m-2") == (
        "7.0 ± 0.5 Pg C yr⁻¹, \N{MINUS SIGN}2 g m⁻²"
    )
    assert prose("0-30 cm") == "0\N{EN DASH}30 cm"
    assert prose("CESM2-1, 2000-2009, CC-BY-4.0") == "CESM2-1, 2000-2009, CC-BY-4.0"
    assert prose("by rule (see method and sources) from Koppen") == (
        "by rule from Köppen"
    )
    assert prose(None) == ""


def test_one_full_stop():
    """A text ends with one full stop."""
    assert closed("states no licence of its own.") == "states no licence of its own."
    assert closed("CC BY 4.0") == "CC BY 4.0."


def test_no_disk_and_no_id_of_thaw():
    """The folder and file are told, not the disk; thaw has its name; URLs stay."""
    text = "/data/me/casa/mean.nc: no depth; see https://example.org/a/b/c"
    assert plain(text, {}) == "casa/mean.nc: no depth; see https://example.org/a/b/c"
    assert plain("in alaska (0.80, alt 0.10)", {"alaska": "Alaska"}) == (
        "in Alaska (0.80, active layer 0.10)"
    )
