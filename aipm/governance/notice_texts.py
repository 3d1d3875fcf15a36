"""The words of the transparency notice: content/ethics_notice.yaml."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.governance.form_texts import FormTexts, SourceText
from aipm.governance.reading_ease import Band

Kind = Literal["chat", "decision", "media", "ranking"]
Automated = Literal["alone", "person", "none"]
Duty = Literal["ai_50_1", "ai_50_2", "ai_50_3", "ai_50_4", "ai_50_5", "ai_26_11", "gdpr_13", "gdpr_14", "gdpr_22"]
State = Literal["met", "missing", "ask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceText:
    """A sentence with `{fields}`; left out where `only` is not filled in, or is none of `among`."""

    text: str
    only: str | None = None
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    heading: str
    pieces: tuple[PieceText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyText:
    """A duty to tell: the law, whose it is, since when ({days} of content/law.yaml); where the check came from."""

    law: str
    whose: str
    asks: str
    since: str
    source: SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTexts(FormTexts):
    """content/ethics_notice.yaml"""

    blank: str
    ai: str
    lines: dict[Kind, str]
    paragraph: tuple[PieceText, ...]
    sections: tuple[SectionText, ...]
    lengths: dict[str, str]
    lengths_title: str
    lengths_sentence: str
    reading_title: str
    reading: dict[Band, str]
    reading_short: str
    reading_how: str
    long_one: str
    long_none: str
    vague: dict[str, str]
    vague_title: str
    vague_none: str
    duties: dict[Duty, DutyText]
    duties_title: str
    duties_sentence: str
    duties_none: str
    duties_open: str
    states: dict[State, str]
    lacks: str
    expectations_title: str
    expectations: tuple[str, ...]


@cache
def notice_texts() -> NoticeTexts:
    """Read once. Raises ContentError."""
    found: NoticeTexts = content.load("ethics_notice", NoticeTexts)
    return found
