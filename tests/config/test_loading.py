"""Suites, models and references from YAML: what becomes of what is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.config import (
    load_models,
    load_reference,
    load_suite,
    reference_names,
)
from benchmark.config.descriptors import GridMeasure

Write = Callable[[str, str], Path]
Problems = Callable[..., list[str]]

REFERENCE = """
reference: mine
title: My reference
variable: gpp
kind: regional
data: {files: gpp.csv, units: g m-2 yr-1}
scoring: {metrics: regional_mean, tolerance: 10, scale: 20}
"""

GEOJSON = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
    '{"id": "mine"}, "geometry": {"type": "Polygon", "coordinates": '
    "[[[0, 60], [10, 60], [10, 70], [0, 60]]]}}]}"
)
SUITE = "suite: s\nmodels: [classic]\nreferences: [gbaf_gpp]\n"


def test_five_mistakes_five_lines(write: Write, problems: Problems) -> None:
    """All mistakes of a model are told at once, each with its line and a hint."""
    path = write(
        "m.yaml",
        """
        model: A
        verison: 1
        period: [2010, 2000]
        variables:
          gp: {files: a.nc}
          npp: {files: a.nc, unit: g m-2 s-1}
          rh: {files: a.nc, sign: upwards}
        """,
    )
    found = problems(load_models, path)
    assert len(found) == 5
    starts = [f"{path}, line {line}, {where}: " for line, where in (
        (2, "verison"), (3, "period"), (5, "variables.gp"),
        (6, "variables.npp.unit"), (7, "variables.rh.sign"),
    )]  # fmt: skip
    words = ["'version'", "[2010, 2000]", "'gpp'", "'units'", "'upwards'"]
    for problem, start, word in zip(found, starts, words, strict=True):
        assert problem.startswith(start)
        assert word in problem


def test_mistakes_of_a_suite_and_of_its_files(write: Write, problems: Problems) -> None:
    """A suite tells its own mistakes and those of the files it names."""
    write("bad.yaml", "model: B\nvariables:\n  gpp: {files: a.nc, units: [g]}\n")
    path = write(
        "s.yaml",
        """
        suite: s
        titel: S
        models:
          - clasic
          - bad.yaml
          - model: C
            variables: {gppp: {files: a.nc}}
        references:
          - gbaf_gp
          - {name: gbaf_gpp, role: judge}
        """,
    )
    found = problems(load_suite, path)
    starts = [
        f"{path}, line 2, titel: ",
        f"{path}, line 4, models[0]: ",
        f"{path.parent / 'bad.yaml'}, line 3, variables.gpp.units: ",
        f"{path}, line 7, models[2].variables.gppp: ",
        f"{path}, line 9, references[0]: ",
        f"{path}, line 10, references[1].role: ",
    ]
    assert len(found) == len(starts)
    for problem, start in zip(found, starts, strict=True):
        assert problem.startswith(start)
    for index, near in ((0, "title"), (1, "classic"), (3, "gpp"), (4, "gbaf_gpp")):
        assert f"Did you mean '{near}'?" in found[index]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just a text\n", "5\n"])
def test_file_that_is_no_mapping(text: str, write: Write, problems: Problems) -> None:
    """A list, a text or a number is refused with what is expected."""
    path = write("s.yaml", text)
    assert "expected a mapping with suite" in problems(load_suite, path)[0]
    assert "expected a mapping with model" in problems(load_models, path)[0]
    assert "expected a mapping with reference" in problems(load_reference, path)[0]


@pytest.mark.parametrize("models", ["classic", "5", "{a: b}", "[]", ""])
def test_models_that_are_no_list(models: str, write: Write, problems: Problems) -> None:
    """A name in the place of a list of names is one mistake, not one a letter."""
    path = write("s.yaml", f"suite: s\nmodels: {models}\nreferences: [gbaf_gpp]\n")
    (problem,) = problems(load_suite, path)
    assert problem.startswith(f"{path}, line 2, models: found")


def test_paths_start_from_the_yaml(write: Write) -> None:
    """Paths are resolved against the folder of the file that says them."""
    path = write(
        "deep/m.yaml",
        """
        model: A
        variables:
          gpp: {files: ../a.nc}
          npp: {files: [x/*.nc, /abs/b.nc]}
        cell_area: {files: area.nc, name: areacella}
        """,
    )
    (model,) = load_models(path)
    folder = path.parent
    assert model.variables["gpp"].files == (f"{folder}/../a.nc",)
    assert model.variables["npp"].files == (f"{folder}/x/*.nc", "/abs/b.nc")
    assert model.cell_area == GridMeasure((f"{folder}/area.nc",), "areacella")


def test_home_folder(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A tilde is the home folder; a name that only starts so is left alone."""
    monkeypatch.setenv("HOME", "/home/me")
    path = write("m.yaml", "model: A\nfiles: [~/a.nc, ~backup.nc]\nvariables: [gpp]\n")
    (model,) = load_models(path)
    assert model.variables["gpp"].files == (
        "/home/me/a.nc",
        str(tmp_path / "~backup.nc"),
    )


@pytest.mark.parametrize(
    ("variables", "name"),
    [("{gpp: GPP}", "GPP"), ("[gpp]", None), ("{gpp: }", None),
     ("{gpp: {name: a + b}}", "a + b"), ("{gpp: {files: , name: GPP}}", "GPP")],
)  # fmt: skip
def test_short_forms(variables: str, name: str | None, write: Write) -> None:
    """With files at the top a variable is its name in them, or nothing."""
    path = write("m.yaml", f"model: A\nfiles: all.nc\nvariables: {variables}\n")
    (model,) = load_models(path)
    source = model.variables["gpp"]
    assert source.name == name
    assert source.files == (str(path.parent / "all.nc"),)


def test_files_of_a_variable_come_first(write: Write) -> None:
    """A variable's own files stand in place of those at the top."""
    path = write(
        "m.yaml", "model: A\nfiles: all.nc\nvariables: {gpp: {files: own.nc}}\n"
    )
    assert load_models(path)[0].variables["gpp"].files[0].endswith("/own.nc")


def test_files_missing(write: Write, problems: Problems) -> None:
    """Every variable without files is told, with its line."""
    path = write("m.yaml", "model: A\nvariables:\n  gpp: GPP\n  npp: {units: g}\n")
    found = problems(load_models, path)
    assert [problem.split(": ")[0] for problem in found] == [
        f"{path}, line 3, variables.gpp",
        f"{path}, line 4, variables.npp",
    ]
    assert "expected a path, a glob or a list of such" in found[0]


def test_list_of_variables(write: Write, problems: Problems) -> None:
    """An unknown variable of a list has its line and the nearest name."""
    path = write("m.yaml", "model: A\nfiles: a.nc\nvariables:\n  - gpp\n  - csoil\n")
    (problem,) = problems(load_models, path)
    assert problem.startswith(f"{path}, line 5, variables[1]: 'csoil' is unknown.")
    assert "Did you mean 'cSoil'?" in problem


def test_list_of_mappings(write: Write, problems: Problems) -> None:
    """A list of mappings is no list of names."""
    path = write("m.yaml", "model: A\nfiles: a.nc\nvariables: [{name: gpp}]\n")
    (problem,) = problems(load_models, path)
    assert "or a list of their names" in problem


def test_model_without_a_name(write: Write, problems: Problems) -> None:
    """A model has to say its name."""
    path = write("m.yaml", "variables: {gpp: {files: a.nc}}\n")
    assert problems(load_models, path) == [
        f"{path}, line 1: 'model:' is missing; expected its name."
    ]


def test_everything_a_variable_may_say(write: Write) -> None:
    """Values arrive as written; a lone fill value is a list of one."""
    path = write(
        "m.yaml",
        """
        model: A
        version: 2.1
        period: [2000, 2010]
        variables:
          cSoil:
            files: a.nc
            name: a + b
            units: g m-2
            fill_value: -9999
            depth: [0, 1]
            static: true
            valid_min: 0
            valid_max: 1e6
          rh: {files: a.nc, fill_value: [1e20, -999.0], depth: full_column, sign: up}
          ra: {files: a.nc, units: 1, fill_value: , statistic: , static: }
        land_fraction: {files: f.nc, name: sftlf, units: 1}
        """,
    )
    (model,) = load_models(path)
    soil, rh, ra = (model.variables[name] for name in ("cSoil", "rh", "ra"))
    assert (model.version, model.period) == ("2.1", (2000, 2010))
    assert (soil.name, soil.units, soil.static) == ("a + b", "g m-2", True)
    assert (soil.fill_values, soil.depth) == ((-9999,), (0, 1))
    assert (soil.valid_min, soil.valid_max) == (0, 1e6)
    assert (rh.fill_values, rh.depth, rh.sign) == ((1e20, -999.0), "full_column", "up")
    assert (ra.units, ra.fill_values, ra.statistic, ra.static) == (
        "1", (), "mean", False,
    )  # fmt: skip
    assert model.land_fraction is not None
    assert model.land_fraction.units == "1"


def test_ensemble_of_columns(write: Write) -> None:
    """Each column is a model that has only the variables its column is in."""
    write("gpp.csv", "# a comment\nyear, B, A\n2000, 1, 2\n")
    write("rh.csv", "year,A,\n2000,3,\n")
    path = write(
        "e.yaml",
        """
        ensemble: E
        reader: regional_table
        region: permafrost_domain
        variables:
          gpp: {files: gpp.csv, units: Pg yr-1, statistic: total}
          rh: {files: rh.csv, units: Pg yr-1, statistic: total}
        """,
    )
    models = load_models(path)
    assert [model.name for model in models] == ["A", "B"]
    assert [model.column for model in models] == ["A", "B"]
    assert {model.ensemble for model in models} == {"E"}
    assert [list(model.variables) for model in models] == [["gpp", "rh"], ["gpp"]]


def test_ensemble_without_years(write: Write, problems: Problems) -> None:
    """A table without a column of years is refused with what it has."""
    table = write("gpp.csv", "Year,A\n2000,1\n")
    path = write("e.yaml", "ensemble: E\nvariables: {gpp: {files: gpp.csv}}\n")
    (problem,) = problems(load_models, path)
    assert problem.startswith(str(table))
    assert "'Year', 'A'" in problem
    assert "expected one called 'year'" in problem


def test_inline_model_and_reference(write: Write) -> None:
    """Models and references may stand in the suite itself."""
    path = write(
        "s.yaml",
        """
        suite: s
        models:
          - {model: A, variables: {gpp: {files: a.nc}}}
        references:
          - reference: mine
            title: Mine
            variable: gpp
            kind: field
            data: {files: r.nc}
            scoring: {metrics: [ilamb_bias]}
        """,
    )
    suite = load_suite(path)
    (model,), (reference,) = suite.models, suite.references
    assert model.variables["gpp"].files == (str(path.parent / "a.nc"),)
    assert reference.data.files == (str(path.parent / "r.nc"),)
    assert suite.source == path
    assert suite.title == "s"


def test_models_by_glob(write: Write) -> None:
    """A glob of a suite names all models it matches, sorted."""
    for name in ("b", "a"):
        write(
            f"models/{name}.yaml",
            f"model: {name}\nvariables: {{gpp: {{files: x.nc}}}}\n",
        )
    path = write(
        "s.yaml", "suite: s\nmodels: [models/*.yaml]\nreferences: [gbaf_gpp]\n"
    )
    assert [model.name for model in load_suite(path).models] == ["a", "b"]


def test_names_given_twice(write: Write, problems: Problems) -> None:
    """Two models or references of one name cannot be told apart in the table."""
    path = write(
        "s.yaml",
        "suite: s\nmodels: [classic, classic]\nreferences: [gbaf_gpp, gbaf_gpp]\n",
    )
    found = problems(load_suite, path)
    assert len(found) == 2
    assert "model 'CLASSIC' is given 2 times; give each its own name" in found[0]
    assert "reference 'gbaf_gpp' is given 2 times" in found[1]


def test_reference_changed_by_a_suite(write: Write) -> None:
    """A suite may change a reference's metrics, period, regions and role."""
    path = write(
        "s.yaml",
        """
        suite: s
        models: [classic]
        references:
          - name: gbaf_gpp
            metrics: ilamb_bias
            period: [2001, 2002]
            regions: global
            role: context
        """,
    )
    (reference,) = load_suite(path).references
    assert reference.scoring.metrics == ("ilamb_bias",)
    assert (reference.period, reference.regions) == ((2001, 2002), "global")
    assert reference.role == "context"


def test_empty_change_changes_nothing(write: Write) -> None:
    """A key of the choice with nothing after it leaves the reference as it is."""
    path = write(
        "s.yaml",
        "suite: s\nmodels: [classic]\n"
        "references: [{name: gbaf_gpp, metrics: , regions: , role: }]\n",
    )
    assert load_suite(path).references == (load_reference("gbaf_gpp"),)


def test_reference_fields(write: Write) -> None:
    """A reference has its defaults, and one metric need not be a list."""
    path = write("mine.yaml", REFERENCE)
    reference = load_reference(path)
    assert reference.scoring.metrics == ("regional_mean",)
    assert (reference.scoring.tolerance, reference.scoring.scale) == (10, 20)
    assert (reference.grade, reference.role) == ("C", "constraint")
    assert reference.regions == "treat2024_permafrost"
    assert reference.data.files == (str(path.parent / "gpp.csv"),)


def test_reference_without_files(write: Write, problems: Problems) -> None:
    """Data without files are told with their line."""
    path = write("mine.yaml", REFERENCE.replace("files: gpp.csv, ", ""))
    (problem,) = problems(load_reference, path)
    assert problem.startswith(f"{path}, line 5, data: 'files:' is missing")


def test_unquoted_dates_and_numbers_are_texts(write: Write) -> None:
    """YAML's dates and numbers are taken as the text that was meant."""
    path = write("mine.yaml", REFERENCE + "version: 2023-06-26\ndoi: 10.5\n")
    reference = load_reference(path)
    assert (reference.version, reference.doi) == ("2023-06-26", "10.5")


def test_region_files_start_from_the_yaml(write: Write) -> None:
    """A file of regions is found beside the YAML; names and boxes stay."""
    file = write("deep/mine.geojson", GEOJSON)
    write("deep/ref.yaml", REFERENCE + "regions: mine.geojson\n")
    box = {"id": "box", "lat": [60, 70], "lon": [0, 10]}
    path = write(
        "deep/s.yaml",
        """
        suite: s
        models: [classic]
        references:
          - ref.yaml
          - {name: gbaf_gpp, regions: mine.geojson}
        regions:
          - mine.geojson
          - global
          - {id: box, lat: [60, 70], lon: [0, 10]}
        """,
    )
    suite = load_suite(path)
    assert suite.regions == (str(file), "global", box)
    assert [item.regions for item in suite.references] == [str(file), str(file)]


def test_label_and_time_stamp(write: Write) -> None:
    """A reference has a short name, a variable says which end its dates mark."""
    reference = load_reference(write("mine.yaml", REFERENCE + "label: Mine 2024\n"))
    assert reference.label == "Mine 2024"
    assert reference.data.variable == "gpp"
    path = write(
        "m.yaml", "model: A\nvariables: {gpp: {files: a.nc, time_stamp: end}}\n"
    )
    (model,) = load_models(path)
    source = model.variables["gpp"]
    assert (source.time_stamp, source.variable) == ("end", "gpp")


def test_every_reference_has_a_label() -> None:
    """What ships has a short name that fits into the head of a table."""
    labels = [load_reference(name).label for name in reference_names()]
    assert all(0 < len(label) <= 30 for label in labels)


def test_numbers_as_names(write: Write) -> None:
    """A name that YAML reads as a number is a name."""
    path = write("s.yaml", SUITE.replace("suite: s", "suite: 2024"))
    assert load_suite(path).name == "2024"
    path = write("m.yaml", "model: 10\nvariables: {gpp: {files: a.nc}}\n")
    assert load_models(path)[0].name == "10"


@pytest.mark.parametrize(
    ("text", "load", "words"),
    [
        ("model: A\nvariables: {gpp: {files: a.nc}}\n", load_suite,
         "this is a model file; run it: permabench run --model FILE, or name it in a "
         "suite under 'models:'."),
        (SUITE, load_models, "this is a suite; run it: permabench run FILE."),
        (SUITE, load_reference, "this is a suite; run it: permabench run FILE."),
        (REFERENCE, load_models,
         "this is a reference file; name it in a suite under 'references:'."),
    ],
)  # fmt: skip
def test_files_of_another_kind(
    text: str, load: Callable[..., object], words: str, write: Write, problems: Problems
) -> None:
    """A model, a reference or a suite in another's place is one line of advice."""
    path = write("a.yaml", text)
    assert problems(load, path) == [f"{path}, line 1: {words}"]


def test_inline_model_with_a_name(write: Write, problems: Problems) -> None:
    """An inline model is called by 'model', not 'name'."""
    entry = "{name: A, variables: {gpp: {files: a.nc}}}"
    path = write("s.yaml", SUITE.replace("[classic]", f"[{entry}]"))
    (problem,) = problems(load_suite, path)
    assert problem.startswith(f"{path}, line 2, models[0].name: ")
    assert "Did you mean 'model'?" in problem


def test_reference_with_files_at_the_top(write: Write, problems: Problems) -> None:
    """Files at the top of a reference are told where they belong."""
    path = write("r.yaml", REFERENCE + "files: gpp.csv\n")
    (problem,) = problems(load_reference, path)
    assert problem.endswith("'files' is unknown here. Put it under 'data:'.")


def test_unknown_metric_of_a_suite(write: Write, problems: Problems) -> None:
    """An unknown metric is the suite's mistake, with its line and the nearest."""
    path = write("s.yaml", SUITE + "metrics:\n  - bias\n  - ilamb_bais\n")
    (problem,) = problems(load_suite, path)
    assert problem.startswith(f"{path}, line 6, metrics[1]: metric 'ilamb_bais' is")
    assert "Did you mean 'ilamb_bias'?" in problem
    choice = "[{name: gbaf_gpp, metrics: [rmes]}]"
    path = write("s.yaml", SUITE.replace("[gbaf_gpp]", choice))
    (problem,) = problems(load_suite, path)
    assert problem.startswith(f"{path}, line 3, references[0].metrics: metric 'rmes'")


def test_unknown_metric_of_a_reference(write: Write, problems: Problems) -> None:
    """An unknown metric of a reference has the reference's line."""
    path = write("r.yaml", REFERENCE.replace("regional_mean", "regional_men"))
    (problem,) = problems(load_reference, path)
    assert problem.startswith(f"{path}, line 6, scoring.metrics: metric 'regional_men'")


@pytest.mark.parametrize(
    ("variable", "scoring", "words"),
    [
        ("cSoil", "metrics: stock_total", ["'relative_tolerance:'"]),
        ("gpp", "metrics: regional_mean", ["'tolerance:'", "'scale:'"]),
        ("gpp", "metrics: regional_total, tolerance: 1", ["'scale:'"]),
        ("gpp", "metrics: regional_mean_interval", ["'scale:'"]),
        ("gpp", "metrics: stock_total, relative_tolerance: 0.1", ["gpp is a flux"]),
        (
            "gpp",
            "metrics: spatial_distribution",
            ["takes map data"],
        ),
    ],
)
def test_metrics_that_cannot_score(
    variable: str, scoring: str, words: list[str], write: Write, problems: Problems
) -> None:
    """A metric without its numbers, or that does not fit, is told at load."""
    text = REFERENCE.replace("variable: gpp", f"variable: {variable}")
    text = text.replace("metrics: regional_mean, tolerance: 10, scale: 20", scoring)
    path = write("r.yaml", text)
    found = problems(load_reference, path)
    assert len(found) == len(words)
    for problem, word in zip(found, words, strict=True):
        assert problem.startswith(f"{path}, line 6, scoring.metrics: metric '")
        assert word in problem


def test_context_needs_no_numbers(write: Write) -> None:
    """A reference that is only shown needs no tolerance."""
    text = REFERENCE.replace(", tolerance: 10, scale: 20", "") + "role: context\n"
    assert load_reference(write("r.yaml", text)).scoring.tolerance is None


def test_metrics_of_a_suite_that_fit_some(write: Write, problems: Problems) -> None:
    """A metric need not fit every reference of a suite, but one."""
    both = SUITE.replace("[gbaf_gpp]", "[gbaf_gpp, sanderman2017_0_100cm]")
    load_suite(write("s.yaml", both + "metrics: [bias, stock_total]\n"))
    path = write("s.yaml", SUITE + "metrics: [bias, stock_total]\n")
    (problem,) = problems(load_suite, path)
    assert problem.startswith(f"{path}, line 4, metrics[1]: metric 'stock_total'")


@pytest.mark.parametrize(
    ("regions", "start", "words"),
    [
        ("\n  - alaska\n  - alsaka", "line 6, regions[1]: ", "'alaska'"),
        ("\n  - {id: a, lat: [73, 60], lon: [105, 140]}",
         "line 5, regions[0].lat: found [73, 60]", "write [60, 73]"),
        ("[{id: a, lat: [60, 73]}]", "line 4, regions[0]: ", "['lon'] missing"),
        ("[{id: a, lat: 60, lon: [1, 2]}]", "line 4, regions[0]: ", "two numbers"),
        ("[alaska, alaska]", "line 4, regions: ", "alaska"),
        ("[5]", "line 4, regions[0]: ", "found 5"),
    ],
)  # fmt: skip
def test_regions_that_are_none(
    regions: str, start: str, words: str, write: Write, problems: Problems
) -> None:
    """A region that cannot be opened has its line and what to write."""
    path = write("s.yaml", SUITE + f"regions: {regions}\n")
    (problem,) = problems(load_suite, path)
    assert problem.startswith(f"{path}, {start}")
    assert words in problem


def test_regions_of_a_reference(write: Write, problems: Problems) -> None:
    """A region set that is misspelt in a reference has its line."""
    path = write("r.yaml", REFERENCE + "regions: treat2024_permafrots\n")
    (problem,) = problems(load_reference, path)
    assert problem.startswith(f"{path}, line 7, regions: ")
    assert "treat2024_permafrost" in problem


def test_suite_of_a_mapping(
    write: Write, monkeypatch: pytest.MonkeyPatch, problems: Problems
) -> None:
    """A suite may be a mapping; its paths start from the working folder."""
    path = write("m.yaml", "model: A\nvariables: {gpp: {files: a.nc}}\n")
    monkeypatch.chdir(path.parent)
    given = {
        "suite": "s",
        "models": ["classic", Path("m.yaml")],
        "references": ("gbaf_gpp",),
        "period": (2000, 2002),
    }
    suite = load_suite(given)
    assert [model.name for model in suite.models] == ["CLASSIC", "A"]
    assert suite.models[1].variables["gpp"].files == (str(path.parent / "a.nc"),)
    assert (suite.period, suite.source) == ((2000, 2002), None)
    found = problems(load_suite, {**given, "models": ["clasic", {"model": "B"}]})
    assert found[0].startswith("suite, models[0]: model 'clasic'")
    assert found[1] == (
        "suite, models[1]: 'variables:' is missing; expected a mapping of variables, "
        "or a list of their names."
    )
