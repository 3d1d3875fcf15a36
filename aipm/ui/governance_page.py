"""The frame of the Lifecycle and Ethics pages: title, the choice of views in the address, the way on."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.ui import address, page

Key = Literal["lifecycle", "ethics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Where a view leads: another view of the same page, and another page."""

    sentence: str
    view: str
    view_link: str
    page: str
    page_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameTexts:
    label: str
    views: dict[str, str]
    next_title: str
    next: dict[str, Next]


@cache
def frame(key: Key) -> FrameTexts:
    """content/KEY.yaml, read once. Raises ContentError."""
    found: FrameTexts = content.load(key, FrameTexts)
    if set(found.next) != set(found.views):
        raise content.ContentError(f"{key}.yaml: next: must be {', '.join(found.views)}")
    return found


def top(key: Key) -> str:
    """Title and views; which one is wanted."""
    texts = frame(key)
    page.header(key)
    return address.turns(key, "view", texts.label, texts.views)


def onwards(key: Key, view: str) -> None:
    texts = frame(key)
    said = texts.next[view]
    page.section(texts.next_title, sentence=said.sentence)
    go(key, said.view_link, said.view)
    page.link(said.page, said.page_link)


def go(key: Key, text: str, view: str) -> None:
    """A button that reads as a link to another view of this page; other pages are reached by page.link(…, view=…)."""
    to = None if view == next(iter(frame(key).views)) else view
    address.goes(key, text, {"view": to}, name=view, icon=":material/arrow_forward:", whole=True)
