"""What somebody typed: whether it can be mapped, and what to know of it."""

import re

from aipm.mapping.features import words
from aipm.mapping.texts import mapping_texts
from aipm.tables import Refusal

MOST_CHARACTERS = 2_000
SHORT = 3
"""Statements of fewer words get a remark."""
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def checked(text: str) -> str:
    """The statement on one line. Raises Refusal where there is nothing to map."""
    line = " ".join(text.split())
    if not line:
        raise Refusal("empty", "There is no statement.", advice="Write who is stuck, on what, in a sentence or two.")
    return line


def remarks(text: str) -> tuple[str, ...]:
    """Codes of what to know of a checked statement; their words are in content/mapping.yaml."""
    found = words(text)
    codes = []
    if not any(character.isalpha() for character in text):
        codes.append("no_words")
    elif not is_english(text):
        codes.append("not_english")
    elif len(found) == 1:
        codes.append("one_word")
    elif len(found) < SHORT:
        codes.append("short")
    if len(text) > MOST_CHARACTERS:
        codes.append("shortened")
    return tuple(codes)


def is_english(text: str) -> bool:
    """False where most letters are of another script, or more small words are of another language than of English.

    A title without small words counts as English: it may be.
    """
    letters = [character for character in text if character.isalpha()]
    if sum(bool(_LATIN.match(letter)) for letter in letters) < len(letters) / 2:
        return False
    said = mapping_texts()
    small = [word.lower() for word in words(text)]
    foreign = sum(word in said.foreign_words for word in small)
    return foreign < 2 or foreign <= sum(word in said.function_words for word in small)
