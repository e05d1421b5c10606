"""Processes and outputs that a model lacks."""

from dataclasses import replace

from benchmark.config.processes import PROCESSES
from benchmark.report.files_done import gathered
from benchmark.report.missing import KNOWN, absent, badges
from benchmark.report.site import open_site
from benchmark.score.result import Note


def with_processes(result, **stated):
    run = result(("CLASSIC",))
    run.models["CLASSIC"] = replace(run.models["CLASSIC"], processes=stated)
    return open_site(run)


def test_unknown_unless_stated(result):
    """A model that states nothing lacks nothing that is known."""
    found = badges(with_processes(result), "CLASSIC")
    assert {badge.has for badge in found} == {"unknown"}
    assert not any(badge.scored for badge in found)
    assert [KNOWN[id] for id in PROCESSES] == [badge.process for badge in found]


def test_missing_process_bears_on_scores(result):
    """What a missing process bears on is named by subject, with its references."""
    site = with_processes(result, lateral=False, fire=True)
    by_name = {badge.process.name: badge for badge in badges(site, "CLASSIC")}
    lateral, fire = by_name["lateral export"], by_name["fire"]
    assert (lateral.has, fire.has) == ("no", "yes")
    names = [name for _, name in lateral.scored]
    assert names == ["net carbon exchange (2 references)", "soil carbon (1 reference)"]
    assert lateral.scored[0][0] == site.anchor("table3")
    assert fire.scored == ()
    assert "2 to 16 % of NEE" in lateral.process.paper


def test_absent_outputs(result):
    """An output that no file has is told with what it would let be scored."""
    site = with_processes(result)
    found = {one.name: one.references for one in absent(site, "CLASSIC")}
    assert found == {
        "net ecosystem exchange (NEE)": ("Table3", "Upscaled"),
        "soil carbon": ("Soil <maps>",),
    }


def test_notes_that_say_the_same():
    """What was done to several variables is one line, with all files."""
    text = "lat bounds are absent: taken half-way between centres"
    notes = [
        Note("M", "nee", "/a/b/one.nc", "conversion", f"rh: {text}"),
        Note("M", "gpp", "/a/b/two.nc", "conversion", text),
        Note("M", "gpp", "/a/b/two.nc", "warning", "odd"),
    ]
    (done,) = gathered(notes, "conversion")
    assert (done.text, done.variables) == (text, ("rh", "gpp"))
    assert done.files == ("b/one.nc", "b/two.nc")
    assert [one.text for one in gathered(notes, "warning")] == ["odd"]
