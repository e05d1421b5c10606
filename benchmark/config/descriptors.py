"""What a suite, a model and a reference are: the typed form of their YAML."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from benchmark.regrid import Regridding

Period = tuple[int, int]
Depth = tuple[float, float]


@dataclass(frozen=True)
class Taken:
    """What a variable takes from an archive rather than from its own file.

    `keys` are those of the `VariableSource` that come from `archive`, and
    `unconfirmed` those of them that nobody has confirmed. `units` are those of
    the archive, for a file without any; `spellings` reads units that files of
    the archive write in a way of their own.
    """

    archive: str
    keys: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    units: str | None = None
    spellings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TimeStated:
    """Units and calendar of time that overrule those of the files."""

    units: str | None = None
    calendar: str | None = None


@dataclass(frozen=True)
class Layers:
    """How soil layers are described in a file, where it does not say itself.

    `dimension` is that of the layers; `bounds` and `thickness` are variables
    of the file; `units` those of depths that have none.
    """

    dimension: str | None = None
    bounds: str | None = None
    thickness: str | None = None
    units: str | None = None


@dataclass(frozen=True)
class VariableSource:
    """Where one variable of a model or reference comes from.

    `files` are paths or globs, already resolved against the folder of the
    YAML. `name` is a variable of the files or an expression of such
    (``csoilmic + csoilslow``). What is None is read from the file.
    `time` overrules the units and calendar of time in the files, `time_stamp`
    says where in its step a date without bounds stands, and `gaps` whether
    years that miss a month are left out rather than refused;
    `variable` is the short name of what is wanted, which tells the files that
    hold it from others of the same folder; `taken` what comes from an archive.
    `layers` describes soil layers, `depths` names the variables that hold soil
    carbon of several depths; `includes_fire` says whether nep counts the
    emissions of fires. `value_of` names the metric whose value a reference's
    numbers are, such as a share of the cold season; empty for fluxes and stocks.
    """

    files: tuple[str, ...]
    name: str | None = None
    units: str | None = None
    fill_values: tuple[float, ...] = ()
    sign: Literal["up", "down"] | None = None
    mass_basis: Literal["C", "CO2", "CH4"] | None = None
    area_basis: Literal["land", "cell", "wetland"] | None = None
    statistic: Literal["mean", "total"] = "mean"
    depth: Depth | Literal["full_column"] | None = None
    static: bool = False
    time: TimeStated | None = None
    time_stamp: Literal["start", "end"] | None = None
    gaps: Literal["allow"] | None = None
    valid_min: float | None = None
    valid_max: float | None = None
    sha256: str | None = None
    variable: str = ""
    taken: Taken | None = None
    layers: Layers | None = None
    depths: tuple[tuple[Depth | Literal["full_column"], str], ...] = ()
    includes_fire: bool | None = None
    value_of: str = ""


@dataclass(frozen=True)
class GridMeasure:
    """A cell area, a land area or a land fraction read from a file."""

    files: tuple[str, ...]
    name: str
    units: str | None = None


@dataclass(frozen=True)
class GridFile:
    """Where the coordinates of a grid are, if not beside the values.

    `files` hold them; `lat`, `lon` and `area` are their names there. `index` is
    a map (lat, lon) of which cell of the values stands for each grid point, and
    `mask` is not 0 where it holds.
    `cells` says how cells without corners are bounded.
    """

    files: tuple[str, ...] = ()
    index: str | None = None
    mask: str | None = None
    lat: str | None = None
    lon: str | None = None
    area: str | None = None
    cells: str | None = None


@dataclass(frozen=True)
class Model:
    """One model version to score, as ``model_configs/*.yaml`` describes it.

    `processes` are those that the model is stated to have or to lack; of all
    others nothing is known.
    """

    name: str
    variables: dict[str, VariableSource]
    source: Path
    version: str = ""
    family: str = "process_based"
    reader: str = "auto"
    select: dict[str, tuple[str, ...]] = field(default_factory=dict)
    targets: tuple[str, ...] = ()
    grid: GridFile | None = None
    column: str | None = None
    region: str | None = None
    period: Period | None = None
    cell_area: GridMeasure | None = None
    land_area: GridMeasure | None = None
    land_fraction: GridMeasure | None = None
    ice_fraction: GridMeasure | None = None
    ensemble: str | None = None
    description: str = ""
    citation: str = ""
    doi: str = ""
    licence: str = ""
    remarks: tuple[str, ...] = ()
    regrid: "Regridding | None" = None
    processes: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Scoring:
    """How a reference is scored: the metrics and their two parameters.

    `tolerance` is the distance that costs nothing, `scale` the one at which
    the score falls to 1/e; both in the units the reference is reported in
    (relative for log-ratio scores). `tolerance_all_rows` and `scale_all_rows`
    replace them for a model whose family none of the rows has.
    """

    metrics: tuple[str, ...]
    tolerance: float | None = None
    scale: float | None = None
    relative_tolerance: float | None = None
    tolerance_all_rows: float | None = None
    scale_all_rows: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Reference:
    """One reference product, as ``references/*/*.yaml`` describes it.

    `label` is its short name for tables, `title` the one for headings.
    `companions` are the references of other variables that its metrics ask
    for, by variable: a name, a path, or ``model`` for the model's own.
    """

    name: str
    title: str
    variable: str
    kind: Literal["field", "regional", "sites"]
    data: VariableSource
    scoring: Scoring
    source: Path
    label: str = ""
    version: str = ""
    subject: str = ""
    role: Literal["constraint", "context"] = "constraint"
    family: str = ""
    grade: Literal["A", "B", "C"] = "C"
    regions: str = "treat2024_permafrost"
    period: Period | None = None
    companions: tuple[tuple[str, str], ...] = ()
    land_fraction: GridMeasure | None = None
    grid: GridFile | None = None
    uncertainty: str = "none"
    measures: str = ""
    leaves_out: str = ""
    citation: str = ""
    doi: str = ""
    licence: str = ""
    unconfirmed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    regrid: "Regridding | None" = None


@dataclass(frozen=True)
class Counted:
    """What counts in a subject: a reference, by some of its metrics, or by all."""

    reference: str
    metrics: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Subject:
    """One subject of a scorecard; of weight 0 it is shown, but does not count."""

    name: str
    title: str
    weight: float
    benchmarks: tuple[Counted, ...]


@dataclass(frozen=True)
class Suite:
    """What one run scores: models against references, where and when.

    `draws` is how many draws the intervals of the scores are made of.
    """

    name: str
    title: str
    models: tuple[Model, ...]
    references: tuple[Reference, ...]
    source: Path | None
    regions: tuple[object, ...] = ()
    metrics: tuple[str, ...] = ()
    period: Period | None = None
    draws: int = 200
    scorecard: tuple[Subject, ...] = ()
