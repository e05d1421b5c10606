"""Templates of the user's own in place of those that ship."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from traceback import extract_tb

from benchmark.errors import ConfigError
from benchmark.shipped import folder

_OWN: ContextVar[Path | None] = ContextVar("own_templates", default=None)


@contextmanager
def templates_from(own: Path | None) -> Iterator[None]:
    """Prefer the templates of a folder while pages are made.

    Parameters
    ----------
    own : Path or None
        Templates by the names of those that ship (``index.html``,
        ``style.css``); what is not there is taken from those. They are the
        user's own, and run with the rights of the user: jinja2 does not fence
        them in.

    Yields
    ------
    None

    Raises
    ------
    ConfigError
        If it is no folder, or holds none of the names that ship.
    """
    token = _OWN.set(_checked(own))
    try:
        yield
    finally:
        _OWN.reset(token)


def current() -> Path | None:
    """Return the folder of the user's templates, if there is one."""
    return _OWN.get()


def find_fault(error: Exception, own: Path | None) -> ConfigError | None:
    """Return the error for a fault in a template of the user's.

    Parameters
    ----------
    error : Exception
        What jinja2 raised.
    own : Path or None
        The folder of the user's templates.

    Returns
    -------
    ConfigError or None
        None if no template of the user had a part in it.
    """
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    if own is None:
        return None
    what = f"{type(error).__name__}: {error}"
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename, error.lineno
        what = error.message or "syntax error"
    else:
        # jinja2 gives its frames the file and the line of the template.
        frames = [
            f for f in extract_tb(error.__traceback__) if _within(f.filename, own)
        ]
        if not frames:
            return None
        file, line = frames[-1].filename, frames[-1].lineno or 0
    if file is None or not _within(file, own):
        return None
    if isinstance(error, TemplateNotFound):
        what = f"there is no template '{error.name}'"
    return ConfigError([f"{file}, line {line}: {what.rstrip('.')}."])


def _within(file: str, own: Path) -> bool:
    return os.path.realpath(file).startswith(os.path.realpath(own) + os.sep)


def _checked(own: Path | None) -> Path | None:
    if own is None:
        return None
    own = Path(own)
    if not own.is_dir():
        msg = f"{own}: is no folder; expected one with templates, such as style.css."
        raise ConfigError([msg])
    names = sorted(
        item.name for item in folder("templates").iterdir() if "__" not in item.name
    )
    if not any((own / name).is_file() for name in names):
        msg = (
            f"{own}: holds no template that permabench knows; expected one or more of "
            f"{', '.join(names)}."
        )
        raise ConfigError([msg])
    return own
