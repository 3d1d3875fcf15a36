"""A plan for the hours one has: this week in one sentence, then week by week as bars, and what it is good for."""

from math import ceil

import streamlit as st

from aipm.content.resources import AIMS, LEVELS, Piece, Week, plan, resources, whole
from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.resources_address import PAGE, asked, held
from aipm.ui.resources_texts import PlanTexts, page_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept

HOURS = ("1", "2", "3", "5", "8")
WEEKS = 6
GUESSED = (3, 8, 20)
"""The most weeks of each guess but the last, which is open."""


def view() -> None:
    texts, found = page_texts().plan, resources()
    page.section(texts.title, sentence=texts.sentence)
    text, says = {each: route.name for each, route in found.plan.aims.items()}, found.levels
    aim = asked("aim", AIMS) or "basics"
    hours = asked("hours", HOURS) or "2"
    level = asked("level", LEVELS) or "deep"
    st.segmented_control(
        texts.aim,
        AIMS,
        format_func=lambda each: text[each],
        required=True,
        **held("aim", aim, default="basics"),
    )
    left, right = st.columns(2)
    with left:
        st.segmented_control(
            texts.hours,
            HOURS,
            format_func=lambda each: texts.hours_option.format(hours=each),
            required=True,
            **held("hours", hours, default="2"),
        )
    with right:
        st.selectbox(
            texts.level,
            LEVELS,
            format_func=lambda each: says[each],
            **held("level", level, default="deep"),
        )
    route, minutes = found.plan.aims[aim], whole(aim, level=level)
    weeks = plan(aim, hours=int(hours), level=level, weeks=WEEKS)
    if not weeks:
        page.draw(Html(f'<div class="answer" role="status"><p>{markup(texts.empty, limit=LONG)}</p></div>'))
        page.link(route.page, route.link)
        return
    total = len(plan(aim, hours=int(hours), level=level, weeks=minutes))
    _guess(total, texts)
    page.draw(_answer(weeks[0], minutes, total, texts), _picture(weeks, int(hours), texts))
    if total > len(weeks):
        page.draw(page.quiet(texts.picture_more.format(count=len(weeks), weeks=total)))
    page.draw(Html(f'<h3 class="apart">{markup(texts.so_what)}</h3><p>{markup(route.so_what, limit=LONG)}</p>'))
    first = found.items[weeks[0][0].key]
    if first.page is not None:
        page.link(first.page, texts.begin.format(title=first.title))
    page.link(route.page, route.link)


def _guess(total: int, texts: PlanTexts) -> None:
    """Guess first: the answer below says how long it takes."""
    guessed = st.pills(texts.guess, texts.guess_options, **kept(PAGE, "weeks_guess"))
    if guessed is None:
        return
    right = sum(total > most for most in GUESSED)
    place = texts.guess_options.index(guessed)
    said = texts.guess_right if place == right else texts.guess_high if place < right else texts.guess_low
    page.draw(Html(f'<p role="status">{markup(said)}</p>'))


def _answer(week: Week, minutes: int, total: int, texts: PlanTexts) -> Html:
    items = "; ".join(_said(piece, texts) for piece in week)
    more = texts.whole_one if total == 1 else texts.whole
    detail = more.format(hours=ceil(minutes / 60), weeks=total)
    said = texts.answer.format(items=f"{items[0].upper()}{items[1:]}")
    return Html(
        f'<div class="answer"><span class="verdict">{markup(texts.word)}</span><p>{markup(said, limit=LONG)}</p>'
        f"<p>{markup(detail)}</p></div>"
    )


def _said(piece: Piece, texts: PlanTexts) -> str:
    pattern = texts.piece_on if piece.begun else texts.piece_first if piece.goes_on else texts.piece
    return pattern.format(title=resources().items[piece.key].title, minutes=piece.minutes)


def _picture(weeks: tuple[Week, ...], hours: int, texts: PlanTexts) -> Html:
    """A row a week: a bar for each thing, numbered, then the same in words."""
    rows = "".join(
        f'<li><b>{markup(texts.week.format(number=number))}</b><div class="bars" aria-hidden="true">'
        f"{''.join(_bar(piece, place, hours) for place, piece in enumerate(week, start=1))}</div>"
        f"<ol>{''.join(_named(piece, texts) for piece in week)}{_free(week, hours, texts)}</ol></li>"
        for number, week in enumerate(weeks, start=1)
    )
    return Html(f'<p class="quiet caption">{markup(texts.picture, limit=LONG)}</p><ol class="weeks">{rows}</ol>')


def _bar(piece: Piece, place: int, hours: int) -> str:
    kind = "ours" if resources().items[piece.key].page else "theirs"
    ends = f"{' begun' if piece.begun else ''}{' on' if piece.goes_on else ''}"
    share = 100 * piece.minutes / (hours * 60)
    return f'<span class="{kind}{ends}" style="width:{share:.2f}%">{place}</span>'


def _named(piece: Piece, texts: PlanTexts) -> str:
    on = f" <small>{markup(texts.goes_on)}</small>" if piece.goes_on else ""
    return f"<li>{markup(_said(piece, texts), limit=LONG)}{on}</li>"


def _free(week: Week, hours: int, texts: PlanTexts) -> str:
    left = hours * 60 - sum(piece.minutes for piece in week)
    return f'<li class="free"><small>{markup(texts.free.format(minutes=left))}</small></li>' if left else ""
