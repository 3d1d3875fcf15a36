"""A document to hand on, and its writers: Markdown, and HTML that prints well.

Every text may be what somebody typed: it is written as the same characters, never as markup.
"""

from dataclasses import dataclass
from datetime import datetime

from aipm.content import html_report
from aipm.content.chart import Chart, columns, rows
from aipm.content.chart_drawing import drawing
from aipm.content.markdown import bullets, drawn, paragraph, table


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2
    """2 for a section, 3 for a part of it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of the text are kept."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values; a value that is None is written as `open`: what is not known is shown as not known."""

    pairs: tuple[tuple[str, str | None], ...]
    open: str


@dataclass(frozen=True, slots=True)
class Table:
    """`title` says what it shows; numeric columns by their place are set to the right in HTML."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


Block = Heading | Paragraph | Bullets | Facts | Table | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`eyebrow` says what kind of document it is, `lead` its one sentence, `note` what it does not promise."""

    eyebrow: str
    title: str
    lead: str
    note: str
    blocks: tuple[Block, ...]
    compact: bool = False
    """In HTML: small type, names beside their values, so that much stands on one page of paper."""


def markdown(document: Document) -> str:
    """As Markdown of GitHub's kind."""
    head = [f"# {drawn(document.title)}", paragraph(document.lead), f"*{drawn(document.note)}*"]
    return "\n\n".join([*head, *(_markdown(each) for each in document.blocks)]) + "\n"


def html(document: Document, *, generated: datetime) -> str:
    """As one HTML file that runs nothing and fetches nothing; `generated` knows its time zone."""
    return html_report.report(
        "document.html",
        "audit_report.css",
        "document.css",
        generated=generated,
        document=document,
        drawing=drawing,
        columns=columns,
        rows=rows,
        blocks=[(type(each).__name__.lower(), each) for each in document.blocks],
    )


def _markdown(block: Block) -> str:
    match block:
        case Heading(text=text, level=level):
            return f"{'#' * level} {drawn(text)}"
        case Paragraph(text=text):
            return paragraph(text)
        case Bullets(items=items):
            return bullets(items)
        case Facts(pairs=pairs, open=unknown):
            known = ((name, unknown if value is None else value) for name, value in pairs)
            return "\n\n".join(f"**{drawn(name)}**\\\n{paragraph(value)}" for name, value in known)
        case Table(columns=names, rows=lines):
            return table(names, lines)
        case Chart(title=title, alternative=seen, note=note):
            head = f"**{drawn(title)}**\\\n{paragraph(seen)}"
            return "\n\n".join(filter(None, (head, table(columns(block), rows(block)), paragraph(note))))
