"""The order of steps: what must come before what, why, and the nearest order that works."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aipm.prep.operation import Operation
from aipm.prep.recipe import Recipe, Step
from aipm.prep.recipe_texts import texts

SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A step that cannot stand where it stands: which, the code of the rule, the rule in words, and why it is one."""

    id: str
    code: str
    message: str
    why: str


def misplaced(recipe: Recipe, operations: Mapping[str, Operation]) -> tuple[Misplaced, ...]:
    """The enabled steps that stand in the wrong place, in order."""
    steps = [(step, operations[step.op]) for step in recipe.steps if step.enabled and step.op in operations]
    split = next((place for place, (step, _) in enumerate(steps) if step.op == SPLIT), None)
    found = []
    for place, (step, operation) in enumerate(steps):
        code = _rule(operation, before=split is not None and place < split, after=split is not None and place > split)
        if code:
            said = texts().order[code]
            found.append(Misplaced(step.id, code, said.message, said.why))
    return tuple(found)


def _rule(operation: Operation, *, before: bool, after: bool) -> str | None:
    """The rule that an operation breaks before the split, after it, or (neither) where there is none."""
    if operation.name == SPLIT:
        return "second_split" if after else None
    if operation.scope == "train_only" and not after:
        return "train_only_before_split" if before else "train_only_without_split"
    if operation.learn and before:
        return "learns_before_split"
    if operation.scope == "rows" and after:
        return "rows_after_split"
    return None


def mended(recipe: Recipe, operations: Mapping[str, Operation]) -> Recipe:
    """The same steps with rows steps first, then the split, then what is learned; otherwise in the order they had.

    A column step stays before the split, unless it works on what a step that had to move has made or changed. Steps
    that no order helps (a second split, a training step without any split) stay where they are.
    """
    split = next((step for step in recipe.steps if step.enabled and step.op == SPLIT), None)
    if split is None or not misplaced(recipe, operations):
        return recipe
    first: list[Step] = []
    later: list[Step] = []
    moved: set[str] = set()
    passed = False
    for step in recipe.steps:
        operation = operations.get(step.op)
        if step is split:
            passed = True
            continue
        rows = operation is not None and operation.scope == "rows" and step.op != SPLIT
        bound = operation is not None and (operation.learn is not None or operation.scope == "train_only")
        if rows or not (bound or passed or moved & set(step.columns) or _made(step, recipe, moved=bool(moved))):
            first.append(step)
        else:
            later.append(step)
            if bound and not passed:
                moved |= set(step.columns)
    return replace(recipe, steps=(*first, split, *later))


def _made(step: Step, recipe: Recipe, *, moved: bool) -> bool:
    """Whether a step may work on a column that a moved step makes: one that the file does not have."""
    return moved and bool(recipe.columns) and not set(step.columns) <= set(recipe.columns)


RANKS: tuple[frozenset[str], ...] = (
    frozenset({"strip_text", "rename_columns"}),
    frozenset({"merge_variants", "replace_values", "relabel", "correct_labels"}),
    frozenset({"mark_missing"}),
    frozenset({"to_number", "to_date", "to_boolean", "unit_to_number", "range_to_number"}),
    frozenset({"mask_text", "hash_text", "generalise_number", "generalise_date", "generalise_category"}),
    frozenset({"drop_duplicates", "drop_target_missing", "drop_rows_missing", "keep_rows", "drop_rows"}),
    frozenset({SPLIT}),
    frozenset({"missing_indicator"}),
    frozenset({"fill_constant", "fill_statistic", "fill_neighbours", "fill_regression", "not_applicable"}),
    frozenset({"flag_outliers", "remove_outliers", "cap_outliers"}),
    frozenset({"formula", "ratio", "interaction", "text_length", "date_parts"}),
    frozenset({"bins", "min_max", "z_score", "robust_scale", "one_hot", "ordinal", "frequency_encode", "split_values"}),
)
"""What is best done before what on the same columns: spelling, hidden blanks, types, coarser values, rows, the
split, filling, outliers, new columns, scales and encodings."""


def placed(recipe: Recipe, step: Step, operations: Mapping[str, Operation]) -> int:
    """Where a new step best goes: as late as it may be, and before steps on its columns that should find it done."""
    operation = operations[step.op]
    place = len(recipe.steps)
    split = next((k for k, each in enumerate(recipe.steps) if each.enabled and each.op == SPLIT), None)
    bound = operation.learn is not None or operation.scope == "train_only"
    if split is not None and not bound and step.op != SPLIT:
        later = recipe.steps[split + 1 :]
        made = {name for each in later for name in each.columns}
        known = set(recipe.columns)
        if operation.scope == "rows" or (not set(step.columns) & made and (not known or set(step.columns) <= known)):
            place = split
    if step.op == SPLIT:
        for k, each in enumerate(recipe.steps):
            other = operations.get(each.op)
            if other is not None and (other.learn is not None or other.scope == "train_only"):
                place = min(place, k)
        return place
    rank = _rank(step.op)
    for k, each in enumerate(recipe.steps[:place]):
        if rank is None or k < (split + 1 if bound and split is not None else 0):
            continue
        other_rank = _rank(each.op)
        if other_rank is not None and other_rank > rank and (set(each.columns) & set(step.columns)):
            return k
    return place


def _rank(op: str) -> int | None:
    return next((place for place, names in enumerate(RANKS) if op in names), None)
