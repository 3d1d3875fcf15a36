"""What the cells of a column mean as numbers, texts or dates, and how new columns join a frame."""

import pandas as pd

from aipm.tables import Refusal


def countable(numbers: pd.Series) -> pd.Series:
    """Numbers beyond 1e100 and infinities are missing: their squares and sums overflow, and nobody measures them."""
    return numbers.where(numbers.abs() <= 1e100)


def parsed_numbers(texts: pd.Series) -> pd.Series:
    """Texts such as -1.5 or 2e3 as numbers; anything else is missing. Where all are whole they stay so, exactly."""
    is_whole = texts.str.fullmatch("[+-]?[0-9]{1,18}", na=False)
    if is_whole.sum() < texts.notna().sum():
        is_number = is_whole | texts.str.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", na=False)
        if is_whole.sum() < is_number.sum():
            return countable(texts.where(is_number).astype("Float64").astype("float64"))
    return texts.where(is_whole).str.removeprefix("+").astype("Int64")


def numbers_of(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column as floats; yes and no are 1 and 0. Raises Refusal where it holds anything but numbers."""
    cells = frame[column]
    if pd.api.types.is_numeric_dtype(cells):
        return countable(cells.astype("float64"))
    if pd.api.types.is_datetime64_any_dtype(cells):
        raise Refusal("not_numbers", f"Column {column!r} holds dates.", advice="Take date parts of it first.")
    numbers = parsed_numbers(cells.str.strip()).astype("float64")
    misfits = int(numbers.isna().sum() - cells.isna().sum())
    if misfits:
        raise Refusal(
            "not_numbers",
            f"Column {column!r} holds {misfits} cells that are not numbers.",
            advice="Turn it into numbers first; what does not fit becomes missing and is counted.",
        )
    return numbers


def nothing_to_learn(column: str) -> Refusal:
    """The answer to a column that is empty where a step has to learn from it."""
    return Refusal(
        "nothing_to_learn",
        f"Column {column!r} has no value in the part that is learned from.",
        advice="Drop the column, or fill it with a constant.",
    )


def learnable_numbers(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The columns as floats. Raises Refusal for a column without a single value to learn from."""
    numbers = pd.DataFrame({column: numbers_of(frame, column) for column in columns}, index=frame.index)
    for column in columns:
        if numbers[column].isna().all():
            raise nothing_to_learn(column)
    return numbers


def texts_of(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column as texts, the same for 3 and 3.0, so that a category is one whatever part of the file it is in."""
    cells = frame[column]
    if isinstance(cells.dtype, pd.StringDtype):
        return cells
    texts = cells.astype("str")
    return texts.str.removesuffix(".0") if pd.api.types.is_float_dtype(cells) else texts


def dates_of(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column as dates; texts must be written as 2024-01-31, with or without a time. Raises Refusal otherwise."""
    cells = frame[column]
    if pd.api.types.is_datetime64_any_dtype(cells):
        return cells
    misfits = int(cells.notna().sum())
    if isinstance(cells.dtype, pd.StringDtype):
        iso = cells.where(cells.str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+)?", na=False))
        dates = pd.to_datetime(iso, format="ISO8601", errors="coerce").astype("datetime64[us]")
        misfits = int(dates.isna().sum() - cells.isna().sum())
        if not misfits:
            return dates
    raise Refusal(
        "not_dates",
        f"Column {column!r} holds {misfits} cells that are not dates as year-month-day.",
        advice="Turn it into dates first.",
    )


def free_names(taken: list[str], wanted: list[str]) -> list[str]:
    """The wanted names, made different from those taken and from each other by _2, _3 and so on."""
    used = set(taken)
    names = []
    for base in wanted:
        name, number = base, 2
        while name in used:
            name, number = f"{base}_{number}", number + 1
        used.add(name)
        names.append(name)
    return names


def add_columns(frame: pd.DataFrame, made: list[tuple[str, pd.Series]]) -> pd.DataFrame:
    """New columns at the end of the frame; a name that is taken gets _2, _3 and so on."""
    if not made:
        return frame
    names = free_names(list(frame.columns), [name for name, _ in made])
    new = pd.DataFrame({name: cells for name, (_, cells) in zip(names, made, strict=True)}, index=frame.index)
    return pd.concat([frame, new], axis=1)


def add_named_column(frame: pd.DataFrame, name: str, default: str, cells: pd.Series) -> pd.DataFrame:
    """One new column under the name that was asked for, or under a free one like the default. Refuses a name in use."""
    if name and name in frame.columns:
        raise Refusal("name_taken", f"There is a column {name!r} already.", advice="Give the new column another name.")
    return add_columns(frame, [(name or default, cells)])
