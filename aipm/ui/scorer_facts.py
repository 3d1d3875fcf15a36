"""The table of facts: what is known of each model, how it is known, and how old that is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aipm.selection.catalogue import NOTICE_DAYS, STALE_DAYS
from aipm.selection.needs import need_texts
from aipm.ui import page
from aipm.ui.fragments import scrolling
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_state import today
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import amount, money

SHOWN = 12
FACTS = (
    "usd_per_1000_requests",
    "monthly_usd",
    "context_window",
    "max_output",
    "commercial_use",
    "open_weights",
    "tool_use",
    "fine_tunable",
    "months_since_release",
    "days_to_deprecation",
)
MONEY = frozenset({"usd_per_1000_requests", "monthly_usd"})


def facts(models: Sequence[Mapping[str, Any]], text: ScorerPage) -> None:
    said = text.facts
    page.section(said.title)
    words = need_texts().facts
    head = "".join(f'<th scope="col">{markup(words[name])}</th>' for name in FACTS)
    body = "".join(
        f'<tr><th scope="row">{markup(each["name"])}<br><small>{markup(each.get("provider", ""))}</small></th>'
        f"{''.join(_cell(name, each['facts'].get(name, {}), text) for name in FACTS)}</tr>"
        for each in models[:SHOWN]
    )
    drawn = Html(
        f'<table><thead><tr><th scope="col">{markup(said.model)}</th>{head}</tr></thead><tbody>{body}</tbody></table>'
    )
    page.draw(scrolling(drawn, label=said.caption.format(count=min(SHOWN, len(models)))))


def _cell(name: str, fact: Mapping[str, Any], text: ScorerPage) -> str:
    said, value = text.facts, fact.get("value")
    note = f' title="{markup(str(fact["note"]), limit=2_000)}"' if fact.get("note") else ""
    if value is None:
        return f'<td{note}><span class="quiet">{markup(said.unknown)}</span></td>'
    shown = money(value) if name in MONEY else amount({True: "yes", False: "no"}.get(value, value))
    small = [said.evidence.get(str(fact.get("evidence")), ""), str(fact.get("as_of") or "")]
    badges = ""
    if (day := fact.get("as_of")) and (today() - date.fromisoformat(day)).days > STALE_DAYS:
        badges += f'<br><b class="badge">{markup(said.stale)}</b>'
    if name == "days_to_deprecation" and value <= NOTICE_DAYS:
        badges += f'<br><b class="badge">{markup(said.ended if value < 0 else said.ends.format(days=value))}</b>'
    source = markup(" · ".join(filter(None, small)))
    return f'<td{note}>{markup(shown)}<br><small style="white-space:nowrap">{source}</small>{badges}</td>'
