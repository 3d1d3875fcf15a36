"""The dates of the laws in the order of time, with today between what applies and what is to come."""

from datetime import date

from aipm.content.day import in_full
from aipm.content.law import laws
from aipm.governance.triage import TriageResult
from aipm.ui import page
from aipm.ui.ethics_triage_texts import triage_texts
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup

A_QUARTER, TWO_YEARS = 92, 730
"""Days up to which a time is said in days, and in months."""


def away(day: date, *, today: date) -> str:
    """How far off a coming day is, in the unit that fits."""
    words, days = triage_texts().away, (day - today).days
    if days <= A_QUARTER:
        return words["days"].format(n=days)
    if days <= TWO_YEARS:
        return words["months"].format(n=round(days / 30.44))
    return words["years"].format(n=f"{days / 365.25:.1f}")


def draw(result: TriageResult, *, today: date) -> None:
    """The timeline as a list; the days from which duties of this result apply stand out."""
    said = triage_texts().timeline
    touched = {each.since for each in result.duties if result.begun and each.sure}
    shown = [(each.day, laws().filled(each.what)) for each in laws().dates.values() if each.what]
    here = f'<li class="today"><b>{markup(said.today.format(today=in_full(today)))}</b></li>'
    items, passed = [], False
    for day, what in shown:
        if day > today and not passed:
            items.append(here)
            passed = True
        state, word = ("past", said.past) if day <= today else ("ahead", f"{said.coming}, {away(day, today=today)}")
        touches = f" · {said.touches}" if day in touched else ""
        items.append(
            f'<li class="{state}{" touched" if touches else ""}">'
            f'<time datetime="{day.isoformat()}">{markup(in_full(day))}</time>'
            f'<span class="points"><i aria-hidden="true"></i>{markup(word + touches)}</span>'
            f"<p>{markup(what, limit=LONG)}</p></li>"
        )
    if not passed:
        items.append(here)
    page.section(said.title, sentence=said.sentence.format(today=in_full(today)))
    page.draw(Html(f'<ol class="law-dates" aria-label="{markup(said.alt, limit=LONG)}">{"".join(items)}</ol>'))
