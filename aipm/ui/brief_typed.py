"""What people write into the story themselves: notes, decisions, what would change their mind. Kept as it is typed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from aipm.brief import brief as briefs
from aipm.brief import story
from aipm.brief.brief import Brief, Chapter, Decision
from aipm.brief.texts import brief_texts
from aipm.governance.fields import MOST
from aipm.ui import brief_state, governance_fields, page
from aipm.ui.brief_page_texts import brief_page_texts
from aipm.ui.fragments import notes
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "brief"


def note(chapter: Chapter) -> None:
    """The note on a chapter."""
    texts = brief_page_texts().story
    governance_fields.text(
        texts.notes.format(chapter=brief_texts().chapters[chapter.key].name),
        name=f"brief.note.{chapter.key}",
        value=chapter.note,
        put=lambda said: brief_state.put(briefs.note(brief_state.brief(), chapter.key, said)),
        long=True,
        help=texts.note_help,
    )


def change(brief: Brief, *, edit: bool) -> None:
    """Decisions, and what would change our mind."""
    texts = brief_page_texts()
    page.draw(Html(f"<h3>{markup(texts.decisions.title)}</h3>"))
    if edit:
        _decisions(brief)
    elif brief.decisions:
        page.draw(notes(map(story.decided, brief.decisions)))
    else:
        page.draw(page.quiet(texts.story.nothing))
    page.draw(Html(f"<h3>{markup(texts.mind.title)}</h3>"), page.quiet(texts.mind.sentence))
    if edit:
        _mind(brief)
    elif brief.mind:
        page.draw(notes(brief.mind))
    else:
        page.draw(page.quiet(texts.story.nothing))


def _decisions(brief: Brief) -> None:
    """A row for each; one more field, from which a row comes as soon as something stands in it."""
    texts = brief_page_texts().decisions
    for place in range(min(len(brief.decisions) + 1, MOST)):
        each = brief.decisions[place] if place < len(brief.decisions) else None
        with st.container(key=f"brief-row-{place}"):
            governance_fields.text(
                texts.what.format(number=place + 1) if each else texts.new,
                name=f"brief.decision.{place}.what",
                value=each.what if each else None,
                put=_what(place),
                placeholder=texts.example,
            )
            if each is not None:
                _who_and_when(place, each)


def _who_and_when(place: int, each: Decision) -> None:
    texts = brief_page_texts().decisions
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"brief-decided-{place}"):
        governance_fields.text(
            texts.who.format(number=place + 1), name=f"brief.decision.{place}.who", value=each.who, put=_who(place)
        )
        governance_fields.day(
            texts.day.format(number=place + 1), name=f"brief.decision.{place}.on", value=each.on, put=_day(place)
        )
        st.button(
            markdown(texts.remove.format(number=place + 1)),
            key=key(PAGE, f"decision.{place}.out"),
            type="tertiary",
            icon=":material/remove_circle:",
            on_click=_what(place),
            args=(None,),
        )


def _what(place: int) -> Callable[[str | None], None]:
    def put(said: str | None) -> None:
        """What was decided; without it there is no decision."""
        brief = brief_state.brief()
        known = list(brief.decisions)
        if place < len(known):
            known[place : place + 1] = [replace(known[place], what=said)] if said else []
        elif said:
            known.append(Decision(what=said))
        brief_state.put(briefs.decide(brief, *known))

    return put


def _who(place: int) -> Callable[[str | None], None]:
    return lambda said: _change(place, lambda each: replace(each, who=said))


def _day(place: int) -> Callable[[date | None], None]:
    return lambda found: _change(place, lambda each: replace(each, on=found))


def _change(place: int, changed: Callable[[Decision], Decision]) -> None:
    brief = brief_state.brief()
    if place < len(brief.decisions):
        known = list(brief.decisions)
        known[place] = changed(known[place])
        brief_state.put(briefs.decide(brief, *known))


def _mind(brief: Brief) -> None:
    texts = brief_page_texts().mind
    for place in range(min(len(brief.mind) + 1, MOST)):
        each = brief.mind[place] if place < len(brief.mind) else None
        governance_fields.text(
            texts.item.format(number=place + 1) if each else texts.new,
            name=f"brief.mind.{place}",
            value=each,
            put=_would(place),
            placeholder=texts.example,
        )


def _would(place: int) -> Callable[[str | None], None]:
    def put(said: str | None) -> None:
        brief = brief_state.brief()
        mind = [*brief.mind[:place], *([said] if said else []), *brief.mind[place + 1 :]]
        brief_state.put(briefs.would_change(brief, *mind))

    return put
