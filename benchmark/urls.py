"""Addresses of files elsewhere, as fsspec writes them, told from paths."""

import re

# "simplecache::s3://a/b", "https://a/b", and no drive letter.
_URL = re.compile(r"^([a-z][a-z0-9+.-]+::)*[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_url(text: object) -> bool:
    """Return whether a text is the address of a file elsewhere.

    Parameters
    ----------
    text : object
        A path, or a text.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_url("simplecache::s3://bucket/gpp.nc"), is_url("C:/data/gpp.nc")
    (True, False)
    """
    return isinstance(text, str) and _URL.match(text) is not None
