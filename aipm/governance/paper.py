"""Forms as documents to hand on: Markdown, HTML and plain text. Nothing here looks at the clock."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from aipm import content
from aipm.content.markdown import bullets, drawn, paragraph
from aipm.content.visible import visible
from aipm.governance.fields import Answer
from aipm.governance.form_texts import FieldText, FormTexts, Gap
from aipm.governance.notice import Told
from aipm.governance.privacy import PrivacyByDesign, mark, privacy_texts
from aipm.governance.product import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTexts:
    """The part `document` of content/ethics_steps.yaml: `{day}` it was made, `{as_of}` the state of its rules."""

    state: str
    missing: str
    open: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    document: DocumentTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    answers: dict[Answer, str]
    not_advice: str


@cache
def document_texts() -> DocumentTexts:
    """Read once. Raises ContentError."""
    found: DocumentTexts = content.load("ethics_steps", _Steps).document
    return found


@cache
def _shared() -> _Shared:
    """What of content/governance.yaml a document says."""
    found: _Shared = content.load("governance", _Shared)
    return found


def markdown(
    texts: FormTexts,
    form: object,
    gaps: Sequence[Gap],
    *,
    product: Product,
    day: date,
    answer: str = "",
    more: Iterable[str] = (),
) -> str:
    """A heading a step, the answer to each field, rows as lists; what is missing first. `more`: blocks of Markdown."""
    title = texts.document.format(product=product.name or texts.unnamed)
    blocks = [f"# {drawn(title)}", drawn(document_texts().state.format(day=day.isoformat(), as_of=texts.as_of))]
    if answer:
        blocks.append(f"**{drawn(answer)}**")
    if gaps:
        blocks += [f"## {drawn(document_texts().missing)}", bullets(texts.said(gap) for gap in gaps)]
    for step in texts.steps.values():
        parts = [part for name in step.fields for part in _field(texts, form, name)]
        if parts:
            blocks += [f"## {drawn(step.name)}", *parts]
    blocks += list(more)
    return "\n\n".join([*blocks, "---", drawn(_shared().not_advice)]) + "\n"


def _field(texts: FormTexts, form: object, name: str) -> list[str]:
    value = getattr(form, name, None)
    if name in texts.rows:
        said = texts.rows[name]
        return [part for place, row in enumerate(value or (), start=1) for part in _row(row, place, said.fields)]
    if name not in texts.fields:
        return []
    text = texts.fields[name]
    return [f"**{drawn(text.label)}**", said_of(value, text) or f"*{drawn(document_texts().open)}*"]


def _row(row: object, place: int, texts: Mapping[str, FieldText]) -> list[str]:
    known = [
        f"{text.label}: {' '.join(plain(getattr(row, name), text).split())}"
        for name, text in texts.items()
        if getattr(row, name) not in (None, (), False)
    ]
    return [f"**{place}.**", bullets(known)] if known else []


def said_of(value: Any, text: FieldText) -> str:
    """A value as a paragraph of Markdown; blank where nothing is known."""
    return paragraph(plain(value, text))


def plain(value: Any, text: FieldText) -> str:
    """A value in words."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return ", ".join(plain(each, text) for each in value)
    if isinstance(value, bool):
        return _shared().answers["yes" if value else "no"]
    if isinstance(value, date):
        return value.isoformat()
    words = text.options or cast("dict[str, str]", _shared().answers)
    return words.get(str(value), str(value))


def notice_markdown(told: Told) -> str:
    """The page of the notice; text that was typed is drawn as the same characters."""
    blocks = [f"# {drawn(told.title)}", drawn(told.paragraph)]
    for each in told.page:
        blocks += [f"## {drawn(each.heading)}", *map(paragraph, each.paragraphs)]
        if each.bullets:
            blocks.append(bullets(each.bullets))
    return "\n\n".join(blocks) + "\n"


def notice_text(told: Told) -> str:
    """All three lengths as plain text."""
    lines = [told.line, "", told.paragraph, "", told.title]
    for each in told.page:
        lines += ["", each.heading, *each.paragraphs, *(f"- {line}" for line in each.bullets)]
    return "\n".join(_seen(line) for line in lines) + "\n"


def notice_html(told: Told) -> str:
    """The page of the notice as a document of its own, without scripts and without anything from elsewhere."""
    parts = [f"<h1>{_escaped(told.title)}</h1>", f"<p><strong>{_escaped(told.paragraph)}</strong></p>"]
    for each in told.page:
        parts.append(f"<h2>{_escaped(each.heading)}</h2>")
        parts += [f"<p>{_escaped(line)}</p>" for line in each.paragraphs]
        if each.bullets:
            parts.append("<ul>" + "".join(f"<li>{_escaped(line)}</li>" for line in each.bullets) + "</ul>")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_escaped(told.title)}</title><style>{STYLE}</style></head>\n<body>{''.join(parts)}</body></html>\n"
    )


STYLE = (
    ":root{color-scheme:light dark}body{font:1.05rem/1.55 system-ui,sans-serif;max-width:42rem;margin:2rem auto;"
    "padding:0 1rem;overflow-wrap:anywhere}h1,h2{line-height:1.25}"
)


def _escaped(text: str) -> str:
    return html.escape(_seen(text))


def _seen(text: str) -> str:
    return visible(text, limit=max(len(text), 1))


def privacy_markdown(form: PrivacyByDesign, *, product: Product, day: date) -> str:
    """The seven principles with each check, its answer, and its note."""
    texts, said = privacy_texts(), document_texts()
    title = texts.document.format(product=product.name or texts.unnamed)
    blocks = [f"# {drawn(title)}", drawn(said.state.format(day=day.isoformat(), as_of=texts.as_of))]
    for principle in texts.principles.values():
        lines = []
        for check, text in principle.checks.items():
            found = mark(form, check)
            state = texts.states[found.state] if found.state else said.open
            lines.append(f"{text.text}: {state}" + (f". {' '.join(found.note.split())}" if found.note else ""))
        blocks += [f"## {drawn(principle.name)}", bullets(lines)]
    return "\n\n".join([*blocks, "---", drawn(_shared().not_advice)]) + "\n"
