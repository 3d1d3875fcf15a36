"""From goal to workflow: the way in five words, six steps with their tools, and which of them has no evidence yet."""

from collections.abc import Sequence

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.landscape_address import PAGE, put
from aipm.ui.landscape_parts import guess, onward, prose
from aipm.ui.landscape_texts import RoadmapTexts, Step
from aipm.ui.safe import Html, markup
from aipm.ui.state import key, shows


def draw(text: RoadmapTexts) -> None:
    page.section(text.title)
    guess("roadmap", text.guess)
    page.draw(Html(f'<h3 class="apart">{markup(text.flow_title)}</h3>'), _flow(text.flow, alt=text.flow_alt))
    page.section(text.steps_title, sentence=text.steps_sentence)
    done = [name for name in text.steps if name in st.query_params.get("done", "").split(".")]
    missing = next((name for name in text.steps if name not in done), None)
    page.draw(_standing(missing, done, text))
    if missing:
        onward(text.steps[missing].onward, name="missing")
    for place, (name, step) in enumerate(text.steps.items(), start=1):
        with st.container(key=key(PAGE, f"step.{name}")):
            page.draw(_step(place, step, text))
            with st.container(horizontal=True, vertical_alignment="center"):
                _tick(name, done, text)
                onward(step.onward, name=f"step.{name}")
    page.section(text.touches_title, sentence=text.touches_sentence)
    page.draw(table([Column(name=name) for name in text.touches_columns], text.touches, caption=text.touches_caption))


def _flow(stages: Sequence[tuple[str, str]], *, alt: str) -> Html:
    drawn = "".join(
        f"<li><b>{markup(name)}</b><span>{markup(question, limit=LONG)}</span></li>" for name, question in stages
    )
    return Html(f'<ol class="flow" aria-label="{markup(alt, limit=LONG)}">{drawn}</ol>')


def _standing(missing: str | None, done: Sequence[str], text: RoadmapTexts) -> Html:
    """The first step without evidence, and a warning where a later one stands on it."""
    if missing is None:
        return Html(
            f'<div class="answer is-within-tolerance" role="status"><p>{markup(text.all_done, limit=LONG)}</p></div>'
        )
    said = text.next.format(name=text.steps[missing].name)
    names = tuple(text.steps)
    later = next((name for name in names[names.index(missing) :] if name in done), None)
    more = text.gap.format(later=text.steps[later].name) if later else ""
    extra = f"<p>{markup(more, limit=LONG)}</p>" if more else ""
    return Html(f'<div class="answer" role="status"><p>{markup(said)}</p>{extra}</div>')


def _step(place: int, step: Step, text: RoadmapTexts) -> Html:
    return Html(
        f"<h3>{place}. {markup(step.name)}</h3>{prose(step.text)}"
        f'<p class="quiet"><b>{markup(text.proof)}.</b> {markup(step.proof, limit=LONG)}<br>'
        f"<b>{markup(text.trap)}.</b> {markup(step.trap, limit=LONG)}</p>"
    )


def _tick(name: str, done: Sequence[str], text: RoadmapTexts) -> None:
    def take(ticked: object) -> None:
        put(done=".".join(each for each in text.steps if (ticked if each == name else each in done)) or None)

    st.checkbox(text.done, **shows(key(PAGE, f"done.{name}"), name in done, take))
