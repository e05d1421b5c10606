"""Fetched products are ready by name in suites, or nothing of them is."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmark.config import load_reference, reference_names
from benchmark.errors import ConfigError, InputError
from benchmark.products.fetching import UNVERIFIED, fetch
from benchmark.products.product import load_product
from benchmark.products.verifying import verify

Write = Callable[..., Path]


@pytest.fixture
def served(
    site: Any, write_soil: Write, write_product: Write, described: Any, data: Path
) -> Callable[..., Any]:
    """Serve the tiny file, and give a product whose link leads to it."""
    del data
    content = write_soil("soil.nc").read_bytes()
    site.files["/soil.nc"] = content

    def product(name: str = "mine", **changed: Any) -> Any:
        file = {"url": f"{site.url}/soil.nc", "name": "soil.nc"}
        if changed.pop("known", False):
            file["checksum"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
            file["checksum_by"] = "me"
        get = {"page": "https://a.org", "steps": "download", "then": "add it"}
        files = changed.pop("files", [file])
        entry = {"descriptors": [described("mine_0_1m", "soil.nc")], **changed}
        return load_product(write_product(name, get={**get, "files": files}, **entry))

    return product


def test_fetched_reference_is_used_by_name(served: Any, data: Path) -> None:
    """After a fetch the reference has a name, its data are beside it."""
    done = fetch(served(known=True), pause=0.0)
    assert done.names == ("mine_0_1m",)
    assert "mine_0_1m" in reference_names()
    reference = load_reference("mine_0_1m")
    assert reference.data.files == (str(data / "mine" / "soil.nc"),)
    assert reference.data.depth == (0.0, 1.0)
    assert done.told == (
        f"{data / 'mine' / 'soil.nc'}: verified against the sha256 of me",
    )


def test_without_a_checksum_it_is_recorded(served: Any, site: Any, data: Path) -> None:
    """What nobody publishes is said, recorded, and has to be the same next time."""
    done = fetch(served(), pause=0.0)
    assert done.told[0].endswith(UNVERIFIED)
    (data / "mine" / "soil.nc").unlink()
    again = fetch(served(), pause=0.0)
    assert "the same as when it was first fetched" in again.told[0]
    (data / "mine" / "soil.nc").unlink()
    site.files["/soil.nc"] += b"x"
    with pytest.raises(InputError, match="was altered"):
        fetch(served(), pause=0.0)
    assert not (data / "mine" / "soil.nc").exists()


def test_record_has_the_sha256(served: Any, data: Path) -> None:
    """The record says of each file its sha256 and where it came from."""
    fetch(served(), pause=0.0)
    (entry,) = json.loads((data / "mine" / "checksums.json").read_text())
    content = (data / "mine" / "soil.nc").read_bytes()
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert entry["how"] == "fetched"
    assert entry["source"].endswith("/soil.nc")


def test_files_elsewhere(served: Any, data: Path, tmp_path: Path) -> None:
    """With a folder of one's own the files are there, the name still here."""
    fetch(served(), to=tmp_path / "disk", pause=0.0)
    assert (tmp_path / "disk" / "mine" / "soil.nc").is_file()
    assert not (data / "mine" / "soil.nc").exists()
    files = load_reference("mine_0_1m").data.files
    assert files == (str(tmp_path / "disk" / "mine" / "soil.nc"),)
    mine = [item for item in verify() if item.where == "fetched"]
    assert [item.status for item in mine] == ["ok"]


def test_archive(served: Any, site: Any, data: Path) -> None:
    """A descriptor may name a file of an archive; both are on record."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sub/soil.nc", site.files["/soil.nc"])
    site.files["/a.zip"] = packed.getvalue()
    product = served(files=[{"url": f"{site.url}/a.zip", "name": "a.zip"}])
    (entry,) = product.descriptors
    entry["data"]["files"] = "sub/soil.nc"
    assert fetch(product, pause=0.0).names == ("mine_0_1m",)
    record = json.loads((data / "mine" / "checksums.json").read_text())
    assert [item["file"] for item in record] == ["a.zip", "sub/soil.nc"]


def test_archive_that_leaves_its_folder(
    served: Any, site: Any, data: Path, tmp_path: Path
) -> None:
    """Of an archive with a path out of its folder no name is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../../soil.nc", b"evil")
    site.files["/a.zip"] = packed.getvalue()
    product = served(files=[{"url": f"{site.url}/a.zip", "name": "a.zip"}])
    with pytest.raises(InputError, match="lies outside its folder"):
        fetch(product, pause=0.0)
    assert reference_names().keys().isdisjoint({"mine_0_1m"})
    assert [p.name for p in tmp_path.rglob("soil.nc")] == ["soil.nc"]


def test_data_that_cannot_be_scored(served: Any, described: Any, data: Path) -> None:
    """Data that are not as described get no name, and the reason is said."""
    wrong = described("mine_0_1m", "soil.nc")
    wrong["data"]["name"] = "other"
    with pytest.raises(InputError, match="mine_0_1m: cannot be scored against"):
        fetch(served(descriptors=[wrong]), pause=0.0)
    assert "mine_0_1m" not in reference_names()
    assert not list(data.glob("*/*.yaml"))


def test_name_that_is_taken(served: Any, site: Any, described: Any) -> None:
    """A product that would take the name of a reference that ships is refused."""
    taken = described("treat2024_nee", "soil.nc")
    with pytest.raises(ConfigError, match=r"is the name of .*treat2024_nee\.yaml"):
        fetch(served(descriptors=[taken]), pause=0.0)
    assert site.asked == []


def test_fetching_twice_asks_once(served: Any, site: Any) -> None:
    """What is there and unaltered is not downloaded again."""
    fetch(served(), pause=0.0)
    fetch(served(), pause=0.0)
    assert len(site.asked) == 1


def test_altered_file_is_fetched_again(served: Any, data: Path) -> None:
    """A file that was altered here is replaced by the one that was recorded."""
    fetch(served(), pause=0.0)
    good = (data / "mine" / "soil.nc").read_bytes()
    (data / "mine" / "soil.nc").write_bytes(b"altered")
    fetch(served(), pause=0.0)
    assert (data / "mine" / "soil.nc").read_bytes() == good
