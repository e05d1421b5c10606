"""Notes about the files of models and of references."""

from dataclasses import replace

from benchmark.report.file_notes import reference_notes, shared_warnings
from benchmark.score.result import Note


def test_reference_warnings_have_no_model(result):
    """A warning about a reference stands among the warnings, without a model."""
    notes = [Note("", "gpp", "refs/gbaf.nc", "warning", "sign looks turned")]
    (warned,) = shared_warnings(notes)
    assert warned.models == ()
    assert warned.files == ("refs/gbaf.nc",)


def test_conversions_find_their_reference(result):
    """A conversion belongs to the references of its variable that read its file."""
    known = result().references
    known["gridded_gpp"] = replace(
        known["gridded_gpp"],
        data=replace(known["gridded_gpp"].data, files=("/refs/gbaf/*.nc",)),
    )
    notes = [
        Note("", "gpp", "/refs/gbaf/a.nc", "conversion", "per day to per second"),
        Note("", "cSoil", "/refs/gbaf/a.nc", "conversion", "of another variable"),
        Note("CLASSIC", "gpp", "/refs/gbaf/a.nc", "conversion", "of a model"),
    ]
    found = reference_notes(notes, known)
    assert [note.text for note in found["gridded_gpp"]] == ["per day to per second"]
    assert [note.text for note in found[""]] == ["of another variable"]
