"""A room's record as a document for people: pictures, tables and sentences, at any time, also after an early end.

What people typed is text and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence

from aipm.content.chart import Chart
from aipm.content.day import day, in_full
from aipm.content.document import Block, Bullets, Document, Heading, Paragraph, Table
from aipm.content.number import count, rate
from aipm.workshop.brief_entry_words import vote_title
from aipm.workshop.cards import CardsResult, DotsResult, Group
from aipm.workshop.charts import charts
from aipm.workshop.checks import ChecksResult
from aipm.workshop.entries import LEAST
from aipm.workshop.record import Kept, Record, minutes_taken
from aipm.workshop.results import Result
from aipm.workshop.scores import ScoresResult
from aipm.workshop.specs import Match, targets
from aipm.workshop.templates import templates
from aipm.workshop.texts import room_texts
from aipm.workshop.votes import ConfidenceResult, MatchResult, PollResult
from aipm.workshop.weights import WeightsResult


def document(record: Record) -> Document:
    """The record for people: an activity a section, in the order of the run-sheet; the run-sheet last."""
    say = room_texts().exports
    known = templates().get(record.template)
    lead = say.lead if record.ended is None else say.lead_ended
    order = list(dict.fromkeys(key for phase in record.sheet for key in phase.activities))
    kept = sorted(record.activities, key=lambda each: order.index(each.key) if each.key in order else len(order))
    blocks: list[Block] = []
    for each in kept:
        blocks += _section(each, first_vote=each.key in record.first_votes)
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


def _section(kept: Kept, *, first_vote: bool) -> list[Block]:
    texts, say = room_texts(), room_texts().exports
    blocks: list[Block] = [
        Heading(text=vote_title(kept.spec, kept.spec.title, first=first_vote)),
        Paragraph(text=kept.spec.question),
        Paragraph(
            text=f"{texts.kinds[kept.kind].name}. {say.state}: {texts.states[kept.state].name}. "
            f"{say.answered}: {count(kept.answered)}.",
            quiet=True,
        ),
    ]
    if not kept.answered and not isinstance(kept.outcome.result, ChecksResult):
        return [*blocks, Paragraph(text=say.nothing)]
    pictures = charts(kept.outcome.result, first=first_vote)
    blocks += [*pictures, *_result(kept, kept.outcome.result, kept.spec.title, pictures)]
    guesses = kept.outcome.guesses
    if guesses is not None and guesses.answered:
        blocks.append(Paragraph(text=say.guesses.format(right=guesses.right, count=guesses.answered)))
    if kept.outcome.tables:
        blocks.append(Heading(text=say.by_table, level=3))
        for name, result in kept.outcome.tables.items():
            blocks += _result(kept, result, name)
    if kept.outcome.withheld:
        blocks.append(Paragraph(text=say.withheld.format(count=kept.outcome.withheld, least=LEAST), quiet=True))
    return blocks


def _result(kept: Kept, result: Result, title: str, pictures: Sequence[Chart] | None = None) -> list[Block]:
    """In tables and sentences. `pictures`: what is drawn of it already; None: of a table, its main numbers only."""
    match result:
        case CardsResult():
            return _cards(kept, result, title)
        case DotsResult():
            return [_dots(result, title)]
        case MatchResult():
            return [_match(kept, result, title)]
        case WeightsResult():
            spread = _weights(result, title, drawn=bool(pictures))
            return [spread, *([] if pictures is None else _agreement(result))]
        case ScoresResult():
            return _scores(result, title, pictures)
        case PollResult():
            return [] if _all_in(pictures, result.votes) else [_poll(result, title)]
        case ConfidenceResult():
            told = _shift(result)
            return told if _all_in(pictures, result.votes) else [_confidence(result, title), *told]
        case ChecksResult():
            return [_checks(result, title)]


def _all_in(pictures: Sequence[Chart] | None, votes: Mapping[str, int]) -> bool:
    """Whether a picture, which has its numbers with it wherever it is written, leaves nothing to a table."""
    return any(len(each.labels) == len(votes) for each in pictures or ())


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


def _weights(result: WeightsResult, title: str, *, drawn: bool) -> Block:
    """`drawn`: the mean weights stand above."""
    say = room_texts().exports
    rows = [
        (
            result.names[key],
            *(() if drawn else (rate(result.weights.get(key)),)),
            f"{found.median:.3g}",
            f"{found.quarter:.3g} – {found.three_quarters:.3g}",
            f"{found.low:.3g} – {found.high:.3g}",
        )
        for key, found in result.spreads.items()
    ]
    columns = (say.criterion, *(() if drawn else (say.weight,)), say.median, say.middle_half, say.range)
    return _table(title, columns, rows, numeric=range(1, len(columns)))


def _agreement(result: WeightsResult) -> list[Block]:
    say = room_texts().exports
    told = say.no_agreement if result.agreement is None else say.agreement.format(value=f"{result.agreement:.2f}")
    blocks: list[Block] = [Paragraph(text=told)]
    if result.disputed:
        blocks.append(
            Paragraph(text=say.disputed.format(names=", ".join(result.names[key] for key in result.disputed)))
        )
    return blocks


def _scores(result: ScoresResult, title: str, pictures: Sequence[Chart] | None) -> list[Block]:
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
    table = _table(title, columns, totals, numeric=range(1, len(columns)))
    if pictures is None:
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
    if not pictures or len(result.totals) < len(result.candidates):
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


def _poll(result: PollResult, title: str) -> Block:
    say = room_texts().exports
    rows = [(result.names[key], count(votes)) for key, votes in result.votes.items()]
    return _table(title, (say.option, say.votes), rows, numeric=(1,))


def _confidence(result: ConfidenceResult, title: str) -> Block:
    say = room_texts().exports
    before = result.before
    rows = [
        (key, count(votes), *(() if before is None else (count(before[key]),))) for key, votes in result.votes.items()
    ]
    columns = (say.option, say.votes, *(() if before is None else (say.before,)))
    return _table(title, columns, rows, numeric=(1, 2))


def _shift(result: ConfidenceResult) -> list[Block]:
    shift = result.shift
    if shift is None:
        return []
    told = room_texts().exports.shift.format(people=shift.people, up=shift.up, down=shift.down)
    return [Paragraph(text=told)]


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
        taken = minutes_taken(record, phase.key)
        dropped = phase.key in record.progress.dropped
        rows.append(
            (phase.title, count(phase.minutes), say.dropped if dropped else "" if taken is None else f"{taken:g}")
        )
    return [Heading(text=say.sheet), _table(say.sheet, (say.phase, say.minutes, say.took), rows, numeric=(1, 2))]


def _table(
    title: str, columns: Sequence[str], rows: Iterable[tuple[str, ...]], *, numeric: Iterable[int] = ()
) -> Table:
    return Table(title=title, columns=tuple(columns), rows=tuple(rows), numeric=frozenset(numeric))
