"""Rare classes and small data: weights first, more rows only where weights do not do, and those marked as made up."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import ColumnName, Seed
from aipm.prep.operations.cells import texts_of
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassWeights:
    name: ColumnName = "weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversample:
    """The step's columns: the label, then those to go by; only the label: all that can be used.

    `share`: rows of every smaller class for each row of the largest one, once it is done.
    """

    share: Annotated[float, Meta(gt=0, le=1)] = 1.0
    neighbours: Annotated[int, Meta(ge=1, le=50)] = 5
    seed: Seed = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AugmentNumbers:
    """`share`: new rows for each row there is. `spread`: of the change, in standard deviations of the column."""

    share: Annotated[float, Meta(gt=0, le=5)] = 1.0
    spread: Annotated[float, Meta(gt=0, le=0.5)] = 0.05
    seed: Seed = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AugmentText:
    """`kinds`: lower case, two neighbouring letters swapped, a letter left out."""

    share: Annotated[float, Meta(gt=0, le=5)] = 1.0
    kinds: Annotated[tuple[Literal["lower", "swap", "drop"], ...], Meta(min_length=1, max_length=3)] = (
        "lower",
        "swap",
        "drop",
    )
    seed: Seed = 0


def learn_class_weights(frame: pd.DataFrame, columns: list[str], *, name: str) -> dict[str, float]:
    """The weight of each class: rows / (classes x rows of the class), so that every class weighs the same in all."""
    from sklearn.utils.class_weight import compute_class_weight

    if name in frame.columns:
        raise Refusal("name_taken", f"There is a column {name!r} already.", advice="Give the weights another name.")
    label = texts_of(frame, columns[0]).dropna()
    classes = np.array(sorted(label.unique()), dtype=object)
    if len(classes) < 2:
        raise Refusal("one_class", "The label has fewer than two values in training.", advice="Weights need two.")
    if len(classes) > 1_000:
        raise Refusal("many_classes", f"The label has {len(classes):,} values.", advice="Choose one with fewer.")
    weights = compute_class_weight("balanced", classes=classes, y=label.to_numpy(dtype=object))
    return {str(each): float(weight) for each, weight in zip(classes, weights, strict=True)}


def class_weights(frame: pd.DataFrame, columns: list[str], learned: dict[str, float], *, name: str) -> pd.DataFrame:
    """A column of weights for training; missing where the label is, or was never seen in training."""
    return frame.assign(**{name: texts_of(frame, columns[0]).map(learned).astype("float64")})


def described_weights(learned: dict[str, float]) -> dict[str, Any]:
    return {"weights": learned}


def oversample(frame: pd.DataFrame, columns: list[str], *, share: float, neighbours: int, seed: int) -> pd.DataFrame:
    """More rows of the smaller classes, each between two real ones that are alike (SMOTENC); for training only.

    Columns that are not gone by are missing in the new rows: a made-up row is nobody's, so it has no identity.
    """
    from imblearn.over_sampling import SMOTE, SMOTEN, SMOTENC

    target, *given = list(columns)
    rows = marked_synthetic(frame)
    labels = rows[target].dropna()
    counts = labels.value_counts()
    if len(counts) < 2:
        raise Refusal(
            "one_class", "The label has fewer than two values in training.", advice="There is nothing to balance."
        )
    goal = max(1, round(share * counts.iloc[0]))
    small = {label: goal for label, count in counts.items() if count < goal}
    if not small:
        return rows
    if min(counts[label] for label in small) < 6:
        raise Refusal(
            "too_few_rows",
            f"The rarest label has {counts.min()} rows: too few to tell what lies between them.",
            advice="Collect at least 6 rows of it, join it with another label, or use class weights.",
        )
    if sum(goal - counts[label] for label in small) > 500_000 or len(counts) > 100:
        raise Refusal("too_many_rows", "More than 500,000 rows or 100 labels.", advice="Use class weights instead.")
    usable = given or [
        column
        for column in rows.columns.drop([target, "synthetic"])
        if pd.api.types.is_numeric_dtype(rows[column])
        or (
            not pd.api.types.is_datetime64_any_dtype(rows[column])
            and 1 < rows[column].nunique() <= min(100, len(rows) // 2)
        )
    ]
    for column in usable:
        if pd.api.types.is_datetime64_any_dtype(rows[column]):
            raise Refusal("not_numbers", f"Column {column!r} holds dates.", advice="Take date parts of it first.")
    if not usable:
        raise Refusal("no_columns", "No column can be used for it.", advice="Turn text into numbers or categories.")
    features = rows.loc[labels.index, usable]
    blank = [column for column in usable if features[column].isna().any()]
    if blank:
        raise Refusal(
            "missing_values",
            f"{len(blank)} columns have missing values, the first is {blank[0]!r}.",
            advice="Fill the missing values in a step before this one.",
        )
    is_number = [
        pd.api.types.is_numeric_dtype(features[column]) and not pd.api.types.is_bool_dtype(features[column])
        for column in usable
    ]
    many = [
        column
        for column, number in zip(usable, is_number, strict=True)
        if not number and features[column].nunique() > 1_000
    ]
    if many:
        raise Refusal("many_categories", f"Column {many[0]!r} has over 1,000 values.", advice="Leave it out.")
    near = min(neighbours, min(counts[label] for label in small) - 1)
    options = {"sampling_strategy": small, "k_neighbors": near, "random_state": seed}
    if all(is_number):
        sampler = SMOTE(**options)
    elif any(is_number):
        sampler = SMOTENC([not number for number in is_number], **options)
    else:
        sampler = SMOTEN(**options)
    plain = pd.DataFrame(
        {
            column: features[column].astype("float64") if number else features[column].astype("object")
            for column, number in zip(usable, is_number, strict=True)
        }
    )
    if not np.isfinite(plain.loc[:, is_number].to_numpy(dtype="float64")).all():
        raise Refusal("infinite_values", "A column holds an infinite number.", advice="Turn it into a missing one.")
    made, made_labels = sampler.fit_resample(plain, labels.to_numpy(dtype=object))
    new = made.iloc[len(labels) :].assign(**{target: made_labels[len(labels) :], "synthetic": True})
    for column in usable:
        if pd.api.types.is_integer_dtype(rows[column]):
            new[column] = new[column].round()
    return with_new_rows(rows, new)


def augment_numbers(frame: pd.DataFrame, columns: list[str], *, share: float, spread: float, seed: int) -> pd.DataFrame:
    """Copies of rows with these numbers moved a little, never beyond what occurs; for training only."""
    rows = marked_synthetic(frame)
    random = np.random.default_rng(seed)
    new = copied_rows(rows, share=share, random=random)
    for column in columns:
        if not pd.api.types.is_numeric_dtype(rows[column]) or pd.api.types.is_bool_dtype(rows[column]):
            raise Refusal("not_numbers", f"Column {column!r} does not hold numbers.", advice="Put to_number before it.")
        numbers = rows[column].astype("float64").replace([np.inf, -np.inf], np.nan)
        step = spread * numbers.std(ddof=0)
        moved = new[column].astype("float64") + random.normal(0.0, 1.0, len(new)) * step
        moved = moved.clip(numbers.min(), numbers.max())
        # A number keeps the digits it is measured in, so that new rows do not give themselves away.
        digits = next((d for d in range(7) if np.allclose(numbers.dropna(), numbers.dropna().round(d), atol=0)), 7)
        new[column] = moved.round(digits)
    return with_new_rows(rows, new)


def augment_text(
    frame: pd.DataFrame, columns: list[str], *, share: float, kinds: tuple[str, ...], seed: int
) -> pd.DataFrame:
    """Copies of rows with these texts written less carefully: it makes a model sturdier against slips, no wiser."""
    rows = marked_synthetic(frame)
    random = np.random.default_rng(seed)
    new = copied_rows(rows, share=share, random=random)
    for column in columns:
        drawn = zip(texts_of(new, column), random.choice(list(kinds), len(new)), random.random(len(new)), strict=True)
        varied = [with_slip(cell, kind, at) if isinstance(cell, str) else cell for cell, kind, at in drawn]
        new[column] = pd.Series(varied, index=new.index, dtype="str")
    return with_new_rows(rows, new)


def with_slip(text: str, kind: str, at: float) -> str:
    """One slip: in small letters, or a letter left out or swapped with the next. The first letter stays."""
    place = 1 + int(at * (len(text) - 2))
    if kind == "lower" or len(text) < 4:
        return text.lower()
    return (
        text[:place] + ("" if kind == "drop" else text[place + 1] + text[place]) + text[place + 2 - (kind == "drop") :]
    )


def marked_synthetic(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column `synthetic`, which says of each row whether it was made up: so far, none."""
    return frame if "synthetic" in frame.columns else frame.assign(synthetic=False)


def copied_rows(rows: pd.DataFrame, *, share: float, random: np.random.Generator) -> pd.DataFrame:
    """Copies of real rows, drawn evenly: each is drawn again only when all have been."""
    real = rows[~rows["synthetic"].astype("bool")]
    count = round(share * len(real))
    if count > 500_000:
        raise Refusal(
            "too_many_rows", "That would make more than 500,000 rows.", advice="So much data needs no copies."
        )
    rounds = [random.permutation(len(real)) for _ in range(-(-count // max(len(real), 1)))]
    drawn = np.concatenate([*rounds, np.array([], dtype="int64")])[:count]
    return real.iloc[drawn].assign(synthetic=True)


def with_new_rows(rows: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """New rows below, numbered -1, -2 and so on: they are in no file, so they have no row number there."""
    first = min(0, rows.index.min() if len(rows) else 0)
    new = new.set_axis(range(first - 1, first - 1 - len(new), -1)).reindex(columns=rows.columns)
    # Whole numbers and yes or no need a type that knows missing values where new rows have none.
    wider = {"int64": "Int64", "bool": "boolean"}
    types = {
        column: wider.get(str(kind), kind) if new[column].isna().any() else kind for column, kind in rows.dtypes.items()
    }
    return pd.concat([rows.astype(types), new.astype(types)])


OPERATIONS = (
    Operation(
        name="class_weights",
        stage="guard",
        scope="columns",
        params=ClassWeights,
        apply=class_weights,
        learn=learn_class_weights,
        describe=described_weights,
        most_columns=1,
    ),
    Operation(
        name="oversample",
        stage="guard",
        scope="train_only",
        params=Oversample,
        apply=oversample,
    ),
    Operation(
        name="augment_numbers",
        stage="guard",
        scope="train_only",
        params=AugmentNumbers,
        apply=augment_numbers,
    ),
    Operation(
        name="augment_text",
        stage="guard",
        scope="train_only",
        params=AugmentText,
        apply=augment_text,
    ),
)
