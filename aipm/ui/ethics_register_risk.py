"""What a "no" asks for: the risk, what is done about it, what is left, and who accepts it otherwise."""

from typing import Any

import streamlit as st

from aipm.governance.question_bank import REVERSIBLE, STEPS
from aipm.governance.register import Item
from aipm.governance.risk_rows import Rating, Row
from aipm.governance.risk_said import rating_said
from aipm.governance.risk_texts import register_texts
from aipm.ui import page
from aipm.ui.ethics_register_state import Known, part
from aipm.ui.fragments import notes
from aipm.ui.governance_fields import choice, day, held, text
from aipm.ui.registry import registry
from aipm.ui.safe import Html, markup


def draw(row: Row, item: Item, name: str, now: Known) -> None:
    """The risk and its treatment; who and when is drawn by whoever draws the row."""
    texts = register_texts()
    said = texts.item
    page.draw(Html(f"<h4>{markup(said.risk_title)}</h4>"), page.quiet(said.prefilled if row.question else ""))
    for field, label in (("who", said.who), ("harm", said.harm)):
        text(label, name=f"{name}.{field}", value=getattr(item, field), put=part(row.key, field), long=True)
    _steps(row, item, name, ("severity", "likelihood"), row.before)
    choice(
        said.reversible,
        REVERSIBLE,
        name=f"{name}.reversible",
        value=item.reversible,
        put=part(row.key, "reversible"),
        words=lambda each: texts.reversible[each],
    )
    text(said.tags, name=f"{name}.tags", value=item.tags, put=part(row.key, "tags"), help=said.tags_help)
    page.draw(Html(f"<h4>{markup(said.treat_title)}</h4>"))
    _mitigations(row, item, name, now)
    text(said.mitigation, name=f"{name}.mitigation", value=item.mitigation, put=part(row.key, "mitigation"), long=True)
    if item.mitigations or item.mitigation:
        st.checkbox(said.done, help=said.done_help, **held(f"{name}.done", item.done, part(row.key, "done")))
        both = item.residual_severity is not None and item.residual_likelihood is not None
        _steps(row, item, name, ("residual_severity", "residual_likelihood"), row.after if both else None)


def _steps(row: Row, item: Item, name: str, fields: tuple[str, str], rating: Rating | None) -> None:
    """Severity and likelihood, and what they make together."""
    texts = register_texts()
    words = (texts.severities, texts.likelihoods)
    for field, named in zip(fields, words, strict=True):
        choice(
            getattr(texts.item, field),
            STEPS,
            name=f"{name}.{field}",
            value=getattr(item, field),
            put=part(row.key, field),
            words=named.__getitem__,
        )
    if rating is not None:
        page.draw(page.quiet(rating_said(rating)))


def _mitigations(row: Row, item: Item, name: str, now: Known) -> None:
    """Choose from the library, what is suggested first; each chosen one in a line, and where it is checked."""
    said = register_texts().item
    texts = now.bank
    library = texts.mitigations
    suggested = row.question.mitigations if row.question else ()
    options = [*suggested, *(each for each in library if each not in suggested)]
    if suggested:
        page.draw(page.quiet(said.suggested.format(names=", ".join(library[each].name for each in suggested))))

    def chosen(picked: Any) -> None:
        part(row.key, "mitigations")(tuple(picked))

    st.multiselect(
        said.mitigations,
        options,
        format_func=lambda each: texts.mitigations[each].name,
        placeholder=said.placeholder,
        **held(f"{name}.mitigations", [each for each in item.mitigations if each in library], chosen),
    )
    lines = [library[each] for each in item.mitigations if each in library]
    if lines:
        where = said.checks
        page.draw(
            notes(
                f"{each.name}: {each.text} ({where.format(page=registry().pages[each.check.page].title)})"
                for each in lines
            )
        )


def accept(row: Row, item: Item, name: str) -> None:
    """Somebody lives with it: who, why, until when."""
    said = register_texts().item
    begun = bool(item.accepted_by or item.accepted_why or item.accepted_until)
    with st.expander(said.accept_title, expanded=begun):
        left, right = st.columns(2)
        with left:
            text(said.accepted_by, name=f"{name}.accepted_by", value=item.accepted_by, put=part(row.key, "accepted_by"))
        with right:
            day(
                said.accepted_until,
                name=f"{name}.accepted_until",
                value=item.accepted_until,
                put=part(row.key, "accepted_until"),
            )
        text(
            said.accepted_why,
            name=f"{name}.accepted_why",
            value=item.accepted_why,
            put=part(row.key, "accepted_why"),
            long=True,
        )
