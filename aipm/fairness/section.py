"""A part of the audit that a person looked at besides the first view, as the report prints it."""

from dataclasses import dataclass

NUMBERS = "0123456789+-−–<≤("
"""What a number, or the want of one, begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells as text, ready to read; the first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, to stand flush right: every cell begins as one does, or says nothing."""
        columns = ([row[place] for row in self.rows] for place in range(len(self.head)))
        return tuple(all(cell[:1] in NUMBERS for cell in cells) for cells in columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a list that is gone through: what was found, and what people say; None: nobody has yet."""

    title: str
    lines: tuple[str, ...]
    said: tuple[tuple[str, str | None], ...] = ()
    """Question and answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`lines`: what was found, the answer first; `notes`: how it was worked out, and what it does not say."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[Point, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    """Name and address of what the method or the rule is taken from."""
    options: tuple[str, ...] = ()
    """What `python -m aipm audit` needs besides to give the same."""
