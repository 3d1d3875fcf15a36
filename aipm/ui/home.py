"""What Home says (content/home.yaml), and what only it draws: the tools of a product's life, the principles."""

from collections.abc import Iterable
from dataclasses import dataclass

from aipm import content
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One kind of visitor and where to begin: a page, and perhaps the same with a sample open."""

    title: str
    text: str
    link: str
    page: str
    sample: str | None = None
    sample_link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    title: str
    visitors: tuple[Visitor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool and the stage of a product's life it serves."""

    stage: str
    name: str
    question: str
    page: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    title: str
    tools: tuple[Tool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    eyebrow: str
    title: str
    lead: str
    start: Start
    life: Life
    principles: tuple[Principle, ...]


def home() -> Home:
    found: Home = content.load("home", Home)
    return found


def opening(text: Home) -> Html:
    return Html(
        f'<p class="eyebrow">{markup(text.eyebrow)}</p><h1>{markup(text.title)}</h1>'
        f'<p class="lead">{markup(text.lead, limit=LONG)}</p><h2>{markup(text.start.title)}</h2>'
    )


def visitor(text: Visitor) -> Html:
    return Html(f"<h3>{markup(text.title)}</h3><p>{markup(text.text, limit=LONG)}</p>")


def tool(text: Tool) -> Html:
    return Html(
        f'<div class="tool"><span class="stage">{markup(text.stage)}</span>'
        f"<span><h3>{markup(text.name)}</h3><p>{markup(text.question, limit=LONG)}</p></span></div>"
    )


def principles(texts: Iterable[Principle]) -> Html:
    items = (f"<div><h3>{markup(text.title)}</h3><p>{markup(text.text, limit=LONG)}</p></div>" for text in texts)
    return Html(f'<div class="principles">{"".join(items)}</div>')
