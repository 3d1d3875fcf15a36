"""What the facilitator does: states, phases, cards, tables, and people without a device."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from aipm.workshop import cards as grouping
from aipm.workshop import checks, commands, giving, runsheet
from aipm.workshop.entries import Card
from aipm.workshop.held import Activity, sheet_of
from aipm.workshop.refusals import refused
from aipm.workshop.rooms import add_person, seat
from aipm.workshop.specs import Cards, Checks, Dots, Scores, Spec, spec_from, to_plain
from aipm.workshop.tables import activities, answers, cards, dots, people
from aipm.workshop.work import Work, alter_card, card_of, tag_of

MOST_ACTIVITIES = 40


def _step(work: Work, command: commands.Step) -> None:
    held = work.activity(command.activity)
    state = commands.step(held.state, command.to)
    if state == "open" and isinstance(held.spec, Dots) and held.spec.source is not None:
        source = work.activity(held.spec.source)
        if source.state in ("draft", "open", "closed"):
            raise refused("source_hidden")
        if not grouping.card_targets(work.cards(held.spec.source)):
            raise refused("source_empty")
    work.change(held, state=state)


def _begin(work: Work, _command: commands.Begin) -> None:
    if _progress(work).phase is not None:
        raise refused("begun")
    _keep(work, runsheet.begin(sheet_of(work.room), work.now))


def _next(work: Work, _command: commands.NextPhase) -> None:
    _keep(work, runsheet.on(sheet_of(work.room), _progress(work), work.now))


def _previous(work: Work, _command: commands.PreviousPhase) -> None:
    _keep(work, runsheet.back(sheet_of(work.room), _progress(work), work.now))


def _extend(work: Work, command: commands.Extend) -> None:
    _keep(work, runsheet.extend(_progress(work), command.minutes))


def _drop(work: Work, command: commands.DropPhase) -> None:
    _keep(work, runsheet.drop(sheet_of(work.room), _progress(work), command.phase))


def _restore(work: Work, command: commands.RestorePhase) -> None:
    _keep(work, runsheet.restore(_progress(work), command.phase))


def _progress(work: Work) -> runsheet.Progress:
    return msgspec.convert(work.room["progress"], runsheet.Progress)


def _keep(work: Work, progress: runsheet.Progress) -> None:
    work.alter(progress=msgspec.to_builtins(progress))


def _next_round(work: Work, command: commands.NextRound) -> None:
    held = work.activity(command.activity)
    if not isinstance(held.spec, Scores) or held.round >= held.spec.rounds:
        raise refused("no_round")
    if held.state not in ("closed", "revealed"):
        raise refused("not_to_reopen")
    work.change(held, round=held.round + 1, state="open")


def _add_activity(work: Work, command: commands.AddActivity) -> str:
    keys = set(work.connection.scalars(sa.select(activities.c.key).where(activities.c.room == work.room["id"])).all())
    if len(keys) >= MOST_ACTIVITIES:
        raise refused("too_much", most=MOST_ACTIVITIES)
    spec = _fitting(work, spec_from(command.kind, command.spec))
    key = next(name for number in range(1, MOST_ACTIVITIES + 2) if (name := f"own_{number}") not in keys)
    row = {"room": work.room["id"], "key": key, "kind": command.kind, "spec": to_plain(spec)}
    work.connection.execute(sa.insert(activities).values(row))
    return key


def _change_activity(work: Work, command: commands.ChangeActivity) -> None:
    held = work.activity(command.activity)
    if held.state != "draft" or _given(work, held):
        raise refused("not_draft")
    work.change(held, spec=to_plain(_fitting(work, spec_from(held.kind, command.spec))))


def _fitting(work: Work, spec: Spec) -> Spec:
    """Whether it can be written down, and what it refers to is there and of the right kind. Raises Refusal."""
    try:
        written = msgspec.json.encode(spec)
    except UnicodeError:
        raise refused("bad_activity") from None
    if b"\\u0000" in written:
        raise refused("bad_activity")
    for name, kind in (("source", Cards), ("weights", "weights"), ("before", "confidence")):
        key = getattr(spec, name, None)
        if isinstance(key, str):
            held = work.activity(key)
            if not (held.kind == kind if isinstance(kind, str) else isinstance(held.spec, kind)):
                raise refused("bad_activity")
    return spec


def _given(work: Work, held: Activity) -> bool:
    return any(
        work.connection.scalar(sa.select(table.c.id).where(table.c.activity == held.id).limit(1)) is not None
        for table in (answers, cards, dots)
    )


def _deal(work: Work, command: commands.Deal) -> None:
    held, spec = _checks(work, command.activity)
    if not work.room["tables"]:
        raise refused("no_table")
    _dealt(work, held, replace(spec, dealt=checks.deal(spec.checks, work.room["tables"])))


def _deal_check(work: Work, command: commands.DealCheck) -> None:
    held, spec = _checks(work, command.activity)
    if command.check not in {each.key for each in spec.checks}:
        raise refused("no_check")
    _dealt(work, held, checks.dealt_to(spec, command.check, seat(work.room, command.table)))


def _checks(work: Work, key: str) -> tuple[Activity, Checks]:
    held = work.activity(key)
    if not isinstance(held.spec, Checks):
        raise refused("bad_activity")
    if held.state == "locked":
        raise refused("locked")
    return held, held.spec


def _dealt(work: Work, held: Activity, spec: Checks) -> None:
    work.change(held, spec=to_plain(spec))


def _set_tables(work: Work, command: commands.SetTables) -> None:
    tables = [found for each in command.tables if (found := giving.name(each)) is not None]
    if len(set(tables)) < len(tables):
        raise refused("bad_answer")
    work.alter(tables=tables)
    gone = people.c.table.is_not(None) & people.c.table.not_in(tables)
    work.connection.execute(sa.update(people).where(people.c.room == work.room["id"], gone).values(table=None))


def _seen_card(work: Work, number: int) -> tuple[Activity, Card]:
    """One that the facilitator may see, and change."""
    held, card = card_of(work, number)
    if held.state in ("draft", "open"):
        raise refused("still_open")
    if held.state == "locked":
        raise refused("locked")
    return held, card


def _merge(work: Work, command: commands.Merge) -> None:
    held, _ = _seen_card(work, command.card)
    other, _ = _seen_card(work, command.into)
    if held.id != other.id:
        raise refused("no_card")
    moved, target = grouping.merge_into(work.cards(held.key), command.card, command.into)
    alter_card(work, moved, into=target)


def _unmerge(work: Work, command: commands.Unmerge) -> None:
    _, card = _seen_card(work, command.card)
    if card.into is None:
        raise refused("not_together")
    alter_card(work, card.id, into=None)


def _hide(work: Work, command: commands.Hide) -> None:
    alter_card(work, _seen_card(work, command.card)[1].id, hidden=True)


def _show(work: Work, command: commands.Show) -> None:
    alter_card(work, _seen_card(work, command.card)[1].id, hidden=False)


def _tag(work: Work, command: commands.Tag) -> None:
    held, card = _seen_card(work, command.card)
    alter_card(work, card.id, tag=tag_of(held.spec, command.tag))


def _add_person(work: Work, command: commands.AddPerson) -> str:
    return str(add_person(work.connection, work.room, token=None, name=command.name, table=command.table, now=work.now))


def _keep_for(work: Work, command: commands.Keep) -> None:
    work.alter(expires=work.now + timedelta(days=command.days))


def _end(work: Work, _command: commands.End) -> None:
    work.alter(ended=work.now)


def _resume(work: Work, _command: commands.Resume) -> None:
    if work.room["ended"] is None:
        raise refused("not_ended")
    work.alter(ended=None)


HANDLERS: dict[type[commands.Command], Callable[[Work, Any], str | None]] = {
    commands.Step: _step,
    commands.Begin: _begin,
    commands.NextPhase: _next,
    commands.PreviousPhase: _previous,
    commands.Extend: _extend,
    commands.DropPhase: _drop,
    commands.RestorePhase: _restore,
    commands.NextRound: _next_round,
    commands.AddActivity: _add_activity,
    commands.ChangeActivity: _change_activity,
    commands.Deal: _deal,
    commands.DealCheck: _deal_check,
    commands.SetTables: _set_tables,
    commands.Merge: _merge,
    commands.Unmerge: _unmerge,
    commands.Hide: _hide,
    commands.Show: _show,
    commands.Tag: _tag,
    commands.AddPerson: _add_person,
    commands.Keep: _keep_for,
    commands.End: _end,
    commands.Resume: _resume,
}
