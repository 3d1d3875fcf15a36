"""What the fields of a form may hold: text of a bounded length, short lists, answers."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

LONGEST = 20_000
"""Characters of one field."""
MOST = 500
"""Rows of one list."""
Typed = Annotated[str, Meta(max_length=LONGEST)]
"""What a person typed; None stands for nothing typed, never a blank."""
Rows = Meta(max_length=MOST)
"""Annotated[tuple[Row, ...], Rows]"""
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
"""A sha256, as hexadecimal digits."""
Whole = Annotated[int, Meta(ge=0, le=10_000)]
"""Days, or a count of something."""
Answer = Literal["yes", "no", "unsure", "not_applicable"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)


def typed(value: str | None) -> str | None:
    """What somebody typed, None where that is blank; cut where it is longer than a field can hold."""
    return value[:LONGEST] if value and value.strip() else None


def read_day(written: str) -> date | None:
    """A day written as 2026-12-31, 31.12.2026, 31 December 2026 or 31 Dec 2026; None for anything else.

    12/31/2026 and 31/12/2026 are not read: which is the month is a guess.
    """
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(written.strip(), form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def next_id(rows: Sequence[Any]) -> str:
    """The name of a new row: the first of r1, r2 … that is higher than those of all rows there are.

    A name is not given again while a later row stands, so that what is kept for a removed row does not pass to another.
    """
    taken = [int(row.id[1:]) for row in rows if row.id[:1] == "r" and row.id[1:].isdecimal()]
    return f"r{max(taken, default=0) + 1}"


def person(name: str | None) -> str | None:
    """A name as it is compared: however it is written in capitals and blanks. None stays None."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()) or None if name else None


def same_person(one: str | None, other: str | None) -> bool:
    """Whether both are given and the same. Two spellings of one person are taken for two."""
    return person(one) is not None and person(one) == person(other)
