"""What is known of each model: a table to compare, and a card a model that says where each number comes from."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aipm.content import number
from aipm.selection.catalogue import NOTICE_DAYS, STALE_DAYS, models
from aipm.selection.needs import need_texts
from aipm.ui import page
from aipm.ui.fragments import LONG, join, outward, scrolling
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_own_state import entered
from aipm.ui.scorer_own_state import question as own_question
from aipm.ui.scorer_state import PAGE, now, today
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import amount, money
from aipm.ui.scorer_work import workload

SHOWN = 12
FACTS = (
    "usd_per_1000_requests",
    "context_window",
    "max_output",
    "commercial_use",
    "open_weights",
    "tool_use",
    "fine_tunable",
    "months_since_release",
    "days_to_deprecation",
)
"""Facts of the table; the cards have all."""
GLANCE = ("monthly_usd", "context_window", "max_output", "commercial_use")
"""Facts that are seen on a card that is not open, where there is no room for the table."""
MONEY = frozenset({"usd_per_1000_requests", "monthly_usd"})
ENDS = "days_to_deprecation"
Plain = Mapping[str, Any]
"""A fact: {"value", "evidence", "source", "url", "as_of", "note"}"""


def facts(candidates: Sequence[Mapping[str, Any]], text: ScorerPage) -> None:
    """The table where there is room for it, the cards everywhere."""
    shown = candidates[:SHOWN]
    page.section(text.facts.title, sentence=licences(text))
    question = (tuple(each["name"] for each in shown), workload(), own_question(entered()), now())
    page.draw(once(PAGE, "facts", question, lambda: _drawn(shown, text)))


def _drawn(shown: Sequence[Mapping[str, Any]], text: ScorerPage) -> Html:
    said = text.facts
    words = need_texts().facts
    head = "".join(f'<th scope="col">{markup(words[name])}</th>' for name in FACTS)
    body = "".join(
        f'<tr><th scope="row">{markup(each["name"])}<br><small>{markup(each.get("provider") or "")}</small></th>'
        f"{''.join(_cell(name, each['facts'].get(name, {}), text) for name in FACTS)}</tr>"
        for each in shown
    )
    table = Html(
        f'<table><thead><tr><th scope="col">{markup(said.model)}</th>{head}</tr></thead><tbody>{body}</tbody></table>'
    )
    drawn = scrolling(table, label=said.caption.format(count=len(shown)))
    cards = join(_card(each, text) for each in shown)
    return Html(
        f'<div class="known">{drawn}</div>'
        f'<h3 class="further">{markup(said.sources)}</h3><ul class="cards facts-of">{cards}</ul>'
    )


def licences(text: ScorerPage) -> str:
    """How the licences of the catalogue are known, counted, and what that asks of whoever wants to use one."""
    said, found = text.facts, [each.facts["commercial_use"] for each in models()]
    unread = sum(each.value == "unverified" for each in found)
    conditional = sum(each.value == "conditional" for each in found)
    assumed = sum(each.value == "yes" and each.evidence == "assumed" for each in found)
    told = len(found) - unread - conditional - assumed
    counts = {"unread": unread, "conditional": conditional, "assumed": assumed, "told": told, "all": len(found)}
    return said.licences.format(**{name: number.count(each) for name, each in counts.items()})


def value_of(name: str, fact: Plain, text: ScorerPage) -> str | None:
    """A fact's value as people read it; None where it is not known."""
    value = fact.get("value")
    if value is None:
        return None
    if name in MONEY:
        return money(value)
    said = amount(value)
    return text.facts.words.get(said, said)


def rests_on(fact: Plain, text: ScorerPage) -> Html:
    """How a fact is known, its source with a link where there is one, the day it was read, and what is to be noted."""
    how = text.facts.evidence.get(str(fact.get("evidence")), "")
    source = str(fact.get("source") or "")
    parts = [
        markup(how),
        outward(str(fact.get("url") or ""), source) if source else Html(""),
        Html(f'<span class="day">{markup(str(fact.get("as_of") or ""))}</span>') if fact.get("as_of") else Html(""),
    ]
    lines = (" · ".join(filter(None, parts)), markup(str(fact.get("note") or ""), limit=LONG))
    return Html("<br>".join(filter(None, lines)))


def badges(name: str, fact: Plain, text: ScorerPage) -> Html:
    """Signs of age: a fact that was read over 180 days ago, a model that ends within 90."""
    said, found = text.facts, []
    if (day := fact.get("as_of")) and (today() - date.fromisoformat(day)).days > STALE_DAYS:
        found.append(said.stale)
    days = fact.get("value")
    if name == ENDS and days is not None and days <= NOTICE_DAYS:
        found.append(said.ended if days < 0 else said.ends.format(days=number.count(days)))
    return join(Html(f' <b class="badge">{markup(each)}</b>') for each in found)


def _cell(name: str, fact: Plain, text: ScorerPage) -> str:
    shown = value_of(name, fact, text)
    if shown is None:
        return f'<td><span class="quiet">{markup(text.facts.unknown)}</span></td>'
    how = markup(text.facts.evidence.get(str(fact.get("evidence")), ""))
    return f"<td>{markup(shown)}<br><small>{how}</small>{badges(name, fact, text)}</td>"


def _card(candidate: Mapping[str, Any], text: ScorerPage) -> Html:
    """A model; closed it says what matters most, open where each number comes from."""
    said, words, known = text.facts, need_texts().facts | text.facts.more, candidate["facts"]
    glance = {name: value_of(name, known.get(name, {}), text) or said.unknown for name in GLANCE}
    every = dict.fromkeys((*GLANCE, *FACTS, *(name for name in words if name in known)))
    rows = "".join(
        f"<dt>{markup(words[name])}</dt><dd>{_known(name, known.get(name, {}), text)}</dd>" for name in every
    )
    aged = badges(ENDS, known.get(ENDS, {}), text)
    return Html(
        f'<li><details class="card"><summary><span class="head"><b>{markup(candidate["name"])}</b> '
        f'<span class="quiet">{markup(candidate.get("provider") or "")}</span>{aged}'
        f'<span class="plain">{markup(said.glance.format(**glance), limit=LONG)}</span></span></summary>'
        f'<div class="inside"><dl>{rows}</dl></div></details></li>'
    )


def _known(name: str, fact: Plain, text: ScorerPage) -> Html:
    shown = value_of(name, fact, text)
    told = markup(text.facts.unknown if shown is None else shown, limit=LONG)
    return Html(f"{told}{badges(name, fact, text)}<br><small>{rests_on(fact, text)}</small>")
