"""How much room text takes on a slide, and how much of it fits: rather too much room than too little."""

import math
import unicodedata
from dataclasses import dataclass

from aipm.brief import office

INCH, POINT = 914_400, 12_700
WIDTH, HEIGHT = 12_192_000, 6_858_000
"""16 : 9, as PowerPoint has it."""
EDGE = INCH // 2
TOP, BOTTOM = round(1.35 * INCH), round(6.85 * INCH)
FULL, HALF = WIDTH - 2 * EDGE, round(5.4 * INCH)
TEXT, SMALL, TITLE = 18, 14, 28
"""Points. Nothing is smaller than SMALL."""
LINE = 1.2
LONG, LEAD, CELL, HEAD = 700, 200, 120, 95
"""Characters of a paragraph, of one on the first slide, of a cell, of a title; the rest is in the notes."""


@dataclass(slots=True)
class Line:
    """A paragraph on a slide."""

    text: str
    bold: bool = False
    bullet: bool = False

    def height(self, width: int) -> float:
        """Points that it takes in a box of this width, rather too many than too few."""
        room = width / POINT - 16 - (22 if self.bullet else 0)
        return wrapped(self.text, size=TEXT, room=room) * TEXT * LINE + 7


def wrapped(text: str, *, size: float, room: float) -> int:
    """Lines that a text takes in `room` points at this size, words kept whole where they fit."""
    count, used = 1, 0.0
    blank = 0.3 * size
    for word in text.split(" "):
        width = sum(_em(character) for character in word) * size
        if used and used + blank + width > room:
            count, used = count + 1, 0.0
        if width > room:
            count += math.ceil(width / room) - 1
            width = width % room
        used += width + (blank if used else 0)
    return count


def _em(character: str) -> float:
    """A rather wide guess at the width of a letter, in its size."""
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    return 0.98 if character in "mMwW@%…—" else 0.72 if character.isupper() else 0.55


def seen_of(text: str, limit: int) -> str:
    """As much of a text as fits, on one line, with everything in it to be seen; signs for the unseen take room, too."""
    return cut(office.one_line(cut(text, limit)), limit)


def fitting(text: str, *, size: float, width: int, most: int) -> str:
    """As much of a title as fits into so many lines."""
    limit, room = HEAD, width / POINT - 16
    shown = seen_of(text, limit)
    while limit > 8 and wrapped(shown, size=size, room=room) > most:
        limit = min(limit, len(shown)) * 9 // 10
        shown = seen_of(text, limit)
    return shown


def cut(text: str, limit: int) -> str:
    """As much of a text as fits, cut between words where there are any."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head[limit // 2 :] else head}…"


def row_height(row: tuple[str, ...], width: int) -> float:
    room = width / POINT / len(row) - 16
    return max(wrapped(text, size=SMALL, room=room) for text in row) * SMALL * LINE + 10
