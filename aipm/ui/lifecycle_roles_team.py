"""One's own team on the part "Who does what": the answer, a team to begin with, its people, what the rules find."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from aipm.content.document import markdown as written
from aipm.content.visible import visible
from aipm.governance.product import Product
from aipm.governance.roles import ROLES, Person, Raci, add, share_out, without
from aipm.governance.roles_rules import LEAST_ENTRIES, MOST_SHARE, Checked, Finding, check, mend
from aipm.governance.roles_texts import roles_texts
from aipm.governance.roles_words import answer, called, csv, document, fix_said, said
from aipm.governance.triage import Triage
from aipm.ui import clock, download, governance_fields, lifecycle_roles_grid, page
from aipm.ui.fragments import LONG, join
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_numbers import share
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "lifecycle"
OPEN = key(PAGE, "roles.person")
"""Which person is opened; which one a grid by person shows."""
LONGEST_NAME = 60
MOST_FINDINGS = 12


def draw() -> None:
    texts, raci = roles_texts(), form(Raci)
    found = check(raci, triage=form(Triage), today=clock.today())
    page.section(texts.team.title, sentence=texts.team.sentence)
    _answer(raci, found)
    if not raci.people:
        _starts()
    _people(raci, found)
    if raci.people:
        _findings(raci, found)
        lifecycle_roles_grid.draw(raci, found)
        page.draw(_load(raci, found))
        _take_along(raci, found)
    page.draw(page.quiet(texts.team.sources_note))


def _answer(raci: Raci, found: Checked) -> None:
    lines = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in answer(raci, found))
    sign = "" if not found.filled else "is-within-tolerance" if not found.findings else "is-inconclusive"
    page.draw(Html(f'<div class="answer {sign}" role="status">{lines}</div>'))


def _starts() -> None:
    """A team by its roles, shared out at once: a first result without typing."""
    texts = roles_texts().team
    page.draw(Html(f"<h3>{markup(texts.starts_title)}</h3>"), page.quiet(texts.starts_help))
    with st.container(horizontal=True):
        for name, text in texts.starts.items():
            st.button(
                markdown(text.name),
                key=key(PAGE, f"roles.start.{name}"),
                icon=":material/groups:",
                on_click=_start,
                args=(name,),
            )


def _start(name: str) -> None:
    raci = Raci()
    for roles in roles_texts().team.starts[name].people:
        raci = add(raci, *roles)
    put(share_out(raci))


def _people(raci: Raci, found: Checked) -> None:
    """Each by name; the one that is pressed is opened."""
    texts, names = roles_texts().team, called(raci)
    page.draw(Html(f"<h3>{markup(texts.people_title.format(count=len(raci.people)))}</h3>"))
    if raci.people:
        ids = tuple(names)
        chosen = st.session_state.get(OPEN)
        pick = chosen if chosen in ids else None
        st.pills(
            texts.people_open,
            ids,
            format_func=lambda each: markdown(short(names[each])),
            label_visibility="collapsed",
            **governance_fields.held("roles.open", pick, lambda to: st.session_state.update({OPEN: to})),
        )
        if pick is not None:
            _person(next(each for each in raci.people if each.id == pick))
    with st.container(horizontal=True):
        st.button(texts.add_person, key=key(PAGE, "roles.add"), icon=":material/person_add:", on_click=_add)
        if raci.people:
            _whole(raci, found)


def _add() -> None:
    raci = add(form(Raci))
    put(raci)
    st.session_state[OPEN] = raci.people[-1].id


def short(name: str) -> str:
    return visible(name, limit=LONGEST_NAME)


def _person(who: Person) -> None:
    texts = roles_texts()

    def to(part: str) -> Callable[[Any], None]:
        def take(value: Any) -> None:
            raci = form(Raci)
            people = (replace(each, **{part: value}) if each.id == who.id else each for each in raci.people)
            put(replace(raci, people=tuple(people)))

        return take

    with st.container(border=True, key="lifecycle-roles-person"):
        governance_fields.text(
            texts.team.name, name=f"roles.{who.id}.name", value=who.name, put=to("name"), help=texts.team.name_help
        )
        take_roles = to("roles")
        st.pills(
            texts.team.roles,
            ROLES,
            format_func=lambda each: texts.roles[each].name,
            selection_mode="multi",
            help=texts.team.roles_help,
            **governance_fields.held(
                f"roles.{who.id}.roles", list(dict.fromkeys(who.roles)), lambda chosen: take_roles(tuple(chosen or ()))
            ),
        )
        st.button(
            texts.team.remove_person,
            key=key(PAGE, "roles.remove"),
            icon=":material/person_remove:",
            on_click=lambda: put(without(form(Raci), who.id)),
        )


def _whole(raci: Raci, found: Checked) -> None:
    """What a press does to all of the grid."""
    texts = roles_texts().team
    if share_out(raci) != raci:
        st.button(
            texts.share_out,
            help=texts.share_out_help,
            key=key(PAGE, "roles.share_out"),
            icon=":material/auto_fix_high:",
            type="secondary" if found.filled else "primary",
            on_click=lambda: put(share_out(form(Raci))),
        )
    st.button(texts.again, key=key(PAGE, "roles.again"), icon=":material/restart_alt:", on_click=lambda: put(Raci()))


def _findings(raci: Raci, found: Checked) -> None:
    """What the rules found, each with the presses that mend it."""
    texts = roles_texts()
    if not found.filled:
        return
    page.draw(Html(f"<h3>{markup(texts.team.findings_title)}</h3>"))
    if not found.findings:
        page.draw(page.quiet(texts.team.findings_none))
    for place, each in enumerate(found.findings[:MOST_FINDINGS]):
        _finding(raci, each, place)
    left = len(found.findings) - MOST_FINDINGS
    if left > 0:
        page.draw(page.quiet(texts.team.findings_more.format(count=left)))


def _finding(raci: Raci, each: Finding, place: int) -> None:
    texts = roles_texts()
    sign = "is-gap" if each.level == "must" else "is-inconclusive"
    word = f'<span class="{sign}"><span class="sign"></span><b>{markup(texts.team.levels[each.level])}</b></span>'
    with st.container(key=f"lifecycle-roles-finding-{place}", gap="small"):
        page.draw(Html(f'<p class="found">{word} {markup(said(raci, each), limit=LONG)}</p>'))
        if each.fixes:
            with st.container(horizontal=True, gap="small"):
                for number, fix in enumerate(each.fixes):
                    st.button(
                        markdown(visible(fix_said(raci, fix), limit=LONGEST_NAME * 2)),
                        key=key(PAGE, f"roles.fix.{place}.{number}"),
                        icon=":material/build:",
                        on_click=lambda fix=fix: put(mend(form(Raci), fix)),
                    )


def _load(raci: Raci, found: Checked) -> Html:
    """Bars of the share of R, with a line at 40%; the words beside each say the same."""
    texts, names = roles_texts().team, called(raci)
    title = Html(f"<h3>{markup(texts.load_title)}</h3>{page.quiet(texts.load_sentence)}")
    if found.entries < LEAST_ENTRIES:
        return Html(f"{title}{page.quiet(texts.load_few.format(least=LEAST_ENTRIES))}")
    lines = []
    for who in sorted(names, key=lambda each: -found.load[each]):
        part = found.share(who) or 0.0
        told = texts.load_line.format(who=names[who], count=found.load[who], all=found.entries, share=share(part))
        over = part > MOST_SHARE
        more = f' <b class="is-gap"><span class="sign"></span>{markup(texts.load_over)}</b>' if over else ""
        length = f'<i class="{"over" if over else ""}" style="width:{part:.1%}"></i>'
        bar = f'<span class="track" aria-hidden="true">{length}</span>'
        lines.append(Html(f"<li><span>{markup(told, limit=LONG)}{more}</span>{bar}</li>"))
    return Html(f'{title}<ul class="loads">{join(lines)}</ul>')


def _take_along(raci: Raci, found: Checked) -> None:
    texts, product = roles_texts(), form(Product)
    page.draw(Html(f"<h3>{markup(texts.take_title)}</h3>"), page.quiet(texts.take))
    day = clock.today()
    with st.container(horizontal=True):
        download.button(
            texts.markdown,
            lambda: written(document(raci, found, product=product, day=day)).encode(),
            page=PAGE,
            name="roles.markdown",
            after=product.name or "team",
            suffix="-who-does-what.md",
            mime="text/markdown",
        )
        download.button(
            texts.csv,
            lambda: csv(raci).encode("utf-8-sig"),
            page=PAGE,
            name="roles.csv",
            after=product.name or "team",
            suffix="-who-does-what.csv",
            mime="text/csv",
        )
