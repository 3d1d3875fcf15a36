"""The question that the tiny decoder is asked, and how its words are picked: set here, kept in the address.

Two parts of the Language models page ask the same model; what somebody typed stays in the session.
"""

from dataclasses import dataclass

import streamlit as st

from aipm.content.visible import visible
from aipm.labs.decoder import Ids, decoder, prompt
from aipm.labs.sampling import Settings
from aipm.ui import page
from aipm.ui.address import put
from aipm.ui.lm_address import PAGE, choice, held, number, whole
from aipm.ui.lm_sampling_texts import Control, SamplingTexts
from aipm.ui.state import kept

OWN, RETURN = "own", "return"
"""Keys of questions: the one that is typed, and the one that the guesses and the rules are about."""
MOST_CHARACTERS = 200
MOST_SEED = 9_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`ids`: all that has been said, for the model. `name`: the key of the question in content/lm_sampling.yaml."""

    name: str
    ids: Ids
    customer: str
    shop: str


def question(texts: SamplingTexts, *, whole_answers: bool = False) -> Asked:
    """Let somebody choose what was said so far, or type a question; for whole answers the shop has said nothing."""
    first = RETURN if whole_answers else next(iter(texts.questions))
    said = {name: each.name for name, each in texts.questions.items()}
    if whole_answers:  # one of each question: how the shop began makes no difference
        asked = {each.customer: name for name, each in reversed(texts.questions.items())}
        said = {name: texts.questions[name].name.partition(" – ")[0] for name in reversed(asked.values())}
    name = choice("question", tuple(said), default=first)
    st.selectbox(
        texts.question,
        tuple(said),
        format_func=lambda each: said[each],
        **held("question", name, default=first),
    )
    chosen, typed = texts.questions[name], ""
    if name == OWN:
        typed = st.text_input(texts.own, max_chars=MOST_CHARACTERS, help=texts.own_help, **kept(PAGE, "own"))
        if not typed.strip():
            page.draw(page.quiet(texts.own_empty))
            chosen = texts.questions[first]
    customer, shop = typed if typed.strip() else chosen.customer, "" if whole_answers else chosen.shop
    ids, new = prompt(decoder(), customer, begun=shop)
    if new:
        page.draw(page.quiet(texts.unknown.format(words=visible(", ".join(new)))))
    return Asked(name=name, ids=ids, customer=customer, shop=shop)


def settings() -> Settings:
    """What the address says."""
    return Settings(
        temperature=number("temperature", low=0.0, high=2.0, default=1.0),
        top_k=whole("top_k", low=0, high=20, default=0),
        top_p=number("top_p", low=0.1, high=1.0, default=1.0),
        min_p=number("min_p", low=0.0, high=0.5, default=0.0),
        penalty=number("penalty", low=1.0, high=2.0, default=1.0),
    )


def slider(name: Control, texts: SamplingTexts) -> None:
    """One control of the settings."""
    said, now = texts.controls[name], settings()
    match name:
        case "temperature":
            st.slider(said.name, 0.0, 2.0, step=0.1, help=said.help, **held(name, now.temperature, default=1.0))
        case "top_k":
            st.slider(said.name, 0, 20, help=said.help, **held(name, now.top_k, default=0))
        case "top_p":
            st.slider(said.name, 0.1, 1.0, step=0.05, help=said.help, **held(name, now.top_p, default=1.0))
        case "min_p":
            st.slider(said.name, 0.0, 0.5, step=0.05, help=said.help, **held(name, now.min_p, default=0.0))
        case "penalty":
            st.slider(said.name, 1.0, 2.0, step=0.1, help=said.help, **held(name, now.penalty, default=1.0))


def seed() -> int:
    """What the draws are drawn from."""
    return whole("seed", low=1, high=MOST_SEED, default=1)


def again(text: str, *, name: str) -> None:
    """A button for other draws."""
    st.button(
        text,
        key=f"{PAGE}.{name}.again",
        icon=":material/casino:",
        on_click=put,
        kwargs={"seed": str(seed() % MOST_SEED + 1)},
    )
