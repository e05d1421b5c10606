"""Plug-ins: a name, an object, and where third parties register theirs."""

from collections.abc import Callable
from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

Plugin = TypeVar("Plugin")


class Registry(Generic[Plugin]):
    """Plug-ins of one kind, found by name.

    Built-ins register when their module is imported; third parties name
    theirs in the entry-point group, which is read at the first look-up.

    Parameters
    ----------
    group : str
        Entry-point group, such as ``permabench.metrics``.
    accepts : type, optional
        What plug-ins have to be; by default anything that can be called.

    Examples
    --------
    >>> readers = Registry("permabench.readers")
    >>> @readers.register("csv")
    ... def read_csv(path):
    ...     return path
    >>> readers.get("csv")("a.csv")
    'a.csv'
    >>> readers.names()
    ['csv']
    """

    def __init__(self, group: str, accepts: type | None = None) -> None:
        self.group = group
        self._accepts = accepts
        self._plugins: dict[str, Plugin] = {}
        self._entry_points: dict[str, EntryPoint] | None = None

    def register(self, name: str) -> Callable[[Plugin], Plugin]:
        """Register the decorated object as `name`.

        Parameters
        ----------
        name : str
            The name users write.

        Returns
        -------
        callable
            The decorator, which returns its argument unchanged.

        Raises
        ------
        ValueError
            If another object is already registered by that name.
        """

        def remember(plugin: Plugin) -> Plugin:
            if self._plugins.get(name, plugin) is not plugin:
                msg = f"{self.group}: '{name}' is registered twice."
                raise ValueError(msg)
            self._plugins[name] = plugin
            return plugin

        return remember

    def get(self, name: str) -> Plugin:
        """Return the plug-in called `name`.

        Parameters
        ----------
        name : str
            A registered name.

        Returns
        -------
        object
            What was registered.

        Raises
        ------
        KeyError
            If nothing is registered by that name, with the nearest names; or
            if the plug-in cannot be imported, with the reason.
        """
        if name not in self._plugins and name in self._installed():
            self._plugins[name] = self._load(self._installed()[name])
        if name not in self._plugins:
            near = get_close_matches(name, self._plugins, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            msg = f"{self.group}: '{name}' is unknown.{hint} Known: {self.names()}."
            raise KeyError(msg)
        return self._plugins[name]

    def names(self) -> list[str]:
        """Return the registered names, sorted."""
        return sorted({*self._plugins, *self._installed()})

    def _installed(self) -> dict[str, EntryPoint]:
        if self._entry_points is None:
            found = entry_points(group=self.group)
            self._entry_points = {entry.name: entry for entry in found}
        return self._entry_points

    def _load(self, entry: EntryPoint) -> Plugin:
        try:
            loaded = entry.load()
        except Exception as error:
            # Somebody else's package: whatever it raises, say whose it is.
            msg = (
                f"{self.group}: plug-in '{entry.name}' ({entry.value}) cannot be "
                f"loaded: {type(error).__name__}: {error}"
            )
            raise KeyError(msg) from error
        # The entry may name a module, whose import registers the plug-in.
        plugin = self._plugins.get(entry.name, loaded)
        if not (
            isinstance(plugin, self._accepts) if self._accepts else callable(plugin)
        ):
            wanted = self._accepts.__name__ if self._accepts else "a function"
            msg = (
                f"{self.group}: plug-in '{entry.name}' ({entry.value}) is a "
                f"{type(plugin).__name__}; expected {wanted}. Write "
                f"'{entry.name} = module:object'."
            )
            raise KeyError(msg)
        return plugin  # type: ignore[no-any-return]
