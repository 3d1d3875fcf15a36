"""A document on the page, as it is written to be handed on: the same words in the same order."""

from aipm.content.chart import Chart, columns, rows
from aipm.content.document import Block, Bullets, Document, Facts, Heading, Paragraph, Table
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, join, table
from aipm.ui.safe import Html, markup

LEVELS = {2: "h3", 3: "h4"}
"""Below the page's own headings."""


def view(document: Document) -> Html:
    """Draw it; every text in it may be what somebody typed."""
    head = f'<p class="eyebrow">{markup(document.eyebrow)}</p><h3 class="document-title">{_text(document.title)}</h3>'
    lead = f'<p>{_text(document.lead)}</p><p class="quiet">{_text(document.note)}</p>'
    return Html(f'<article class="document">{head}{lead}{join(map(_block, document.blocks))}</article>')


def _block(block: Block) -> Html:
    match block:
        case Heading(text=said, level=level):
            return _in(LEVELS[level], _text(said))
        case Paragraph(text=said, quiet=quiet):
            return page.quiet(said) if quiet else _in("p", _text(said))
        case Bullets(items=items):
            return _in("ul", join(_in("li", _text(each)) for each in items))
        case Facts(pairs=pairs, open=unknown):
            known = ((name, unknown if value is None else value) for name, value in pairs)
            return _in(
                "dl", join(_in("div", join((_in("dt", _text(name)), _in("dd", _text(said))))) for name, said in known)
            )
        case Table(columns=names, rows=lines, title=title):
            return table([Column(name=each) for each in names], lines, caption=title)
        case Chart(title=title, alternative=seen):
            values = table([Column(name=each) for each in columns(block)], rows(block), caption=title)
            return join((_in("p", _text(seen)), values))


def _in(tag: str, content: Html) -> Html:
    return Html(f"<{tag}>{content}</{tag}>")


def _text(said: str) -> Html:
    return markup(said, limit=LONG)
