"""How complete the forms are: which have something in them, and what each lacks most, in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from aipm.governance import gate_words, lines_people, practices_paper, roles_words
from aipm.governance.ab_test import AbTest
from aipm.governance.dossier import Dossier
from aipm.governance.dpia import dpia_texts
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.feedback_words import finding
from aipm.governance.form_texts import FormTexts, Gap
from aipm.governance.forms import FORMS
from aipm.governance.hand_on_texts import State, hand_on_texts, metric_words, name_of
from aipm.governance.harms import harm_texts
from aipm.governance.incident import incident_texts
from aipm.governance.lines import plain
from aipm.governance.notice_texts import notice_texts
from aipm.governance.papers import severe_said
from aipm.governance.practices import Practices
from aipm.governance.practices import assess as practices_assess
from aipm.governance.privacy import PrivacyByDesign, privacy_texts
from aipm.governance.privacy import assess as privacy_assess
from aipm.governance.product import Product
from aipm.governance.roles import Raci
from aipm.governance.stack import StackNeeds

SHORT = 180
"""Characters of what a form lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A form in the table of contents; `says` is what it lacks most, None where nothing is missing that is checked."""

    form: str
    name: str
    state: State
    says: str | None


def contents(d: Dossier) -> tuple[Part, ...]:
    """Every form in the order of the pages."""
    return tuple(
        Part(form=form, name=name_of(form), state="empty", says=None) if not d.filled(form) else _begun(d, form)
        for form in FORMS
    )


def _begun(d: Dossier, form: str) -> Part:
    found = LACKS[form](d)
    says = plain(found, SHORT) if found else None
    return Part(form=form, name=name_of(form), state="begun" if says else "filled", says=says)


def _product(d: Dossier) -> str | None:
    texts, product = hand_on_texts(), d.of(Product)
    names = [texts.product.short[each.name] for each in fields(Product) if getattr(product, each.name) is None]
    return texts.contents.product.format(names=", ".join(names)) if names else None


def _stack(d: Dossier) -> str | None:
    form, known = d.of(StackNeeds), fields(StackNeeds)
    count = sum(getattr(form, each.name) is None for each in known)
    return hand_on_texts().contents.stack.format(count=count, all=len(known)) if count else None


def _test(d: Dossier) -> str | None:
    test, say = d.of(AbTest), hand_on_texts().contents
    return say.ab_test if test.decision is None else say.ab_owner if test.owner is None else None


def _feedback(d: Dossier) -> str | None:
    found = d.feedback.findings
    return finding(found[0], d.of(FeedbackPlan)) if found else None


def _practices(d: Dossier) -> str | None:
    form = d.of(Practices)
    found = practices_assess(form)
    return practices_paper.answer(form, found)[0] if found.next or found.open else None


def _roles(d: Dossier) -> str | None:
    return roles_words.said(d.of(Raci), d.team.findings[0]) if d.team.findings else None


def _triage(d: Dossier) -> str | None:
    names = lines_people.unsure(d)
    return hand_on_texts().lines["open_questions"].format(names="; ".join(names)) if names else None


def _privacy(d: Dossier) -> str | None:
    texts, found = privacy_texts(), privacy_assess(d.of(PrivacyByDesign)).gaps
    if not found:
        return None
    checks = {key: text.text for each in texts.principles.values() for key, text in each.checks.items()}
    return texts.gaps[found[0].code].format(check=checks[found[0].row or ""])


def _said(texts: FormTexts, gaps: Sequence[Gap]) -> str | None:
    if not gaps:
        return None
    said = texts.said(gaps[0])
    return said[:1].upper() + said[1:]


LACKS: dict[str, Callable[[Dossier], str | None]] = {
    "product": _product,
    "stack": _stack,
    "gates": lambda d: gate_words.answer(d.board, today=d.today)[0] if d.board.current else None,
    "metrics": lambda d: metric_words().open.gaps[d.metrics[0]] if d.metrics else None,
    "ab_test": _test,
    "feedback": _feedback,
    "practices": _practices,
    "roles": _roles,
    "triage": _triage,
    "register": lambda d: None if d.risks.gate == "ready" else lines_people.gate(d),
    "harms": lambda d: _said(harm_texts(), d.people.gaps),
    "dpia": lambda d: _said(dpia_texts(), d.privacy.gaps),
    "privacy": _privacy,
    "notice": lambda d: _said(notice_texts(), d.notice.gaps),
    "incident": lambda d: _said(incident_texts(), d.incident),
}


def answer(d: Dossier, *, card: tuple[int, int], sheet: tuple[int, int]) -> tuple[str, ...]:
    """How complete what is handed on is. `card`, `sheet`: open questions and all of them."""
    say = hand_on_texts().answer
    filled = sum(map(d.filled, FORMS))
    if not filled:
        return (say.none,)
    lines = say.lines.format(card=card[1] - card[0], card_all=card[1], sheet=sheet[1] - sheet[0], sheet_all=sheet[1])
    stale = len(d.stale)
    more = say.stale_one if stale == 1 else say.stale.format(count=stale) if stale else ""
    return (f"{say.filled.format(filled=filled, all=len(FORMS))} {severe_said(d)}", f"{lines} {more}".strip())
