"""From an opened file to findings, prepared data and previews, each worked out once."""

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aipm.prep.frames import frame_of
from aipm.prep.history import History
from aipm.prep.mapping import ColumnMapping, map_columns, with_names
from aipm.prep.pipeline import Kept, around, run
from aipm.prep.prepared import Prepared, StepReport
from aipm.prep.preview import Preview, preview
from aipm.prep.profile import Profile, profile
from aipm.prep.readiness import Readiness, readiness
from aipm.prep.recipe import Recipe, Step
from aipm.prep.recipe_file import dump
from aipm.prep.sample import generate, prep_sample
from aipm.tables import ReadOptions, read
from aipm.tables.table import Table
from aipm.tables.types import ColumnType, column_types
from aipm.ui import prep_state
from aipm.ui.memo import once
from aipm.ui.prep_state import PAGE, held, hold
from aipm.ui.upload import Offer, Source

if TYPE_CHECKING:
    import pandas as pd

SAMPLE = "customers"
KEPT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file and how it was read. `token` tells files, and readings of one, apart."""

    source: Source
    options: ReadOptions
    table: Table
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All that is known of the open file and its recipe.

    `table` and `frame` are the file under the recipe's names; `renamed` says which of its own names differ.
    """

    opened: Opened
    table: Table
    frame: "pd.DataFrame"
    renamed: dict[str, str]
    profile: Profile
    history: History
    prepared: Prepared
    ready: Readiness

    @property
    def recipe(self) -> Recipe:
        return self.history.recipe

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns after the last step."""
        return tuple(map(str, next(iter(self.prepared.parts.values())).columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a step would do: its report, and where it can be done the data before and after, compared."""

    step: Step
    report: StepReport
    before: Prepared
    after: Prepared
    preview: Preview | None


def offers() -> dict[str, Offer]:
    about = prep_sample()
    return {SAMPLE: Offer(title=about.title, text=about.summary, file_name=about.file_name, make=generate)}


def file_token(source: Source) -> str:
    """A short name of what is open, for the choices of how it is read."""
    return source.sample or hashlib.sha256(f"{source.name} {len(source.data)}".encode()).hexdigest()[:8]


def open_file(source: Source, options: ReadOptions, *, working: str) -> Opened:
    """The file as a table, with a recipe of its own. Raises Refusal."""
    question = (id(source), source.name, len(source.data), options)
    table = once(PAGE, "table", question, lambda: read(source.data, options), working=working)
    token = hashlib.sha256(repr((table.fingerprint, table.columns)).encode()).hexdigest()[:12]
    opened = Opened(source=source, options=options, table=table, token=token)
    hold("opened", opened)
    target = prep_sample().target if source.sample and prep_sample().target in table.columns else None
    prep_state.begin(token, Recipe(target=target, columns=table.columns))
    return opened


def types(opened: Opened) -> tuple[ColumnType, ...]:
    """What the columns hold, judged on the first rows."""
    return once(PAGE, "types", opened.token, lambda: column_types(opened.table))


def work(*, working: str = "") -> Work:
    """Everything about the open file as its recipe now stands. Raises Refusal for a file without rows."""
    opened: Opened = held("opened", None)
    history = prep_state.history()
    renamed = dict(held(prep_state.of_file("renamed"), {}))
    file = (opened.token, tuple(renamed.items()))
    names = tuple(renamed.get(name, name) for name in opened.table.columns)
    table = replace(opened.table, columns=names) if renamed else opened.table
    target = history.recipe.target if history.recipe.target in names else None
    found = once(PAGE, "profile", (file, target), lambda: profile(table, target=target), working=working, keep=2)
    frame = once(PAGE, "frame", file, lambda: _frame(opened.table, renamed), working=working)
    prepared = ran(history.recipe, frame)
    ready = readiness(found.findings, history.recipe, ignored=prep_state.ignored(), answers=prep_state.answered())
    return Work(
        opened=opened,
        table=table,
        frame=frame,
        renamed=renamed,
        profile=found,
        history=history,
        prepared=prepared,
        ready=ready,
    )


def _frame(table: Table, renamed: dict[str, str]) -> "pd.DataFrame":
    frame = frame_of(table)
    return frame.rename(columns=renamed) if renamed else frame


def _kept() -> Kept:
    found: Kept | None = held("kept", None)
    if found is None:
        found = Kept()
        hold("kept", found)
    return found


def ran(recipe: Recipe, frame: "pd.DataFrame") -> Prepared:
    """The recipe on all rows; what an edit leaves as it was is not worked out again."""
    return run(recipe, frame, kept=_kept(), secrets=dict(prep_state.secrets()))


def tried(step: Step, work: Work, *, instead_of: str | None = None) -> Tried:
    """What a step would do where it would go; `instead_of` is the step that it would replace."""
    if instead_of is None:
        recipe, new = prep_state.with_step(work.recipe, step)
    else:
        new = replace(step, id=instead_of)
        recipe = replace(work.recipe, steps=tuple(new if each.id == instead_of else each for each in work.recipe.steps))
    recipe = replace(
        recipe, steps=tuple(replace(each, enabled=True) if each.id == new.id else each for each in recipe.steps)
    )
    group = prep_state.group()
    question = (work.opened.token, dump(recipe), new.id, group, tuple(sorted(prep_state.secrets().items())))
    return once(PAGE, "tried", question, lambda: _tried(recipe, new, work.frame, group), keep=KEPT)


def _tried(recipe: Recipe, step: Step, frame: "pd.DataFrame", group: str | None) -> Tried:
    before, after = around(recipe, frame, step.id, kept=_kept(), secrets=dict(prep_state.secrets()))
    report = after.steps[-1]
    compared = preview(before.parts, after.parts, group=group) if report.status == "ok" else None
    return Tried(step=step, report=report, before=before, after=after, preview=compared)


def columns_at(work: Work, step: str | None = None) -> tuple[str, ...]:
    """The columns that a step meets; of a new one (None), those after the last step and those of the file."""
    if step is None:
        return tuple(dict.fromkeys((*work.columns, *map(str, work.frame.columns))))
    before, _ = around(work.recipe, work.frame, step, kept=_kept(), secrets=dict(prep_state.secrets()))
    return tuple(map(str, next(iter(before.parts.values())).columns))


def mapped(recipe: Recipe, table: Table, chosen: dict[str, str]) -> tuple[ColumnMapping, Prepared]:
    """A dry run of another recipe on the open file: which column is which, and what each step would do."""
    mapping = map_columns(recipe, table.columns, chosen)
    return mapping, run(recipe, with_names(frame_of(table), mapping), secrets=dict(prep_state.secrets()))


def top_values(work: Work, columns: Any) -> tuple[str, ...]:
    """The most frequent texts of some columns of the file, to choose from."""
    question = (work.opened.token, tuple(work.renamed.items()), tuple(columns))

    def found() -> tuple[str, ...]:
        there = [work.frame[name].value_counts().head(40).index for name in columns if name in work.frame.columns]
        return tuple(dict.fromkeys(str(value) for each in there for value in each))

    return once(PAGE, "top_values", question, found, keep=KEPT)
