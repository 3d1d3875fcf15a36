"""content/scorer_cost.yaml, typed: what the view "What will it cost?" says around the engines' own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.selection.assumptions import RangeEntry, cost_texts
from aipm.selection.rules import Text

End = Literal["low", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputTexts:
    label: Text
    help: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeTexts:
    """`ends` and `wrong` by low and high: the label of an end, and what is said where it lies on the wrong side."""

    title: Text
    sentence: Text
    ends: dict[str, Text]
    wrong: dict[str, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasteTexts:
    title: Text
    prompt: Text
    reply: Text
    help: Text
    counted: Text
    other: Text
    same: Text
    rest: Text
    inexact: Text
    take: Text
    refused: Text

    def others(self) -> list[str]:
        """How far other vendors' counts may be from this one, from content/costs.yaml."""
        given = cost_texts().tokenizers
        ranges: Mapping[str, RangeEntry] = {**given.ranges, self.rest: given.others}
        return [
            self.same.format(name=name)
            if (each.low, each.high) == ("0", "0")
            else self.other.format(name=name, low=f"{float(each.low):+.0%}", high=f"{float(each.high):+.0%}")
            for name, each in ranges.items()
        ] + [given.caution]


@dataclass(frozen=True, slots=True, kw_only=True)
class BillTexts:
    """What is said around the bill. `asks` by the unit that is missing, `range` by what a range rests on."""

    models: Text
    models_placeholder: Text
    refused: Text
    word: Text
    answer: Text
    answer_exact: Text
    answer_tied: Text
    answer_tied_range: Text
    last: Text
    answer_one: Text
    answer_one_range: Text
    none: Text
    times: Text
    at: Text
    source: Text
    rules: Text
    unchecked: Text
    empty: Text
    table: Text
    columns: dict[str, Text]
    unpriced: Text
    asks: dict[str, Text]
    range: dict[str, Text]
    busiest: Text
    nothing_asked: Text
    hours: Text
    change: Text
    no_changes: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthTexts:
    title: Text
    sentence: Text
    flat: Text
    axis: Text
    alt: Text
    table: Text
    month: Text
    numbers: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """What is said around machines of one's own."""

    title: Text
    sentence: Text
    run: Text
    against: Text
    same: Text
    closed: Text
    unknown: Text
    licence: Text
    not_known: Text
    none: Text
    none_like: Text
    refused: Text
    inputs: dict[str, InputTexts]
    word: Text
    open_question: Text
    open_answer: Text
    open_never: Text
    settled: Text
    settled_below: Text
    settled_above: Text
    never: Text
    today: Text
    range: Text
    gpus: dict[Literal["one", "many"], Text]
    always: Text
    yours: Text
    people: Text
    people_columns: tuple[Text, ...]
    people_never: Text
    stairs: Text
    stairs_alt: Text
    stairs_x: Text
    stairs_y: Text
    stairs_table: Text
    stairs_columns: tuple[Text, ...]
    assumed: Text
    api: Text
    machines: Text
    machines_alone: Text
    no_tokens: Text
    you: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTexts:
    title: Text
    sentence: Text
    markdown: Text
    csv: Text
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPage:
    """All of content/scorer_cost.yaml."""

    title: Text
    sentence: Text
    inputs: dict[str, InputTexts]
    other_units: Text
    range: RangeTexts
    more: Text
    batch: Text
    batch_help: Text
    paste: PasteTexts
    bill: BillTexts
    growth: GrowthTexts
    own: OwnTexts
    export: ExportTexts


@cache
def cost_page() -> CostPage:
    """What the file holds, read once. Raises ContentError."""
    found: CostPage = content.load("scorer_cost", CostPage)
    return found
