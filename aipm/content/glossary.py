"""The glossary (content/glossary.yaml): what a word means, where it is explained, and where it stands in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated

from msgspec import Meta

from aipm import content

MOST_WORDS = 40
"""A definition is read in passing."""

Text = Annotated[str, Meta(min_length=1)]
Url = Annotated[str, Meta(pattern=r"^https://\S+$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a contested or legal definition is from, and when and how far that was checked."""

    title: Text
    url: Url | None
    state: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word and what it means. `theme`, `source` and `related` are keys of the file, `pages` keys of the registry.

    An everyday word that means many things is not `marked` in running text.
    """

    name: Text
    theme: Text
    means: Text
    aliases: tuple[Text, ...] = ()
    related: tuple[Text, ...] = ()
    pages: Annotated[tuple[Text, ...], Meta(min_length=1)]
    source: Text | None = None
    marked: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    @property
    def letter(self) -> str:
        """Where it stands in the alphabet."""
        return self.name[0].upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """All of content/glossary.yaml; `terms` by key, in the order of the alphabet."""

    as_of: Text
    themes: dict[str, Text]
    sources: dict[str, Source]
    terms: dict[str, Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A term where it stands in a text: `text[start:end]`."""

    start: int
    end: int
    key: str


@cache
def glossary() -> Glossary:
    """What the file holds, checked. Raises ContentError."""
    found: Glossary = content.load("glossary", Glossary)
    for key, term in found.terms.items():
        where = f"glossary.yaml: terms.{key}"
        if len(term.means.split()) > MOST_WORDS:
            raise content.ContentError(f"{where}.means: more than {MOST_WORDS} words")
        if term.theme not in found.themes:
            raise content.ContentError(f"{where}.theme: {term.theme!r} is not under themes")
        if term.source is not None and term.source not in found.sources:
            raise content.ContentError(f"{where}.source: {term.source!r} is not under sources")
        for other in term.related:
            if other == key or other not in found.terms:
                raise content.ContentError(f"{where}.related: {other!r} is no other term")
    ordered = dict(sorted(found.terms.items(), key=lambda item: item[1].name.casefold()))
    return Glossary(as_of=found.as_of, themes=found.themes, sources=found.sources, terms=ordered)


def neighbours(key: str) -> tuple[str, ...]:
    """Terms that this one names, then those that name it."""
    terms = glossary().terms
    return tuple(dict.fromkeys((*terms[key].related, *(each for each, term in terms.items() if key in term.related))))


def matching(typed: str) -> tuple[str, ...]:
    """Keys of terms that have what was typed: those whose name begins so first, then in a name, then in the meaning."""
    wanted = " ".join(typed.casefold().split())

    def place(term: Term) -> int | None:
        names = [name.casefold() for name in term.names]
        if any(name.startswith(wanted) for name in names):
            return 0
        if any(wanted in name for name in names):
            return 1
        return 2 if wanted in term.means.casefold() else None

    found = [(at, key) for key, term in glossary().terms.items() if (at := place(term)) is not None]
    return tuple(key for _, key in sorted(found, key=lambda item: item[0]))


_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[ \-/'’]|, ")
"""What may stand between the words of one name."""


def uses(text: str) -> Iterator[Use]:
    """Each marked term of a text where it stands first, the longest name where several begin at one place.

    Capitals count where a name has them within (LoRA, CLIP); an added s is the same word.
    """
    words = list(_WORD.finditer(text))
    names, lengths = _marked()
    seen: set[str] = set()
    place = 0
    while place < len(words):
        first = words[place].group().lower()
        for length in lengths.get(first) or lengths.get(first.removesuffix("s"), ()):
            key = _named(text, words[place : place + length], names) if place + length <= len(words) else None
            if key is not None:
                if key not in seen:
                    seen.add(key)
                    yield Use(start=words[place].start(), end=words[place + length - 1].end(), key=key)
                place += length - 1
                break
        place += 1


def _named(text: str, words: list[re.Match[str]], names: dict[tuple[str, ...], tuple[str, str]]) -> str | None:
    spelled = tuple(word.group().lower() for word in words)
    for said in (spelled, (*spelled[:-1], spelled[-1].removesuffix("s"))):
        if said in names:
            name, key = names[said]
            between = (text[one.end() : other.start()] for one, other in pairwise(words))
            exact = text[words[0].start() : words[-1].end()].removesuffix("s")
            if all(map(_BETWEEN.fullmatch, between)) and (name[1:].islower() or exact == name.removesuffix("s")):
                return key
    return None


@cache
def _marked() -> tuple[dict[tuple[str, ...], tuple[str, str]], dict[str, tuple[int, ...]]]:
    """The words of each marked name -> the name and its key; a first word -> in how many words names begin so."""
    names = {
        tuple(word.lower() for word in _WORD.findall(name)): (name, key)
        for key, term in glossary().terms.items()
        if term.marked
        for name in term.names
    }
    lengths: dict[str, set[int]] = {}
    for spelled in names:
        lengths.setdefault(spelled[0], set()).add(len(spelled))
    return names, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
