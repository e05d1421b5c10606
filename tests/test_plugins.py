"""Plug-ins: built in, of third parties, repeated, unknown."""

import pytest

from benchmark import plugins
from benchmark.plugins import Registry


class Entry:
    """An entry point of another distribution."""

    def __init__(self, name: str, plugin: object) -> None:
        self.name = name
        self.value = "their_package"
        self.plugin = plugin
        self.loaded = 0

    def load(self) -> object:
        self.loaded += 1
        return self.plugin


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry[object]:
    """Give an empty registry, without entry points."""
    monkeypatch.setattr(plugins, "entry_points", lambda group: [])
    return Registry("permabench.tests")


def test_registered_by_decorator(registry: Registry[object]) -> None:
    """The decorator registers, and returns what it was given."""

    @registry.register("one")
    def plugin() -> None: ...

    assert registry.get("one") is plugin
    assert registry.names() == ["one"]


def test_names_are_sorted(registry: Registry[object]) -> None:
    """Names come sorted, whatever the order of the imports."""
    for name in ("b", "c", "a"):
        registry.register(name)(name)
    assert registry.names() == ["a", "b", "c"]


def test_registered_twice(registry: Registry[object]) -> None:
    """The same object may be registered again, another may not."""
    registry.register("one")("x")
    registry.register("one")("x")
    with pytest.raises(
        ValueError, match=r"permabench\.tests: 'one' is registered twice"
    ):
        registry.register("one")("y")


def test_unknown(registry: Registry[object]) -> None:
    """An unknown name has the nearest, and all that are known."""
    registry.register("netcdf")("x")
    with pytest.raises(KeyError) as caught:
        registry.get("netcfd")
    assert caught.value.args[0] == (
        "permabench.tests: 'netcfd' is unknown. Did you mean 'netcdf'? "
        "Known: ['netcdf']."
    )


def theirs() -> None:
    """Stand for a function of another distribution."""


def test_third_party(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry points of the group are found, loaded once, and at the first look."""
    entry = Entry("theirs", theirs)
    groups = []

    def entry_points(group: str) -> list[Entry]:
        groups.append(group)
        return [entry]

    monkeypatch.setattr(plugins, "entry_points", entry_points)
    registry: Registry[object] = Registry("permabench.tests")
    assert entry.loaded == 0
    assert registry.get("theirs") is theirs
    assert registry.names() == ["theirs"]
    assert (entry.loaded, groups) == (1, ["permabench.tests"])


def test_built_in_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point does not replace what is built in."""
    entry = Entry("one", "theirs")
    monkeypatch.setattr(plugins, "entry_points", lambda group: [entry])
    registry: Registry[object] = Registry("permabench.tests")
    registry.register("one")("ours")
    assert registry.get("one") == "ours"
    assert entry.loaded == 0


def test_a_module_that_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry may name a module, if its import registers the plug-in."""
    registry: Registry[object] = Registry("permabench.tests")

    class Module(Entry):
        def load(self) -> object:
            registry.register("one")(theirs)
            return plugins

    entry = Module("one", plugins)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [entry])
    assert registry.get("one") is theirs


def test_a_module_that_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module is no plug-in: refused, with what to write."""
    entry = Entry("one", plugins)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [entry])
    registry: Registry[object] = Registry("permabench.tests")
    with pytest.raises(KeyError, match=r"is a module; expected a function.*'one = mod"):
        registry.get("one")


def test_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that accepts one type refuses others, and names the type."""
    entry = Entry("one", theirs)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [entry])
    registry: Registry[int] = Registry("permabench.tests", accepts=int)
    with pytest.raises(KeyError, match="is a function; expected int"):
        registry.get("one")
