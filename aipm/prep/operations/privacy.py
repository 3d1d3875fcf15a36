"""Personal data made less telling: masked, replaced by keyed codes, or said more coarsely."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import ShortText
from aipm.prep.operations.cells import dates_of, numbers_of, texts_of
from aipm.tables import Refusal

Finite = Annotated[float, Meta(ge=-1e15, le=1e15)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskText:
    """`whole` leaves nothing, `keep_end` the last `keep` characters, `email_domain` what follows the @.

    `inside` replaces e-mail addresses, card, account and phone numbers within longer text.
    """

    what: Literal["whole", "keep_end", "email_domain", "inside"] = "whole"
    keep: Annotated[int, Meta(ge=1, le=8)] = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HashText:
    """`salt_from` is the name under which the secret is known (an environment variable), never the secret."""

    salt_from: Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{0,63}\Z")] = "AIPM_SALT"
    length: Annotated[int, Meta(ge=12, le=64)] = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneraliseNumber:
    """Bands of one width, counted from 0; everything below `lowest` or from `highest` on is one band."""

    width: Annotated[float, Meta(gt=0, le=1e12)]
    lowest: Finite | None = None
    highest: Finite | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneraliseDate:
    to: Literal["month", "quarter", "year", "decade"] = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneraliseCategory:
    """Either the names to keep, all others becoming `other`, or the number of leading characters (of a postcode)."""

    keep: Annotated[tuple[ShortText, ...], Meta(max_length=200)] = ()
    other: ShortText = "other"
    prefix: Annotated[int, Meta(ge=1, le=20)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRareCombinations:
    """With `l` above 1 the last of the step's columns is the sensitive one, of which each combination has l values."""

    k: Annotated[int, Meta(ge=2, le=1_000)] = 5
    l: Annotated[int, Meta(ge=1, le=100)] = 1  # noqa: E741 - the name of the measure


def mask_text(frame: pd.DataFrame, columns: list[str], *, what: str, keep: int) -> pd.DataFrame:
    """Text with its telling part replaced. The number of stars is always three, so that it does not tell the length."""
    changed = {}
    for column in columns:
        text = texts_of(frame, column)
        if what == "keep_end":  # what is hardly longer than what is kept is hidden whole
            masked = ("***" + text.str[-keep:]).where(text.str.len() >= 2 * keep, "***")
        elif what == "email_domain":
            domain = text.str.replace("(?s)^.*@", "***@", regex=True)
            masked = domain.where(text.str.contains("@", regex=False), "***")
        elif what == "inside":
            masked = text.map({cell: masked_inside(cell) for cell in text.dropna().unique()})
        else:
            masked = pd.Series("***", index=text.index)
        changed[column] = masked.where(text.notna()).astype("str")
    return frame.assign(**changed)


def masked_inside(cell: str) -> str:
    """Addresses and long numbers in running text, each replaced by what it was."""
    import re

    cell = re.sub(r"[^\s@<>,;:]{1,64}@[^\s@<>,;:]{1,255}", "[e-mail]", cell)
    cell = re.sub(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", "[account]", cell)
    cell = re.sub(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)", "[card]", cell)
    cell = re.sub(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])", "[address]", cell)
    # A date is no phone number: 2024-03-01 has eight digits too.
    return re.sub(
        r"(?<![\w.])(?!\d{4}-\d\d-\d\d\b|\d\d?[./-]\d\d?[./-]\d{4}\b)\+?\(?\d(?:[ ()./-]{0,2}\d){7,14}(?!\d)",
        "[phone]",
        cell,
    )


def hash_text(
    frame: pd.DataFrame,
    columns: list[str],
    *,
    salt_from: str,
    length: int,
    secrets: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Each text as a code made with a secret (HMAC-SHA256): equal texts get equal codes, so that files still join.

    Whoever has the secret can find out who is who by trying names: this is pseudonymous data, not anonymous data.
    """
    import hashlib
    import hmac
    import os

    salt = (os.environ if secrets is None else secrets).get(salt_from, "")
    if len(salt) < 16:
        raise Refusal(
            "no_secret",
            f"The secret {salt_from} is not there, or shorter than 16 characters.",
            advice=f"Type it on the page, or set the environment variable {salt_from}. It is kept in no file.",
        )
    changed = {}
    for column in columns:
        text = texts_of(frame, column)
        codes = {
            cell: hmac.new(salt.encode(), cell.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:length]
            for cell in text.dropna().unique()
        }
        changed[column] = text.map(codes).astype("str")
    return frame.assign(**changed)


def generalise_number(
    frame: pd.DataFrame, columns: list[str], *, width: float, lowest: float | None, highest: float | None
) -> pd.DataFrame:
    """Numbers as bands: 37 becomes "30 to under 40"."""
    changed = {}
    for column in columns:
        numbers = numbers_of(frame, column)
        band = np.floor(numbers / width)
        names = {each: f"{each * width:.12g} to under {(each + 1) * width:.12g}" for each in band.dropna().unique()}
        label = band.map(names).astype("str")
        if lowest is not None:
            label = label.where(~(numbers < lowest), f"under {lowest:.12g}")
        if highest is not None:
            label = label.where(~(numbers >= highest), f"{highest:.12g} and over")
        changed[column] = label
    return frame.assign(**changed)


def generalise_date(frame: pd.DataFrame, columns: list[str], *, to: str) -> pd.DataFrame:
    """Dates as a month 2024-03, a quarter 2024-Q1, a year 2024 or a decade 2020s."""
    changed = {}
    for column in columns:
        dates = dates_of(frame, column)
        year = dates.dt.strftime("%Y")
        label = {
            "month": dates.dt.strftime("%Y-%m"),
            "quarter": year + "-Q" + dates.dt.quarter.astype("Int64").astype("str"),
            "year": year,
            "decade": year.str[:3] + "0s",
        }[to]
        changed[column] = label.where(dates.notna()).astype("str")
    return frame.assign(**changed)


def generalise_category(
    frame: pd.DataFrame, columns: list[str], *, keep: tuple[str, ...], other: str, prefix: int | None
) -> pd.DataFrame:
    """Rare names as one; or only the beginning of a code: 81675 becomes 816***."""
    if (prefix is None) == (not keep):
        raise Refusal(
            "bad_setting",
            "It must be either which names to keep or how many leading characters.",
            advice="Set one of the two.",
        )
    changed = {}
    for column in columns:
        text = texts_of(frame, column)
        coarse = text.where(text.isin(list(keep)), other) if prefix is None else text.str[:prefix] + "***"
        changed[column] = coarse.where(text.notna()).astype("str")
    return frame.assign(**changed)


def drop_rare_combinations(
    frame: pd.DataFrame,
    columns: list[str],
    *,
    k: int,
    l: int,  # noqa: E741 - the name of the measure
) -> pd.DataFrame:
    """Without the rows that share these columns' values with fewer than k − 1 others. A missing value is a value."""
    *known, sensitive = columns if l > 1 else [*columns, columns[0]]
    if not known:
        raise Refusal("no_columns", "The sensitive column stands alone.", advice="Name what outsiders may know first.")
    groups = frame.groupby(list(known), dropna=False, sort=False, observed=True)
    crowded = groups[known[0]].transform("size") >= k
    if l > 1:
        value = pd.Series(pd.factorize(frame[sensitive], use_na_sentinel=False)[0], index=frame.index)
        keys = [frame[column] for column in known]
        crowded &= value.groupby(keys, dropna=False, sort=False, observed=True).transform("nunique") >= l
    return frame[crowded]


OPERATIONS = (
    Operation(
        name="mask_text",
        stage="guard",
        scope="columns",
        params=MaskText,
        apply=mask_text,
    ),
    Operation(
        name="hash_text",
        stage="guard",
        scope="columns",
        params=HashText,
        apply=hash_text,
    ),
    Operation(
        name="generalise_number",
        stage="guard",
        scope="columns",
        params=GeneraliseNumber,
        apply=generalise_number,
    ),
    Operation(
        name="generalise_date",
        stage="guard",
        scope="columns",
        params=GeneraliseDate,
        apply=generalise_date,
    ),
    Operation(
        name="generalise_category",
        stage="guard",
        scope="columns",
        params=GeneraliseCategory,
        apply=generalise_category,
    ),
    Operation(
        name="drop_rare_combinations",
        stage="guard",
        scope="rows",
        params=DropRareCombinations,
        apply=drop_rare_combinations,
    ),
)
