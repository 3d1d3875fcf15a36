"""What came of the test: the split, each variant against the one in use, the guardrail, and what follows."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.governance.ab_plan import Plan
from aipm.governance.ab_reading import Comparison, Guarded, due, guarded, readings, split, unfit
from aipm.governance.ab_test import AbTest, Arm
from aipm.ui import governance_fields as fields
from aipm.ui import page
from aipm.ui.fragments import LONG, notes
from aipm.ui.governance_state import change, form
from aipm.ui.lifecycle_numbers import amount, field, share, small, whole
from aipm.ui.lifecycle_test_texts import AbTexts, ReadTexts
from aipm.ui.safe import Html, markup

SIGNS = {
    "ship": "within-tolerance",
    "small": "within-tolerance",
    "not_shown": "inconclusive",
    "not_enough": "inconclusive",
    "harmful": "gap",
    "held": "within-tolerance",
    "broken": "gap",
}
NAME = 40
LOWEST = -1e12


def draw(test: AbTest, found: Plan | None, texts: AbTexts) -> None:
    said = texts.read
    page.section(said.title, sentence=said.sentence)
    now = replace(test, arms=arms(test, test.arms), guardrail_arms=arms(test, test.guardrail_arms))
    for place, arm in enumerate(now.arms):
        _row(test, place, arm, said)
    page.draw(*_read(now, found, said))
    if test.margin is not None:
        page.draw(Html(f"<h3>{markup(said.guard_title)}</h3>"))
        for place, arm in enumerate(now.guardrail_arms):
            _guard_row(place, arm, now, said)
        page.draw(*(_guarded(each, now, said) for each in guarded(now)))


def arms(test: AbTest, given: tuple[Arm, ...]) -> tuple[Arm, ...]:
    """As many rows as there are variants; those given first."""
    more = (Arm(id=f"r{place}") for place in range(len(given) + 1, test.variants + 1))
    return (*given, *more)[: test.variants]


def _set(name: str, place: int, part: str, value: float | str | None) -> None:
    test = form(AbTest)
    given = getattr(test, name)
    rows = (*given, *(Arm(id=f"r{each}") for each in range(len(given) + 1, place + 2)))
    rows = tuple(replace(row, **{part: value}) if each == place else row for each, row in enumerate(rows))
    change(AbTest, **{name: rows})


def named(test: AbTest, place: int, said: ReadTexts) -> str:
    """What a row is called."""
    typed = test.arms[place].name if place < len(test.arms) else None
    if typed:
        return visible(typed, limit=NAME)
    if place < 2 and (place == 0 or test.variants == 2):
        return said.names[place]
    return said.names[2].format(place=place)


def _row(test: AbTest, place: int, arm: Arm, said: ReadTexts) -> None:
    first, second, third, fourth = st.columns((2, 1.5, 1.5, 1.5), gap="medium", vertical_alignment="bottom")
    name = f"ab_test.arm.{place}"
    with first:
        fields.text(
            f"{place + 1}. {said.name}",
            name=f"{name}.name",
            value=arm.name,
            put=partial(_set, "arms", place, "name"),
            placeholder=named(replace(test, arms=()), place, said),
        )
    with second:
        label = said.events if test.by_event else said.users[test.kind]
        field(label, name=f"{name}.users", value=arm.users, put=partial(_set, "arms", place, "users"))
    if test.kind == "mean":
        with third:
            mean = partial(_set, "arms", place, "mean")
            field(said.mean, name=f"{name}.mean", value=arm.mean, put=mean, low=LOWEST)
        with fourth:
            field(said.spread, name=f"{name}.spread", value=arm.spread, put=partial(_set, "arms", place, "spread"))
    else:
        with third:
            field(said.yes[test.kind], name=f"{name}.yes", value=arm.yes, put=partial(_set, "arms", place, "yes"))


def _guard_row(place: int, arm: Arm, test: AbTest, said: ReadTexts) -> None:
    first, second, third, _ = st.columns((2, 1.5, 1.5, 1.5), gap="medium", vertical_alignment="bottom")
    name = f"ab_test.guard.{place}"
    with first:
        page.draw(Html(f"<p>{markup(named(test, place, said))}</p>"))
    with second:
        label = said.events if test.by_event else said.users["share"]
        field(label, name=f"{name}.users", value=arm.users, put=partial(_set, "guardrail_arms", place, "users"))
    with third:
        field(said.yes["share"], name=f"{name}.yes", value=arm.yes, put=partial(_set, "guardrail_arms", place, "yes"))


def _read(test: AbTest, found: Plan | None, said: ReadTexts) -> list[Html]:
    entered = [arm for arm in test.arms if replace(arm, id="", name=None) != Arm(id="")]
    if not entered:
        return [page.quiet(said.nothing)]
    parts = []
    told = []
    fault = False
    if (came := split(test.arms)) is not None:
        fault = came.fault
        text = said.split_fault if came.fault else said.split_ok
        shares = " · ".join(map(share, came.shares))
        line = text.format(shares=shares, p=number.p_value(came.p))
        if came.fault:
            parts.append(Html(f'<div class="answer is-gap"><p>{markup(line, limit=LONG)}</p></div>'))
        else:
            told.append(line)
    units = found.events or found.measured if found else None
    least = min((arm.users for arm in entered if arm.users), default=None)
    if units and least and least < 0.95 * units:
        text = said.early if test.spending == "none" else said.early_rule
        told.append(text.format(came=whole(least), planned=whole(units)))
    told += [
        said.unfit.format(row=place + 1)
        for place, arm in enumerate(test.arms)
        if arm in entered and _complete(test, arm) and unfit(test, arm)
    ]
    if (look := due(test, units)) is not None:
        text = said.rule if look.look else said.rule_before
        p = "" if look.p is None else small(look.p)
        told.append(text.format(look=look.look, looks=test.looks, p=p, users=whole(look.first)))
    compared = () if fault else readings(test, planned=units)
    if any(each.exact for each in compared):
        told.append(said.exact)
    parts += [_comparison(each, test, said) for each in compared]
    return [*parts, notes(told)] if told else parts


def _complete(test: AbTest, arm: Arm) -> bool:
    parts: Sequence[float | None] = (arm.users, arm.mean, arm.spread) if test.kind == "mean" else (arm.users, arm.yes)
    return None not in parts


def _comparison(found: Comparison, test: AbTest, said: ReadTexts) -> Html:
    place = [arm.id for arm in test.arms].index(found.arm)
    of_share = test.kind == "share"
    level = share if of_share else amount
    gap = number.points if of_share else _signed
    line = said.compared.format(
        name=named(test, place, said),
        one=level(found.one),
        other=level(found.other),
        difference=gap(found.difference),
        level=f"{found.level:.3g}" if found.level > 1 else f"{100 * found.level:.3g}%",
        low=gap(found.low),
        high=gap(found.high),
        p=number.p_value(found.p),
    )
    return _said(found.verdict, said.words[found.verdict], said.verdicts[found.verdict], line)


def _guarded(found: Guarded, test: AbTest, said: ReadTexts) -> Html:
    place = [arm.id for arm in test.guardrail_arms].index(found.arm)
    line = said.guarded.format(
        name=named(test, place, said),
        worse=number.points(found.worse),
        level=f"{100 * found.level:.3g}%",
        low=number.points(found.low),
        high=number.points(found.high),
        margin=f"{amount((test.margin or 0.0) * 100)} pts",
    )
    return _said(found.guard, said.guard_words[found.guard], said.guards[found.guard], line)


def _said(kind: str, word: str, sentence: str, line: str) -> Html:
    sign = SIGNS[kind]
    return Html(
        f'<div class="answer is-{sign}"><span class="verdict is-{sign}"><span class="sign"></span>{markup(word)}</span>'
        f"<p>{markup(sentence, limit=LONG)}</p><p>{markup(line, limit=LONG)}</p></div>"
    )


def _signed(value: float | None) -> str:
    return number.NONE if value is None else ("+" if value > 0 else "") + amount(value)
