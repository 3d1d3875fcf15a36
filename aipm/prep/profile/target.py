"""What stands in the way of learning the target: gaps and imbalance in it, and columns that give it away."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column
from aipm.prep.profile.dates import NONE
from aipm.prep.profile.sheet import Sheet, found, step
from aipm.prep.profile.table import hashes, is_rich
from aipm.prep.profile.telling import FOLDS, Goal, auc_of, binned, explained, feature_of, goal_of, score_of
from aipm.tables import Refusal

DECIDES, NEARLY, TELLING_AUC = 0.97, 0.9, 0.98
BY_GAPS = 0.75


def target_column(columns: tuple[Column, ...], name: str | None) -> Column | None:
    """The column to predict. Raises Refusal where there is none of that name."""
    if name is None:
        return None
    for column in columns:
        if column.name == name:
            return column
    raise Refusal(
        "no_such_column",
        "The target column is not in the file.",
        advice="Names must be as the file has them, capital letters too; `aipm read` lists them.",
    )


def target(sheet: Sheet, identifiers: frozenset[int]) -> Iterator[Finding]:
    """Everything about the target; nothing where it is not known."""
    column = sheet.target
    if column is None:
        return
    if column.missing:
        gaps = ~column.is_valid
        yield found(
            "missing_target",
            [column],
            rows=sheet.rows,
            count=column.missing,
            where=column.first_rows(gaps),
            fix=step("drop_target_missing", [column], scope="rows"),
        )
    if column.distinct < 2:
        yield found(
            "constant_column", [column], rows=sheet.rows, count=column.filled, variant="target", severity="critical"
        )
        return
    goal = goal_of(column)
    if goal is None:
        yield found(
            "high_cardinality", [column], rows=sheet.rows, count=column.distinct, variant="target", severity="warning"
        )
        return
    if goal.classes:
        yield from _imbalance(column, sheet)
    yield from _leaks(goal, sheet, identifiers)
    if goal.classes:
        yield from _contradictions(column, sheet, identifiers)


def _imbalance(column: Column, sheet: Sheet) -> Iterator[Finding]:
    times = column.times[column.is_valid]
    share = times.min() / times.sum()
    if share < 0.6 / len(times):
        yield found(
            "class_imbalance",
            [column],
            rows=sheet.rows,
            count=int(times.min()),
            severity="warning" if share < 0.05 else None,
            values=column.examples(column.is_valid),
            fix=step("class_weights", [column]),
        )


def _leaks(goal: Goal, sheet: Sheet, identifiers: frozenset[int]) -> Iterator[Finding]:
    """Columns that tell the target nearly by themselves, by their values, their gaps, their names or together."""
    told: set[int] = set()
    small = len(goal.rows) < 30
    for column in sheet.columns:
        if column is goal.column or column.kind == "empty" or column.distinct < 1 or small:
            continue
        if 0.01 * sheet.rows <= column.missing <= 0.99 * sheet.rows and _gaps_tell(column, goal):
            told.add(column.position)
            yield found(
                "leakage_by_missingness",
                [column],
                rows=sheet.rows,
                count=column.missing,
                fix=step("drop_columns", [column]),
            )
        score, auc = score_of(feature_of(column, goal), goal)
        if column.position not in identifiers:
            if score >= (DECIDES if len(goal.rows) >= 200 else 0.999):
                told.add(column.position)
                yield _leak(column, sheet, "")
                continue
            if score >= NEARLY or auc >= TELLING_AUC:
                told.add(column.position)
                yield _leak(column, sheet, "nearly")
                continue
        if goal.classes and _contains(column, goal):
            told.add(column.position)
            yield _leak(column, sheet, "contains")
            continue
        wanted = {word for word in goal.column.words if len(word) > 3}
        if column.position not in told and len(goal.column.name) > 3 and wanted and wanted <= column.words:
            told.add(column.position)
            yield _leak(column, sheet, "name")
    if not small:
        yield from _together(goal, sheet, told)


def _leak(column: Column, sheet: Sheet, variant: str) -> Finding:
    assert sheet.target is not None
    return found(
        "leakage",
        [column],
        rows=sheet.rows,
        variant=variant,
        fix=step("drop_columns", [column]),
        said={"target": sheet.target.name},
    )


def _contains(column: Column, goal: Goal) -> bool:
    """Whether the text of the target stands within the texts of the column in (nearly) every row."""
    if column.kind not in ("text", "category"):
        return False
    answers = goal.column.codes[goal.rows]
    used = np.unique(answers)
    wanted = [str(goal.column.texts[int(code)].as_py()) for code in used]
    if min(map(len, wanted)) < 2:
        return False
    hits = 0
    for code, text in zip(used, wanted, strict=True):
        inside = pc.match_substring(column.texts, text, ignore_case=True).to_numpy(zero_copy_only=False)
        hits += int(inside[column.codes[goal.rows[answers == code]]].sum())
        if inside[column.codes[goal.rows[answers != code]]].mean() > 0.05:
            return False
    return hits >= 0.98 * len(goal.rows)


def _gaps_tell(column: Column, goal: Goal) -> bool:
    """Whether a cell being missing tells the target: well on the whole, or for certain in many rows."""
    gone = (~column.is_valid)[column.codes[goal.rows]]
    if gone.sum() < 10 or (~gone).sum() < 10:
        return False
    if not goal.classes:
        return explained(gone.astype(np.int64), 2, np.arange(len(gone)) % FOLDS, goal.values) > 0.7
    answer = goal.values.astype(np.int64)
    prior = np.bincount(answer, minlength=goal.classes) / len(answer)
    if goal.classes == 2:
        auc = auc_of(gone.astype(np.float64), answer == 1)
        if max(auc, 1 - auc) >= BY_GAPS:
            return True
    for side in (gone, ~gone):
        pure = np.bincount(answer[side], minlength=goal.classes) / side.sum()
        best = int(pure.argmax())
        if side.mean() >= 0.05 and side.sum() >= 50 and pure[best] >= 0.99 and prior[best] <= 0.85:
            return True
    return False


def _together(goal: Goal, sheet: Sheet, told: set[int]) -> Iterator[Finding]:
    """Two columns that make up the target: the time between two dates, a sum, a product, a difference."""
    dated = [c for c in sheet.columns if c.kind == "date" and c is not goal.column][:6]
    for first, second in combinations(dated, 2):
        gap = _moments(second, goal.rows) - _moments(first, goal.rows)
        later, earlier = (second, first) if np.nanmedian(gap) >= 0 else (first, second)
        if later.position in told or not np.isfinite(gap).any():
            continue
        score, auc = score_of(binned(gap), goal)
        known = np.isfinite(gap)
        part = Goal(column=goal.column, rows=goal.rows[known], values=goal.values[known], classes=goal.classes)
        alone = (
            score_of(binned(gap[known]), part) if known.sum() >= 100 and len(np.unique(part.values)) > 1 else (0.0, 0.0)
        )
        if max(score, alone[0]) >= NEARLY or max(auc, alone[1]) >= TELLING_AUC:
            told.add(later.position)
            yield found(
                "leakage",
                [later, earlier],
                about=later,
                rows=sheet.rows,
                variant="dates",
                fix=step("drop_columns", [later]),
                said={"target": goal.column.name, "other": earlier.name},
            )
    if goal.classes:
        return
    some = goal.rows[:5_000]
    aim = goal.values[:5_000]
    numeric = [
        c for c in sheet.columns if c.is_numeric and c is not goal.column and c.position not in told and c.distinct > 2
    ][:30]
    rows = {c.position: np.where(c.is_valid, c.numbers.values, np.nan)[c.codes[some]] for c in numeric}
    for first, second in combinations(numeric, 2):
        a, b = rows[first.position], rows[second.position]
        with np.errstate(over="ignore", invalid="ignore"):
            ways = (a + b, a - b, b - a, a * b)
        if any(_equal(way, aim) for way in ways):
            yield found(
                "leakage",
                [first, second],
                rows=sheet.rows,
                variant="sum",
                fix=step("drop_columns", [first, second]),
                said={"target": goal.column.name, "one": first.name, "other": second.name},
                about=first,
            )
            return


def _equal(way: NDArray[np.float64], aim: NDArray[np.float64]) -> bool:
    return bool(np.isclose(way, aim, rtol=1e-6, atol=1e-9).mean() >= 0.98)


def _moments(column: Column, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Days since 1970 with the hour as a part of a day; NaN where missing."""
    assert column.dates is not None
    days = np.where(column.is_valid & (column.dates.days != NONE), column.dates.days.astype(np.float64), np.nan)
    return (days + _clock(column))[column.codes[rows]]


def _clock(column: Column) -> NDArray[np.float64]:
    """The time of day of each distinct text as a share of a day."""
    parts = pc.extract_regex(column.texts, r"(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})")
    known = parts.is_valid().to_numpy(zero_copy_only=False)
    clock = np.zeros(len(column.times))
    inside = parts.filter(pa.array(known))
    hours, minutes = (inside.field(i).cast(pa.float64()).to_numpy(zero_copy_only=False) for i in (0, 1))
    clock[known] = (hours * 60 + minutes) / 1440
    return clock


def _contradictions(column: Column, sheet: Sheet, identifiers: frozenset[int]) -> Iterator[Finding]:
    """Rows that are the same in everything but the target, where that is more than chance among few values."""
    others = [c for c in sheet.columns if c is not column and c.position not in identifiers and c.kind != "empty"]
    if len(others) < 2 or not is_rich(others, sheet.rows) or any(len(c.times) == sheet.rows for c in others):
        return
    mixed, answers = hashes(others, sheet.rows), column.row_codes()
    order = np.lexsort((answers, mixed))
    same = mixed[order][1:] == mixed[order][:-1]
    differs = (
        same & (answers[order][1:] != answers[order][:-1]) & (answers[order][1:] >= 0) & (answers[order][:-1] >= 0)
    )
    if not differs.any():
        return
    torn = np.isin(mixed, mixed[order][1:][differs])
    yield found(
        "label_error_suspect",
        [column],
        rows=sheet.rows,
        count=int(torn.sum()),
        variant="contradiction",
        where=tuple((np.flatnonzero(torn)[:10] + 1).tolist()),
    )
