"""The works that references and models are from, each once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmark.config.descriptors import Model, Reference


@dataclass(frozen=True)
class Source:
    """A work with its licence, and by name what is from it."""

    citation: str
    doi: str
    licence: str
    used: Sequence[tuple[str, Model | Reference]]


def shared_sources(described: Mapping[str, Model | Reference]) -> list[Source]:
    """Gather what is from one work under one licence.

    Parameters
    ----------
    described : mapping of str to Model or Reference
        By name.

    Returns
    -------
    list of Source
        In the order in which each is first named.
    """
    found: dict[tuple[str, str, str], list[tuple[str, Model | Reference]]] = {}
    for name, one in described.items():
        key = one.citation or "", one.doi or "", one.licence or ""
        found.setdefault(key, []).append((name, one))
    return [Source(*key, used) for key, used in found.items()]
