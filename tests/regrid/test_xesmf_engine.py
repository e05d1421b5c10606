"""The plug-in xesmf: absent, broken, its methods and its environment."""

import subprocess
from configparser import ConfigParser
from pathlib import Path

import numpy as np
import pytest
import yaml

from benchmark.errors import InputError
from benchmark.listing import LISTINGS
from benchmark.regrid import METHODS, Regridding, build_xesmf, regrid, xesmf_engine
from benchmark.regrid.xesmf_engine import why_no_xesmf

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def probe(monkeypatch):
    """Forget what was found, before and after."""
    why_no_xesmf.cache_clear()
    yield monkeypatch
    why_no_xesmf.cache_clear()


@pytest.fixture
def installed():
    if why_no_xesmf():
        pytest.skip(why_no_xesmf())


def test_absent(probe, regular):
    """Without ESMF the error says what is absent and what to write."""
    probe.setattr(xesmf_engine, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="esmpy and xesmf are absent") as caught:
        build_xesmf(regular(20.0), regular(30.0))
    assert "conda env create -f environment.yml" in str(caught.value)


def test_broken(probe, regular):
    """An ESMF that ends the process that loads it is an error, not the end."""
    probe.setattr(xesmf_engine, "find_spec", lambda name: object())
    probe.setattr(xesmf_engine, "version", lambda name: "0.9")
    probe.setattr(xesmf_engine, "_PROBE", "import os; os.abort()")
    with pytest.raises(InputError, match="cannot be imported"):
        build_xesmf(regular(20.0), regular(30.0))


def test_tried_once(probe):
    """The import is tried in another process once, not for every pair."""
    tried = []

    def run(command, **options):
        tried.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    probe.setattr(xesmf_engine, "find_spec", lambda name: object())
    probe.setattr(xesmf_engine, "version", lambda name: "0.9")
    probe.setattr(xesmf_engine.subprocess, "run", run)
    assert [why_no_xesmf(), why_no_xesmf()] == ["", ""]
    assert len(tried) == 1
    # Another order loads two builds of the same library.
    assert tried[0][-1].startswith("import netCDF4, esmpy, xesmf")


def test_otherwise(probe, regular):
    """Where ESMF is absent the engine that is named for it stands in."""
    probe.setattr(xesmf_engine, "find_spec", lambda name: None)
    chosen = Regridding("xesmf", otherwise="automatic")
    own = Regridding()(regular(20.0), regular(30.0))
    made = chosen(regular(20.0), regular(30.0))
    assert abs(made.matrix - own.matrix).max() == 0.0


def test_listed(probe):
    """The list of regridders says which are installed, and why one is not."""
    probe.setattr(xesmf_engine, "find_spec", lambda name: None)
    lines = list(LISTINGS["regridders"]())
    names = [line.split()[0] for line in lines[:-1]]
    assert names == ["automatic", "conservative", "nearest", "polygons", "xesmf"]
    assert lines[1].endswith("[installed]")
    assert "conda env create -f environment.yml" in lines[4]


def test_unknown_method(regular):
    """An unknown method is refused with those that are known."""
    with pytest.raises(InputError, match="'cubic' of xesmf is unknown; known: con"):
        build_xesmf(regular(20.0), regular(30.0), method="cubic")


@pytest.mark.parametrize("method", METHODS)
def test_methods(installed, regular, pole_centred, make_field, method):
    """Every method keeps a constant, also from rows centred on the poles."""
    field = make_field(np.full((25, 36), 4.0), pole_centred(25, 36))
    result = regrid(field, regular(9.0), method=Regridding("xesmf", method))
    value = result["value"].to_numpy()
    np.testing.assert_allclose(value[np.isfinite(value)], 4.0, rtol=1e-9)
    assert np.isfinite(value).mean() > (0.5 if method == "nearest_d2s" else 0.999)


def test_environment_agrees_with_setup():
    """environment.yml has every dependency of setup.cfg, by conda-forge's names."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    renamed = {"cf-xarray": "cf_xarray", "dask[array]": "dask-core",
               "matplotlib": "matplotlib-base"}  # fmt: skip
    wanted = set()
    for line in setup["options"]["install_requires"].split():
        name, least = line.split(">=")
        wanted.add(f"{renamed.get(name, name.lower())} >={least}")
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    listed = {item for item in yaml.safe_load(text)["dependencies"]
              if isinstance(item, str)}  # fmt: skip
    assert wanted <= listed
    assert {"esmpy >=8.6", "xesmf >=0.9"} <= listed
