"""The grid of the part "Who does what", filled in by activity or by person, and the whole of it to look over."""

from dataclasses import replace
from typing import Any

import streamlit as st

from aipm.governance.roles import (
    ACTIVITIES,
    LETTERS,
    Activity,
    Letter,
    Raci,
    fits,
    letters,
    row,
    with_letters,
    with_part,
    with_row,
)
from aipm.governance.roles_rules import Checked, Level
from aipm.governance.roles_texts import Show, roles_texts
from aipm.governance.roles_words import called, said, who_does
from aipm.ui import address, governance_fields, page
from aipm.ui.fragments import LONG, notes, scrolling
from aipm.ui.governance_state import form, put
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "lifecycle"
SHORT, COLUMN = 60, 30
"""Characters of a name on a button, and at the head of a column."""
BY = key(PAGE, "roles.by")
"""Whose parts are shown in the grid by person."""


def draw(raci: Raci, found: Checked) -> None:
    """The choice of three ways to look at it, and the one that is chosen."""
    texts = roles_texts().team
    page.draw(Html(f"<h3>{markup(texts.grid_title)}</h3>"))
    shows: tuple[Show, ...] = tuple(texts.views)
    show = address.asked("show", shows, shows[0])
    st.segmented_control(
        texts.views_label,
        shows,
        format_func=lambda each: texts.views[each],
        required=True,
        label_visibility="collapsed",
        **address.held("lifecycle.roles", "show", show, default=shows[0]),
    )
    match show:
        case "activity":
            page.draw(page.quiet(texts.activity_sentence))
            for activity in ACTIVITIES:
                _activity(raci, found, activity)
        case "person":
            page.draw(page.quiet(texts.person_sentence))
            _by_person(raci)
        case "grid":
            page.draw(page.quiet(texts.grid_sentence), _grid(raci, found))


def _activity(raci: Raci, found: Checked, activity: Activity) -> None:
    """A card that opens; who does it stands above it, so that the card keeps its name."""
    text = roles_texts().activities[activity]
    with st.container(key=f"lifecycle-activity-{activity}", gap=None):
        page.draw(_line(raci, found, activity))
        card = st.expander(markdown(text.name), key=key(PAGE, f"roles.{activity}.card"), on_change="rerun")
    if card.open:
        with card:
            _inside(raci, found, activity)


def _line(raci: Raci, found: Checked, activity: Activity) -> Html:
    texts = roles_texts().team
    own = found.own.get(activity, ())
    must = sum(each.level == "must" for each in own)
    if must:
        sign, word = "is-gap", texts.to_mend.format(count=must)
    elif own:
        sign, word = "is-inconclusive", texts.to_think.format(count=len(own))
    else:
        sign, word = "is-within-tolerance", texts.ready
    mark = f'<span class="{sign}"><span class="sign"></span>{markup(word)}</span>' if found.filled else ""
    who = f"<span>{markup(who_does(raci, activity), limit=LONG)}</span>" if found.filled else ""
    return Html(f'<p class="activity-line">{mark}{who}</p>')


def _inside(raci: Raci, found: Checked, activity: Activity) -> None:
    texts, text = roles_texts(), roles_texts().activities[activity]
    best = ", ".join(texts.roles[role].name for role in fits()[activity].responsible[:3])
    page.draw(
        Html(f"<p>{markup(text.about, limit=LONG)}</p>"),
        page.quiet(texts.team.good_for.format(roles=best)),
        *([notes(said(raci, each) for each in found.own[activity])] if found.own[activity] else []),
    )
    names, now = called(raci), row(raci, activity)
    for letter, part in LETTERS.items():
        ask = texts.team.parts[letter]
        st.pills(
            f"{ask.name}: {ask.ask}",
            tuple(names),
            format_func=lambda each: markdown(names[each], limit=SHORT),
            selection_mode="multi",
            **governance_fields.held(f"roles.{activity}.{letter}", list(getattr(now, part)), _takes(activity, letter)),
        )
    governance_fields.text(
        texts.team.left_out,
        name=f"roles.{activity}.left_out",
        value=now.left_out,
        put=lambda why: put(with_row(form(Raci), replace(row(form(Raci), activity), left_out=why))),
        help=texts.team.left_out_help,
    )


def _takes(activity: Activity, letter: Letter) -> Any:
    return lambda chosen: put(with_part(form(Raci), activity, letter, tuple(chosen or ())))


def _by_person(raci: Raci) -> None:
    """One person's part in every activity."""
    texts, names = roles_texts(), called(raci)
    ids = tuple(names)
    chosen = st.session_state.get(BY)
    who = chosen if chosen in ids else ids[0]
    st.pills(
        texts.team.people_open,
        ids,
        format_func=lambda each: markdown(names[each], limit=SHORT),
        label_visibility="collapsed",
        required=True,
        **governance_fields.held("roles.by", who, lambda to: st.session_state.update({BY: to})),
    )
    page.draw(Html(f"<h4>{markup(texts.team.person_parts.format(who=names[who]), limit=LONG)}</h4>"))
    with st.container(key="lifecycle-roles-by-person"):
        for activity in ACTIVITIES:
            st.pills(
                texts.activities[activity].name,
                tuple(LETTERS),
                format_func=lambda each: texts.team.parts[each].name,
                selection_mode="multi",
                **governance_fields.held(
                    f"roles.by.{who}.{activity}", list(letters(raci, activity, who)), _gets(activity, who)
                ),
            )


def _gets(activity: Activity, who: str) -> Any:
    return lambda chosen: put(with_letters(form(Raci), activity, who, tuple(chosen or ())))


def _grid(raci: Raci, found: Checked) -> Html:
    """A row an activity, a column a person; findings as a sign beside the activity."""
    texts, names = roles_texts(), called(raci)
    head = "".join(f'<th scope="col">{markup(name, limit=COLUMN)}</th>' for name in names.values())
    body = []
    for activity in ACTIVITIES:
        now, own = row(raci, activity), found.own.get(activity, ())
        title = markup(texts.activities[activity].name)
        if own:
            level: Level = "must" if any(each.level == "must" for each in own) else "think"
            sign = "is-gap" if level == "must" else "is-inconclusive"
            title = Html(
                f'{title} <span class="{sign}"><span class="sign"></span>'
                f'<span class="unseen">{markup(texts.team.levels[level])}</span></span>'
            )
        if now.left_out is not None:
            why = markup(texts.team.is_left_out.format(why=now.left_out), limit=LONG)
            body.append(f'<tr><th scope="row">{title}</th><td colspan="{len(names)}" class="quiet">{why}</td></tr>')
            continue
        cells = "".join(f"<td>{_cell(letters(raci, activity, who))}</td>" for who in names)
        body.append(f'<tr><th scope="row">{title}</th>{cells}</tr>')
    corner = markup(texts.team.grid_activity)
    top = f'<thead><tr><th scope="col">{corner}</th>{head}</tr></thead>'
    table = Html(f'<table class="raci">{top}<tbody>{"".join(body)}</tbody></table>')
    return scrolling(table, label=texts.team.grid_caption)


def _cell(parts: tuple[Letter, ...]) -> str:
    """Letters for the eye, the words for who listens."""
    texts = roles_texts().team
    return " ".join(
        f'<abbr class="part-{each}" title="{markup(texts.parts[each].name)}">{each}</abbr>' for each in parts
    )
