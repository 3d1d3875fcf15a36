"""Evidence as pieces of a page: how it stands today and why, what it is, what a tool says now."""

from datetime import datetime

from aipm.content.day import day
from aipm.governance.evidence import Evidence, Freshness, Result, Standing, standing
from aipm.governance.product import Product
from aipm.ui import clock, results
from aipm.ui.fragments import LONG, facts, join
from aipm.ui.governance_state import form
from aipm.ui.governance_texts import governance_texts
from aipm.ui.safe import Html, markup

SIGNS: dict[Freshness, str] = {
    "fresh": "within-tolerance",
    "stale": "inconclusive",
    "failed": "gap",
    "missing": "not-enough-data",
}
"""A state of evidence -> the verdict whose sign and colour it shares (style.css)."""
FORMS_HERE = frozenset(results.OF_FORMS.values())
DIGITS = 12
"""Of a sha256, on the page; all of them are in the downloads."""


def standing_now(evidence: Evidence | None) -> Standing:
    """How it stands today, held against each tool's latest result in this session and against the product."""
    return standing(evidence, latest=results.latest(), product=form(Product), today=clock.today())


def badge(standing: Standing) -> Html:
    """A sign, a word, and why: "Stale: the data are no longer the same"."""
    said = governance_texts()
    why = ", ".join(said.reasons[each] for each in standing.reasons)
    word = said.freshness[standing.freshness]
    if standing.freshness == "fresh" and not standing.compared:
        why = said.evidence.not_compared
    more = f'<span class="why">: {markup(why, limit=LONG)}</span>' if why else ""
    verdict = f"verdict is-{SIGNS[standing.freshness]}"
    return Html(f'<span class="{verdict}"><span class="sign"></span>{markup(word)}</span>{more}')


def sign(state: Freshness) -> Html:
    """The sign alone, for words of one's own."""
    return Html(f'<span class="verdict is-{SIGNS[state]}"><span class="sign"></span></span>')


def moment(at: datetime) -> str:
    """A time as the person at the screen reads it: 12 Nov 2026, 14:05."""
    local = at.astimezone(clock.zone())
    return f"{day(local)}, {local:%H:%M}"


def described(evidence: Evidence) -> Html:
    """What it is in a few lines, for a card: the tool's sentence, the file or the place, and what it shows."""
    said = governance_texts().evidence
    lines = []
    pairs = []
    if (found := evidence.result) is not None and evidence.kind == "result":
        lines.append(found.said if found.tool in FORMS_HERE else f"{said.tools[found.tool]}: {found.said}")
        pairs += _fingerprint(found)
    elif evidence.kind == "file":
        lines.append(evidence.file_name or "")
        pairs.append((said.sha256, (evidence.file_sha256 or "")[:DIGITS]))
    else:
        lines.append(evidence.link or "")
    if evidence.says:
        lines.append(evidence.says)
    pairs += [(said.added, day(evidence.added))]
    pairs += [(said.by, evidence.by)] if evidence.by else []
    pairs += [(said.review_by, day(evidence.review_by))] if evidence.review_by else []
    told = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in lines if line)
    return Html(f'<div class="evidence">{told}{_small(pairs)}</div>')


def result_card(result: Result) -> Html:
    """A tool's latest result: what it says, when, on what, and whether it speaks against going on."""
    said = governance_texts().evidence
    against = f"<p>{badge(Standing(freshness='failed', reasons=('spoke_against',)))}</p>" if result.against else ""
    return join(
        [
            Html(f'<h4 class="small-title">{markup(said.tools[result.tool])}</h4>'),
            Html(f"<p>{markup(result.said, limit=LONG)}</p>{against}"),
            _small([(said.at, moment(result.at)), *_fingerprint(result)]),
        ]
    )


def _fingerprint(result: Result) -> list[tuple[str, str]]:
    said = governance_texts().evidence
    named = [(said.data_name, result.data_name), (said.model, result.model)]
    threshold = [] if result.threshold is None else [(said.threshold, f"{result.threshold:g}")]
    return [*((name, value) for name, value in named if value), *threshold, (said.fingerprint, result.fingerprint)]


def _small(pairs: list[tuple[str, str]]) -> Html:
    return Html(f'<div class="small-facts">{facts(pairs)}</div>') if pairs else Html("")
