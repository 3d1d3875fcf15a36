"""The story, chapter by chapter: what is told, what is missing and where to fill it, what no longer stands."""

from dataclasses import replace

import streamlit as st

from aipm.brief import brief as briefs
from aipm.brief import story
from aipm.brief.brief import Brief, Chapter, Held, State
from aipm.brief.entry import Entry
from aipm.brief.stale import Now
from aipm.brief.texts import brief_texts, tool_name
from aipm.ui import address, brief_entry, brief_state, brief_typed, page
from aipm.ui.brief_page_texts import brief_page_texts, place_of
from aipm.ui.fragments import LONG, join, notes
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "brief"
TAKEN = key(PAGE, "taken")
SIGNS: dict[State, str] = {
    "told": "within-tolerance",
    "missing": "not-enough-data",
    "stale": "gap",
    "not_needed": "reference",
}
"""State -> the verdict whose sign and colour it shares (style.css)."""


def own() -> None:
    """The brief of this session, to be written in."""
    brief = brief_state.brief()
    if brief == Brief():
        _empty()
    else:
        _contents(briefs.chapters(brief, now=brief_state.now()))
    _taken(brief)
    _chapters(brief, now=brief_state.now(), edit=True)


def to_read(brief: Brief, *, now: Now) -> None:
    """A brief that nothing can be changed in."""
    _contents(briefs.chapters(brief, now=now))
    _chapters(brief, now=now, edit=False)


def _chapters(brief: Brief, *, now: Now, edit: bool) -> None:
    """Each with its results, forms, gaps and note; `edit`: with everything that changes it."""
    forms = story.filled(brief, now=now)
    for place, chapter in enumerate(briefs.chapters(brief, now=now)):
        with st.container(key=f"brief-chapter-{chapter.key}"):
            page.draw(_head(chapter, place + 1))
            for each in chapter.held:
                with st.container(key=f"brief-entry-{each.entry.tool}"):
                    brief_entry.draw(each)
                    if edit:
                        _ways(each)
            if said := story.lines(chapter.key, forms):
                page.draw(_lines(said))
            if chapter.missing:
                _missing(chapter, edit=edit)
            if chapter.key == "change":
                brief_typed.change(brief, edit=edit)
            if edit:
                brief_typed.note(chapter)
            elif chapter.note:
                page.draw(Html(f"<h3>{markup(brief_texts().document.note_title)}</h3>"), _typed(chapter.note))


def _empty() -> None:
    texts = brief_page_texts().empty
    page.section(texts.title, sentence=texts.sentence)
    page.draw(Html(f"<h3>{markup(texts.how_title)}</h3>"), notes(texts.how), page.quiet(texts.kept))
    address.goes(PAGE, texts.example, {"example": "yes"}, name="example", icon=":material/menu_book:")


def _contents(told: tuple[Chapter, ...]) -> None:
    """How much there is, in a sentence, and each chapter with its state."""
    names, states = brief_texts().chapters, brief_texts().states
    listed = join(
        Html(f"<li><b>{markup(names[each.key].name)}</b> {_badge(each.state, states[each.state])}</li>")
        for each in told
    )
    title = markup(brief_page_texts().story.chapters)
    lead = f'<div class="answer"><p>{markup(story.lead(told), limit=LONG)}</p></div>'
    page.draw(Html(f'{lead}<ol class="brief-contents" aria-label="{title}">{listed}</ol>'))


def _badge(state: State, word: str) -> Html:
    return Html(f'<span class="verdict is-{SIGNS[state]}"><span class="sign"></span>{markup(word)}</span>')


def _head(chapter: Chapter, number: int) -> Html:
    words, document = brief_texts().chapters[chapter.key], brief_texts().document
    badge = _badge(chapter.state, brief_texts().states[chapter.state])
    title = f'<div class="brief-head"><h2>{number}. {markup(words.name)}</h2>{badge}</div>'
    head = f"{title}{page.quiet(words.question)}"
    return Html(head + (page.quiet(document.not_needed) if chapter.state == "not_needed" else ""))


def _lines(said: tuple[tuple[str, str | None], ...]) -> Html:
    unknown = brief_texts().document.open
    rows = "".join(f"<div><dt>{markup(name)}</dt><dd>{_typed(text or unknown)}</dd></div>" for name, text in said)
    return Html(f'<h3>{markup(brief_page_texts().story.forms)}</h3><dl class="brief-lines">{rows}</dl>')


def _typed(text: str) -> Html:
    """What somebody typed, in its lines."""
    return join(Html(f"<p>{markup(line, limit=LONG)}</p>") for line in text.splitlines() if line.strip())


def _missing(chapter: Chapter, *, edit: bool) -> None:
    found = [brief_texts().missing[each] for each in chapter.missing]
    page.draw(Html(f"<h3>{markup(brief_texts().document.missing_title)}</h3>"))
    if here := [each.text for each in found if each.page == PAGE or not edit]:
        page.draw(notes(here))
    for each in found:
        if edit and each.page != PAGE:
            page.link(each.page, each.text, **({"view": each.view} if each.view else {}))


def _ways(held: Held) -> None:
    """Where it came from, and the way out of the brief."""
    texts, tool = brief_page_texts().story, held.entry.tool
    name, place = tool_name(tool), place_of(tool)
    with st.container(horizontal=True, key=f"brief-ways-{tool}"):
        if place is not None:
            text = (texts.again if held.stands.freshness == "stale" else texts.open).format(tool=name)
            page.link(place.page, markdown(text), **({"view": place.view} if place.view else {}))
        st.button(
            markdown(texts.take_out.format(tool=name)),
            key=key(PAGE, f"out.{tool}"),
            type="tertiary",
            icon=":material/remove_circle:",
            on_click=_take_out,
            args=(held.entry,),
        )


def _take_out(entry: Entry) -> None:
    st.session_state[TAKEN] = entry
    brief_state.put(briefs.remove(brief_state.brief(), entry.tool))


def _put_back() -> None:
    """As it was before, also in the history."""
    entry, brief = st.session_state.pop(TAKEN), brief_state.brief()
    earlier = brief.history[:-1] if brief.history[-1:] == (entry,) else brief.history
    brief_state.put(replace(brief, entries=(*brief.entries, entry), history=earlier))


def _taken(brief: Brief) -> None:
    """What was taken out last, as long as nothing has come in its place."""
    texts, entry = brief_page_texts().story, st.session_state.get(TAKEN)
    if entry is None or brief.of(entry.tool) is not None:
        return
    said = markup(texts.taken.format(tool=tool_name(entry.tool)), limit=LONG)
    with st.container(horizontal=True, key="brief-taken"):
        page.draw(Html(f'<p role="status">{said}</p>'))
        st.button(texts.put_back, key=key(PAGE, "put_back"), icon=":material/undo:", on_click=_put_back)
