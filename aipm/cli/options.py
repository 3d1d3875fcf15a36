"""Kinds of arguments that several commands take, and the options for how a file is read."""

import argparse
import csv
import math
from collections.abc import Iterable

from aipm.tables import ReadOptions
from aipm.tables.model import HeaderChoice


def add_reading(command: argparse.ArgumentParser) -> None:
    """The options by which a person overrides how a file is read."""
    command.add_argument("--delimiter", type=text, metavar="C", help="what stands between cells, such as ';' or '\\t'")
    command.add_argument("--encoding", type=text, metavar="E", help="such as utf-8 or cp1252")
    command.add_argument("--header-row", type=header_row, metavar="N|none", help="the row that holds the names")
    command.add_argument("--sheet", type=text, metavar="NAME", help="which sheet of a workbook")


def header_row(text: str) -> HeaderChoice:
    if text == "none":
        return "none"
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError("a row number from 1, or none")


def reading_options(chosen: argparse.Namespace) -> ReadOptions:
    delimiter = chosen.delimiter.replace("\\t", "\t") if chosen.delimiter else None
    return ReadOptions(delimiter=delimiter, encoding=chosen.encoding, header_row=chosen.header_row, sheet=chosen.sheet)


def text(given: str) -> str:
    try:
        given.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("holds bytes that are no text") from None
    return given


def pair(given: str) -> str:
    if not text(given).partition("=")[1]:
        raise argparse.ArgumentTypeError("wants COL=VALUE")
    return given


def split(given: str, columns: Iterable[str]) -> tuple[str, str]:
    """COL=VALUE in two: after the longest of the columns that are named in the call, otherwise at the first sign."""
    named = max((column for column in columns if given.startswith(f"{column}=")), key=len, default=None)
    column = given.partition("=")[0] if named is None else named
    return column, given[len(column) + 1 :]


def values(given: str) -> list[str]:
    try:
        return next(csv.reader([text(given)], strict=True), [])
    except csv.Error:
        raise argparse.ArgumentTypeError('wants values separated by commas: a,b or "a, b",c') from None


def edges(given: str) -> str:
    numbers(pair(given).rpartition("=")[2])
    return given


def numbers(given: str) -> tuple[float, ...]:
    return tuple(map(finite, given.split(",")))


def finite(given: str) -> float:
    try:
        number = float(given)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError("wants a number")
    return number


def share(given: str) -> float:
    number = finite(given)
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError("wants a number above 0, at most 1")
    return number
