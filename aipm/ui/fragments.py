"""Small pieces of a page as HTML: the answer, key figures, notes, a table. The page and the report draw the same ones.

Every text given to a function here may be untrusted: it is drawn as characters. Only values of type `Html` are markup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aipm.fairness.texts import texts
from aipm.ui.registry import registry
from aipm.ui.safe import Html, markup

LONG = 2_000
"""Limit of a sentence, in characters; a name inside it should have been shortened before."""


def join(parts: Iterable[Html]) -> Html:
    return Html("".join(parts))


def verdict_class(verdict: str) -> str:
    return f"is-{verdict.replace('_', '-')}"


def word(verdict: str) -> str:
    """The word for a verdict (content/fairness.yaml) or for what stands in its place (`states`, content/pages.yaml)."""
    named = {str(kind): text.name for kind, text in texts().verdicts.items()}
    return (named | registry().states)[verdict]


def badge(verdict: str, *, about: str = "") -> Html:
    """A verdict, or what stands in its place, as sign, word and colour; `about`: what it judges, where unclear."""
    said = f"{about}: {word(verdict).lower()}" if about else word(verdict)
    return Html(f'<span class="verdict {verdict_class(verdict)}"><span class="sign"></span>{markup(said)}</span>')


def answer(verdict: str, sentence: str, *, detail: str = "", about: str = "") -> Html:
    """The answer to one question in one plain sentence, under its verdict; `detail` says how sure."""
    more = f"<p>{markup(detail, limit=LONG)}</p>" if detail else ""
    said = f"{badge(verdict, about=about)}<p>{markup(sentence, limit=LONG)}</p>"
    return Html(f'<div class="answer {verdict_class(verdict)}">{said}{more}</div>')


def facts(pairs: Iterable[tuple[str, str]]) -> Html:
    """Key figures in a row, each under its name."""
    return Html(
        '<dl class="facts">'
        + "".join(f"<div><dt>{markup(name)}</dt><dd>{markup(value)}</dd></div>" for name, value in pairs)
        + "</dl>"
    )


def notes(lines: Iterable[str]) -> Html:
    """Short remarks as a list, for instance how a file was read."""
    return Html('<ul class="notes">' + "".join(f"<li>{markup(line, limit=LONG)}</li>" for line in lines) + "</ul>")


def outward(url: str, text: str) -> Html:
    """A link to another site, in a new tab; nothing is asked of that site until somebody follows it.

    Where `url` is no web address, only the text.
    """
    said = markup(text, limit=LONG)
    if not url.startswith(("https://", "http://")):
        return said
    return Html(f'<a href="{markup(url, limit=LONG)}" target="_blank" rel="noopener noreferrer">{said}</a>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its heading, and whether it holds numbers (drawn to the right)."""

    name: str
    number: bool = False


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], *, caption: str) -> Html:
    """A table of a few hundred rows at most; the first column names the row. `caption` says what is in it."""
    head = "".join(f'<th scope="col"{_number(column)}>{markup(column.name)}</th>' for column in columns)
    body = []
    for name, *cells in rows:
        row = "".join(
            f"<td{_number(column)}>{markup(cell)}</td>" for column, cell in zip(columns[1:], cells, strict=True)
        )
        body.append(f'<tr><th scope="row">{markup(name)}</th>{row}</tr>')
    return scrolling(
        Html(f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"), label=caption
    )


def _number(column: Column) -> str:
    return ' class="number"' if column.number else ""


def scrolling(content: Html, *, label: str) -> Html:
    """A wide thing under its label, in a box that scrolls sideways where there is no room, also by keyboard."""
    said = markup(label, limit=LONG)
    box = f'<div class="scroll" role="region" tabindex="0" aria-label="{said}">{content}</div>'
    return Html(f'<p class="quiet caption">{said}</p>{box}')
