"""One stage of the board: what is missing, and each criterion to open: say it, show it, or waive it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from aipm.content.day import day
from aipm.governance import gate_words
from aipm.governance.board import Checked, Gate, Where, stage_texts
from aipm.governance.evidence import Evidence
from aipm.governance.fields import typed
from aipm.governance.gates import Gates, Stage, Waiver, add, claim, item_of, show, with_item
from aipm.ui import address, clock, governance_evidence, governance_fields, page
from aipm.ui.fragments import LONG, join, notes
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_gates_board import mark
from aipm.ui.lifecycle_gates_texts import gates_texts
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "lifecycle"


def draw(gate: Gate, today: date) -> None:
    """The question of the gate, what is missing, the criteria, and one of one's own."""
    text, texts = stage_texts()[gate.stage], gates_texts().stage
    outcome = gate_words.gate_words().board.outcomes[gate.outcome]
    page.section(f"{text.name}: {outcome.lower()}", sentence=text.question)
    page.draw(_missing(gate, today))
    page.draw(Html(f'<h3 class="further">{markup(texts.criteria)}</h3>'))
    for each in gate.criteria:
        _criterion(each)
    _add(gate.stage)


def _missing(gate: Gate, today: date) -> Html:
    """What is missing and why, the longest known first; what nobody has touched is counted."""
    texts = gates_texts().stage
    if not gate.missing:
        return page.quiet(texts.nothing_missing)
    known = [each for each in gate.missing if each.since is not None or each.item.due is not None or each.item.waiver]
    rest = len(gate.missing) - len(known)
    if rest == len(gate.criteria):
        return page.quiet(texts.missing_all.format(count=rest))
    more = texts.missing_rest_one if rest == 1 else texts.missing_rest.format(count=rest)
    lines = [*(_lacks(each, today) for each in known), *([more] if rest else [])]
    return Html(f"<h3>{markup(texts.missing)}</h3>{notes(lines)}")


def _lacks(each: Checked, today: date) -> str:
    texts = gates_texts().stage
    why = [*gate_words.why(each)]
    if each.since is not None:
        why.append(texts.missing_since.format(day=day(each.since)))
    if each.item.due is not None:
        form = texts.missing_overdue if each.overdue(today) else texts.missing_due
        why.append(form.format(day=day(each.item.due)))
    return texts.missing_line.format(said=gate_words.short(each.said), why=" ".join(why))


def _criterion(each: Checked) -> None:
    """A card that opens; what is inside is drawn only then.

    How it stands is above the card: an expander whose label changes is another one, closed and without the focus.
    """
    texts = gates_texts().stage
    severe = f'<span class="severe">{markup(texts.severe)}</span>' if each.severe else ""
    with st.container(key=f"lifecycle-card-{each.id}", gap=None):
        page.draw(Html(f'<p class="gate-line">{mark(each.state)}{severe}</p>'))
        card = st.expander(
            markdown(gate_words.short(each.said), limit=LONG), key=key(PAGE, f"gates.{each.id}.card"), on_change="rerun"
        )
    if card.open:
        with card:
            _inside(each)


def _inside(each: Checked) -> None:
    texts, name = gates_texts().stage, f"gates.{each.id}"
    told = [*gate_words.why(each)]
    if each.state == "waived" and each.item.waiver is not None:
        told.append(gate_words.waived(each.item.waiver))
    page.draw(_head(each, told))
    if each.where is not None:
        _way(each.where, name)
    done = f"{name}.done"
    st.checkbox(
        texts.done,
        **governance_fields.held(
            done,
            each.item.done,
            lambda said: put(claim(form(Gates), each.id, each.stage, done=said, today=clock.today())),
        ),
    )
    page.draw(Html(f'<h4 class="small-title">{markup(texts.evidence)}</h4>'))
    governance_evidence.editor(name, each.item.evidence, _shows(each), first=each.where.tool if each.where else None)
    left, right = st.columns(2)
    with left:
        governance_fields.text(
            texts.owner, name=f"{name}.owner", value=each.item.owner, put=lambda said: _said(each, owner=said)
        )
    with right:
        governance_fields.day(
            texts.due, name=f"{name}.due", value=each.item.due, put=lambda said: _said(each, due=said)
        )
    _waive(each, name)


def _shows(each: Checked) -> Callable[[Evidence | None], None]:
    return lambda found: put(show(form(Gates), each.id, each.stage, found, today=clock.today()))


def _said(each: Checked, **parts: Any) -> None:
    put(with_item(form(Gates), each.id, each.stage, **parts))


def _head(each: Checked, told: list[str]) -> Html:
    """How it stands and why, what good evidence looks like, and whether it is severe."""
    texts = gates_texts().stage
    parts = [Html(f"<p>{mark(each.state)} {markup(' '.join(told), limit=LONG)}</p>")]
    if each.good is not None:
        parts.append(Html(f"<p><b>{markup(texts.good)}:</b> {markup(each.good, limit=LONG)}</p>"))
    else:
        parts.append(Html(f'<p>{markup(each.said, limit=LONG)} <span class="quiet">{markup(texts.own)}</span></p>'))
    if each.severe:
        parts.append(Html(f'<p class="quiet">{markup(texts.severe_help, limit=LONG)}</p>'))
    return join(parts)


def _way(where: Where, name: str) -> None:
    """The way to what helps; a view of this page is reached by a button, which leaves nothing else in the address."""
    if where.page == PAGE:
        address.goes(PAGE, where.text, {"view": where.view}, name=name, icon=":material/arrow_forward:", whole=True)
    elif where.view:
        page.link(where.page, where.text, view=where.view)
    else:
        page.link(where.page, where.text)


def _waive(each: Checked, name: str) -> None:
    """A reason and a name; what is typed so far stays, and does not count until both are there."""
    texts, now = gates_texts().stage, each.item.waiver or Waiver()

    def part(field: str) -> Callable[[Any], None]:
        return lambda said: _waived(each, field, said)

    with st.popover(texts.waive, icon=":material/do_not_disturb_on:", key=key(PAGE, f"{name}.waive")):
        page.draw(page.quiet(texts.waive_sentence))
        governance_fields.text(
            texts.waive_reason, name=f"{name}.waive.reason", value=now.reason, put=part("reason"), long=True
        )
        governance_fields.text(texts.waive_by, name=f"{name}.waive.by", value=now.by, put=part("by"))
        governance_fields.day(
            texts.waive_until,
            name=f"{name}.waive.until",
            value=now.until,
            put=part("until"),
            help=texts.waive_until_help,
        )
        if each.item.waiver is not None:
            st.button(
                texts.waive_remove,
                key=key(PAGE, f"{name}.waive.none"),
                on_click=_said,
                args=(each,),
                kwargs={"waiver": None},
            )


def _waived(each: Checked, field: str, said: Any) -> None:
    known = item_of(form(Gates), each.id)
    changed = replace((known.waiver if known else None) or Waiver(), **{field: said})
    _said(each, waiver=None if changed == Waiver() else changed)


def _add(stage: Stage) -> None:
    """A criterion of one's own."""
    texts = gates_texts().add
    said, severe = key(PAGE, f"gates.add.{stage}.said"), key(PAGE, f"gates.add.{stage}.severe")

    def take() -> None:
        if (written := typed(st.session_state[said])) is not None:
            put(add(form(Gates), stage, written, severe=st.session_state[severe]))
            st.session_state[said], st.session_state[severe] = "", False

    with st.expander(texts.title, icon=":material/add:", key=key(PAGE, f"gates.adding.{stage}")):
        page.draw(page.quiet(texts.sentence))
        st.text_input(texts.said, key=said, placeholder=texts.placeholder, max_chars=500)
        st.checkbox(texts.severe, key=severe)
        st.button(texts.button, key=key(PAGE, f"gates.add.{stage}"), on_click=take)
