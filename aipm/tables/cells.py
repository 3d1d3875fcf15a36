"""What kind of thing one cell of text is: enough to tell a header from data and one delimiter from another."""

import re
from enum import Enum

LONGEST_TYPED = 48
"""A number, date or link longer than this is treated as text; it also bounds the cost of a hostile cell."""


class Kind(Enum):
    """The kind of a cell. EMPTY and MISSING fit any column; TEXT fits no typed one."""

    EMPTY = "empty"
    MISSING = "missing"
    NUMBER = "number"
    DATE = "date"
    LINK = "link"
    CODE = "code"
    TEXT = "text"

    __hash__ = object.__hash__  # of one of a kind; Enum's own hashes the name, each time


TYPED = frozenset({Kind.NUMBER, Kind.DATE, Kind.LINK})

_MISSING = frozenset(
    "na|n/a|n.a.|nan|null|none|nil|nil return|not available|not applicable|missing"  # noqa: SIM905 - 25 lines otherwise
    "|-|--|---|–|—|.|..|...|?|*|\\n|#n/a|#na|#value!|#div/0!|#ref!".split("|")
)

_GROUPED = "(?:,\\d{2,3})+(?:\\.\\d*)?|(?:[.'’ \u00a0\u202f]\\d{3})+(?:[,.]\\d*)?"
_NUMBER = re.compile(
    rf"[(<>~±]?[ ]?[-+−]?[ ]?[$€£¥₹]?[ ]?[-+−]?(?:\d{{1,3}}(?:{_GROUPED})|\d+(?:[.,]\d*)?|[.,]\d+)"
    r"(?:[eEdD][-+]?\d{1,4})?[ ]?(?:[%‰€£$¥]|EUR|USD|GBP|CHF)?\)?"
)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[-+]\d{2}:?\d{2}))?"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fév|fev|avr|mai|juin|juil|aoû|déc|mär|okt|dez|ene|abr|ago|dic)"
    r"[a-zéûä]{0,8}\.?"
)
_DATE = re.compile(
    rf"(?:\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}|\d{{1,2}}([-/.])\d{{1,2}}\2(?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[-/ .]{_MONTH}(?:[-/ ,.]{{1,2}}(?:\d{{4}}|\d{{2}}))?"
    rf"|(?:[a-z]{{3,9}},? )?{_MONTH}[ -]\d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|{_MONTH}[-/ ](?:\d{{4}}|\d{{2}})"
    rf"|\d{{4}}-\d{{2}}|\d{{4}}[-/ ]?Q[1-4]|Q[1-4][-/ ]\d{{4}})(?:[T ,]{{1,2}}{_CLOCK})?"
    rf"|\d{{8}}T\d{{6}}Z?|{_CLOCK}",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?|ftp)://\S+|www\.\S+\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d{1,3}(?:\.\d{1,3}){3}")


def kind_of(cell: str) -> Kind:
    """The kind of one cell; outer white space does not count."""
    cell = cell.strip()
    if not cell:
        return Kind.EMPTY
    if cell.isascii() and cell.isdecimal() and len(cell) <= LONGEST_TYPED:
        return Kind.NUMBER
    if len(cell) > LONGEST_TYPED:
        return Kind.LINK if cell.startswith(("http://", "https://")) and " " not in cell else Kind.TEXT
    if cell.casefold() in _MISSING:
        return Kind.MISSING
    if _DATE.fullmatch(cell):
        return Kind.DATE
    if _NUMBER.fullmatch(cell):
        return Kind.NUMBER
    if _LINK.fullmatch(cell):
        return Kind.LINK
    return Kind.CODE if any(c.isdigit() for c in cell) else Kind.TEXT
