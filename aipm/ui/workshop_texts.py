"""What frames a room for who leads it, and what stands on its big screen: content/workshop_page.yaml."""

from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.workshop.refusals import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTexts:
    """Opening a room. `lines` say what a workshop is."""

    lines: tuple[str, ...]
    template: str
    template_caption: str
    template_caption_one: str
    sheet: str
    sheet_label: str
    for_whom: str
    minute: str
    leaves: str
    leaves_out: str
    talk: str
    name: str
    name_help: str
    days: str
    days_help: str
    open: str
    opened_note: str
    sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MineTexts:
    """Rooms that this session has led."""

    title: str
    sentence: str
    back: str
    facts: str
    people: str
    person: str
    nobody: str
    coming: str
    running: str
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTexts:
    """Coming back by a facilitator's link."""

    title: str
    sentences: tuple[str, ...]
    field: str
    go: str
    no_link: Words
    join: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A time, and what there is to do at it."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeTexts:
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksTexts:
    """The code and the links of a room, how long it is kept, and its deletion."""

    code: str
    scan: str
    aloud: str
    local: str
    no_address: str
    join: str
    join_help: str
    screen: str
    screen_help: str
    screen_open: str
    no_screen: str
    host: str
    host_help: str
    host_show: str
    until: str
    days: str
    keep: str
    delete: str
    delete_help: str
    delete_sure: str
    deleted: str
    deleted_soon: str
    leave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenTexts:
    """The big screen. `join_steps_bare`: where the address of the app is not known."""

    join_title: str
    join_steps: tuple[str, ...]
    join_steps_bare: tuple[str, ...]
    join_small: str
    code: str
    scan: str
    people: str
    person: str
    nobody: str
    phase: str
    coming: str
    left: str
    left_last: str
    over: str
    until: str
    outcome: str
    answered: str
    answered_people: str
    guess: str
    round: str
    closed: str
    waiting: str
    more: str
    ended: str
    thanks: str
    wrong: str
    wrong_next: str
    to_join: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTexts:
    start: StartTexts
    mine: MineTexts
    link: LinkTexts
    before: BeforeTexts
    links: LinksTexts
    screen: ScreenTexts


@cache
def page_texts() -> PageTexts:
    """Read once. Raises ContentError."""
    found: PageTexts = content.load("workshop_page", PageTexts)
    return found
