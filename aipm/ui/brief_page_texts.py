"""The words around the story on the page Brief (content/brief_page.yaml), and where each result comes from."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.brief.texts import brief_texts
from aipm.ui.page import ViewTexts
from aipm.ui.registry import FILES

View = Literal["story", "take", "versions", "share"]
Format = Literal["pptx", "docx", "html", "markdown", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTexts:
    """`kept` and what follows: how the brief stands to its store."""

    kept: str
    kept_on: str
    nothing: str
    memory: str
    not_kept: str
    not_opened: str
    gone: str
    keep_anew: str
    read_only: str
    show: str
    left: str
    open_left: str
    crossed: str
    versions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyTexts:
    title: str
    sentence: str
    how_title: str
    how: tuple[str, ...]
    kept: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleTexts:
    said: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTexts:
    chapters: str
    notes: str
    note_help: str
    take_out: str
    again: str
    open: str
    taken: str
    put_back: str
    nothing: str
    fresh: str
    stale: str
    against: str
    uncompared: str
    forms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTexts:
    title: str
    what: str
    new: str
    example: str
    who: str
    day: str
    remove: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MindTexts:
    title: str
    sentence: str
    item: str
    new: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTexts:
    title: str
    sentence: str
    names: dict[Format, str]
    says: dict[Format, str]
    preview: str
    open_title: str
    open: str
    refused: str
    opened: str
    newer: str
    unread: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTexts:
    title: str
    sentence: str
    none: str
    columns: tuple[str, str, str, str]
    size: str
    restored: str
    more: str
    option: str
    option_named: str
    name_title: str
    name: str
    name_example: str
    compare_title: str
    one: str
    other: str
    compared: str
    restore: str
    restore_help: str
    restored_now: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTexts:
    read_title: str
    read: str
    make: str
    once: str
    link: str
    end: str
    ended: str
    own_title: str
    own: str
    own_link: str
    elsewhere: str
    until: str
    memory: str
    new_title: str
    new: str
    start: str
    started: str
    delete_title: str
    delete: str
    confirm: str
    delete_button: str
    deleted: str
    nothing: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTexts:
    said: str
    own: str
    refused: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the registry, and its view; None: the first one."""

    page: str
    view: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTexts:
    title: str
    sentence: str
    page: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPageTexts:
    views: ViewTexts[View]
    state: StateTexts
    empty: EmptyTexts
    example: ExampleTexts
    story: StoryTexts
    decisions: DecisionTexts
    mind: MindTexts
    take: TakeTexts
    versions: VersionTexts
    share: ShareTexts
    read: ReadTexts
    places: dict[str, Place]
    next: NextTexts


@cache
def brief_page_texts() -> BriefPageTexts:
    """Read once. Raises ContentError."""
    found: BriefPageTexts = content.load("brief_page", BriefPageTexts)
    unknown = {each.page for each in found.places.values()} - FILES.keys()
    if unknown:
        raise content.ContentError(f"brief_page.yaml: places: no such page: {', '.join(sorted(unknown))}")
    return found


def place_of(tool: str) -> Place | None:
    """Where a result comes from, and is found again; None where this version has no such page."""
    if (said := brief_texts().missing.get(tool)) is not None:
        return Place(page=said.page, view=said.view)
    if (place := brief_page_texts().places.get(tool)) is not None:
        return place
    name = tool.partition(".")[0]
    return Place(page=name) if name in FILES else None
