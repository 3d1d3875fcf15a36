"""Privacy by design as seven checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from aipm import content
from aipm.governance.fields import Rows, Typed
from aipm.governance.form_texts import Gap, SourceText

State = Literal["done", "not_yet", "not_applicable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The answer to one check; `id` is its key under `principles` in content/ethics_privacy.yaml."""

    id: Typed
    state: State | None = None
    note: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyByDesign:
    marks: Annotated[tuple[Mark, ...], Rows] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    """One check; `page`, `known` and `link` lead to the tool that does it."""

    text: str
    how: str
    page: str | None = None
    known: dict[str, str] | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleText:
    name: str
    sentence: str
    checks: dict[str, CheckText]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyTexts:
    """content/ethics_privacy.yaml"""

    choose: str
    parts: dict[str, str]
    title: str
    sentence: str
    start: str
    open: str
    done: str
    states: dict[State, str]
    note: str
    note_help: str
    counted: str
    gaps: dict[str, str]
    principles: dict[str, PrincipleText]
    basics_title: str
    basics: tuple[str, ...]
    case_title: str
    case: str
    document: str
    unnamed: str
    as_of: str
    sources: tuple[SourceText, ...]


@cache
def privacy_texts() -> PrivacyTexts:
    """Read once. Raises ContentError."""
    found: PrivacyTexts = content.load("ethics_privacy", PrivacyTexts)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Where the checks stand: how many are settled of each principle, and what is open."""

    settled: Mapping[str, tuple[int, int]]
    """By principle: checks that are done or do not apply, and all of its checks."""
    gaps: tuple[Gap, ...]


def mark(form: PrivacyByDesign, check: str) -> Mark:
    return next((each for each in form.marks if each.id == check), Mark(id=check))


def with_mark(form: PrivacyByDesign, changed: Mark) -> tuple[Mark, ...]:
    """All marks with this one in place of its earlier state; one that says nothing is left out."""
    others = tuple(each for each in form.marks if each.id != changed.id)
    return (*others, changed) if changed != Mark(id=changed.id) else others


def assess(form: PrivacyByDesign) -> Assessment:
    """What is open; a check that does not apply counts as settled only where a note says why."""
    settled, gaps = {}, []
    for name, principle in privacy_texts().principles.items():
        found = [mark(form, check) for check in principle.checks]
        settled[name] = (sum(map(_settled, found)), len(found))
        gaps += [
            Gap(
                code="why" if each.state == "not_applicable" else each.state or "open", row=each.id, values={"in": name}
            )
            for each in found
            if not _settled(each)
        ]
    return Assessment(settled=settled, gaps=tuple(gaps))


def _settled(each: Mark) -> bool:
    return each.state == "done" or (each.state == "not_applicable" and each.note is not None)
