"""What the register's parts share: the questions that are asked, what follows from it today, one change at a time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from aipm.governance.dossier import held_tags
from aipm.governance.fields import next_id
from aipm.governance.product import Product
from aipm.governance.question_bank import Asked, Bank, applying, bank
from aipm.governance.register import Item, Register, answered, started, with_item
from aipm.governance.risk import Assessment, assess
from aipm.governance.risk_rows import Row, unasked
from aipm.governance.risk_texts import register_texts
from aipm.governance.triage import Tag, Triage
from aipm.ui import address, results
from aipm.ui.clock import today
from aipm.ui.governance_state import form, put
from aipm.ui.safe import Html, markup
from aipm.ui.state import key as named

PAGE = "ethics.register"
OPEN = "question"
"""In the address: the row that is opened, as the key of its question or its id."""
CANVASES = named("use_case_mapper", "held.canvases")
SIGNS = {
    "risk_open": "gap",
    "unsure": "inconclusive",
    "open": "not-enough-data",
    "claimed": "inconclusive",
    "evidenced": "within-tolerance",
    "mitigated": "within-tolerance",
    "accepted": "reference",
    "not_applicable": "reference",
}
"""State -> the verdict whose sign and colour it shares (style.css)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands on the page in this run. `tags` None: nothing is known of the product."""

    bank: Bank
    tags: frozenset[Tag] | None
    applies: dict[str, Asked]
    found: Assessment


def known() -> Known:
    """Read from the session's forms."""
    register, product, the_bank = form(Register), form(Product), bank()
    held = tags_now(register)
    applies = applying(the_bank, tags=held, capability=capability_now())
    found = assess(register, bank=the_bank, applies=applies, latest=results.latest(), product=product, today=today())
    return Known(bank=the_bank, tags=held, applies=applies, found=found)


def tags_now(register: Register) -> frozenset[Tag] | None:
    """What is true of the product: as chosen here, else as the triage says, None where neither says anything."""
    return held_tags(register, form(Triage))


def capability_now() -> str | None:
    """The kind of AI as the product's form says it, else as the use-case mapper has it for the pain in its box."""
    said = form(Product).capability
    if said is None and CANVASES in st.session_state:
        from aipm.ui.mapper_state import canvases, line, pain  # only where the mapper was used, and has loaded it

        canvas = canvases().get(line(pain()))
        return canvas.capability if canvas else None
    return said


def change(key: str, **parts: Any) -> None:
    """Change these fields of a row; a question gets its row with the first change."""
    register = form(Register)
    put(with_item(register, replace(started(register, key), **parts)))


def answer(key: str, given: Any) -> None:
    """Callback of the answer: a "no" brings its risk along, in the same step."""
    register = form(Register)
    put(with_item(register, answered(started(register, key), given, bank=bank())))


def part(key: str, field: str) -> Callable[[Any], None]:
    """What a widget gives its value to. The form is read when it is called: two fields can change in one run."""
    return lambda value: change(key, **{field: value})


def add(item: Callable[[str], Item]) -> None:
    """A row of one's own, opened."""
    register = form(Register)
    made = item(next_id(register.items))
    put(with_item(register, made))
    open_row(made.id)


def open_row(key: str | None) -> None:
    """Callback: show this row among the questions; None closes it."""
    address.put(**{OPEN: key, "part": None})


def beside(now: Known) -> tuple[Row, ...]:
    """The questions that do not apply and have no row, as rows."""
    there = {each for row in now.found.rows for each in names(row)}
    there |= {each.question for each in now.found.removed}
    return tuple(unasked(key, each, None) for key, each in now.bank.questions.items() if key not in there)


def opened(now: Known) -> Row | None:
    """The row that the address names, if there is one; also a question that does not apply."""
    wanted = st.query_params.get(OPEN)
    if wanted is None:
        return None
    return next((row for row in (*now.found.rows, *beside(now)) if wanted in names(row)), None)


def names(row: Row) -> tuple[str | None, ...]:
    return row.key, row.item.question if row.item else None


def address_of(row: Row) -> str:
    """Its name in the address: the question's key, so that a link holds for everybody; else the id."""
    return (row.item.question if row.item else None) or row.key


def badge(row: Row) -> Html:
    """The state of a row as sign and word, and whether it is severe."""
    texts = register_texts()
    severe = f'<span class="severe">{markup(texts.severe)}</span>' if row.severe else ""
    word = markup(texts.states[row.state])
    return Html(f'<span class="verdict is-{SIGNS[row.state]}"><span class="sign"></span>{word}</span>{severe}')
