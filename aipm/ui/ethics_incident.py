"""The part "When it goes wrong" of the Ethics page: the plan, and an exercise on it."""

from datetime import date
from functools import partial

from aipm.content.law import laws
from aipm.governance import paper
from aipm.governance.incident import IncidentPlan, gaps, incident_texts
from aipm.governance.product import Product
from aipm.ui import clock, ethics_steps, ethics_take, page
from aipm.ui.ethics_incident_exercise import exercise
from aipm.ui.fragments import notes
from aipm.ui.governance_state import form
from aipm.ui.safe import Html, markup

VIEW = "incident"


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, plan, product = incident_texts(), form(IncidentPlan), form(Product)
    found = gaps(plan, today=clock.today())
    page.section(texts.title, sentence=texts.sentence)
    ethics_steps.missing(VIEW, texts, found, empty=plan == IncidentPlan())
    ethics_steps.steps(VIEW, IncidentPlan, texts, {"duties": _duties, "exercise": exercise})
    ethics_take.take_along(VIEW, {"markdown": partial(_document, day=clock.today())}, after=product.name)
    ethics_take.sources(texts.sources, as_of=texts.as_of)


def _document(read: ethics_take.Read, *, day: date) -> str:
    plan = read(IncidentPlan)
    return paper.markdown(incident_texts(), plan, gaps(plan, today=day), product=read(Product), day=day)


def _duties() -> None:
    texts = incident_texts()
    page.draw(Html(f'<h4 class="within">{markup(texts.duties_title)}</h4>'), notes(map(laws().filled, texts.duties)))
