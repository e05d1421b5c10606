"""A folder that has something already."""

import pytest

from benchmark.report import check_folder, write_report


def test_stale_pages_go(tmp_path, result):
    """Pages and figures of a model that is no longer in the run are removed."""
    write_report(result(("CLASSIC", "Old")), tmp_path)
    (tmp_path / "models" / "mine.html").write_text("<p>my own notes</p>")
    (tmp_path / "figures" / "photo.png").write_bytes(b"mine")
    assert (tmp_path / "models" / "old.html").is_file()
    write_report(result(("CLASSIC",)), tmp_path)
    fresh = write_report(result(("CLASSIC",)), tmp_path / "fresh").parent
    mine = {"models/mine.html", "figures/photo.png"}
    for name in ("models", "regions", "figures"):
        now = {f"{name}/{path.name}" for path in (tmp_path / name).iterdir()}
        want = {f"{name}/{path.name}" for path in (fresh / name).iterdir()}
        assert now - mine == want
    assert (tmp_path / "models" / "mine.html").is_file()
    assert (tmp_path / "figures" / "photo.png").is_file()


def test_foreign_index_stays(tmp_path, result):
    """An index that no report wrote is not replaced, and nothing else is written."""
    index = tmp_path / "index.html"
    index.write_text("<p>my site</p>")
    with pytest.raises(FileExistsError, match="name another folder") as caught:
        write_report(result(("CLASSIC",)), tmp_path)
    assert "\n" not in str(caught.value)
    assert index.read_text() == "<p>my site</p>"
    assert list(tmp_path.iterdir()) == [index]


def test_index_without_manifest(tmp_path, result):
    """An index that has lost its manifest is not known to be ours."""
    write_report(result(("CLASSIC",)), tmp_path)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(FileExistsError):
        check_folder(tmp_path)


def test_empty_folder(tmp_path):
    """A folder that is new or empty is fine."""
    check_folder(tmp_path)
    check_folder(tmp_path / "new")


def test_manifest_of_another_program(tmp_path):
    """A web application with a manifest of its own is not ours; an old report is."""
    (tmp_path / "index.html").write_text("<p>an app</p>")
    (tmp_path / "manifest.json").write_text('{"name": "app"}')
    with pytest.raises(FileExistsError):
        check_folder(tmp_path)
    (tmp_path / "manifest.json").write_text('{"permabench": "0.0.1"}')
    check_folder(tmp_path)
