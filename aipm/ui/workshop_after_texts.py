"""content/workshop_after.yaml, typed: the facilitator's care for cards, other weights, and what a workshop leaves."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.workshop.refusals import Text

Show = Literal["all", "untagged", "merged", "hidden"]
File = Literal["pptx", "docx", "html", "markdown", "csv", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsTexts:
    """Names in braces are put in; `show` names what can be shown of the cards."""

    title: Text
    count: Text
    similar: Text
    similar_sentence: Text
    similar_none: Text
    working: Text
    together: Text
    apart: Text
    apart_again: Text
    more_proposals: Text
    by_hand: Text
    which: Text
    into: Text
    choose: Text
    tags: Text
    tags_sentence: Text
    tags_none: Text
    take: Text
    all: Text
    find: Text
    show: dict[Show, Text]
    show_label: Text
    shown: Text
    nothing: Text
    earlier: Text
    later: Text
    hide: Text
    unhide: Text
    tag: Text
    no_tag: Text
    take_out: Text
    locked: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfTexts:
    title: Text
    sentence: Text
    room: Text
    even: Text
    again: Text
    weight: Text
    none: Text
    zero: Text
    incomplete: Text
    same: Text
    tie: Text
    changes: Text
    columns: tuple[Text, ...]
    table: Text
    swing: Text
    swing_sentence: Text
    swing_columns: tuple[Text, ...]
    firm: Text
    nearest: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesTexts:
    title: Text
    sentence: Text
    note: Text
    names: dict[File, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTexts:
    """`older` and `in_it`: how the brief stands to a result; `{name}`: what the result is called, of one row alone."""

    title: Text
    sentence: Text
    nothing: Text
    add: Text
    renew: Text
    add_all: Text
    all_in: Text
    in_it: Text
    older: Text
    few: Text
    refused: Text
    open: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolTexts:
    """What one tool takes up: `before` says what will change there."""

    title: Text
    before: Text
    press: Text
    link: Text
    mean: str = ""
    left: str = ""
    none: str = ""
    told: str = ""
    replaces: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolsTexts:
    title: Text
    sentence: Text
    nothing: Text
    done: Text
    undo: Text
    model_scorer: ToolTexts
    use_case_mapper: ToolTexts
    lifecycle: ToolTexts
    ethics: ToolTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterTexts:
    cards: CardsTexts
    what_if: WhatIfTexts
    files: FilesTexts
    brief: BriefTexts
    tools: ToolsTexts


@cache
def after_texts() -> AfterTexts:
    """Read once. Raises ContentError."""
    found: AfterTexts = content.load("workshop_after", AfterTexts)
    return found
