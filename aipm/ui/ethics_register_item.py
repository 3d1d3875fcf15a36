"""The form of one row: the answer, and what that answer asks for."""

import streamlit as st

from aipm.governance.fields import ANSWERS
from aipm.governance.question_bank import HEADINGS, Place, labels
from aipm.governance.register import Item
from aipm.governance.risk_rows import Row
from aipm.governance.risk_said import name_of
from aipm.governance.risk_texts import register_texts
from aipm.ui import address, ethics_register_risk, governance_evidence, page
from aipm.ui.ethics_register_state import PAGE, Known, answer, badge, change, part
from aipm.ui.fragments import LONG, notes
from aipm.ui.governance_fields import choice, day, held, text
from aipm.ui.governance_page import frame
from aipm.ui.governance_texts import governance_texts
from aipm.ui.registry import registry
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key


def draw(row: Row, now: Known) -> None:
    """Draw it; only one is drawn at a time."""
    texts = register_texts()
    said = texts.item
    item = row.item or Item(id="r1")
    name = f"register.{(row.item.question if row.item else None) or row.key}"
    page.draw(_asked(row, now))
    if row.question is None:
        text(said.text, name=f"{name}.text", value=item.text, put=part(row.key, "text"), long=True)
        _own(row, item, name, now)
    choice(
        said.answer,
        ANSWERS,
        name=f"{name}.answer",
        value=item.answer,
        put=lambda given: answer(row.key, given),
        words=lambda each: governance_texts().answers[each],
    )
    if row.question is not None:
        _check(row.question.check)
    if row.problems:
        page.draw(notes(texts.problems[each] for each in row.problems))
    match item.answer:
        case "not_applicable":
            text(
                said.reason,
                name=f"{name}.reason",
                value=item.reason,
                put=part(row.key, "reason"),
                help=said.reason_help,
            )
        case "unsure":
            text(
                said.unsure_note, name=f"{name}.note", value=item.note, put=part(row.key, "note"), help=said.unsure_help
            )
        case "no":
            ethics_register_risk.draw(row, item, name, now)
    if item.answer in ("yes", "no", "unsure"):
        _people(row, item, name)
    if item.answer == "yes" or (item.answer == "no" and item.done):
        page.draw(Html(f"<h4>{markup(said.evidence_title)}</h4>"))
        governance_evidence.editor(name, item.evidence, part(row.key, "evidence"))
    if item.answer == "no":
        ethics_register_risk.accept(row, item, name)
    if row.item is not None:
        _remove(row)


def _asked(row: Row, now: Known) -> Html:
    """The question, why it matters, why it is asked, and what it points to."""
    texts = register_texts()
    said = texts.item
    lines = []
    if row.question is not None:
        lines.append(f'<p class="what-for">{markup(row.question.why, limit=LONG)}</p>')
        if row.asked is None:
            lines.append(page.quiet(said.not_asked))
        elif row.asked.tags:
            why = ", ".join(texts.tags[each] for each in row.asked.tags)
            lines.append(page.quiet(said.asked.format(why=why)))
        if refs := labels(now.bank, row.question.refs):
            lines.append(page.quiet(f"{said.refs}: {'; '.join(refs)}"))
    heading = f'<p class="eyebrow">{markup(now.bank.headings[row.heading].name)}</p>' if row.heading else ""
    return Html(
        f'{heading}<h3>{markup(name_of(row), limit=LONG)}</h3><p class="state">{badge(row)}</p>{"".join(lines)}'
    )


def _own(row: Row, item: Item, name: str, now: Known) -> None:
    """What a question of the bank knows of itself."""
    said, says, texts = register_texts().item, register_texts().work, now.bank
    st.selectbox(
        said.heading,
        HEADINGS,
        index=None,
        format_func=lambda each: texts.headings[each].name,
        placeholder=says.own_heading,
        **held(f"{name}.heading", item.heading, part(row.key, "heading")),
    )
    st.checkbox(said.is_severe, **held(f"{name}.severe", bool(item.severe), part(row.key, "severe")))


def _check(place: Place) -> None:
    """The way to where it can be looked at."""
    said = register_texts().item
    title = registry().pages[place.page].title
    view = place.query.get("view")
    if place.page in ("ethics", "lifecycle") and view is not None:
        label = said.check_view.format(page=title, view=frame(place.page).views[view])
    else:
        label = said.check.format(page=title)
    if place.page == "ethics":
        address.goes(PAGE, label, dict(place.query), name="check", icon=":material/arrow_forward:", whole=True)
    else:
        page.link(place.page, label, **place.query)


def _people(row: Row, item: Item, name: str) -> None:
    said = register_texts().item
    page.draw(Html(f"<h4>{markup(said.people_title)}</h4>"))
    first, second, third = st.columns(3)
    with first:
        text(said.owner, name=f"{name}.owner", value=item.owner, put=part(row.key, "owner"))
    with second:
        day(said.due, name=f"{name}.due", value=item.due, put=part(row.key, "due"))
    with third:
        text(
            said.reviewer,
            name=f"{name}.reviewer",
            value=item.reviewer,
            put=part(row.key, "reviewer"),
            help=said.reviewer_help,
        )


def _remove(row: Row) -> None:
    """Taking a row out asks for a reason; the row stays in the list of those taken out."""
    said = register_texts().item
    field = key(PAGE, f"remove.{row.key}")

    def remove() -> None:
        change(row.key, removed=st.session_state[field].strip() or None)
        st.session_state[field] = ""

    with st.expander(said.remove, icon=":material/delete:"):
        why = st.text_input(
            said.remove_reason, max_chars=2_000, help=said.remove_help, **kept(PAGE, f"remove.{row.key}")
        )
        st.button(
            said.remove_now,
            key=key(PAGE, f"remove_now.{row.key}"),
            disabled=not (why or "").strip(),
            help=None if (why or "").strip() else said.remove_missing,
            on_click=remove,
        )
