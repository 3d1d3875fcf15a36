"""The part "A/B test" of the Lifecycle page: the plan from its answer to the reading afterwards."""

import streamlit as st

from aipm.governance.ab_plan import Plan, lacks, levers, plan
from aipm.governance.ab_test import AbTest
from aipm.ui import (
    brief_add,
    brief_entries_lifecycle,
    lifecycle_test_form,
    lifecycle_test_looks,
    lifecycle_test_read,
    lifecycle_test_result,
    page,
)
from aipm.ui import governance_fields as fields
from aipm.ui.fragments import LONG, notes
from aipm.ui.governance_state import change, form
from aipm.ui.lifecycle_method import method
from aipm.ui.lifecycle_numbers import amount, share, whole
from aipm.ui.lifecycle_test_texts import AbTexts, ab_texts
from aipm.ui.safe import Html, markup


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, test = ab_texts(), form(AbTest)
    page.section(texts.title, sentence=texts.sentence)
    found = plan(test)
    page.draw(_lacks(test, texts) if found is None else _answer(test, found, texts))
    lifecycle_test_form.draw(test, texts)
    if found is not None:
        _cautions(test, found, texts)
        lifecycle_test_result.draw(test, found, texts)
        _offer(test, found, texts)
    lifecycle_test_looks.draw(test, found, texts)
    lifecycle_test_looks.guard(test, found, texts)
    _decision(test, texts)
    lifecycle_test_read.draw(test, found, texts)
    with st.expander(texts.notes.title, icon=":material/psychology_alt:"):
        page.draw(notes(texts.notes.lines))
        page.link("language_models", texts.notes.lab_link, view="twice")
    method(texts.method)


def _lacks(test: AbTest, texts: AbTexts) -> Html:
    lines = "".join(f"<li>{markup(texts.lacks[each], limit=LONG)}</li>" for each in lacks(test))
    return Html(f'<div class="answer"><p>{markup(texts.lacks["title"])}</p></div><ul class="notes">{lines}</ul>')


def _offer(test: AbTest, found: Plan, texts: AbTexts) -> None:
    """The plan's way into the brief."""
    warnings = [texts.cautions[each] for each in found.cautions]
    brief_add.offer(
        "lifecycle.ab_test",
        lambda: brief_entries_lifecycle.ab_test(test, found, answer=_told(test, found, texts), warnings=warnings),
    )


def _told(test: AbTest, found: Plan, texts: AbTexts) -> str:
    """The plan in a sentence."""
    says = texts.answer
    events = says["events"].format(count=whole(found.events)) if found.events else ""
    told = says["plan"].format(
        users=whole(found.users), variants=test.variants, all=whole(found.all_users), events=events
    )
    if found.days is None or found.whole_days is None:
        told += " " + says["no_days"]
    else:
        weeks = found.whole_days // 7
        told += " " + says["days"].format(
            a_day=amount((test.users_a_day or 0.0) * test.traffic),
            days=says["day_exact"] if found.days <= 1 else says["days_exact"].format(count=whole(-(-found.days // 1))),
            weeks=says["week"] if weeks == 1 else says["weeks"].format(count=whole(weeks)),
        )
    return told


def _answer(test: AbTest, found: Plan, texts: AbTexts) -> Html:
    says, told = texts.answer, _told(test, found, texts)
    more = says["why_weeks"]
    if test == AbTest():
        more += " " + says["example"]
    return Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p><p>{markup(more, limit=LONG)}</p></div>')


def _cautions(test: AbTest, found: Plan, texts: AbTexts) -> None:
    said = texts.cautions
    page.draw(Html(f"<h3>{markup(said['title'])}</h3>"))
    if found.cautions:
        page.draw(notes(said[each] for each in found.cautions))
    else:
        page.draw(page.quiet(said["none"]))
    if {"hopeless", "long"} & {*found.cautions}:
        ways = [
            getattr(texts.levers, lever).format(days=whole(days), traffic=share(test.traffic))
            for lever, days in levers(test).items()
        ]
        page.draw(Html(f"<h3>{markup(texts.levers.title)}</h3>"), notes([*ways, *texts.levers.other]))


def _decision(test: AbTest, texts: AbTexts) -> None:
    said = texts.read
    fields.text(
        said.decision,
        name="ab_test.decision",
        value=test.decision,
        put=lambda decision: change(AbTest, decision=decision),
        long=True,
        help=said.decision_help,
    )
    fields.text(said.owner, name="ab_test.owner", value=test.owner, put=lambda owner: change(AbTest, owner=owner))
