"""Everything that is handed on as one ZIP: the papers, the tables, each form to read, and the file of all forms."""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from aipm.content import document as paper_of
from aipm.content.day import day as written
from aipm.content.document import Document
from aipm.governance import (
    data_sheet,
    feedback_export,
    gates_export,
    model_card,
    one_page,
    paper,
    practices_paper,
    risk_exports,
    roles_words,
    stack_export,
)
from aipm.governance.dossier import Dossier
from aipm.governance.dpia import Dpia, dpia_texts
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.forms import FILE, to_json
from aipm.governance.gates import Gates
from aipm.governance.hand_on_texts import Paper, hand_on_texts, shared
from aipm.governance.harms import HarmCanvas, harm_texts
from aipm.governance.incident import IncidentPlan, incident_texts
from aipm.governance.practices import Practices
from aipm.governance.privacy import PrivacyByDesign
from aipm.governance.product import Product
from aipm.governance.roles import Raci
from aipm.governance.stack import StackNeeds, shortlist

FILES: dict[Paper, str] = {"brief": "brief", "card": "model-card", "sheet": "datasheet"}
MARK = b"\xef\xbb\xbf"
"""At the start of a CSV: spreadsheets take a file without it for another code."""


def papers(d: Dossier) -> dict[Paper, Document]:
    """The three papers."""
    name = d.of(Product).name
    return {
        "brief": one_page.document(d),
        "card": model_card.document(d, product=name),
        "sheet": data_sheet.document(d, product=name),
    }


def register_csv(d: Dossier, *, made_by: str) -> bytes:
    return MARK + risk_exports.register_csv(d.risks, bank=d.bank, made_by=made_by, day=d.today).encode()


def register_markdown(d: Dossier, *, made_by: str) -> bytes:
    return risk_exports.register_markdown(
        d.risks, bank=d.bank, asked=len(d.applies), product=d.of(Product), made_by=made_by, day=d.today
    ).encode()


def gates_csv(d: Dossier) -> bytes:
    return MARK + gates_export.csv(d.board, today=d.today).encode()


def gates_markdown(d: Dossier) -> bytes:
    return gates_export.markdown(d.board, d.of(Gates), product=d.of(Product), today=d.today).encode()


def bundle(d: Dossier, *, made_by: str, at: datetime, unread: Mapping[str, Any] | None = None) -> bytes:
    """A ZIP of it all. `at`: this moment; `unread`: what an opened file held that could not be read."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, data in files(d, made_by=made_by, at=at, unread=unread):
            entry = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(entry, data)
    return out.getvalue()


def files(
    d: Dossier, *, made_by: str, at: datetime, unread: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Names and contents. The names are ours: nothing that was typed goes into them."""
    yield "README.txt", f"{hand_on_texts().all.readme.format(day=written(d.today))}\n{shared().not_advice}\n".encode()
    yield FILE, to_json(d.forms, unread=unread, saved=at.isoformat(timespec="seconds"))
    for kind, document in papers(d).items():
        yield f"{FILES[kind]}.md", paper_of.markdown(document).encode()
        yield f"{FILES[kind]}.html", paper_of.html(document, generated=at).encode()
    if d.filled("register"):
        yield "register.csv", register_csv(d, made_by=made_by)
        yield "register.md", register_markdown(d, made_by=made_by)
    if d.filled("gates"):
        yield "gates.csv", gates_csv(d)
        yield "gates.md", gates_markdown(d)
    yield from _people(d, d.of(Product), d.today)
    yield from _plans(d, d.of(Product), d.today, at)


def _people(d: Dossier, product: Product, today: date) -> Iterator[tuple[str, bytes]]:
    """What people are told, and what was thought through about them."""
    if d.filled("notice"):
        yield "notice.md", paper.notice_markdown(d.notice.told).encode()
        yield "notice.html", paper.notice_html(d.notice.told).encode()
        yield "notice.txt", paper.notice_text(d.notice.told).encode()
    if d.filled("harms"):
        text = paper.markdown(harm_texts(), d.of(HarmCanvas), d.people.gaps, product=product, day=today)
        yield "who-is-affected.md", text.encode()
    if d.filled("dpia"):
        text = paper.markdown(dpia_texts(), d.of(Dpia), d.privacy.gaps, product=product, day=today)
        yield "privacy-assessment.md", text.encode()
    if d.filled("privacy"):
        yield "privacy-by-design.md", paper.privacy_markdown(d.of(PrivacyByDesign), product=product, day=today).encode()
    if d.filled("incident"):
        text = paper.markdown(incident_texts(), d.of(IncidentPlan), d.incident, product=product, day=today)
        yield "incident-plan.md", text.encode()


def _plans(d: Dossier, product: Product, today: date, at: datetime) -> Iterator[tuple[str, bytes]]:
    """How it is built, watched, and by whom."""
    if d.filled("stack"):
        tools = shortlist(d.of(StackNeeds))
        yield "tools.md", paper_of.markdown(stack_export.document(tools, product=product)).encode()
        yield "tools.csv", MARK + stack_export.csv(tools).encode()
    if d.filled("feedback"):
        plan = d.of(FeedbackPlan)
        document = feedback_export.document(plan, d.feedback, product=product, answers=shared().answers, today=today)
        yield "feedback-plan.md", paper_of.markdown(document).encode()
        yield "feedback-plan.csv", MARK + feedback_export.csv(d.feedback).encode()
        yield "feedback-plan.ics", feedback_export.calendar(plan, product=product, today=today, stamp=at)
    if d.filled("roles"):
        raci = d.of(Raci)
        document = roles_words.document(raci, d.team, product=product, day=today)
        yield "who-does-what.md", paper_of.markdown(document).encode()
        yield "who-does-what.csv", MARK + roles_words.csv(raci).encode()
    if d.filled("practices"):
        document = practices_paper.document(d.of(Practices), product=product, day=today)
        yield "varying-answers.md", paper_of.markdown(document).encode()
