"""Which approach? From the task and its data to families of models in order, each with the rules that put it there."""

from collections.abc import Mapping

import streamlit as st

from aipm.content import number
from aipm.selection.approaches import Recommendation, Spec, recommend
from aipm.selection.families import ANSWERS, approach_texts
from aipm.ui import brief_add, brief_entries_scorer, hand_over, page, scorer_approach_ladder, scorer_prefill
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_approach_cards import others, shortlist
from aipm.ui.scorer_approach_guide import guide
from aipm.ui.scorer_approach_state import NAMES, answers, arrive, ask, spec_of
from aipm.ui.scorer_approach_texts import ApproachPageTexts, page_texts
from aipm.ui.scorer_state import PAGE
from aipm.ui.state import key

LANGUAGE = "llm"
"""The kind of model in the catalogue for which there is a ladder."""


def approach() -> None:
    """Draw the questions, the answer, the cards, for language the ladder and sourcing, the guide, the way on."""
    text = page_texts()
    arrive()
    spec = spec_of(answers("approach"))
    page.section(text.questions.title)
    _ask(spec, text)
    found = recommend(spec)
    page.draw(_answer(found, text))
    hand_over.approach(_told(found), asked=spec, found_one=found.first is not None)
    brief_add.offer("model_scorer.approach", lambda: brief_entries_scorer.approach(found, spec=spec))
    page.section(text.list.title, sentence=text.list.sentence)
    page.draw(shortlist(found))
    _rest(found, text)
    if LANGUAGE in _kinds(found):
        scorer_approach_ladder.ladder()
        scorer_approach_ladder.sourcing()
    with st.expander(text.guide.title, icon=":material/menu_book:"):
        page.draw(guide())
    _onwards(found, text)


def _ask(spec: Spec, text: ApproachPageTexts) -> None:
    """Two questions in sight, the others one press away with what is assumed for them."""
    questions, now = approach_texts().questions, spec.to_dict()
    columns = st.columns(2, gap="medium")
    for column, name in zip(columns, NAMES, strict=True):
        with column:
            ask("approach", name, questions[name], value=now[name])
    more = [name for name in ANSWERS if name not in NAMES]
    with st.expander(text.questions.more, icon=":material/tune:"):
        for first in range(0, len(more), 2):  # a row a pair: on a narrow screen they keep their order
            for column, name in zip(st.columns(2, gap="medium"), more[first : first + 2], strict=False):
                with column:
                    ask("approach", name, questions[name], value=now[name])


def _answer(found: Recommendation, text: ApproachPageTexts) -> Html:
    """The answer in one sentence, what has to be beaten, and how clear it is."""
    said, families = text.answer, approach_texts().families
    first = found.first
    told = markup(said.first if first else said.none, limit=LONG).format(
        baseline=_name(found.baseline.key), first=_name(first) if first else ""
    )
    here = markup(said.here.format(text=found.baseline.text), limit=LONG)
    clear = ""
    if first:
        beyond = [each for each in found.shortlist if each.key != found.baseline.key]
        template = said.alone
        second, lead = "", 0
        if len(beyond) > 1:
            second, lead = families[beyond[1].key].name, beyond[0].points - beyond[1].points
            template = said.ahead if lead else said.tied
        points = said.points["one" if lead == 1 else "many"].format(count=number.count(lead))
        clear = f"{template.format(points=points, second=second)} {said.method}"
    more = f'<p class="quiet">{markup(clear, limit=LONG)}</p>' if clear else ""
    return Html(
        f'<h2>{markup(said.title)}</h2><div class="answer" role="status"><p>{told}</p><p>{here}</p></div>{more}'
    )


def in_words(given: Mapping[str, str]) -> str:
    """The answer in one sentence of plain text, for a record; empty where nothing was answered."""
    if not given:
        return ""
    return _told(recommend(spec_of(given)))


def _told(found: Recommendation) -> str:
    said = page_texts().answer
    names = {key: each.name for key, each in approach_texts().families.items()}
    template = said.first if found.first else said.none
    return template.format(baseline=names[found.baseline.key], first=names.get(found.first or "", ""))


def _name(family: str) -> str:
    return f"<b>{markup(approach_texts().families[family].name)}</b>"


def _rest(found: Recommendation, text: ApproachPageTexts) -> None:
    """What is not on the shortlist: ruled out, and what nothing speaks for."""
    if found.ruled_out:
        title = text.list.ruled_out.format(count=number.count(len(found.ruled_out)))
        page.draw(Html(f'<h3 class="further">{markup(title)}</h3>'), others(found.ruled_out))
    else:
        page.draw(page.quiet(text.list.ruled_out_none))
    if found.possible:
        with st.expander(text.list.possible.format(count=number.count(len(found.possible)))):
            page.draw(others(found.possible))


def _kinds(found: Recommendation) -> set[str]:
    """The kinds of models in the catalogue that belong to what is on the shortlist."""
    families = approach_texts().families
    return {kind for each in found.shortlist for kind in families[each.key].catalogue}


def _onwards(found: Recommendation, text: ApproachPageTexts) -> None:
    families = approach_texts().families
    ready = [families[each.key].name for each in found.shortlist if families[each.key].catalogue]
    told = text.next.needed.format(names=", ".join(ready)) if ready else text.next.none
    page.section(text.next.title, sentence=told)
    if ready:
        st.button(
            text.next.models,
            key=key(PAGE, "approach.models"),
            icon=":material/arrow_forward:",
            on_click=scorer_prefill.models,
        )
