"""What the Model scorer takes along from where somebody comes from: the capability, the pain, what a canvas knows."""

import streamlit as st

from aipm.selection.approaches import Recommendation, recommend
from aipm.selection.families import ANSWERS, approach_texts
from aipm.selection.needs import need_texts
from aipm.ui import scorer_undo
from aipm.ui.registry import FILES, registry
from aipm.ui.scorer_approach_state import answers, spec_of
from aipm.ui.scorer_state import held
from aipm.ui.scorer_texts import scorer_page, start_needs

PARAMETER = "from"
LAWS = frozenset({"annex_i", "annex_iii", "banned"})
"""Kinds of law, as canvas.yaml calls them, whose areas are regulated matters."""


def arrive() -> None:
    """Take up what comes along, once: the address says from where, the session holds what is too private for it."""
    came_from = st.query_params.pop(PARAMETER, None)
    capability = st.query_params.get("capability")
    if came_from not in FILES or capability not in ANSWERS["capability"]:
        return
    pain, known = _canvas(capability) if came_from == "use_case_mapper" else ("", {})
    given = {"capability": capability, **known}
    said, questions = scorer_page().taken, approach_texts().questions
    named = "; ".join(questions[name].answers[answer] for name, answer in given.items())
    told = said["prefilled"].format(page=registry().pages[came_from].title, answers=named)
    if pain:
        told = f"{told} {said['pain'].format(pain=pain)}"
    before = {name: answer for name, answer in answers("approach").items() if name != "data"}
    whole = {**before, **given}
    scorer_undo.take({"answers.approach": whole, "for": pain, **task(whole)}, told=told, came_from=came_from)


def models() -> None:
    """Callback: on to the models, of the kind that the answers on the approach ask for."""
    st.query_params.update({"view": "model"})
    found = task(answers("approach"))
    if found and found["musts"] != held("musts", dict(start_needs().musts)):
        option = (need_texts().questions["task"].options or {})[str(found["must.task"])]
        scorer_undo.take(found, told=scorer_page().taken["approach"].format(task=option.label))


def task(given: dict[str, str]) -> dict[str, object]:
    """What goes in and comes out under these answers, as held values; nothing where no model of the catalogue fits."""
    spec = spec_of(given)
    option = _task(recommend(spec), spec.data)
    if option is None:
        return {}
    musts = {**held("musts", dict(start_needs().musts)), "task": option}
    return {"musts": musts, "stance.task": "must", "must.task": option}


def _task(found: Recommendation, data: str) -> str | None:
    """The first answer on the task that the kinds of models on the shortlist are for."""
    families, options = approach_texts().families, need_texts().questions["task"].options or {}
    kinds = [kind for each in found.shortlist for kind in families[each.key].catalogue]
    for kind in kinds:
        fitting = [
            name
            for name, option in options.items()
            if any(test.fact == "kind" and kind in test.one_of for test in option.all)
        ]
        looks = [
            name
            for name in fitting
            if any(test.fact == "in_modalities" and data in test.contains for test in options[name].all)
        ]
        if fitting:
            return (looks or fitting)[0]
    return None


def _canvas(capability: str) -> tuple[str, dict[str, str]]:
    """The pain that the mapper holds in this session, and what its canvas knows of the answers here."""
    from aipm.mapping.risks import risk_texts  # the mapper's engines: only for those who come from there
    from aipm.ui.mapper_state import canvases, line, pain

    canvas = canvases().get(line(pain()))
    if canvas is None or canvas.capability != capability:
        return "", {}
    known = {"labels": "none"} if canvas.data_have == "no" else {}
    regulated = [
        name for name, asked in risk_texts().questions.items() if any(flag.applies in LAWS for flag in asked.flags)
    ]
    answered = dict(canvas.risks)
    if any(answered.get(name) in ("yes", "unsure") for name in regulated):
        known["regulated"] = "yes"
    elif all(answered.get(name) == "no" for name in regulated):
        known["regulated"] = "no"
    return line(pain()), known
