"""Running a recipe on a frame: step by step, each failure said and passed over, nothing done twice that is kept."""

import hashlib
import inspect
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd

from aipm.prep.changes import Changes, changes
from aipm.prep.operation import Operation
from aipm.prep.operations import operations
from aipm.prep.order import SPLIT, misplaced
from aipm.prep.prepared import PARTS, WHOLE, Prepared, State, StepReport
from aipm.prep.recipe import Recipe, Step
from aipm.prep.settings import settings
from aipm.tables import Refusal

KEPT_BYTES = 600_000_000
_OURS = Path(__file__).parent


@dataclass(slots=True)
class Kept:
    """The data after each step of the last runs on one frame, so that an edit is computed from its step on only.

    What has not been used for longest goes first, once the changed columns take more than `most` bytes.
    """

    most: int = KEPT_BYTES
    frame: pd.DataFrame | None = None
    steps: dict[str, tuple[State, StepReport, int]] = field(default_factory=dict)

    def begin(self, frame: pd.DataFrame) -> None:
        if self.frame is not frame:
            self.frame = frame
            self.steps.clear()

    def get(self, key: str) -> tuple[State, StepReport] | None:
        found = self.steps.pop(key, None)
        if found is None:
            return None
        self.steps[key] = found
        return found[:2]

    def put(self, key: str, state: State, report: StepReport, *, size: int) -> None:
        self.steps[key] = (state, report, size)
        total = sum(each[2] for each in self.steps.values())
        for old in list(self.steps)[:-1]:
            if total <= self.most:
                break
            total -= self.steps.pop(old)[2]


def run(
    recipe: Recipe,
    frame: pd.DataFrame,
    *,
    kept: Kept | None = None,
    learned: Mapping[str, Any] | None = None,
    secrets: Mapping[str, str] | None = None,
    until: str | None = None,
    registry: Mapping[str, Operation] | None = None,
) -> Prepared:
    """Run the steps on a frame of texts (see `frames.frame_of`), up to and with the step `until`.

    A step that cannot be done is reported and left out; the others go on. With `learned`, what another run learned is
    taken, by step, instead of learning anew. `secrets` are for steps that ask for one, by its name; they are kept
    nowhere.
    """
    registry = operations() if registry is None else registry
    wrong = {each.id: each for each in misplaced(recipe, registry)}
    if learned is not None or kept is None:
        kept = Kept(most=0)
    kept.begin(frame)
    state, key = State({WHOLE: frame}), ""
    reports: list[StepReport] = []
    for step in recipe.steps:
        if not step.enabled:
            report = StepReport(id=step.id, op=step.op, status="skipped", message="Switched off.", rows=state.rows)
        elif step.id in wrong:
            rule = wrong[step.id]
            report = StepReport(
                id=step.id, op=step.op, status="out_of_order", message=f"{rule.message} {rule.why}", rows=state.rows
            )
        else:
            key = _key(key, step, secrets)
            known = kept.get(key)
            if known is None:
                before, started = state, time.perf_counter()
                state, report = _done(state, step, registry, learned=learned, secrets=secrets)
                report = replace(report, seconds=time.perf_counter() - started)
                kept.put(key, state, report, size=_size(before, state, report))
            else:
                state, report = known
        reports.append(report)
        if step.id == until:
            break
    return Prepared(parts=state.parts, steps=tuple(reports), learned=state.learned)


def around(recipe: Recipe, frame: pd.DataFrame, step: str, **options: Any) -> tuple[Prepared, Prepared]:
    """The data before and after one step; options as for `run`. The later steps decide, too, whether it may be done."""
    place = [each.id for each in recipe.steps].index(step)
    before = Prepared(parts={WHOLE: frame}, steps=(), learned={})
    if place:
        before = run(recipe, frame, until=recipe.steps[place - 1].id, **options)
    return before, run(recipe, frame, until=step, **options)


def _done(
    state: State,
    step: Step,
    registry: Mapping[str, Operation],
    *,
    learned: Mapping[str, Any] | None,
    secrets: Mapping[str, str] | None,
) -> tuple[State, StepReport]:
    """The data after a step and what it did; where it fails, the data as it was and why."""
    operation = registry.get(step.op)
    if operation is None:
        message = f"There is no operation {step.op[:80]!r}."
        return state, StepReport(id=step.id, op=step.op, status="failed", message=message, rows=state.rows)
    try:
        given = settings(step, operation)
        _need(step.columns, state.columns)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            after = _applied(state, step, operation, given, learned=learned, secrets=secrets)
    except Exception as problem:  # noqa: BLE001 - one step that fails, for whatever reason, must not lose the others
        return state, StepReport(id=step.id, op=step.op, status="failed", message=_why(problem), rows=state.rows)
    if step.op == SPLIT:
        found = Changes({}, rows_removed=len(state.parts[WHOLE]) - sum(after.rows.values()))
    else:
        found = sum((changes(state.parts[name], part) for name, part in after.parts.items()), start=Changes({}))
    rows = found.rows_added + found.rows_removed
    return after, StepReport(
        id=step.id,
        op=step.op,
        status="ok",
        changed=sum(found.by_column.values()) if operation.scope == "columns" else rows,
        message=_said(found, after, step, {each.category.__name__ for each in caught}),
        by_column=found.by_column,
        added=found.added,
        removed=found.removed,
        rows=after.rows,
    )


def _applied(
    state: State,
    step: Step,
    operation: Operation,
    given: dict[str, Any],
    *,
    learned: Mapping[str, Any] | None,
    secrets: Mapping[str, str] | None,
) -> State:
    columns = list(step.columns)
    if step.op == SPLIT:
        [whole] = state.parts.values()
        names = operation.apply(whole, columns, **given)
        parts = {name: whole[(names == name).to_numpy(dtype=bool, na_value=False)] for name in PARTS}
        parts = {name: part for name, part in parts.items() if len(part)}
        if "train" not in parts:
            raise Refusal("no_training", "The training part would be empty.")
        return State(parts, state.learned)
    source = next(iter(state.parts.values()))  # the training part, or all where nothing is split
    if secrets is not None and "secrets" in inspect.signature(operation.apply).parameters:
        given = {**given, "secrets": secrets}
    arguments: list[Any] = [columns]
    if operation.learn is not None:
        if learned is None:
            arguments.append(operation.learn(source, columns, **given))
        elif step.id in learned:
            arguments.append(learned[step.id])
        else:
            raise Refusal("not_learned", "Nothing was learned for this step in the run that is taken over.")
    parts = {
        name: operation.apply(part, *arguments, **given) if operation.scope != "train_only" or name == "train" else part
        for name, part in state.parts.items()
    }
    if any(len(part) and not len(parts[name]) for name, part in state.parts.items()):
        raise Refusal("no_rows", "This step would leave no row.")
    if any(not len(part.columns) for part in parts.values()):
        raise Refusal("no_columns", "This step would leave no column.")
    return State(parts, {**state.learned, step.id: arguments[1]} if operation.learn is not None else state.learned)


def _need(wanted: tuple[str, ...], there: list[str]) -> None:
    known = set(there)
    lacking = [name for name in wanted if name not in known]
    if lacking:
        said = ", ".join(repr(name) for name in lacking[:5]) + (" and more" if len(lacking) > 5 else "")
        raise Refusal("no_column", f"There is no column {said} at this step.")


def _why(problem: Exception) -> str:
    """Why a step failed; the words of a library are not repeated, since they may quote a cell."""
    if isinstance(problem, Refusal):
        return f"{problem.message} {problem.advice}".strip()
    place = problem.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if (
        isinstance(problem, ValueError)
        and place is not None
        and _OURS in Path(place.tb_frame.f_code.co_filename).parents
    ):
        return str(problem)
    return f"The data does not suit this step ({type(problem).__name__})."


def _said(found: Changes, after: State, step: Step, warned: set[str]) -> str:
    told = []
    if step.op == SPLIT:
        told.append(", ".join(f"{name} {rows:,}" for name, rows in after.rows.items()))
    cells = sum(count for name, count in found.by_column.items() if name not in found.added)
    for count, thing, verb in (
        (found.rows_removed, "row", "left out"),
        (found.rows_added, "row", "added"),
        (cells, "cell", "changed"),
        (len(found.added), "column", "added"),
        (len(found.removed), "column", "left out"),
        (len(found.renamed), "column", "renamed"),
    ):
        if count:
            told.append(f"{count:,} {thing}{'' if count == 1 else 's'} {verb}")
    if "ConvergenceWarning" in warned:
        told.append("the method had not quite settled when it stopped")
    text = "; ".join(told) or "nothing had to be changed"
    return f"{text[0].upper()}{text[1:]}."


def _key(before: str, step: Step, secrets: Mapping[str, str] | None) -> str:
    """A name for the data after these steps, whatever is said beside them."""
    told = [before, step.id, step.op, step.columns, msgspec.to_builtins(dict(step.params))]
    told.append(sorted(secrets.items()) if secrets else None)
    return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()


def _size(before: State, after: State, report: StepReport) -> int:
    """Bytes that the data after a step takes beyond the data before it."""
    if report.status != "ok":
        return 0
    whole = before.rows != after.rows
    touched = {*report.by_column, *report.added}
    return sum(
        int(size)
        for part in after.parts.values()
        for name, size in part.memory_usage(index=False).items()
        if whole or name in touched
    )
