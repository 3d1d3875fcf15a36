"""The brief on one page: what it is, which rules, where the risks stand, who answers, what is missing or stale.

Every part has a bounded length, so that it stays one side of A4 whatever was typed.
"""

from collections.abc import Callable, Iterator
from datetime import date

from aipm.content.day import day
from aipm.content.document import Document, Facts
from aipm.governance import gate_words, lines_data, lines_people
from aipm.governance.ab_test import AbTest
from aipm.governance.dossier import Dossier
from aipm.governance.dpia import Dpia
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.feedback_words import answer as feedback_answer
from aipm.governance.feedback_words import name as signal_name
from aipm.governance.forms import FORMS
from aipm.governance.hand_on_texts import (
    PARTS,
    Part,
    Review,
    capability_name,
    hand_on_texts,
    metric_words,
    name_of,
    triage_words,
)
from aipm.governance.harms import LEVELS, HarmCanvas
from aipm.governance.incident import IncidentPlan
from aipm.governance.lines import plain, reasons
from aipm.governance.lines import say as say_line
from aipm.governance.metric_sheet import CostMatrix, MetricSheet
from aipm.governance.papers import severe_said, state
from aipm.governance.product import Product
from aipm.governance.risk_said import name_of as row_name
from aipm.governance.roles_texts import roles_texts
from aipm.governance.triage import Duty

MOST = 360
"""Characters of one part."""
NAMED = 3
"""Things named of a list."""
NAME = 80
PIECE = 170
"""Characters of a name, and of what somebody typed, within a part."""


def document(d: Dossier) -> Document:
    """To hand on."""
    texts = hand_on_texts().brief
    product = plain(d.of(Product).name or hand_on_texts().unnamed, NAME)
    return Document(
        eyebrow=texts.eyebrow,
        title=texts.title.format(product=product[:1].upper() + product[1:]),
        lead=texts.lead.format(rules=plain(lines_people.tier(d), MOST), severe=severe_said(d)),
        note=texts.note.format(state=state(d)),
        blocks=(Facts(tuple((texts.rows[part], said(d, part)) for part in PARTS), open=""),),
        compact=True,
    )


def said(d: Dossier, part: Part) -> str:
    """A part of the brief; that it is missing, and where to fill it in, where nothing is known of it."""
    found = " ".join(each for each in ROWS[part](d) if each)
    return plain(found, MOST) or missing(part)


def missing(part: Part) -> str:
    texts = hand_on_texts().brief
    return texts.missing.format(what=texts.things[part], form=name_of(texts.places[part]))


def _say(name: str, /, **values: object) -> str:
    return hand_on_texts().brief.lines[name].format(**values)


def _few(names: list[str], limit: int = NAME) -> str:
    """The first of them, and how many more."""
    more = hand_on_texts().brief.more.format(count=len(names) - NAMED) if len(names) > NAMED else ""
    return "; ".join(plain(each, limit).rstrip(".") for each in names[:NAMED]) + more


def _what(d: Dossier) -> Iterator[str]:
    product = d.of(Product)
    if product == Product():
        return
    yield plain(product.purpose, PIECE) if product.purpose else missing("what")
    if product.capability:
        yield say_line("kind", name=capability_name(product.capability))
    if product.model:
        yield _say("model", name=plain(product.model, NAME))
    if product.threshold is not None:
        yield say_line("threshold", threshold=f"{product.threshold:g}")
    yield _say("owner", who=plain(product.owner, NAME)) if product.owner else _say("nobody")


def _rules(d: Dossier) -> Iterator[str]:
    if not d.rules.begun:
        return
    yield lines_people.tier(d)
    mine = [each for each in d.rules.duties if each.owed is not False]
    sure = [each for each in mine if each.sure]
    now = sum(each.in_force for each in sure)
    yield _say("duties", now=now, later=len(sure) - now, maybe=len(mine) - len(sure))
    coming = min((each for each in sure if not each.in_force), key=_begins, default=None)
    if coming is not None and coming.since is not None:
        title = plain(triage_words().list[coming.key].title, NAME).rstrip(".")
        yield _say("next_duty", title=title, day=day(coming.since))


def _begins(duty: Duty) -> date:
    return duty.since or date.max


def _risks(d: Dossier) -> Iterator[str]:
    if d.filled("register"):
        yield lines_people.gate(d)
        held = lines_people.severe(d)
        names = [plain(row_name(each), 60) for each in held if each.item is not None][:2]
        if names:
            yield _say("severe", names="; ".join(names) + _rest(len(held) - len(names)))


def _rest(count: int) -> str:
    return hand_on_texts().brief.more.format(count=count) if count > 0 else ""


def _people(d: Dossier) -> Iterator[str]:
    groups = sorted(
        (each for each in d.of(HarmCanvas).groups if each.harm),
        key=lambda each: -LEVELS.index(each.harm_level) if each.harm_level else 1,
    )
    for each in groups[:2]:
        yield _say("worst", who=plain(lines_people.who_of(each), 60), harm=plain(each.harm or "", 110))
    if any(gap.code.startswith("nobody_asked") for gap in d.people.gaps):
        yield _say("not_asked")


def _stage(d: Dossier) -> Iterator[str]:
    if not d.filled("gates"):
        return
    yield gate_words.answer(d.board, today=d.today)[0]
    if d.board.current is not None:
        names = [each.said for each in d.board.gate(d.board.current).missing]
        if names:
            yield _say("lacking", names=_few(names))


def _measures(d: Dossier) -> Iterator[str]:
    if not d.filled("metrics"):
        return
    sheet = d.of(MetricSheet)
    for role in lines_data.ROLES:
        measure = getattr(sheet, role)
        if measure.name:
            target = plain(measure.target, 50).rstrip(".") if measure.target else _say("no_target")
            named = metric_words().goals.roles[role].name
            yield _say("metric", role=named, name=plain(measure.name, 50), target=target)
    if sheet.answer == "yes_no" and sheet.costs != CostMatrix():
        yield say_line("costs", **lines_data.priced(sheet))
    if d.metrics:
        yield _say("mind", gap=plain(metric_words().open.gaps[d.metrics[0]], 110))


def _feedback(d: Dossier) -> Iterator[str]:
    if d.filled("feedback"):
        yield feedback_answer(d.of(FeedbackPlan), d.feedback)[0]


def _owners(d: Dossier) -> Iterator[str]:
    if d.filled("roles"):
        for activity in hand_on_texts().brief.activities:
            who = lines_people.who_does(d, activity, "accountable") or _say("nobody_for")
            yield _say("accountable", activity=roles_texts().activities[activity].name, who=plain(who, 60))


def _wrong(d: Dossier) -> Iterator[str]:
    plan = d.of(IncidentPlan)
    if plan.stop_how or plan.stop_who:
        who = plain(plan.stop_who, 60) if plan.stop_who else _say("nobody_for").capitalize()
        yield _say("stop", who=who, how=plain(plan.stop_how or "–", 110))
        if plan.fallback:
            yield _say("fallback", text=plain(plan.fallback, 110))


def _appeal(d: Dossier) -> Iterator[str]:
    if text := lines_people.appeal(d):
        yield text


def _change(d: Dossier) -> Iterator[str]:
    """Stop rules, the guardrail's floor, what a test decides, and the days of review."""
    for each in [each for each in d.of(FeedbackPlan).signals if each.stop][:2]:
        yield _say("stop_rule", signal=plain(signal_name(each), 40), stop=plain(each.stop or "", 90).rstrip("."))
    guard = d.of(MetricSheet).guardrail
    if guard.name and guard.floor:
        yield _say("guard", name=plain(guard.name, 50), floor=plain(guard.floor, 40).rstrip("."))
    if decision := d.of(AbTest).decision:
        yield _say("decision", text=plain(decision, 90))
    if due := reviews(d):
        yield _say("review", days="; ".join(due[:NAMED]))


def reviews(d: Dossier) -> list[str]:
    """Days on which something is to be looked at again, the earliest first."""
    found: list[tuple[date, Review]] = []
    if d.of(Dpia).review_by:
        found.append((d.of(Dpia).review_by or date.max, "dpia"))
    if d.of(IncidentPlan).drill_next:
        found.append((d.of(IncidentPlan).drill_next or date.max, "drill"))
    accepted = (each.item for each in d.risks.rows if each.state == "accepted" and each.item is not None)
    found += [(item.accepted_until, "accepted") for item in accepted if item.accepted_until]
    found += [(proof.evidence.review_by, "evidence") for proof in d.proofs if proof.evidence.review_by]
    names = hand_on_texts().brief.reviews
    return [
        _say("past" if when < d.today else "review_of", what=names[what], day=day(when))
        for when, what in sorted(set(found))
    ]


def _unknown(d: Dossier) -> Iterator[str]:
    unsure = d.risks.counts["unsure"]
    if unsure:
        yield _say("unsure", count=unsure)
    if names := lines_people.unsure(d):
        yield _say("open_rules", names=_few(names, 40))
    empty = [name_of(name) for name in FORMS if not d.filled(name)]
    if empty:
        yield _say("forms", count=len(empty), all=len(FORMS), names=_few(empty, 40))
    if not (unsure or names or empty):
        yield _say("nothing")


def _stale(d: Dossier) -> Iterator[str]:
    if d.proofs:
        names = [f"{plain(each.about, 70)} ({reasons(each.standing)})" for each in d.stale]
        yield _few(names, 130) + "." if names else _say("nothing_stale")


ROWS: dict[Part, Callable[[Dossier], Iterator[str]]] = {
    "what": _what,
    "rules": _rules,
    "risks": _risks,
    "people": _people,
    "stage": _stage,
    "measures": _measures,
    "feedback": _feedback,
    "owners": _owners,
    "wrong": _wrong,
    "appeal": _appeal,
    "change": _change,
    "unknown": _unknown,
    "stale": _stale,
}
