"""What each participant gives: answers, cards and dots, all of it one's own."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from aipm.workshop import cards as grouping
from aipm.workshop import commands, giving
from aipm.workshop.held import Activity
from aipm.workshop.refusals import refused
from aipm.workshop.rooms import seat
from aipm.workshop.specs import GUESS, Cards, Checks, Dots, Scores, targets
from aipm.workshop.tables import answers, cards, dots, people
from aipm.workshop.work import Work, alter_card, card_of, tag_of


def _introduce(work: Work, command: commands.Introduce) -> None:
    values = {"name": giving.name(command.name), "table": seat(work.room, command.table)}
    work.connection.execute(sa.update(people).where(people.c.id == work.person).values(values))


def _give(work: Work, command: commands.Give) -> None:
    held = work.open(command.activity)
    spec = held.spec
    if GUESS in command.values and held.round > 1:
        raise refused("guess_over")
    source = spec.source if isinstance(spec, Dots) else None
    seen = grouping.card_targets(work.cards(source)) if source is not None and GUESS in command.values else None
    if isinstance(spec, Checks):
        _at_my_table(work, spec, command.values)
    rows = []
    for item, value in command.values.items():
        if value is None:
            _take_back(work, held, item)
            continue
        kept = giving.checked(spec, item, value, number=held.round, cards=seen)
        row = {"activity": held.id, "person": work.person, "item": kept, "value": value}
        rows.append(row | {"at": work.room["version"] + 1})
    if rows:
        key = ["activity", "person", "item"]
        work.connection.execute(work.database.upsert(answers, rows, key=key))


def _take_back(work: Work, held: Activity, item: str) -> None:
    if not item.isprintable():
        raise refused("bad_answer")
    kept = f"{held.round}/{item}" if isinstance(held.spec, Scores) and "/" in item else item
    mine = (answers.c.activity == held.id) & (answers.c.person == work.person) & (answers.c.item == kept)
    work.connection.execute(sa.delete(answers).where(mine))


def _at_my_table(work: Work, spec: Checks, values: Mapping[str, Any]) -> None:
    """A check that was dealt to a table is answered by its people."""
    table = work.connection.scalar(sa.select(people.c.table).where(people.c.id == work.person))
    dealt = dict(spec.dealt)
    if any(dealt.get(item, table) != table for item in values):
        raise refused("other_table")


def _write_card(work: Work, command: commands.WriteCard) -> str:
    held = work.open(command.activity)
    if not isinstance(held.spec, Cards):
        raise refused("bad_answer")
    mine = sa.select(sa.func.count()).where(cards.c.activity == held.id, cards.c.person == work.person)
    if (work.connection.scalar(mine) or 0) >= held.spec.each:
        raise refused("no_card_left", most=held.spec.each)
    row = {"activity": held.id, "person": work.person, **_written(held.spec, command)}
    return str(work.connection.scalar(sa.insert(cards).values(row).returning(cards.c.id)))


def _rewrite_card(work: Work, command: commands.RewriteCard) -> None:
    held = _own_card(work, command.card)
    assert isinstance(held.spec, Cards)
    alter_card(work, command.card, **_written(held.spec, command))


def _tear_card(work: Work, command: commands.TearCard) -> None:
    _own_card(work, command.card)
    work.connection.execute(sa.delete(cards).where(cards.c.id == command.card))


def _own_card(work: Work, number: int) -> Activity:
    held, card = card_of(work, number)
    if card.person != work.person:
        raise refused("no_card")  # nobody learns that it is somebody else's
    return work.open(held.key)


def _written(spec: Cards, command: commands.WriteCard | commands.RewriteCard) -> dict[str, Any]:
    if command.stage is not None and command.stage not in spec.stages:
        raise refused("bad_answer")
    return {"text": giving.card_text(command.text), "stage": command.stage, "tag": tag_of(spec, command.tag)}


def _put_dot(work: Work, command: commands.PutDot) -> None:
    held = work.open(command.activity)
    if not isinstance(held.spec, Dots):
        raise refused("bad_answer")
    if not _is_target(work, held.spec, command.target):
        raise refused("no_card")
    mine = work.connection.scalars(_dots(work, held, dots.c.target)).all()
    if len(mine) >= held.spec.each:
        raise refused("no_dot_left", most=held.spec.each)
    if not held.spec.several and command.target in mine:
        raise refused("one_dot_each")
    row = {"activity": held.id, "person": work.person, "target": command.target}
    work.connection.execute(sa.insert(dots).values(row))


def _is_target(work: Work, spec: Dots, target: str) -> bool:
    """Whether a dot can be put there; the cards are all read only where the one that leads a group is hidden."""
    if spec.source is None:
        return target in targets(spec)
    if not target.isascii() or not target.isdecimal() or len(target) > 15:
        return False
    source = work.activity(spec.source)
    leads = sa.select(cards.c.hidden).where(
        cards.c.id == int(target), cards.c.activity == source.id, cards.c.into.is_(None)
    )
    hidden = work.connection.scalar(leads)
    return hidden is False or (hidden is True and target in grouping.card_targets(work.cards(spec.source)))


def _take_dot(work: Work, command: commands.TakeDot) -> None:
    held = work.open(command.activity)
    _away(work, _dots(work, held, dots.c.id).where(dots.c.target == command.target))


def _undo_dot(work: Work, command: commands.UndoDot) -> None:
    _away(work, _dots(work, work.open(command.activity), dots.c.id))


def _dots(work: Work, held: Activity, column: sa.Column[Any]) -> sa.Select[Any]:
    """This person's, the last one first."""
    mine = sa.select(column).where(dots.c.activity == held.id, dots.c.person == work.person)
    return mine.order_by(dots.c.id.desc())


def _away(work: Work, which: sa.Select[Any]) -> None:
    last = work.connection.scalar(which.limit(1))
    if last is None:
        raise refused("no_dot")
    work.connection.execute(sa.delete(dots).where(dots.c.id == last))


HANDLERS: dict[type[commands.Command], Callable[[Work, Any], str | None]] = {
    commands.Introduce: _introduce,
    commands.Give: _give,
    commands.WriteCard: _write_card,
    commands.RewriteCard: _rewrite_card,
    commands.TearCard: _tear_card,
    commands.PutDot: _put_dot,
    commands.TakeDot: _take_dot,
    commands.UndoDot: _undo_dot,
}
