"""What the cells of a label or prediction column mean: spellings folded together, and which of them are a yes."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from aipm.tables import Refusal

YES = frozenset({"1", "true", "yes", "y", "t"})
NO = frozenset({"0", "false", "no", "n", "f"})
UNKNOWN = frozenset({"", "na", "n/a", "nan", "null", "none", "nil", "?", "-", "--", "missing", "unknown", "#n/a"})
"""Cells of a label or prediction column that hold no answer."""

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def trimmed(text: str) -> str:
    """A cell without outer white space and marks that nobody sees."""
    return text.strip().strip(INVISIBLE).strip()


def folded(text: str) -> str | None:
    """One spelling for " True", "TRUE" and "true", and for "1.0" and "1"; None where the cell holds no answer."""
    word = trimmed(text).casefold()
    word = (word.rstrip(".") or word) if not word.replace(".", "").isdigit() else word  # ">50K." of well-known files
    if word in UNKNOWN:
        return None
    try:
        number = float(word)
    except (ValueError, OverflowError):
        return word
    if number != number:  # NaN in any spelling  # noqa: PLR0124
        return None
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Which cells of a column are a yes (True), a no (False), no answer (None), and what to tell about it."""

    meaning: dict[str, bool | None]
    inferred: bool = False
    """Nobody said which values mean yes; they are the usual words for it."""
    folded_spellings: int = 0
    """How many spellings were folded into others."""
    absent: bool = False
    """The values said to mean yes do not occur."""


def read_answers(cells: Iterable[str], positive: tuple[str, ...], *, role: str) -> Answers:
    """Sort the different cells of a column into yes, no and no answer.

    `positive` are the values that mean yes; empty: the usual words, where there is no doubt. Raises Refusal where
    nobody can know, or where a value said to mean yes cannot be meant.
    """
    words = {cell: folded(cell) for cell in cells}
    known = {word for word in words.values() if word is not None}
    usual = known <= YES | NO
    asked = {word for word in map(folded, positive) if word is not None}
    inferred, absent = not positive, False
    if inferred:
        if not usual or not known:
            raise Refusal(
                f"which_{role}_is_yes",
                f"Nobody can know which value of the {role} column means yes.",
                advice=f"Say it: choose the value, or give --{role}-positive VALUE.",
            )
        asked = set(YES)
    if usual:  # True, 1 and YES are one answer
        asked |= YES if asked & YES else set()
        asked |= NO if asked & NO else set()
    if not asked & known:
        if not usual and len(known) > 1:
            raise Refusal(
                f"{role}_yes_absent",
                f"The value said to mean yes does not occur in the {role} column.",
                advice="Check its spelling; capital letters and outer blanks do not matter.",
            )
        absent = True
    told_apart = len({word in YES for word in known}) if usual else len(known)
    spellings = sum(word is not None for word in words.values())
    return Answers(
        meaning={cell: None if word is None else word in asked for cell, word in words.items()},
        inferred=inferred,
        folded_spellings=spellings - told_apart,
        absent=absent,
    )


LATIN_LOOKALIKES = str.maketrans("аеорсухіјѕԁһкмтвнαορνικτ", "aeopcyxijsdhkmtbhaopvikt")


def skeleton(text: str) -> str:
    """What a person sees at a glance: two group names with one skeleton look alike."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(LATIN_LOOKALIKES)
    seen = (c for c in plain if unicodedata.category(c) not in ("Cf", "Mn", "Cc"))
    return " ".join("".join(seen).replace("-", " ").replace("_", " ").split())
