"""A table of the report as the page has it: numbers flush right, and grey, as it is said, what too few rows carry."""

from collections.abc import Iterable

from aipm.fairness.alone_words import few
from aipm.fairness.section import Table
from aipm.ui.fragments import scrolling
from aipm.ui.safe import Html, markup

NUMBER = ' class="number"'


def drawn(made: Table) -> Html:
    numbers = [place > 0 and _holds_numbers(row[place] for row in made.rows) for place in range(len(made.head))]
    head = "".join(
        f'<th scope="col"{NUMBER if number else ""}>{markup(name)}</th>'
        for name, number in zip(made.head, numbers, strict=True)
    )
    rows = (
        f'<tr><th scope="row">{markup(name)}</th>'
        + "".join(_cell(cell, number=number) for cell, number in zip(cells, numbers[1:], strict=True))
        + "</tr>"
        for name, *cells in made.rows
    )
    body = f'<table class="rated"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    return scrolling(Html(body), label=made.caption)


def _holds_numbers(cells: Iterable[str]) -> bool:
    return any(character.isdigit() for cell in cells for character in cell)


def _cell(text: str, *, number: bool) -> str:
    grey = text.endswith(few()) or (number and text[:1].isalpha())  # among numbers, a word says why there is none
    kinds = " ".join(kind for kind, holds in (("number", number), ("few", grey)) if holds)
    said = f'<td class="{kinds}">' if kinds else "<td>"
    unsure = few() if text.endswith(few()) else ""
    value, interval = text.removesuffix(few()).rstrip(" ·"), ""
    if number and value.endswith(")") and " (" in value:
        value, _, rest = value.rpartition(" (")
        interval = f" <span>{markup(f'({rest}')}</span>"
    return f"{said}{markup(value)}{interval}{f'<small>{markup(unsure)}</small>' if unsure else ''}</td>"
