"""What others built, by capability and industry: content/case_studies.yaml, typed and checked."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from msgspec import Meta

from aipm import content
from aipm.mapping.capabilities import KEYS, Key, Text, Url


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Where the cases were chosen from, under which licence, and what of them was checked."""

    name: Text
    url: Url
    licence: Text
    credit: Text
    state: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A case as the file holds it: `industry` is a key, `line` says what was built for whom."""

    company: Text
    industry: Text
    year: Annotated[int, Meta(ge=2000, lt=2100)]
    title: Text
    url: Url
    line: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTexts:
    """All of content/case_studies.yaml. `industries` maps a key to the name a filter shows."""

    index: Index
    industries: dict[Text, Text]
    cases: dict[Key, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudy:
    """A published account of a product with AI in it: `industry` as it is shown, `line` what was built for whom."""

    company: str
    industry: str
    year: int
    title: str
    url: str
    line: str
    capability: Key


@cache
def texts() -> CaseTexts:
    """Everything the file holds, read once. Raises ContentError."""
    found: CaseTexts = content.load("case_studies", CaseTexts)
    if tuple(found.cases) != KEYS:
        raise content.ContentError(f"case_studies.yaml: cases: must be {', '.join(KEYS)}, in this order")
    seen: set[str] = set()
    for key, entries in found.cases.items():
        for place, entry in enumerate(entries):
            where = f"case_studies.yaml: cases.{key}[{place}]"
            if entry.industry not in found.industries:
                raise content.ContentError(f"{where}.industry: {entry.industry!r} is not under industries")
            if entry.url in seen:
                raise content.ContentError(f"{where}.url: {entry.url} is there twice")
            seen.add(entry.url)
    return found


@cache
def _all() -> tuple[CaseStudy, ...]:
    found = texts()
    return tuple(
        CaseStudy(
            company=entry.company,
            industry=found.industries[entry.industry],
            year=entry.year,
            title=entry.title,
            url=entry.url,
            line=entry.line,
            capability=key,
        )
        for key, entries in found.cases.items()
        for entry in entries
    )


def industries() -> tuple[str, ...]:
    """The industries a filter can show, by the names `cases` takes."""
    return tuple(texts().industries.values())


def cases(capability: Key | None = None, industry: str | None = None) -> tuple[CaseStudy, ...]:
    """The cases of a capability, of an industry, of both, or all; in the order of the file, newest first.

    Raises ValueError for an industry that is not among `industries()`.
    """
    if industry is not None and industry not in industries():
        raise ValueError(f"no industry is called {industry!r}; there are {', '.join(industries())}")
    return tuple(case for case in _all() if capability in (None, case.capability) and industry in (None, case.industry))
