"""What content/prep_words.yaml holds, typed: words and codes by which cells and columns are recognised."""

import re
from dataclasses import dataclass
from functools import cache

from aipm.content import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All of content/prep_words.yaml. Words are in small letters."""

    missing_tokens: frozenset[str]
    none_tokens: frozenset[str]
    usual_tokens: frozenset[str]
    apart_tokens: frozenset[str]
    codes_that_are_tokens: frozenset[str]
    sentinels: frozenset[float]
    sentinel_dates: frozenset[str]
    never_zero: frozenset[str]
    never_negative: frozenset[str]
    entity: frozenset[str]
    identifier: frozenset[str]
    codes: frozenset[str]
    birth: frozenset[str]
    date: frozenset[str]
    sensitive: dict[str, frozenset[str]]
    sensitive_values: dict[str, frozenset[str]]
    not_of_people: frozenset[str]
    quasi: frozenset[str]
    demographic: frozenset[str]
    person_name: frozenset[str]
    name: frozenset[str]
    honorifics: frozenset[str]
    first_names: frozenset[str]
    phone: frozenset[str]
    email: frozenset[str]
    national_id: frozenset[str]
    card: frozenset[str]
    ip: frozenset[str]
    synonyms: tuple[frozenset[str], ...]
    not_variants: tuple[frozenset[str], ...]
    yes_no: frozenset[str]
    things: frozenset[str]


@cache
def words() -> Words:
    """The words, read once. Raises ContentError with file, key and reason."""
    found: Words = load("prep_words", Words)
    return found


def words_of(name: str) -> frozenset[str]:
    """A column's name in words, two and three neighbours joined as well: "Date of Birth" -> {date, of, birth, …}."""
    spaced = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    parts = re.findall(r"[^\W\d_]+", spaced.casefold())
    joined = ("".join(parts[i : i + n]) for n in (2, 3) for i in range(len(parts) - n + 1))
    return frozenset((*parts, *joined, "".join(parts)))
