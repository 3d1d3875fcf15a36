"""What the answers of the triage ask for: duties by the day they apply from, the impact assessment, the sources."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import streamlit as st

from aipm.content.day import in_full, month
from aipm.content.law import laws
from aipm.governance.rules import NO, RULES, YES
from aipm.governance.triage import Duty, Known, TriageResult
from aipm.ui import page
from aipm.ui.clock import today
from aipm.ui.ethics_links import link
from aipm.ui.ethics_triage_texts import triage_texts
from aipm.ui.ethics_triage_timeline import away
from aipm.ui.fragments import LONG, join, outward
from aipm.ui.safe import Html, markup


def draw(result: TriageResult) -> None:
    """What there is to do, when and where."""
    texts = triage_texts()
    said = texts.duties
    page.section(said.title, sentence=said.sentence)
    if result.at_work:
        page.draw(Html(f'<div class="answer is-gap"><p>{markup(said.at_work, limit=LONG)}</p></div>'))
    if not result.duties:
        page.draw(page.quiet(said.none))
        return
    mine = [each for each in result.duties if each.owed is not False]
    sure = [each for each in mine if each.sure]
    now = [each for each in sure if each.in_force]
    if now:
        page.draw(Html(f"<h3>{markup(said.now)}</h3>"), _cards(now))
    later = sorted((each for each in sure if not each.in_force), key=lambda each: each.since or date.max)
    for since, group in groupby(later, key=lambda each: each.since):
        if since is not None:
            title = said.later.format(day=in_full(since), away=away(since, today=today()))
            due = list(group)
            told = " ".join(dict.fromkeys(laws().sentence(each.applies) for each in due))
            page.draw(Html(f"<h3>{markup(title)}</h3>"), page.quiet(told), _cards(due, since=False))
    _folded(said.maybe, [each for each in mine if not each.sure])
    _folded(said.others, [each for each in result.duties if each.owed is False])
    _assessment(result)
    _where(mine)


def _folded(title: str, duties: list[Duty]) -> None:
    if duties:
        said = title.format(count=len(duties))
        with st.expander(said):
            page.draw(_cards(duties))


def _cards(duties: Iterable[Duty], *, since: bool = True) -> Html:
    """Duties side by side; `since`: each says from when it applies."""
    return Html(f'<ul class="owes">{join(_card(each, since=since) for each in duties)}</ul>')


def _card(duty: Duty, *, since: bool) -> Html:
    texts = triage_texts()
    said, text, owed = texts.duties, texts.list[duty.key], RULES[duty.key].roles
    sign, word = ("is-here", said.sure) if duty.sure else ("is-maybe", said.unsure)
    by = said.owed.format(roles=", ".join(texts.roles[role].noun for role in owed)) if owed else ""
    law = laws().laws[text.law]
    source = outward(law.url, f"{law.name}, {text.article}")
    when = f"{laws().sentence(duty.applies)} {by}" if since else by
    return Html(
        f'<li class="{sign}"><b>{markup(text.title, limit=LONG)}</b>'
        f'<span class="points"><i aria-hidden="true"></i>{markup(word)}</span>'
        f"<p>{markup(text.says, limit=LONG)}</p>"
        f'<p class="quiet">{source}. {markup(when, limit=LONG)}</p></li>'
    )


def _assessment(result: TriageResult) -> None:
    """The nine criteria of an impact assessment, as far as the answers tell."""
    said, words = triage_texts().assessment, triage_texts().criteria
    page.draw(Html(f"<h3>{markup(said.title)}</h3>"))
    known: Known = "yes" if result.assessment == YES else "no" if result.assessment == NO else "unsure"
    sure = sum(each == YES for each in result.counted.values())
    sentence = said.needed[known].format(count=sure, more=len(result.counted) - sure)
    page.draw(Html(f"<p>{markup(sentence, limit=LONG)}</p>"))
    if known != "no":
        items = "".join(
            f'<li class="is-{"here" if truth == YES else "maybe"}"><span class="points"><i aria-hidden="true"></i>'
            f"{markup(said.held if truth == YES else said.may)}</span> {markup(words[each], limit=LONG)}</li>"
            for each, truth in result.counted.items()
        )
        page.draw(Html(f'<ul class="criteria">{items}</ul>'), page.quiet(said.law))


def _where(mine: Iterable[Duty]) -> None:
    """The views and pages on which these duties are worked on, those with most of them first."""
    texts = triage_texts()
    counted: dict[str, int] = {}
    for duty in mine:
        place = texts.list[duty.key].serves
        counted[place] = counted.get(place, 0) + duty.sure
    page.draw(Html(f"<h3>{markup(texts.duties.where)}</h3>"))
    with st.container(horizontal=True, vertical_alignment="center"):
        for place in sorted((each for each in counted if counted[each]), key=lambda each: -counted[each]):
            to = texts.serves[place]
            link(to, name=f"duties.{place}", text=f"{to.name} ({counted[place]})")


def sources() -> None:
    """The laws that are named here, each with how far what is said of it was checked."""
    texts = triage_texts()
    said = texts.sources
    named = dict.fromkeys((*(duty.law for duty in texts.list.values()), "wp248"))
    items = []
    for law in (laws().laws[name] for name in named):
        line = said.line.format(state=law.state, as_of=month(law.as_of))
        relayed = f" {outward(law.relayed, said.relayed)}." if law.relayed else ""
        items.append(f"<li>{outward(law.url, law.title)}. {markup(line, limit=LONG)}{relayed}</li>")
    page.section(said.title)
    page.draw(Html(f'<ul class="notes">{"".join(items)}</ul>'))
