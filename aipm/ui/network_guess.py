"""Guess first, then see: a setting, a question, the reader's guess, and then the film of what happened."""

import streamlit as st

from aipm.content import number
from aipm.labs.network_reading import band, outlook, value
from aipm.labs.network_spec import NetworkSpec
from aipm.labs.points import made
from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.memo import once
from aipm.ui.network_address import PAGE, asked, link
from aipm.ui.network_film import film
from aipm.ui.network_pictures import key as signs
from aipm.ui.network_pictures import scatter
from aipm.ui.network_texts import Guess, NetworkPage
from aipm.ui.network_work import run
from aipm.ui.safe import Html, markup
from aipm.ui.state import key, shows

ROUND, ANSWERS = "guess", key(PAGE, "guess.answers")
"""The part of the address that names the round; what was guessed, kept for the session: name -> (guess, right)."""


def guess(text: NetworkPage) -> None:
    said = text.guess
    names = tuple(said.rounds)
    name = asked(ROUND, names, names[0])
    place, current = names.index(name), said.rounds[name]
    spec = NetworkSpec.from_dict(current.setting)
    answers: dict[str, tuple[int, int]] = st.session_state.setdefault(ANSWERS, {})
    page.section(said.title, sentence=said.sentence)
    head = said.place.format(place=place + 1, total=len(names))
    page.draw(
        Html(
            f'<p class="quiet">{markup(head)}</p><h3>{markup(current.title)}</h3>'
            f"<p>{markup(current.situation, limit=LONG)}</p>"
        )
    )
    if name not in answers:
        page.draw(_before(spec, text))
    _ask(name, current, spec, text)
    if name in answers:
        _told(current, spec, answers[name][0], text)
    with st.container(horizontal=True):
        if place:
            link(said.before, {ROUND: names[place - 1]}, name="before", icon=":material/arrow_back:")
        if place + 1 < len(names):
            link(said.next, {ROUND: names[place + 1]}, name="next")
        else:
            link(said.lab, {"view": "lab"}, name="lab")
    if len(answers) == len(names):
        right = sum(guessed == band_ for guessed, band_ in answers.values())
        page.draw(page.quiet(said.score.format(right=right, total=len(names))))


def _ask(name: str, current: Guess, spec: NetworkSpec, text: NetworkPage) -> None:
    """The question; once it is answered, the answer stands."""
    said = text.guess
    answers: dict[str, tuple[int, int]] = st.session_state[ANSWERS]

    def answer(chosen: int | None) -> None:
        if chosen is not None:
            found = outlook(run(spec, working=""))
            right = band([each.start for each in current.bands], value(current.measure, found))
            st.session_state[ANSWERS] = {**answers, name: (chosen, right)}

    page.draw(Html(f'<p class="statement">{markup(current.question, limit=LONG)}</p>'))
    st.pills(
        said.label,
        range(len(current.bands)),
        format_func=lambda each: current.bands[each].text,
        disabled=name in answers,
        label_visibility="collapsed",
        **shows(key(PAGE, f"guess.{name}"), answers[name][0] if name in answers else None, answer),
    )


def _told(current: Guess, spec: NetworkSpec, guessed: int, text: NetworkPage) -> None:
    said = text.guess
    found = run(spec, working=said.working)
    seen = outlook(found)
    right = band([each.start for each in current.bands], value(current.measure, seen))
    verdict, word = ("within-tolerance", said.right) if guessed == right else ("gap", said.wrong)
    mine = said.guessed.format(guess=current.bands[guessed].text)
    measured = said.measured[current.measure].format(
        train=number.rate(seen.train), test=number.rate(seen.test), gap=f"{100 * abs(seen.gap):.1f}"
    )
    page.draw(
        Html(
            f'<div class="answer is-{verdict}" role="status"><span class="verdict"><span class="sign"></span>'
            f"{markup(word)}</span><p>{markup(mine, limit=LONG)} "
            f"{markup(measured, limit=LONG)}</p><p>{markup(current.told, limit=LONG)}</p></div>"
        )
    )
    film(found, text, key=key(PAGE, "guess.film"))
    page.draw(Html(f'<h3 class="apart">{markup(said.so_what)}</h3><p>{markup(current.so_what, limit=LONG)}</p>'))
    page.link(current.page, current.link)
    with st.container(horizontal=True):
        link(said.change, {"view": "lab", **current.setting}, name="change", icon=":material/tune:")
        link(current.then_link, {"view": "lab", **current.then}, name="then")


def _before(spec: NetworkSpec, text: NetworkPage) -> Html:
    """What the network will have to tell apart, before it has learned anything."""
    said, names = text.guess, text.film.names

    def work() -> Html:
        points = made(
            spec.data, count=spec.points, noise=spec.noise / 100, wrong_labels=spec.wrong / 100, seed=spec.seed
        )
        alt = said.points_alt.format(count=spec.points, data=text.lab.datasets[spec.data], one=names[1], zero=names[0])
        picture = scatter(points, alt=alt)
        return Html(f'<figure class="net-before">{picture}{signs(names[1], names[0])}</figure>')

    return once(PAGE, "before", spec, work)
