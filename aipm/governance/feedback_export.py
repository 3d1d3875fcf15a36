"""A feedback plan as files to hand on: a document, a CSV of its signals, a calendar. None looks at the clock."""

from collections.abc import Sequence
from datetime import date, datetime

from aipm.content.day import day
from aipm.content.document import Block, Bullets, Document, Facts, Heading, Paragraph, Table
from aipm.content.visible import visible
from aipm.governance import feedback_words as words
from aipm.governance.feedback import FeedbackPlan, Signal
from aipm.governance.feedback_calendar import entries, ics
from aipm.governance.feedback_reading import Assessment
from aipm.governance.feedback_texts import feedback_texts
from aipm.governance.fields import Answer
from aipm.governance.product import Product
from aipm.tables.formula import csv_text

COLUMNS = (
    *("id", "kind", "name", "where", "rate", "uses_a_day", "silent", "bend", "only_chosen", "delay_days", "stored"),
    *("keep_days", "personal", "basis", "uses", "cadence", "weekday", "owner", "stop"),
    *("answers_a_week", "needed", "days_until_seen", "days_by_tally", "lowest_share_right", "highest_share_right"),
)
LONG = 300


def document(
    plan: FeedbackPlan, found: Assessment, *, product: Product, answers: dict[Answer, str], today: date
) -> Document:
    """The plan to read. `answers`: the words for yes, no and not sure."""
    texts, say = feedback_texts(), feedback_texts().document
    quality, reports = texts.quality.fields, texts.reports.fields
    lead, *more = words.answer(plan, found)
    planned = entries(plan, today=today)
    columns = texts.calendar.columns
    blocks: list[Block] = [
        *(Paragraph(each) for each in more),
        Heading(texts.findings.title),
        Bullets(tuple(words.finding(each, plan) for each in found.findings) or (texts.findings.none,)),
        Heading(texts.quality.title),
        Facts(
            (
                (quality["uses_a_day"].label, None if plan.uses_a_day is None else words.whole(plan.uses_a_day)),
                (quality["good"].label, None if plan.good is None else words.share(plan.good)),
                (quality["drop"].label, None if plan.drop is None else words.points(plan.drop)),
                (quality["retrain_weeks"].label, _number(plan.retrain_weeks)),
                (reports["channel"].label, plan.channel),
                (reports["reader"].label, plan.reader),
                (reports["answer_days"].label, _number(plan.answer_days)),
                (reports["groups"].label, plan.groups),
            ),
            open=say.open,
        ),
        Heading(say.watches),
        Table(
            say.watches,
            (say.columns["signal"], say.columns["week"], say.columns["needed"], say.columns["days"]),
            tuple(
                (
                    words.name(each.signal),
                    words.whole(each.answers_a_week),
                    words.whole(each.needed),
                    texts.picture.never if each.days is None else words.up(each.days),
                )
                for each in found.watches
            ),
            numeric=frozenset({1, 2, 3}),
        ),
        Heading(say.signals),
    ]
    for each in found.watches:
        blocks += [
            Heading(words.name(each.signal), level=3),
            Paragraph(" ".join(words.watch(each))),
            Facts(_facts(each.signal, answers), open=say.open),
        ]
    if planned:
        blocks += [
            Heading(say.calendar),
            Table(
                say.calendar,
                (columns["when"], columns["what"], columns["who"], columns["first"]),
                tuple(words.calendar_rows(planned)),
            ),
        ]
    blocks += [Heading(texts.method.title), Bullets(texts.method.lines)]
    return Document(
        eyebrow=say.eyebrow,
        title=say.title.format(product=_product(product)),
        lead=lead,
        note=say.note.format(day=day(today)),
        blocks=tuple(blocks),
    )


def csv(found: Assessment) -> str:
    """A row a signal, as it was filled in and what follows; text that a spreadsheet would calculate is made plain."""
    rows: list[Sequence[str | float | None]] = [COLUMNS]
    for each in found.watches:
        one = each.signal
        low, high = each.bounds or (None, None)
        rows.append(
            (
                *(one.id, one.kind, one.name, one.where, one.rate, one.uses_a_day, one.silent, one.bend),
                *(one.only_chosen, one.delay, one.stored, one.keep, one.personal, one.basis, " ".join(one.uses)),
                *(one.cadence, feedback_texts().options.weekday[one.weekday], one.owner, one.stop),
                *(_short(each.answers_a_week), each.needed, _short(each.days), _short(each.tally_days)),
                *(_short(low, 4), _short(high, 4)),
            )
        )
    return csv_text(rows)


def calendar(plan: FeedbackPlan, *, product: Product, today: date, stamp: datetime) -> bytes:
    """The plan's calendar, a year of it."""
    planned = entries(plan, today=today)
    return ics(
        planned,
        titles=dict(enumerate(map(words.what, planned))),
        notes=dict(enumerate(map(words.note, planned))),
        name=feedback_texts().calendar.name.format(product=_product(product)),
        stamp=stamp,
    )


def _facts(signal: Signal, answers: dict[Answer, str]) -> tuple[tuple[str, str | None], ...]:
    texts = feedback_texts()
    options, fields = texts.options, texts.fields
    known: dict[str, str | None] = {
        "kind": texts.signals.kinds[signal.kind].name,
        "where": signal.where,
        "rate": None if signal.rate is None else words.share(signal.rate),
        "delay": _number(signal.delay),
        "silent": signal.silent,
        "bend": options.bend[signal.bend] if signal.bend else None,
        "only_chosen": answers[signal.only_chosen] if signal.only_chosen else None,
        "personal": answers[signal.personal] if signal.personal else None,
        "basis": options.basis[signal.basis] if signal.basis else None,
        "stored": signal.stored,
        "keep": _number(signal.keep),
        "uses": ", ".join(options.uses[each] for each in signal.uses) or None,
        "cadence": options.cadence[signal.cadence] if signal.cadence else None,
        "owner": signal.owner,
        "stop": signal.stop,
    }
    return tuple((fields[field].label, value) for field, value in known.items())


def _product(product: Product) -> str:
    return visible(product.name, limit=LONG) if product.name else feedback_texts().calendar.unnamed


def _number(value: int | None) -> str | None:
    return None if value is None else f"{value:,}"


def _short(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)
