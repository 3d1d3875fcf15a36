"""What somebody answered in the view "Which approach?": kept for the session apart from the widgets that show it.

The kind of answer and of data may come from the address and are written there; the other answers stay in the session.
"""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from aipm.selection.approaches import Spec
from aipm.selection.families import ANSWERS
from aipm.selection.rules import Question
from aipm.ui.scorer_approach_texts import page_texts
from aipm.ui.scorer_state import PAGE, held, hold
from aipm.ui.state import key, shows

NAMES = ("capability", "data")
"""What the address may say."""
Part = Literal["approach", "ladder", "sourcing"]


def answers(part: Part) -> dict[str, str]:
    """What was answered, by question; what was not is not in it."""
    found: dict[str, str] = held(f"answers.{part}", {})
    return found


def spec_of(given: Mapping[str, str]) -> Spec:
    """What was answered; what was not, as it stands at first."""
    start = page_texts().start
    capability = given.get("capability", start.capability)
    data = {str(each): kind for each, kind in start.data.items()}[capability]
    return Spec.from_dict({"data": data, **given, "capability": capability})


def arrive() -> None:
    """Take up what the address says, once: after that the person's own choices count."""
    asked = _asked()
    if asked != held("approach.arrived", {}):
        hold("approach.arrived", asked)
        answers("approach").update(asked)


def _asked() -> dict[str, str]:
    return {name: said for name in NAMES if (said := st.query_params.get(name)) in ANSWERS[name]}


def ask(part: Part, name: str, text: Question, *, value: str | None, invitation: str | None = None) -> None:
    """A question with its answers; with an `invitation` it may stay without one."""

    def take(chosen: str | None) -> None:
        if chosen is None:
            answers(part).pop(name, None)
        else:
            answers(part)[name] = chosen
        if part == "approach" and name in NAMES and chosen is not None:
            st.query_params[name] = chosen
            hold("approach.arrived", _asked())

    st.selectbox(
        text.question,
        tuple(text.answers),
        index=None if invitation else 0,
        format_func=lambda each: text.answers[each],
        help=text.help or None,
        placeholder="" if invitation is None else invitation,
        **shows(key(PAGE, f"{part}.{name}"), value, take),
    )


def ask_all(part: Part, texts: Mapping[str, Question], *, invitation: str) -> None:
    """Questions that need no answer, two beside each other where there is room."""
    asked = list(texts.items())
    for first in range(0, len(asked), 2):  # a row a pair: on a narrow screen they keep their order
        for column, (name, text) in zip(st.columns(2, gap="medium"), asked[first : first + 2], strict=False):
            with column:
                ask(part, name, text, value=answers(part).get(name), invitation=invitation)
