"""Every state in which the brief was kept: compare two, go back to one, give the present one a name."""

import streamlit as st

from aipm.brief import brief as briefs
from aipm.brief import story
from aipm.brief.brief import Brief
from aipm.brief.store import KEPT, LABEL, Version
from aipm.brief.texts import brief_texts
from aipm.content.day import day
from aipm.content.number import NONE
from aipm.content.visible import visible
from aipm.tables import Refusal
from aipm.ui import brief_read, brief_state, clock, page
from aipm.ui.brief_page_texts import brief_page_texts
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "brief"
SHOWN = 20
ONE, OTHER, NAME, SAID = (key(PAGE, f"version.{each}") for each in ("one", "other", "name", "said"))


def draw() -> None:
    texts, token = brief_page_texts().versions, brief_state.held().token
    page.section(texts.title, sentence=texts.sentence.format(kept=KEPT))
    _said()
    if token is None:
        page.draw(page.quiet(texts.none))
        return
    try:
        kept = brief_state.briefs().versions(token)
        if kept:
            _list(kept)
            _name(kept[0])
            _compare(token, kept)
        else:
            page.draw(page.quiet(texts.none))
    except Refusal as problem:
        page.refused(texts.refused, problem)


def _list(kept: tuple[Version, ...]) -> None:
    texts = brief_page_texts().versions
    rows = [
        (str(each.number), _when(each), _called(each) or NONE, texts.size.format(size=max(1, round(each.size / 1000))))
        for each in kept[:SHOWN]
    ]
    columns = [Column(name=name, number=place == 3) for place, name in enumerate(texts.columns)]
    page.draw(table(columns, rows, caption=texts.title))
    if len(kept) > SHOWN:
        page.draw(page.quiet(texts.more.format(count=len(kept) - SHOWN)))


def _when(each: Version) -> str:
    at = each.at.astimezone(clock.zone())
    return f"{day(at)}, {at:%H:%M}"


def _called(each: Version) -> str:
    back = brief_page_texts().versions.restored.format(number=each.restored_from) if each.restored_from else ""
    return ", ".join(part for part in (each.label, back) if part)


def _name(latest: Version) -> None:
    """The name of the present version, kept when the field is left."""
    texts = brief_page_texts().versions
    page.section(texts.name_title)
    widget = f"{NAME}.{latest.number}"  # a later version has a field of its own
    st.session_state.setdefault(widget, latest.label or "")
    st.text_input(
        texts.name,
        max_chars=LABEL,
        placeholder=texts.name_example,
        key=widget,
        on_change=lambda: _call(latest.number, st.session_state[widget]),
    )


def _call(number: int, name: str) -> None:
    token = brief_state.held().token
    assert token is not None
    try:
        brief_state.briefs().label(token, number, name.strip() or None)
    except Refusal as problem:
        st.session_state[SAID] = problem


def _compare(token: str, kept: tuple[Version, ...]) -> None:
    texts = brief_page_texts().versions
    page.section(texts.compare_title)
    numbers = {each.number: each for each in kept}
    for widget in (ONE, OTHER):
        if st.session_state.get(widget) not in numbers:
            st.session_state.pop(widget, None)  # it is not kept any more
    one = _choose(texts.one, ONE, numbers, min(1, len(kept) - 1))
    other = _choose(texts.other, OTHER, numbers, 0)
    if one == other:
        page.draw(page.quiet(brief_texts().changes["nothing"]))
    else:
        changes = briefs.compare(_brief(token, one), _brief(token, other))
        said = list(map(story.changed, changes)) or [brief_texts().changes["nothing"]]
        title = texts.compared.format(one=one, other=other)
        page.draw(Html(f"<h3>{markup(title)}</h3>"), notes(said))
    for number in dict.fromkeys((one, other)):
        if number != kept[0].number:
            st.button(
                markdown(texts.restore.format(number=number)),
                key=key(PAGE, f"version.restore.{number}"),
                icon=":material/history:",
                help=texts.restore_help,
                on_click=_restore,
                args=(number,),
            )


def _choose(label: str, widget: str, numbers: dict[int, Version], first: int) -> int:
    found: int = st.selectbox(
        label, tuple(numbers), index=first, key=widget, format_func=lambda n: visible(_option(numbers[n]), limit=LONG)
    )
    return found


def _option(each: Version) -> str:
    texts = brief_page_texts().versions
    said = texts.option_named if each.label else texts.option
    return said.format(number=each.number, when=_when(each), label=each.label)


def _brief(token: str, number: int) -> Brief:
    return brief_read.read(brief_state.briefs().load_version(token, number))


def _restore(number: int) -> None:
    """What is typed but not kept yet becomes a version first."""
    brief_state.save()
    token = brief_state.held().token
    assert token is not None
    try:
        store = brief_state.briefs()
        store.restore(token, number)
        brief_state.open_kept(store.load(token), token)
        st.session_state[SAID] = number
    except Refusal as problem:
        st.session_state[SAID] = problem


def _said() -> None:
    """What became of the last press."""
    texts, found = brief_page_texts().versions, st.session_state.pop(SAID, None)
    if isinstance(found, Refusal):
        page.refused(texts.refused, found)
    elif found is not None:
        said = markup(texts.restored_now.format(number=found), limit=LONG)
        page.draw(Html(f'<div class="answer is-reference" role="status"><p>{said}</p></div>'))
