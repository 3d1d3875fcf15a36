"""Where to read on: what there is by kind, level and time, with how far each address was checked."""

from functools import cache

import streamlit as st

from aipm.content.resources import KINDS, LEVELS, Resource, fitting, resources
from aipm.ui import page
from aipm.ui.address import go
from aipm.ui.fragments import LONG, outward
from aipm.ui.resources_address import PAGE, asked, held
from aipm.ui.resources_texts import ReadTexts, Time, page_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

MINUTES: dict[Time, int | None] = {"half": 30, "hour": 60, "evening": 180, "week": 480, "long": None}


def view() -> None:
    texts, says = page_texts().read, resources()
    page.section(texts.title, sentence=texts.sentence)
    kind, level, time = asked("kind", KINDS), asked("level", LEVELS), asked("time", tuple(MINUTES)) or "long"
    first, second, third = st.columns(3)
    with first:
        st.selectbox(
            texts.time,
            tuple(MINUTES),
            format_func=lambda each: texts.times[each],
            **held("time", time, default="long"),
        )
    with second:
        st.selectbox(
            texts.kind,
            KINDS,
            index=None,
            placeholder=texts.every_kind,
            format_func=lambda each: says.kinds[each],
            **held("kind", kind),
        )
    with third:
        st.selectbox(
            texts.level,
            LEVELS,
            index=None,
            placeholder=texts.every_level,
            format_func=lambda each: says.levels[each],
            **held("level", level),
        )
    shown = fitting(kind=kind, level=level, minutes=MINUTES[time])
    if not shown:
        page.draw(Html(f'<div class="answer" role="status"><p>{markup(texts.nothing, limit=LONG)}</p></div>'))
        return
    page.draw(page.quiet(texts.one if len(shown) == 1 else texts.count.format(count=len(shown))))
    _here([(each, item.page) for each, item in shown if item.page is not None], texts)
    _elsewhere([each for each, item in shown if item.page is None], texts)
    page.draw(page.quiet(says.note))
    st.button(
        texts.to_plan,
        key=key(PAGE, "go.plan"),
        type="tertiary",
        icon=":material/arrow_forward:",
        on_click=go,
        kwargs={"view": "plan"} | ({"level": level} if level else {}),
    )


def _here(found: list[tuple[str, str]], texts: ReadTexts) -> None:
    if not found:
        return
    page.draw(Html(f'<h3 class="apart">{markup(texts.here)}</h3>'))
    with st.container(horizontal=True, key=key(PAGE, "go.here")):
        for each, place in found:
            item = resources().items[each]
            text = texts.here_link.format(title=item.title, time=duration(item, texts))
            page.link(place, text, **_way(each))


def _elsewhere(found: list[str], texts: ReadTexts) -> None:
    if found:
        title = f'<h3 class="apart">{markup(texts.elsewhere)}</h3>'
        page.draw(Html(f'{title}<ul class="cases">{"".join(map(_line, found))}</ul>'))


def _way(each: str) -> dict[str, str]:
    """What is added to the address of one of our own pages."""
    return {"view": "quiz"} if each == "lab_capabilities" else {}


@cache  # our own texts only
def _line(each: str) -> str:
    texts, found = page_texts().read, resources()
    item = found.items[each]
    made = texts.made.format(
        source=item.source, kind=found.kinds[item.kind], level=found.levels[item.level], time=duration(item, texts)
    )
    title = outward(item.url, item.title) if item.url else f"<b>{markup(item.title, limit=LONG)}</b>"
    checked = " ".join(filter(None, (item.note, _checked(item, texts))))
    return (
        f'<li><p>{title}</p><p class="quiet">{markup(made, limit=LONG)}</p><p>{markup(item.about, limit=LONG)}</p>'
        f'<p class="quiet">{markup(checked, limit=LONG)}</p></li>'
    )


def _checked(item: Resource, texts: ReadTexts) -> str:
    how = resources().checked[item.checked]
    day = item.checked_on
    return how if day is None else texts.checked.format(how=how, day=f"{day:%-d %B %Y}")


def duration(item: Resource, texts: ReadTexts) -> str:
    """The time of one thing, and that it is a guess where it is one."""
    said = time(item.minutes, texts)
    return texts.about.format(time=said) if item.estimate else said


def time(minutes: int, texts: ReadTexts) -> str:
    """Minutes under two hours, whole hours from there on."""
    if minutes < 120:
        return texts.minutes.format(minutes=minutes)
    return texts.hours.format(hours=round(minutes / 60))
