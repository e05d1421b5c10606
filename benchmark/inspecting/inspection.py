"""The findings about some files: their models, blocks of text, and YAML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmark.checking import Checked, check_variable
from benchmark.checking.evidence import header_evidence
from benchmark.harmonise.model import offers
from benchmark.harmonise.variables import VARIABLES
from benchmark.inspecting.draft import Draft, draft_of
from benchmark.inspecting.runs import Run, runs_of
from benchmark.inspecting.sources import Sources, find_sources
from benchmark.inspecting.text import draft_lines, idle_lines, source_lines
from benchmark.inspecting.yaml_lines import yaml_text


@dataclass
class Inspection:
    """What some files hold, and the configurations they suggest.

    Parameters
    ----------
    sources : Sources
        The files.
    drafts : list of Draft
        One for each model.
    quick : bool
        Whether only headers are read.
    """

    sources: Sources
    drafts: list[Draft]
    quick: bool = False
    _checked: dict[int, list[Checked]] = field(default_factory=dict)

    def checked(self, draft: Draft) -> list[Checked]:
        """Return the variables of a draft, tested once.

        Parameters
        ----------
        draft : Draft
            One of `drafts`.

        Returns
        -------
        list of Checked
        """
        if id(draft) not in self._checked:
            self._checked[id(draft)] = [*_checked(draft, quick=self.quick)]
        return self._checked[id(draft)]

    def lines(self, *, every: bool = False) -> Iterator[str]:
        """Yield what to print.

        Parameters
        ----------
        every : bool
            Whether long lists are told in full.

        Yields
        ------
        str
        """
        yield from source_lines(self.sources, self.drafts, every=every)
        for draft in self.drafts:
            if draft.model is not None or draft.matched.names or len(self.drafts) == 1:
                yield from draft_lines(draft, self.checked(draft), every=every)
        yield from idle_lines(self.drafts)

    def yaml(self, draft: Draft, folder: Path) -> str:
        """Return a draft as the text of a model file.

        Parameters
        ----------
        draft : Draft
            One of `drafts`.
        folder : Path
            Where it will stand.

        Returns
        -------
        str
        """
        return yaml_text(draft, self.checked(draft), folder)


def inspect_files(
    files: Iterable[str],
    *,
    name: str = "",
    folder: Path | None = None,
    quick: bool = False,
) -> Inspection:
    """Look at files nobody has described.

    Parameters
    ----------
    files : iterable of str
        Paths, globs, folders or addresses.
    name : str
        What to call the model, where the files do not say.
    folder : Path, optional
        Where the configuration will stand; by default the working folder.
    quick : bool
        Read headers only, no values.

    Returns
    -------
    Inspection

    Raises
    ------
    InputError
        If nothing is there.

    Examples
    --------
    >>> from benchmark.shipped import folder
    >>> found = inspect_files([str(folder("model_configs") / "data/access_esm1_5")])
    >>> found.drafts[0].entry["model"], found.drafts[0].entry["archive"]
    ('ACCESS-ESM1-5', 'cmip6')
    """
    sources = find_sources(files)
    runs = runs_of(sources.series)
    here = (folder or Path.cwd()).absolute()
    names = _called(runs, name)
    drafts = [draft_of(r, n, here) for r, n in zip(runs, names, strict=True)]
    return Inspection(sources, drafts, quick)


def _called(runs: list[Run], name: str) -> list[str]:
    """Return what to call each model, no two alike."""
    if len(runs) == 1:
        return [name or runs[0].model or "my-model"]
    names: list[str] = []
    for run in runs:
        wanted = "-".join(filter(None, (name, run.model))) or "my-model"
        count = sum(one.split(" (")[0] == wanted for one in names)
        names.append(f"{wanted} ({count + 1})" if count else wanted)
    return names


def _checked(draft: Draft, *, quick: bool) -> Iterator[Checked]:
    model = draft.model
    if model is None:
        return
    for variable in VARIABLES:
        declared = variable == "nee" or variable in model.variables
        if not declared or not offers(model, variable):
            continue
        if quick:
            item = Checked(model.name, variable, tested=False)
        else:
            item = check_variable(model, variable)
        yield _with_header(item, draft)


def _with_header(item: Checked, draft: Draft) -> Checked:
    """Return it with what the header says, where no field could be opened."""
    assert draft.model is not None
    source = draft.model.variables.get(item.variable)
    names = draft.matched.names.get(item.variable, {})
    chosen = source.name if source else None
    held = names.get(chosen or "") or next(iter(names.values()), None)
    if source is None or not held or "units" in item.evidence:
        return item
    name = chosen or next(iter(names))
    file = str(held[0].places[0])
    told = header_evidence(file, name, source, VARIABLES[item.variable])
    count = sum(len(one.places) for one in held)
    where = f"{name} in {held[0].name}" + (
        f" and {count - 1} more" if count > 1 else ""
    )
    return replace(item, evidence={**told, **item.evidence}, where=item.where or where)
