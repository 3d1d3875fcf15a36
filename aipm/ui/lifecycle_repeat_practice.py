"""One practice on the part "Varying answers": why it matters here, what it does and does not, its lab, its checks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from aipm.content.practices import Practice, practice_texts
from aipm.governance.practices import Mark, Practices, Weighed, mark, with_mark
from aipm.governance.practices_texts import repeat_texts
from aipm.ui import address, governance_fields, page
from aipm.ui.fragments import LONG
from aipm.ui.governance_state import change, form
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "lifecycle"


def draw(each: Weighed) -> None:
    """A card that opens; what is inside is drawn only then. How it stands is above it: the card keeps its name."""
    name = f"repeat.{each.practice}"
    with st.container(key=f"lifecycle-practice-{each.practice}", gap=None):
        page.draw(_line(each))
        card = st.expander(
            markdown(practice_texts().every[each.practice].name), key=key(PAGE, f"{name}.card"), on_change="rerun"
        )
    if card.open:
        with card:
            _inside(each)


def _line(each: Weighed) -> Html:
    """How much it matters, as a mark and a word, and how many of its checks are settled."""
    texts = repeat_texts()
    level = each.level if each.reasons else "unsorted"
    word = texts.levels[each.level] if each.reasons else texts.unsorted
    done = texts.counted.format(done=each.settled, all=len(each.checks))
    sign = '<span class="is-within-tolerance"><span class="sign"></span></span>' if each.done else ""
    return Html(
        f'<p class="practice-line"><span class="matters matters-{level}"><i aria-hidden="true"></i>'
        f"{markup(word)}</span>"
        f'<span class="counted">{sign}{markup(done)}</span><span>{markup(_why(each), limit=LONG)}</span></p>'
    )


def _inside(each: Weighed) -> None:
    texts, text = repeat_texts(), practice_texts().every[each.practice]
    lines = [(texts.why, _why(each) or texts.open_question), (texts.does, text.text), (texts.does_not, text.does_not)]
    if fact := _fact(each.practice):
        lines.append((texts.facts_title, fact))
    page.draw(
        Html("".join(f"<p><b>{markup(name)}:</b> {markup(said, limit=LONG)}</p>" for name, said in lines)),
    )
    _lab(each.practice)
    page.draw(Html(f'<h4 class="within">{markup(texts.checks_title)}</h4>'))
    for check in each.checks:
        _check(each.practice, check)


def _why(each: Weighed) -> str:
    return " ".join(repeat_texts().reasons[code] for code in each.reasons)


def _fact(practice: Practice) -> str | None:
    return practice_texts().evidence if practice == "sampling" else repeat_texts().facts.get(practice)


def _lab(practice: Practice) -> None:
    """The way to the lab; to another view of this page by a button, which leaves nothing else in the address."""
    says = repeat_texts().labs.get(practice)
    if says is None:
        return
    if says.page == PAGE:
        arrow = ":material/arrow_forward:"
        address.goes(PAGE, says.text, dict(says.known), name=f"repeat.{practice}", icon=arrow, whole=True)
    else:
        page.link(says.page, says.text, **says.known)


def _check(practice: Practice, check: str) -> None:
    texts, found, name = repeat_texts(), mark(form(Practices), check), f"practices.{practice}.{check}"
    page.draw(Html(f'<p class="check"><b>{markup(texts.said(check), limit=LONG)}</b></p>'))
    governance_fields.choice(
        texts.said(check),
        tuple(texts.states),
        name=name,
        value=found.state,
        put=_put(check, "state"),
        words=lambda each: texts.states[each],
        hidden=True,
    )
    if found == Mark(id=check):
        return
    if found.state == "not_applicable" and found.note is None:
        page.draw(page.quiet(texts.needs_reason))
    left, right = st.columns((2, 1), gap="small")
    with left:
        governance_fields.text(
            texts.note, name=f"{name}.note", value=found.note, put=_put(check, "note"), help=texts.note_help
        )
    with right:
        governance_fields.text(texts.owner, name=f"{name}.owner", value=found.owner, put=_put(check, "owner"))


def _put(check: str, part: str) -> Callable[[Any], None]:
    def put(said: Any) -> None:
        now = form(Practices)
        change(Practices, marks=with_mark(now, replace(mark(now, check), **{part: said})))

    return put
