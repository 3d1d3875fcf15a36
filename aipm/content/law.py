"""Laws, their dates and how far each was checked (content/law.yaml): every date once, for every page that names it."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

from aipm import content
from aipm.content.day import in_full

Text = Annotated[str, Meta(min_length=1)]
Url = Annotated[str, Meta(pattern=r"^https://\S+$")]
Month = Annotated[str, Meta(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law, and how far what is said of it was checked; `relayed`: where it was read, if not in the law itself."""

    name: Text
    title: Text
    url: Url
    state: Text
    as_of: Month
    relayed: Url | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawDate:
    """A day on which something of a law begins or ends; `what` in a sentence, where a timeline shows it."""

    day: dt.date
    law: Text
    what: Text | None = None


class Applies(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from"}):
    """Since when something applies: the date from which on (a key of `dates`; None: no one day), and a sentence."""

    start: str | None
    says: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """All of content/law.yaml."""

    as_of: Month
    laws: dict[str, Law]
    dates: dict[str, LawDate]
    applies: dict[str, Applies]

    def sentence(self, key: str) -> str:
        """Since when, with its days written out."""
        return self.filled(self.applies[key].says)

    def filled(self, text: str) -> str:
        """A text with the days that it names as {key}. Raises KeyError for one that is not under `dates`."""
        return text.format(**{name: in_full(each.day) for name, each in self.dates.items()})

    def since(self, key: str) -> dt.date | None:
        """From which day on; None where there is no one day."""
        start = self.applies[key].start
        return None if start is None else self.dates[start].day


@cache
def laws() -> Laws:
    """What the file holds, checked, read once. Raises ContentError."""
    found: Laws = content.load("law", Laws)
    days = [each.day for each in found.dates.values()]
    if days != sorted(days):
        raise content.ContentError("law.yaml: dates: must be in order of time")
    for key, date in found.dates.items():
        if date.law not in found.laws:
            raise content.ContentError(f"law.yaml: dates.{key}.law: {date.law!r} is not under laws")
    for key, each in found.applies.items():
        if each.start is not None and each.start not in found.dates:
            raise content.ContentError(f"law.yaml: applies.{key}.from: {each.start!r} is not under dates")
        try:
            found.sentence(key)
        except (KeyError, IndexError, ValueError) as problem:
            raise content.ContentError(f"law.yaml: applies.{key}.says: {problem} is not under dates") from problem
    return found
