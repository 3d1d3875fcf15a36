"""Pieces of a result: a sentence that says the finding, and rows of a name, something drawn and its number.

Whatever is drawn is said in words, too: beside it, or in its place for those who do not see it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aipm.content import number
from aipm.ui.fragments import LONG, join
from aipm.ui.room_results_texts import result_texts
from aipm.ui.safe import Html, markup

NOTHING = Html("")
FIRST_STRONG, LEFT_TO_RIGHT = "\u2068", "\u2066"
"""Signs that begin text whose direction is its own: by its first letter, and always the one of English."""
MOST_NAMED = 3
"""Names in a sentence; further ones are counted."""
LONGEST_NAMED = 90
"""Characters of a name inside a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A result: the finding in a sentence, what shows it, and what stands beside that where there is much room."""

    first: Html
    main: Html
    aside: Html = NOTHING


def sentence(text: str) -> Html:
    """The finding, in one sentence."""
    return Html(f'<p class="out-first">{_ours(text)}</p>')


def quiet(text: str) -> Html:
    return Html(f'<p class="out-quiet">{_ours(text)}</p>')


def _ours(text: str) -> str:
    """A sentence of ours reads from left to right, whatever script the name has that it begins with."""
    return markup(text, limit=LONG).replace(FIRST_STRONG, LEFT_TO_RIGHT, 1)


def heading(text: str) -> Html:
    return Html(f"<h3>{markup(text, limit=LONG)}</h3>")


def small(text: str) -> str:
    return f"<small>{markup(text, limit=LONG)}</small>"


def flag(text: str, *, right: bool = False) -> Html:
    """A few words that stand out; `right`: of something good."""
    return Html(f' <span class="out-flag{" out-flag-right" if right else ""}">{markup(text)}</span>')


def shortened(text: str) -> str:
    """A name that stands inside a sentence."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_NAMED:
        return line
    whole, _, begun = line[: LONGEST_NAMED - 1].rpartition(" ")
    return f"{whole or begun}…"


def quoted(text: str) -> str:
    return result_texts().quoted.format(text=shortened(text))


def listed(names: Iterable[str]) -> str:
    """The first few, and how many more there are."""
    held = [quoted(each) for each in names]
    told = ", ".join(held[:MOST_NAMED])
    more = len(held) - MOST_NAMED
    return told if more <= 0 else result_texts().and_others.format(names=told, count=number.count(more))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A name, something drawn, and numbers; `first` stands out. Without a name it is the scale."""

    name: str
    drawn: Html
    value: Html
    first: bool = False


def rows(held: Iterable[Row], *, stacked: bool = False) -> Html:
    """`stacked`: what is drawn stands under its name also where there is room beside it."""
    drawn = ""
    for each in held:
        name = markup(each.name, limit=LONG)
        unread = "" if name else ' aria-hidden="true"'
        drawn += (
            f'<li class="{"out-is-first" if each.first else ""}"{unread}>'
            f'<span class="out-name">{name}</span>'
            f'<span class="out-drawn">{each.drawn}</span><span class="out-value">{each.value}</span></li>'
        )
    return Html(f'<ul class="out-rows{" out-stacked" if stacked else ""}">{drawn}</ul>')


def bar(share: float) -> Html:
    """A bar from zero; its number stands beside it."""
    return Html(f'<span class="out-bar" aria-hidden="true"><b style="width:{percent(share)}"></b></span>')


def value(text: str, *more: str) -> Html:
    """A number and, smaller, what it is of."""
    return Html(f"<strong>{markup(text)}</strong>{''.join(f' {small(each)}' for each in more if each)}")


def signed(value: float) -> str:
    """A change with its sign, to as many places as the means it is a change of."""
    return f"{'+' if value > 0 else number.MINUS}{number.ratio(round(abs(value), 2))}"


def moves(value: float) -> bool:
    """Whether a change can be told from none with the digits it is shown by."""
    return abs(value) >= 0.005


def blocks(held: Sequence[Html]) -> Html:
    """Side by side where there is room."""
    return Html(f'<div class="out-blocks">{join(held)}</div>')


def block(title: str, *parts: Html) -> Html:
    return Html(f"<section><h4>{markup(title, limit=LONG)}</h4>{join(parts)}</section>")


def percent(share: float) -> str:
    return f"{100 * share:.4g}%"


def folded(summary: str, content: Html) -> Html:
    """What is too long to be seen by everybody, one press away."""
    return Html(f'<details class="out-more"><summary>{markup(summary)}</summary>{content}</details>')
