"""How a fact and a number of points read on the Model scorer page."""

from collections.abc import Mapping
from typing import Any

from aipm.content import number
from aipm.selection.facts import number_of
from aipm.selection.needs import need_texts
from aipm.ui.safe import Html, markup

POINTS = 100
BILLION = 1e9


def points(share: float) -> str:
    """A score or a part of it, out of 100."""
    return f"{share * POINTS:.1f}"


def joined(names: list[str], last: str) -> str:
    """A, B or C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{last}{names[-1]}"


def amount(value: object) -> str:
    """A value as people read it; a large number in groups of three, text and lists as they are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    found = number_of(value)
    if found is None:
        return str(value)
    return number.count(found) if float(found).is_integer() or found >= 1_000 else f"{found:.3g}"


def measured(criterion: str, candidate: Mapping[str, Any]) -> str:
    """A candidate's value in a criterion, with its unit where that says something."""
    said = need_texts().criteria[criterion]
    return in_unit(criterion, candidate["facts"].get(said.fact, {}).get("value"))


def in_unit(criterion: str, value: object) -> str:
    said = need_texts().criteria[criterion]
    if number_of(value) is None or said.levels:
        return amount(value)
    if said.unit == "share":
        return number.rate(number_of(value))
    return f"{amount(value)} {said.unit}"


def money(value: object) -> str:
    """US dollars: cents below a hundred, whole dollars above, billions where there are any."""
    found = number_of(value)
    if found is None:
        return number.NONE
    if found >= BILLION:
        return f"${number.count(round(found / BILLION, 1))} billion"
    if found == 0 or found >= 100:
        return f"${number.count(round(found))}"
    return f"${found:.2f}" if found >= 0.1 else f"${found:.2g}"


def said_so(kind: str, word: str, sentence: str, *details: str) -> Html:
    """The answer in one sentence under a word and sign, announced when it changes; `details` say how sure."""
    more = "".join(f"<p>{markup(each, limit=2_000)}</p>" for each in details if each)
    return Html(
        f'<div class="answer is-{kind}" role="status"><span class="verdict is-{kind}"><span class="sign"></span>'
        f"{markup(word)}</span><p>{markup(sentence, limit=2_000)}</p>{more}</div>"
    )
