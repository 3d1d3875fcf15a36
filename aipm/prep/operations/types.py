"""Texts -> numbers, dates, and yes or no. What does not fit becomes missing; nothing is guessed cell by cell."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import ShortText, Word
from aipm.prep.operations.cells import parsed_numbers
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ToNumber:
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""
    percent: Literal["points", "share"] = "points"
    """50% becomes 50 or 0.5."""
    ignore: Annotated[tuple[Word, ...], Meta(max_length=50)] = ()
    """Words that stand beside the number, such as EUR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDate:
    order: Literal["day_first", "month_first", "year_first"] = "day_first"
    """How 01/02/2024 is read. 2024-02-01 is read as year-month-day whatever is said here."""
    format: ShortText = ""
    """One exact format, as strftime has it; empty: every usual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToBoolean:
    yes: Annotated[tuple[Word, ...], Meta(min_length=1, max_length=100)] = ("yes", "y", "true", "t", "1", "1.0")
    no: Annotated[tuple[Word, ...], Meta(min_length=1, max_length=100)] = ("no", "n", "false", "f", "0", "0.0")


def written_numbers(texts: pd.Series, decimal: str, thousands: str, percent: str, ignore: list[str]) -> pd.Series:
    """Numbers as people write them: currency signs, (5) for -5, 50%, groups of thousands. Misfits are missing."""
    for word in ignore:
        texts = texts.str.replace(word, "", regex=False)
    spaces = "[ \t\u00a0\u2007\u2009\u202f]"
    texts = texts.str.replace("\u2212", "-", regex=False).str.strip()
    texts = texts.str.replace(r"^\((.*)\)$", r"-\1", regex=True)
    texts = texts.str.replace(rf"^([+-]?){spaces}*[$€£¥₹₽₩₺₴₦₫฿¢]{spaces}*", r"\1", regex=True)
    texts = texts.str.replace(rf"{spaces}*[$€£¥₹₽₩₺₴₦₫฿¢]$", "", regex=True)
    is_percent = texts.str.endswith("%", na=False)
    texts = texts.str.replace(rf"{spaces}*%$", "", regex=True)
    if thousands:
        # Only well-formed groups count: with a comma for thousands, 1,5 is not fifteen.
        mark = spaces if thousands == " " else f"[{thousands}]"
        grouped = texts.str.fullmatch(
            rf"[+-]?[0-9]{{1,3}}({mark}[0-9]{{2,3}})*{mark}[0-9]{{3}}([{decimal}][0-9]*)?", na=False
        )
        texts = texts.where(~grouped, texts.str.replace(mark, "", regex=True))
    if decimal == ",":
        texts = texts.where(~texts.str.contains(".", regex=False, na=False)).str.replace(",", ".", regex=False)
    numbers = parsed_numbers(texts)
    if percent == "share" and is_percent.any():
        numbers = numbers.astype("float64")
        numbers = numbers.where(~is_percent, numbers / 100)
    return numbers


def to_number(
    frame: pd.DataFrame, columns: list[str], *, decimal: str, thousands: str, percent: str, ignore: list[str]
) -> pd.DataFrame:
    """Texts -> numbers: whole ones where every number of the column is whole, otherwise floats."""
    if decimal == thousands:
        raise Refusal("bad_setting", "The decimal mark and the mark between thousands are the same.")
    out = frame.copy(deep=False)
    for column in columns:
        cells = frame[column]
        if pd.api.types.is_bool_dtype(cells):
            out[column] = cells.astype("Int64")
        elif pd.api.types.is_datetime64_any_dtype(cells):
            raise Refusal("not_numbers", f"Column {column!r} holds dates.", advice="Take date parts of it instead.")
        elif not pd.api.types.is_numeric_dtype(cells):
            texts = cells.str.strip()
            numbers = parsed_numbers(texts)
            # Most columns are plain numbers; only where one is not, or a point may mean thousands, look closer.
            if decimal != "." or numbers.isna().sum() > cells.isna().sum():
                codes, different = pd.factorize(texts)
                found = written_numbers(pd.Series(different, dtype="str"), decimal, thousands, percent, ignore)
                numbers = pd.Series(found.reindex(codes).array, index=frame.index)
            if (
                pd.api.types.is_float_dtype(numbers)
                and (numbers.dropna() % 1 == 0).all()
                and numbers.abs().max() < 2**53
            ):
                numbers = numbers.astype("Int64")
            out[column] = numbers
    return out


def parsed_dates(texts: pd.Series, order: str) -> pd.Series:
    """Texts in every usual way of writing a date -> dates; the rest is missing. Zones are turned into UTC.

    Not by pandas' own guessing: day first, that reads 2024-01-05 as the first of May, and month first 13/02/2024 as
    the 13th of February.
    """
    dates = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[us]")
    zoned = texts.str.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.]*(Z|[+-][0-9]{2}:?[0-9]{2})", na=False
    )
    if zoned.any():
        utc = pd.to_datetime(texts[zoned], format="ISO8601", utc=True, errors="coerce")
        dates[zoned] = utc.dt.tz_localize(None).astype("datetime64[us]")
    texts = texts.where(~zoned).str.replace("([0-9])T([0-9])", r"\1-\2", regex=True)
    texts = texts.str.replace("[ ,./\u00a0\u202f-]+", "-", regex=True)
    texts = texts.str.replace("([0-9])([AaPp][Mm])$", r"\1-\2", regex=True)
    shapes = texts.str.replace("[0-9]+", "0", regex=True).str.replace("[A-Za-z]+", "a", regex=True)
    in_order = {
        "day_first": ["%d-%m-%Y", "%d-%m-%y"],
        "month_first": ["%m-%d-%Y", "%m-%d-%y"],
        "year_first": ["%y-%m-%d"],
    }
    days = {
        "0-0-0": ["%Y-%m-%d", *in_order[order]],
        "0-a-0": ["%d-%b-%Y", "%d-%B-%Y", "%d-%b-%y", "%d-%B-%y", "%Y-%b-%d"],
        "a-0-0": ["%b-%d-%Y", "%B-%d-%Y", "%b-%d-%y"],
    }
    times = {
        "": [""],
        "-0:0": ["-%H:%M"],
        "-0:0:0": ["-%H:%M:%S"],
        "-0:0:0-0": ["-%H:%M:%S-%f"],
        "-0:0-a": ["-%I:%M-%p"],
        "-0:0:0-a": ["-%I:%M:%S-%p"],
    }
    for day, day_formats in days.items():
        for time, time_formats in times.items():
            shaped = shapes == day + time
            for format_ in [one + other for one in day_formats for other in time_formats]:
                left = shaped & dates.isna()
                if left.any():
                    found = pd.to_datetime(texts[left], format=format_, errors="coerce")
                    dates[left] = found.astype("datetime64[us]")
    return dates


def to_date(frame: pd.DataFrame, columns: list[str], *, order: str, format: str) -> pd.DataFrame:  # noqa: A002 - the setting's name
    """Texts -> dates, by one format where it is given, otherwise by every usual one in the given order."""
    unknown = "The date format is not one that is known."
    advice = "Write it with %Y, %m, %d, %H, %M and %S, for example %d.%m.%Y."
    out = frame.copy(deep=False)
    for column in columns:
        cells = frame[column]
        if pd.api.types.is_datetime64_any_dtype(cells):
            continue
        codes, different = pd.factorize(cells.astype("str").str.strip())
        texts = pd.Series(different, dtype="str")
        if format:
            if "%" not in format:  # words with a meaning of their own for pandas, which guess
                raise Refusal("bad_setting", unknown, advice=advice)
            try:
                dates = pd.to_datetime(texts, format=format, errors="coerce", utc="%z" in format)
            except (ValueError, TypeError, re.error) as problem:
                raise Refusal("bad_setting", unknown, advice=advice) from problem
            dates = (dates.dt.tz_localize(None) if dates.dt.tz else dates).astype("datetime64[us]")
        else:
            dates = parsed_dates(texts, order)
        out[column] = pd.Series(dates.reindex(codes).array, index=frame.index)
    return out


def to_boolean(frame: pd.DataFrame, columns: list[str], *, yes: list[str], no: list[str]) -> pd.DataFrame:
    """Words -> yes or no, without regard to case and spaces around; every other word becomes missing."""
    yes_words, no_words = {word.strip().lower() for word in yes}, {word.strip().lower() for word in no}
    if yes_words & no_words:
        raise Refusal("bad_setting", "A word stands for both yes and no.", advice="Take it out of one list.")
    out = frame.copy(deep=False)
    for column in columns:
        if not pd.api.types.is_bool_dtype(frame[column]):
            texts = frame[column].astype("str").str.strip().str.lower()
            is_yes = texts.isin(list(yes_words))
            out[column] = is_yes.astype("boolean").where(is_yes | texts.isin(list(no_words)))
    return out


OPERATIONS = (
    Operation(
        name="to_number",
        stage="clean",
        scope="columns",
        params=ToNumber,
        apply=to_number,
    ),
    Operation(
        name="to_date",
        stage="clean",
        scope="columns",
        params=ToDate,
        apply=to_date,
    ),
    Operation(
        name="to_boolean",
        stage="clean",
        scope="columns",
        params=ToBoolean,
        apply=to_boolean,
    ),
)
