"""Canvas, journey and priorities as files to hand on: Markdown to read, CSV to calculate with, JSON to open again.

Nothing here looks at the clock: who made a file, and on which day, is passed in.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from aipm import content
from aipm.content import number
from aipm.content.markdown import bullets, drawn, paragraph, table
from aipm.mapping.canvas import FIELDS, Canvas, canvas_texts, capability_name, label, missing
from aipm.mapping.capabilities import Text
from aipm.mapping.examples import LABELS
from aipm.mapping.journey import COLUMNS, Journey, Mapped, MappedJourney, column_of, journey_texts, remarks, summary
from aipm.mapping.priority import (
    RANGES,
    Opportunity,
    Priorities,
    Range,
    Standing,
    order_said,
    priority_texts,
    ties_said,
)
from aipm.mapping.risks import flags, risk_texts
from aipm.tables import Refusal
from aipm.tables.formula import csv_text

FORMAT = 1
"""To be raised when older files can no longer be opened."""
LONGEST_FILE = 20_000_000
Cell = str | float | bool | None
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTexts:
    """The part `exports` of content/canvas.yaml: headings, and templates."""

    canvas: Text
    journey: Text
    priorities: Text
    open: Text
    flags: Text
    flag: Text
    tasks: Text
    made: Text
    answered: Text
    picture: Text
    pains: Text
    ranges: Text
    ties: Text
    columns: dict[str, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    exports: ExportTexts


@cache
def export_texts() -> ExportTexts:
    """Read once. Raises ContentError."""
    found: ExportTexts = content.load("canvas", _File).exports
    return found


def canvas_markdown(canvas: Canvas, *, made_by: str, day: date) -> str:
    """A heading a field; what is open as a question; what the answers on law and people point to."""
    say, risks = export_texts(), risk_texts()
    asked = {each.field: each.question for each in missing(canvas)}
    blocks = [f"# {drawn(say.canvas)}"]
    for field in FIELDS:
        known = _known(canvas, field)
        if known or field in asked:
            blocks += [f"## {drawn(label(field, canvas.capability))}", *known]
        if field in asked:
            blocks.append(f"*{drawn(say.open.format(question=asked[field]))}*")
    found = flags(dict(canvas.risks))
    if found.flags:
        told = [
            say.flag.format(
                area=flag.area,
                why=flag.why,
                advice=flag.advice,
                applies=flag.applies,
                as_of=flag.as_of,
                source=flag.source.title,
            )
            for flag in found.flags
        ]
        blocks += [f"## {drawn(say.flags)}", bullets(told), drawn(risks.note)]
    if found.tasks:
        blocks += [f"## {drawn(say.tasks)}", bullets(task.text for task in found.tasks)]
    return _document(blocks, made_by, day)


def canvas_csv(canvas: Canvas, *, made_by: str, day: date) -> str:
    """A row a field, and a row a question on law and people; blank where it is open."""
    rows: list[Sequence[Cell]] = []
    for field in FIELDS:
        value = getattr(canvas, field)
        if field == "risks":
            answers = dict(value)
            rows += [(f"risks.{key}", each.question, answers.get(key)) for key, each in risk_texts().questions.items()]
        else:
            text = "\n".join(value) if field == "assumptions" else value
            rows.append((field, label(field, canvas.capability), text))
    return _csv(("field", "label", "value"), rows, made_by, day)


def canvas_json(canvas: Canvas, *, made_by: str, day: date) -> str:
    """For `from_json`."""
    return _json("canvas", made_by, day, {"canvas": canvas.to_dict()})


def journey_markdown(mapped: MappedJourney[Any], *, made_by: str, day: date) -> str:
    """The picture as a table of counts, then every pain that was mapped with its answer."""
    say, columns = export_texts(), export_texts().columns
    drawing = mapped.picture
    shown = [column for column in COLUMNS if drawing.column(column)]
    no_stage = journey_texts().no_stage
    counts = [
        (stage or no_stage, *(str(drawing.count(stage, column) or "") for column in shown)) for stage in drawing.stages
    ]
    pains = [
        (pain.stage or no_stage, pain.text, *(_column_name(each) for each in _answer(result)), result.strength)
        for pain, result in zip(mapped.journey.pains, mapped.results, strict=True)
    ]
    blocks = [f"# {drawn(say.journey)}", *map(drawn, (summary(mapped), *remarks(mapped.journey)))]
    if pains:
        names = [columns[name] for name in ("stage", "pain", "answer", "first", "second", "strength")]
        blocks += [f"## {drawn(say.picture)}", table([columns["stage"], *map(_column_name, shown)], counts)]
        blocks += [f"## {drawn(say.pains)}", table(names, pains)]
    return _document(blocks, made_by, day)


def journey_csv(mapped: MappedJourney[Any], *, made_by: str, day: date) -> str:
    """A row a row of the journey, blank pains and those beyond the limit too; there the answer is blank."""
    journey = mapped.journey
    width = max((len(row.more) for row in journey.rows), default=0)
    header = journey.header[-width:] if journey.header and width else [""] * width
    more = [f"more: {name or place}" for place, name in enumerate(header, start=1)]
    answers = dict(zip((pain.row for pain in journey.pains), mapped.results, strict=True))
    rows: list[Sequence[Cell]] = []
    for row in journey.rows:
        result = answers.get(row.row)
        told = (*_answer(result), result.strength, result.may_not_need_ai) if result else (None,) * 5
        rows.append((row.row, row.stage, row.text, *told, *row.more))
    names = ("row", "stage", "pain", "answer", "first", "second", "strength", "may_not_need_ai", *more)
    return _csv(names, rows, made_by, day)


def journey_json(mapped: MappedJourney[Any], *, made_by: str, day: date) -> str:
    """For `from_json`, which opens the journey; the answers are beside it for other programs."""
    answers = [
        {
            "row": pain.row,
            "answer": column_of(result),
            "ranking": [each.capability for each in result.ranking],
            "strength": result.strength,
            "may_not_need_ai": result.may_not_need_ai,
        }
        for pain, result in zip(mapped.journey.pains, mapped.results, strict=True)
    ]
    return _json("journey", made_by, day, {"journey": mapped.journey.to_dict(), "answers": answers})


def priorities_markdown(priorities: Priorities, *, made_by: str, day: date) -> str:
    """The order in a sentence and a table, each tie in a sentence, and the ranges it rests on."""
    say, columns = export_texts(), export_texts().columns
    blocks = [f"# {drawn(say.priorities)}", drawn(order_said(priorities))]
    if priorities.standings:
        order = [
            (
                str(each.place),
                each.name,
                f"{_figure(each.value.low)} – {_figure(each.value.high)}",
                number.rate(each.best),
                f"{each.rank:.1f}",
            )
            for each in priorities.standings
        ]
        ranges = [(each.name, *(_span(each, name) for name in RANGES)) for each in priorities.standings]
        blocks.append(table([columns[name] for name in ("place", "name", "value", "best", "rank")], order))
        if priorities.ties:
            blocks += [f"## {drawn(say.ties)}", bullets(ties_said(priorities))]
        blocks += [f"## {drawn(say.ranges)}", table([columns[name] for name in ("name", *RANGES)], ranges)]
        blocks.append(drawn(priority_texts().method))
    return _document(blocks, made_by, day)


def priorities_csv(priorities: Priorities, *, made_by: str, day: date) -> str:
    """A row an opportunity, in order, with its ranges and where it stands."""
    bounds = [f"{name}_{end}" for name in RANGES for end in ("low", "high")]
    names = ("place", "name", "first_share", "mean_rank", "value_low", "value_middle", "value_high", *bounds)
    rows: list[Sequence[Cell]] = []
    for each in priorities.standings:
        given = [bound for name in RANGES for bound in _bounds(each, name)]
        found = (each.best, each.rank, each.value.low, each.middle, each.value.high)
        rows.append((each.place, each.name, *found, *given))
    return _csv(names, rows, made_by, day)


def priorities_json(priorities: Priorities, *, made_by: str, day: date) -> str:
    """For `from_json`, which opens the opportunities; where they stand is beside them for other programs."""
    standings = [{**asdict(each), "opportunity": each.name} for each in priorities.standings]
    found = {
        "opportunities": [each.opportunity.to_dict() for each in priorities.standings],
        "standings": standings,
        "ties": [asdict(tie) for tie in priorities.ties],
    }
    return _json("priorities", made_by, day, found)


def from_json(text: str | bytes) -> Canvas | Journey | tuple[Opportunity, ...]:
    """What a JSON file of this module holds: a canvas, a journey or opportunities. Raises Refusal."""
    if len(text) > LONGEST_FILE:
        raise _refusal("It is far larger than any such file.")
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        raise _refusal("It is not JSON.") from None
    kind = plain.get("kind") if isinstance(plain, Mapping) else None
    if kind not in ("canvas", "journey", "priorities"):
        raise _refusal("It does not say that it holds a canvas, a journey or opportunities.")
    if plain.get("format") != FORMAT:
        raise _refusal("It was written by another version.")
    if kind == "canvas":
        return Canvas.from_dict(plain.get("canvas"))
    if kind == "journey":
        return Journey.from_dict(plain.get("journey"))
    given = plain.get("opportunities")
    if not isinstance(given, list):
        raise _refusal("It lacks the opportunities.")
    return tuple(map(Opportunity.from_dict, given))


def _known(canvas: Canvas, field: str) -> list[str]:
    """What is known of a field, as blocks of Markdown."""
    value = getattr(canvas, field)
    if not value:
        return []
    if field == "risks":
        said = risk_texts()
        answered = [
            export_texts().answered.format(question=said.questions[key].question, answer=said.answers[answer])
            for key, answer in value
        ]
        return [bullets(answered)]
    if field == "assumptions":
        return [bullets(value)]
    if field == "capability":
        return [drawn(capability_name(value))]
    if field == "data_have":
        return [drawn(canvas_texts().data_have[value])]
    return [paragraph(value)]


def _answer(result: Mapped) -> tuple[str, str, str]:
    """The column of the picture, and the two capabilities that fit best."""
    first, second = (each.capability for each in result.ranking[:2])
    return column_of(result), first, second


def _column_name(column: str) -> str:
    return journey_texts().columns[column] if column not in LABELS else capability_name(column)


def _bounds(standing: Standing, name: str) -> tuple[float, float]:
    given: Range = getattr(standing.opportunity, name)
    return given.low, given.high


def _span(standing: Standing, name: str) -> str:
    low, high = _bounds(standing, name)
    form = _figure if name in ("impact", "effort") else number.rate
    return form(low) if low == high else f"{form(low)} – {form(high)}"


def _figure(value: float) -> str:
    """A worth or an effort, whose unit nobody but the person knows: three digits say enough."""
    return number.count(round(value)) if value >= 100 else f"{value:.3g}"


def _document(blocks: Iterable[str], made_by: str, day: date) -> str:
    made = export_texts().made.format(made_by=made_by, day=day.isoformat())
    return "\n\n".join([*blocks, "---", drawn(made)]) + "\n"


def _csv(names: Sequence[str], rows: Iterable[Sequence[Cell]], made_by: str, day: date) -> str:
    return csv_text([(*names, "made_by", "day"), *((*row, made_by, day.isoformat()) for row in rows)])


def _json(kind: str, made_by: str, day: date, held: Plain) -> str:
    head = {"kind": kind, "format": FORMAT, "made_by": made_by, "day": day.isoformat()}
    return json.dumps(head | held, indent=1, allow_nan=False) + "\n"


def _refusal(why: str) -> Refusal:
    return Refusal(
        "bad_file",
        f"This file cannot be opened here. {why}",
        advice="Choose a JSON file that this page has written, as it was.",
    )
