"""Which address a download may be sent on to."""

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from benchmark.errors import InputError
from benchmark.products.keys import is_fetchable, is_local

if TYPE_CHECKING:
    import requests

_MOST = 5
_MOVED = (301, 302, 303, 307, 308)
_WAIT = (20, 60)  # s, to connect and between two pieces


def may_follow(start: str, target: str) -> bool:
    """Return whether a download may go on from one address to another.

    Parameters
    ----------
    start, target : str
        Addresses.

    Returns
    -------
    bool
        To https anywhere; without it on this machine only, from this machine.

    Examples
    --------
    >>> may_follow("https://a.org/1", "https://b.org/2")
    True
    >>> may_follow("https://a.org/1", "http://a.org/2")
    False
    >>> may_follow("https://a.org/1", "http://localhost/2")
    False
    """
    if not is_fetchable(target):
        return False
    old, new = urlsplit(start), urlsplit(target)
    return new.scheme == "https" or (old.scheme == "http" and is_local(new.hostname))


def open_response(
    session: "requests.Session", url: str, headers: dict[str, str]
) -> "requests.Response":
    """Ask for a file, through the redirects that are allowed.

    Parameters
    ----------
    session : Session
        Of the library requests.
    url : str
        Where to start.
    headers : dict
        Of the request.

    Returns
    -------
    Response
        Its body not read yet.

    Raises
    ------
    InputError
        If it is sent where it may not go, or on and on.
    """
    if not is_fetchable(url):
        msg = f"{url}: is no address to download from; expected https://."
        raise InputError(msg)
    here = url
    for _ in range(_MOST + 1):
        response = session.get(
            here, headers=headers, stream=True, allow_redirects=False, timeout=_WAIT
        )
        if response.status_code not in _MOVED:
            return response
        target = urljoin(here, response.headers.get("Location", ""))
        response.close()
        if not may_follow(here, target):
            msg = (
                f"{url}: sends on to {target}, which is not followed; expected an "
                "address with https://. Download it by hand, and add the file."
            )
            raise InputError(msg)
        here = target
    msg = f"{url}: sends on more than {_MOST} times; download it by hand."
    raise InputError(msg)
