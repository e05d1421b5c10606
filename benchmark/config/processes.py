"""Processes that a model has or lacks: the `processes:` of a model."""

from typing import Any

from benchmark.config.validation import Key

PROCESSES = (
    "permafrost_carbon",
    "nitrogen_cycle",
    "fire",
    "peat",
    "lakes",
    "lateral",
    "abrupt_thaw",
)

# YAML reads a bare yes or no as true or false.
_HAS = {True: True, "yes": True, False: False, "no": False}

_STATED = Key(
    "yes, no or unknown",
    lambda value: isinstance(value, bool | str) and value in {*_HAS, "unknown"},
)

PROCESS_KEY = Key(
    "a mapping such as {fire: yes, peat: no, lakes: unknown}",
    lambda value: isinstance(value, dict),
    each=_STATED,
    free_keys=PROCESSES,
)


def read_processes(stated: dict[str, Any] | None) -> dict[str, bool]:
    """Return what a model states of its processes; what is unknown is left out.

    Parameters
    ----------
    stated : dict or None
        Checked against `PROCESS_KEY`.

    Returns
    -------
    dict of str to bool
        Nothing is inferred: not from outputs, not from the model's name.

    Examples
    --------
    >>> read_processes({"fire": True, "peat": "no", "lakes": "unknown"})
    {'fire': True, 'peat': False}
    >>> read_processes(None)
    {}
    """
    given = stated or {}
    return {name: _HAS[value] for name, value in given.items() if value in _HAS}
