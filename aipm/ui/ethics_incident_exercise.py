"""A made-up incident, turn by turn, held against one's own plan."""

import streamlit as st

from aipm.governance.fields import next_id
from aipm.governance.form_texts import FieldText
from aipm.governance.incident import (
    SCENARIOS,
    IncidentPlan,
    IncidentTexts,
    Played,
    Scenario,
    Turn,
    incident_texts,
    walk,
)
from aipm.governance.paper import plain
from aipm.ui import address, clock, ethics_steps, page
from aipm.ui.fragments import LONG
from aipm.ui.governance_state import change, form
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

ROWS = {"Step": "steps", "Tell": "tell", "Signal": "signals"}
"""Which list of the plan a row belongs to, by its class."""


def exercise() -> None:
    """Let somebody choose an incident and walk through it; gaps of the plan appear."""
    texts, plan = incident_texts(), form(IncidentPlan)
    said = texts.exercise
    page.draw(Html(f'<h4 class="within">{markup(said.title)}</h4>'), page.quiet(said.sentence))
    now = address.asked("play", SCENARIOS, SCENARIOS[0])
    st.pills(
        said.choose,
        SCENARIOS,
        format_func=lambda each: markdown(texts.scenarios[each].name),
        required=True,
        **address.held("ethics.incident", "play", now, default=SCENARIOS[0]),
    )
    scenario = texts.scenarios[now]
    turns = walk(plan, scenario)
    lines = "".join(_turn(turn, plan, texts) for turn in turns)
    page.draw(Html(f'<p class="statement">{markup(scenario.story, limit=LONG)}</p><ol class="turns">{lines}</ol>'))
    answered = sum(turn.answered for turn in turns)
    score = said.score_all if answered == len(turns) else said.score
    ethics_steps.said_answer(score.format(answered=answered, count=len(turns)), done=answered == len(turns))
    st.button(
        said.record,
        key=key("ethics", "incident.play.record"),
        icon=":material/event_available:",
        on_click=_record,
        args=(now, len(turns) - answered),
    )
    for each in plan.played:
        name = texts.scenarios[each.scenario].name
        page.draw(page.quiet(said.recorded.format(name=name, day=each.on.isoformat(), open=each.open)))


def _turn(turn: Turn, plan: IncidentPlan, texts: IncidentTexts) -> Html:
    said, asked = texts.exercise, turn.asked
    found = [
        *(_told(getattr(plan, name), texts.fields[name]) for name in turn.fields if name in texts.fields),
        *(_row(row, texts) for row in turn.rows),
    ]
    sign, lead = ("within-tolerance", said.your_plan) if turn.answered else ("gap", said.nothing)
    told = "".join(f"<li>{markup(each, limit=LONG)}</li>" for each in found)
    return Html(
        f"<li><p><b>{markup(asked.when)}</b> {markup(asked.happens, limit=LONG)} "
        f"<b>{markup(asked.asks, limit=LONG)}</b></p>"
        f'<p class="verdict is-{sign}"><span class="sign"></span>{markup(lead)}</p>'
        f"{f'<ul>{told}</ul>' if told else ''}</li>"
    )


def _row(row: object, texts: IncidentTexts) -> str:
    fields = texts.rows[ROWS[type(row).__name__]].fields
    return "; ".join(filter(None, (_told(getattr(row, name), said) for name, said in fields.items())))


def _told(value: object, said: FieldText) -> str:
    """What a field holds, after what it was asked; blank where it holds nothing."""
    known = plain(value, said)
    return f"{said.label} {known}" if known else ""


def _record(scenario: Scenario, left: int) -> None:
    """Callback: this exercise was done today."""
    played = form(IncidentPlan).played
    done = Played(id=next_id(played), scenario=scenario, on=clock.today(), open=left)
    change(IncidentPlan, played=(*played, done))
