"""content/use_case_mapper.yaml, typed: what the Use-case mapper page says around the engines' own words."""

from dataclasses import dataclass
from typing import Literal

from aipm import content
from aipm.mapping.canvas import DataHave
from aipm.mapping.priority import RANGES
from aipm.ui.page import ViewTexts

View = Literal["pain", "journey", "order"]
Step = Literal["who", "what", "data", "success", "people", "next"]
Begin = Literal["paste", "file", "rows"]
Field = Literal["impact", "confidence", "effort", "readiness", "risk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplePain:
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyTexts:
    """What stands where there is nothing yet: a title and what to know."""

    title: str
    points: tuple[str, ...]
    privacy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PainTexts:
    label: str
    help: str
    placeholder: str
    button: str
    invitation: str
    examples: dict[str, ExamplePain]
    arrived: str
    empty: EmptyTexts
    earlier: str
    another: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    """The answer and what it rests on. `near_least` is the cosine from which on an example is worth showing."""

    title: str
    strong: str
    moderate: str
    weak: str
    settled: str
    settled_detail: str
    none: str
    none_name: str
    none_detail: str
    settled_none: str
    question: str
    question_help: str
    beside: str
    comes_out: str
    spoke: str
    spoke_none: str
    rest: str
    entry: str
    compare: str
    apart: str
    confused: str
    seldom: str
    near: str
    near_note: str
    near_none: str
    near_least: float
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneTexts:
    title: str
    sentence: str
    instead: str
    example: str
    nothing: str
    ticked: str
    speaks: str
    still: str
    still_help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasPageTexts:
    step: str
    steps: dict[Step, str]
    before: str
    after: str
    suggested: str
    blank: str
    open: str
    open_none: str
    open_more: str
    flags: str
    flag_sign: str
    as_of: str
    order: str
    ordered_note: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTexts:
    title: str
    label: str
    sentence: str
    done: dict[str, str]
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyPageTexts:
    which: str
    mine: str
    intro: str
    begin: str
    begins: dict[Begin, str]
    paste: str
    paste_help: str
    paste_placeholder: str
    paste_button: str
    file: str
    file_working: str
    refused: str
    edit: str
    edit_note: str
    columns: dict[str, str]
    undo: str
    working: str
    empty: str
    picture: str
    caption: str
    unclear: str
    unclear_sentence: str
    candidates: str
    clarified: str
    clear: str
    more_unclear: str
    pains: str
    pains_sentence: str
    every: str
    heading: str
    line: str
    more: str
    add: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTexts:
    label: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTexts:
    """`start` is the range that a pain begins with, `readiness` where its canvas says more; chances in per cent."""

    choose: str
    choose_help: str
    choose_placeholder: str
    empty: EmptyTexts
    ranges: str
    ranges_sentence: str
    fields: dict[Field, FieldTexts]
    start: dict[Field, tuple[int, int]]
    readiness: dict[DataHave, tuple[int, int]]
    answer: str
    picture: str
    picture_caption: str
    x: str
    y: str
    table: str
    columns: tuple[str, ...]
    tied: str
    ties: str
    more_ties: str
    untouched: str
    method: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapperPage:
    """All of content/use_case_mapper.yaml."""

    views: ViewTexts[View]
    pain: PainTexts
    answer: AnswerTexts
    none: NoneTexts
    opinion: dict[str, str]
    canvas: CanvasPageTexts
    export: dict[str, str]
    open: OpenTexts
    journey: JourneyPageTexts
    order: OrderTexts
    next: dict[str, str]


def mapper_page() -> MapperPage:
    """What the file holds. Raises ContentError."""
    found: MapperPage = content.load("use_case_mapper", MapperPage)
    for where, names in (("fields", found.order.fields), ("start", found.order.start)):
        if tuple(names) != RANGES:
            raise content.ContentError(f"use_case_mapper.yaml: order.{where}: must be {', '.join(RANGES)}")
    return found
