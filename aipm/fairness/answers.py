"""What the cells of a label or prediction column mean: spellings folded together, and which of them are a yes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from aipm.tables import Refusal

YES = frozenset({"1", "true", "yes", "y", "t"})
NO = frozenset({"0", "false", "no", "n", "f"})
UNKNOWN = frozenset(
    {"", "na", "n/a", "n.a", "<na>", "nan", "-nan", "nat", "null", "none", "nil", "?", "-", "--", "."}
    | {"missing", "unknown", "not available", "not applicable", "#n/a", "#value!", "#div/0!", "#ref!"}
)
"""Cells of a label or prediction column that hold no answer."""

PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?")
LONGEST_NUMBER = 1e15
"""Numbers beyond this are codes: two of them may differ in digits that a float does not hold."""
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def trimmed(text: str) -> str:
    """A cell without outer white space and marks that nobody sees."""
    return text.strip().strip(INVISIBLE).strip()


def folded(text: str) -> str | None:
    """One spelling for " True", "TRUE" and "true", and for "1.0" and "1"; None where the cell holds no answer."""
    word = _word(text)
    return None if word in UNKNOWN else word


def _word(text: str) -> str:
    word = trimmed(text).casefold()
    while not word.replace(".", "").isdigit() and (shorter := trimmed(word.rstrip("."))) not in ("", word):
        word = shorter  # ">50K." of well-known files
    if not PLAIN_NUMBER.fullmatch(word):  # so that 1_1, infinity and nan stay words
        return word
    number = float(word)
    if number.is_integer() and abs(number) < LONGEST_NUMBER:
        return str(int(number))
    return word if abs(number) >= LONGEST_NUMBER else repr(number)


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
    asked = {word for word in map(_word, positive) if word}
    # A word that usually says "no answer" is one where the person says that it means yes.
    words = {cell: word if (word := _word(cell)) in asked or word not in UNKNOWN else None for cell in cells}
    known = {word for word in words.values() if word is not None}
    usual = known <= YES | NO
    inferred = not asked
    if inferred:
        if not usual:
            raise Refusal(
                f"which_{role}_is_yes",
                f"Nobody can know which value of the {role} column means yes.",
                advice=f"Say which of its values mean yes (in a terminal: --{role}-positive VALUE).",
            )
        asked = set(YES)
    if usual:  # True, 1 and YES are one answer
        asked |= YES if asked & YES else set()
        asked |= NO if asked & NO else set()
    told_apart = len({word in YES for word in known}) if usual else len(known)
    absent = bool(known) and not asked & known
    if absent and told_apart > 1:
        raise Refusal(
            f"{role}_yes_absent",
            f"The value said to mean yes does not occur in the {role} column.",
            advice="Check its spelling; capital letters and outer blanks do not matter.",
        )
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
    return " ".join(re.sub(r"(?<=\w)[-_](?=\w)", " ", "".join(seen)).split())
