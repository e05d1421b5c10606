"""Remembers what was made last, for things that are costly and small."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The last few results of a function, by key.

    Parameters
    ----------
    size : int
        How many are kept.

    Examples
    --------
    >>> squares = Recent(2)
    >>> [squares.get(n, lambda n=n: n * n) for n in (3, 3, 4)]
    [9, 9, 16]
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._made: OrderedDict[Hashable, Made] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made for `key`, or make it.

        Parameters
        ----------
        key : hashable
            Has to say all that the result depends on.
        make : callable
            Makes the result.

        Returns
        -------
        object
            Shared: do not change it.
        """
        if key not in self._made:
            self._made[key] = make()
            while len(self._made) > self._size:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return self._made[key]
