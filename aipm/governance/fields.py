"""What the fields of a form may hold: text of a bounded length, short lists, answers."""

from datetime import date, datetime
from typing import Annotated, Literal, get_args

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
