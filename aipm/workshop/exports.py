"""A room's record as files to hand on: a document for people, CSV to calculate with, JSON for programs.

All of it at any time, also after an early end. What people typed is text and nothing else.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from aipm.content.day import day, in_full
from aipm.content.document import Block, Bullets, Document, Heading, Paragraph, Table
from aipm.content.number import count, rate
from aipm.tables.formula import csv_text
from aipm.workshop.cards import CardsResult, DotsResult, Group
from aipm.workshop.checks import ChecksResult
from aipm.workshop.entries import LEAST
from aipm.workshop.record import Kept, Record
from aipm.workshop.results import Result
from aipm.workshop.scores import ScoresResult
from aipm.workshop.specs import Match, targets
from aipm.workshop.templates import templates
from aipm.workshop.texts import room_texts
from aipm.workshop.votes import ConfidenceResult, MatchResult, PollResult
from aipm.workshop.weights import WeightsResult

FORMAT = 1
"""To be raised when older files can no longer be read."""
Cell = str | float | None


def plain(record: Record) -> dict[str, Any]:
    """Everything as plain data. People are numbered anew in each activity."""
    found: dict[str, Any] = msgspec.to_builtins(record)
    return {"kind": "aipm-room", "format": FORMAT, **found}


def to_json(record: Record) -> str:
    return json.dumps(plain(record), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def csv_files(record: Record) -> dict[str, str]:
    """Name of a file -> CSV: answers, cards, dots, checks, run-sheet; each with its header also where it is empty."""
    kept = record.activities
    answers: list[Sequence[Cell]] = [("activity", "kind", "respondent", "name", "item", "value")]
    cards: list[Sequence[Cell]] = [
        ("activity", "card", "respondent", "name", "text", "stage", "tag", "merged_into", "hidden")
    ]
    dots: list[Sequence[Cell]] = [("activity", "target", "text", "dots", "people")]
    found: list[Sequence[Cell]] = [
        ("activity", "check", "kind", "question", "table", "status", "owner", "due", "evidence", "note")
    ]
    for each in kept:
        for answer in each.answers:
            value = answer.value if isinstance(answer.value, str | int | float) else json.dumps(answer.value)
            name = each.names.get(answer.person)
            answers.append((each.key, each.kind, answer.person, name, answer.item, value))
        cards += [
            (
                each.key,
                card.id,
                card.person,
                each.names.get(card.person),
                card.text,
                card.stage,
                card.tag,
                card.into,
                str(card.hidden).lower(),
            )
            for card in each.cards
        ]
        result = each.outcome.result
        if isinstance(result, DotsResult):
            dots += [(each.key, total.target, total.name, total.dots, total.people) for total in result.totals]
        if isinstance(result, ChecksResult):
            found += [
                (
                    each.key,
                    one.check.key,
                    one.check.kind,
                    one.check.question,
                    one.table,
                    one.status,
                    one.owner,
                    None if one.due is None else one.due.isoformat(),
                    one.evidence,
                    one.note,
                )
                for one in result.found
            ]
    sheet: list[Sequence[Cell]] = [("phase", "title", "planned_minutes", "extra_minutes", "minutes_taken", "dropped")]
    sheet += [
        (
            phase.key,
            phase.title,
            phase.minutes,
            record.progress.extra.get(phase.key, 0),
            _taken(record, phase.key),
            str(phase.key in record.progress.dropped).lower(),
        )
        for phase in record.sheet
    ]
    files = {"answers": answers, "cards": cards, "dots": dots, "checks": found, "run-sheet": sheet}
    return {f"{name}.csv": csv_text(rows) for name, rows in files.items()}


def document(record: Record) -> Document:
    """The record for people: an activity a section, in the order of the run-sheet; the run-sheet last."""
    say = room_texts().exports
    known = templates().get(record.template)
    lead = say.lead if record.ended is None else say.lead_ended
    order = list(dict.fromkeys(key for phase in record.sheet for key in phase.activities))
    kept = sorted(record.activities, key=lambda each: order.index(each.key) if each.key in order else len(order))
    blocks: list[Block] = []
    for each in kept:
        blocks += _section(each)
    blocks += _sheet(record)
    return Document(
        eyebrow=say.eyebrow,
        title=record.title,
        lead=lead.format(
            people=count(record.people), template=known.title if known else record.template, day=in_full(record.created)
        ),
        note=say.note.format(least=LEAST),
        blocks=tuple(blocks),
    )


def _section(kept: Kept) -> list[Block]:
    texts, say = room_texts(), room_texts().exports
    blocks: list[Block] = [
        Heading(text=kept.spec.title),
        Paragraph(text=kept.spec.question),
        Paragraph(
            text=f"{texts.kinds[kept.kind].name}. {say.state}: {texts.states[kept.state].name}. "
            f"{say.answered}: {count(kept.answered)}.",
            quiet=True,
        ),
    ]
    if not kept.answered and not isinstance(kept.outcome.result, ChecksResult):
        return [*blocks, Paragraph(text=say.nothing)]
    blocks += _result(kept, kept.outcome.result, say.groups)
    guesses = kept.outcome.guesses
    if guesses is not None and guesses.answered:
        blocks.append(Paragraph(text=say.guesses.format(right=guesses.right, count=guesses.answered)))
    if kept.outcome.tables:
        blocks.append(Heading(text=say.by_table, level=3))
        for name, result in kept.outcome.tables.items():
            blocks += _result(kept, result, name, brief=True)
    if kept.outcome.withheld:
        blocks.append(Paragraph(text=say.withheld.format(count=kept.outcome.withheld, least=LEAST), quiet=True))
    return blocks


def _result(kept: Kept, result: Result, title: str, *, brief: bool = False) -> list[Block]:
    """`brief`: of a table, its main numbers only."""
    title = title if brief else kept.spec.title
    match result:
        case CardsResult():
            return _cards(kept, result, title)
        case DotsResult():
            return [_dots(result, title)]
        case MatchResult():
            return [_match(kept, result, title)]
        case WeightsResult():
            return [_weights(result, title), *([] if brief else _agreement(result))]
        case ScoresResult():
            return _scores(result, title, brief=brief)
        case PollResult():
            say = room_texts().exports
            rows = [(result.names[key], count(votes)) for key, votes in result.votes.items()]
            return [_table(title, (say.option, say.votes), rows, numeric=(1,))]
        case ConfidenceResult():
            return _confidence(result, title)
        case ChecksResult():
            return [_checks(result, title)]


def _cards(kept: Kept, result: CardsResult, title: str) -> list[Block]:
    say = room_texts().exports
    tags = targets(kept.spec)
    authors = {card.id: kept.names.get(card.person) for card in kept.cards}

    def row(group: Group) -> tuple[str, ...]:
        others = [each.text for each in group.members[1:]]
        text = group.card.text if not others else f"{group.card.text} — {say.together.format(others='; '.join(others))}"
        told = [text, group.stage or "", tags.get(group.tag or "", "")]
        return tuple([*told, authors.get(group.card.id) or say.no_name] if kept.spec.named else told)

    columns = (say.card, say.stage, say.tag, *((say.people,) if kept.spec.named else ()))
    return [_table(title, columns, map(row, result.groups))]


def _dots(result: DotsResult, title: str) -> Block:
    say = room_texts().exports
    rows = [(each.name, count(each.dots), count(each.people)) for each in result.totals]
    return _table(title, (say.card, say.dots, say.people), rows, numeric=(1, 2))


def _match(kept: Kept, result: MatchResult, title: str) -> Block:
    say = room_texts().exports
    names = {each.key: each.name for each in kept.spec.options} if isinstance(kept.spec, Match) else {}
    rows = [
        (each.statement, names[each.label], f"{each.right} / {each.answered}", names.get(each.taken_for or "", ""))
        for each in result.matched.values()
    ]
    return _table(title, (say.statement, say.calls_for, say.right, say.taken_for), rows, numeric=(2,))


def _weights(result: WeightsResult, title: str) -> Block:
    say = room_texts().exports
    rows = [
        (
            result.names[key],
            rate(result.weights.get(key)),
            f"{found.median:.3g}",
            f"{found.quarter:.3g} – {found.three_quarters:.3g}",
            f"{found.low:.3g} – {found.high:.3g}",
        )
        for key, found in result.spreads.items()
    ]
    return _table(
        title, (say.criterion, say.weight, say.median, say.middle_half, say.range), rows, numeric=(1, 2, 3, 4)
    )


def _agreement(result: WeightsResult) -> list[Block]:
    say = room_texts().exports
    told = say.no_agreement if result.agreement is None else say.agreement.format(value=f"{result.agreement:.2f}")
    blocks: list[Block] = [Paragraph(text=told)]
    if result.disputed:
        blocks.append(
            Paragraph(text=say.disputed.format(names=", ".join(result.names[key] for key in result.disputed)))
        )
    return blocks


def _scores(result: ScoresResult, title: str, *, brief: bool) -> list[Block]:
    say = room_texts().exports
    totals = [
        (
            name,
            "" if key not in result.totals else f"{result.totals[key]:.2f}",
            *(_mean(result, key, each) for each in result.criteria),
        )
        for key, name in result.candidates.items()
    ]
    columns = (say.candidate, say.total, *result.criteria.values())
    table = _table(title, columns, totals, numeric=tuple(range(1, len(columns))))
    if brief:
        return [table]
    blocks: list[Block] = []
    for number, cells in result.cells.items():
        if cells:
            rows = [
                (
                    result.candidates[each.candidate],
                    result.criteria[each.criterion],
                    f"{each.spread.low:g} – {each.spread.high:g}",
                    f"{each.spread.median:g}",
                    count(each.spread.count),
                )
                for each in cells
            ]
            named = (say.candidate, say.criterion, say.range, say.median, say.people)
            blocks.append(_table(say.round.format(number=number), named, rows, numeric=(2, 3, 4)))
    blocks.append(table)
    if result.changes:
        moved = [
            (result.candidates[each.candidate], result.criteria[each.criterion], f"{each.mean:+.2f}".replace("-", "−"))
            for each in result.changes
        ]
        blocks.append(_table(say.changed, (say.candidate, say.criterion, say.mean), moved, numeric=(2,)))
    if result.dissent:
        blocks += [Heading(text=say.dissent, level=3), Bullets(items=result.dissent)]
    return blocks


def _mean(result: ScoresResult, candidate: str, criterion: str) -> str:
    found = result.means.get(candidate, {}).get(criterion)
    return "" if found is None else f"{found:.2f}"


def _confidence(result: ConfidenceResult, title: str) -> list[Block]:
    say = room_texts().exports
    before = result.before
    rows = [
        (key, count(votes), *(() if before is None else (count(before[key]),))) for key, votes in result.votes.items()
    ]
    columns = (say.option, say.votes, *(() if before is None else (say.before,)))
    blocks: list[Block] = [_table(title, columns, rows, numeric=(1, 2))]
    if result.shift is not None:
        shift = result.shift
        blocks.append(Paragraph(text=say.shift.format(people=shift.people, up=shift.up, down=shift.down)))
    return blocks


def _checks(result: ChecksResult, title: str) -> Block:
    texts, say = room_texts(), room_texts().exports
    rows = [
        (
            each.check.question,
            texts.check_kinds[each.check.kind],
            each.table or "",
            texts.statuses[each.status],
            each.owner or say.open,
            day(each.due) if each.due else say.open,
            each.evidence or say.open,
            each.note or "",
        )
        for each in result.found
    ]
    columns = (say.check, say.kind, say.table, say.status, say.owner, say.due, say.evidence, say.remark)
    return _table(title, columns, rows)


def _sheet(record: Record) -> list[Block]:
    say = room_texts().exports
    rows = []
    for phase in record.sheet:
        taken = _taken(record, phase.key)
        dropped = phase.key in record.progress.dropped
        rows.append(
            (phase.title, count(phase.minutes), say.dropped if dropped else "" if taken is None else f"{taken:g}")
        )
    return [Heading(text=say.sheet), _table(say.sheet, (say.phase, say.minutes, say.took), rows, numeric=(1, 2))]


def _taken(record: Record, key: str) -> float | None:
    """Minutes that a phase took; of the present one until now, or until the end."""
    spent = record.progress.spent.get(key)
    if record.progress.phase == key and record.progress.since is not None:
        spent = (spent or 0) + ((record.ended or record.at) - record.progress.since).total_seconds()
    return None if spent is None else round(spent / 60, 1)


def _table(
    title: str, columns: Sequence[str], rows: Iterable[tuple[str, ...]], *, numeric: Iterable[int] = ()
) -> Table:
    return Table(title=title, columns=tuple(columns), rows=tuple(rows), numeric=frozenset(numeric))
