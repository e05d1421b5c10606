"""Kerchunk references in columns: one row for each chunk of a variable."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from benchmark.errors import InputError
from benchmark.readers.remote import filesystem, told

References = dict[str, "str | list[Any]"]


def references_in_parquet(text: str) -> References:
    """Return the references of a folder of Parquet files, some for each variable.

    Parameters
    ----------
    text : str
        The folder, a path or a URL, with ``.zmetadata`` and ``<variable>/refs.0.parq``.

    Returns
    -------
    dict
        Key of the store to its content, or to [URL] or [URL, offset, length].

    Raises
    ------
    InputError
        If pyarrow is absent, or the files cannot be read.
    """
    try:
        import pandas as pd
        import pyarrow  # noqa: F401  (so that the message names it)
    except ImportError as error:
        msg = f"{text}: references in Parquet; pip install pyarrow to read them."
        raise InputError(msg) from error
    system, path = filesystem(text)
    with told(text):
        about = json.loads(system.cat_file(f"{path}/.zmetadata"))
    metadata, rows = about["metadata"], int(about["record_size"])
    found: References = {key: json.dumps(value) for key, value in metadata.items()}
    for key, value in metadata.items():
        if not key.endswith(".zarray"):
            continue
        name = key.removesuffix(".zarray").rstrip("/")
        counts = [
            -(-size // step)
            for size, step in zip(value["shape"], value["chunks"], strict=True)
        ]
        total = _product(counts)
        for part in range(-(-total // rows)):
            with told(text), system.open(f"{path}/{name}/refs.{part}.parq") as file:
                table = pd.read_parquet(file, engine="pyarrow")
            for row, entry in enumerate(table.to_dict("records"), part * rows):
                if row < total:
                    found.update(_row(name, _chunk_name(row, counts), entry))
    return found


def _row(name: str, chunk: str, entry: Mapping[Any, Any]) -> References:
    raw, url = entry.get("raw"), entry.get("path")
    if isinstance(raw, bytes):
        text = base64.b64encode(raw).decode()
        return {f"{name}/{chunk}": f"base64:{text}"}
    if not isinstance(url, str) or not url:
        return {}
    size = int(entry.get("size") or 0)
    where = [url, int(entry.get("offset") or 0), size] if size else [url]
    return {f"{name}/{chunk}": where}


def _chunk_name(row: int, counts: list[int]) -> str:
    numbers = []
    for count in reversed(counts):
        row, index = divmod(row, count)
        numbers.append(str(index))
    return ".".join(reversed(numbers)) or "0"


def _product(counts: list[int]) -> int:
    total = 1
    for count in counts:
        total *= count
    return total
