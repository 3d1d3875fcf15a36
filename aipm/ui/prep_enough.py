"""Is it enough: the rows of each answer and group, and the learning curve on a button."""

from collections.abc import Iterator, Sequence

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.prep.enough import SHARES, Balance, Curve, Size, rows_of, sizes
from aipm.prep.guard_texts import guard_texts
from aipm.ui import page, prep_stage
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.memo import once
from aipm.ui.prep_panel_charts import curve as drawn
from aipm.ui.prep_panel_texts import CurveTexts, EnoughTexts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_task import Task, task
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept

SHOWN = 20
LEAST_IN_TEST = 10
"""Rows in the test part below which a share measured on them says next to nothing (off by 25 points and more)."""
KEPT = 8


def rows(work: Work, text: EnoughTexts) -> None:
    """Rows of each value of a column, the target first."""
    test = prep_stage.test_share(work)
    page.section(text.title, sentence=text.sentence.format(test=number.rate(test)))
    data = prep_stage.before_split(work)
    columns = [str(column) for column in data.columns]
    advised = prep_stage.groups(work)
    target = work.recipe.target
    first = [each for each in (target, *advised) if each in columns]
    if target is None:
        page.draw(page.quiet(text.no_target))
    options = list(dict.fromkeys([*first, *columns]))
    column = st.selectbox(
        text.by.label,
        options,
        format_func=distinct(options),
        help=text.by.help,
        **kept(PAGE, f"enough.{work.opened.token}.{target}"),
    )
    question = (prep_stage.question(work), column, test)
    found = once(PAGE, "enough", question, lambda: rows_of(data[column], test=test, most=1_000), keep=KEPT)
    page.draw(Html(f"<p>{markup(_sentence(found, column, text), limit=LONG)}</p>"))
    if found.counts:
        page.draw(_table(found, column, text))
    prep_stage.cards(work, "small_group")
    page.draw(page.quiet(text.gaps))
    prep_stage.to_audit(text.to_audit)


def _sentence(found: Balance, column: str, text: EnoughTexts) -> str:
    name, values = visible(column), found.counts
    blank = " " + text.missing.format(missing=number.count(found.missing)) if found.missing else ""
    if not values:
        return text.empty.format(column=name)
    if found.ratio is None:
        return text.single.format(column=name) + blank
    few = [each for each in values if each.in_test < LEAST_IN_TEST]
    known = sum(each.rows for each in values)
    told = text.one.format(
        column=name,
        values=number.count(len(values)),
        rows=number.count(known),
        most=visible(values[0].value or ""),
        least=visible(values[-1].value or ""),
        ratio=prep_stage.times(found.ratio),
    )
    named = ", ".join(visible(each.value or "") for each in few[:5]) + (" …" if len(few) > 5 else "")
    return told + blank + (" " + text.few.format(count=number.count(len(few)), names=named) if few else "")


def _table(found: Balance, column: str, text: EnoughTexts) -> Html:
    lines = [
        (
            each.value or "",
            number.count(each.rows),
            number.rate(each.share),
            number.count(each.in_test),
            text.none if each.margin is None else number.points(each.margin).lstrip("+"),
        )
        for each in found.counts[:SHOWN]
    ]
    caption = text.caption.format(column=visible(column))
    if len(found.counts) > SHOWN:
        caption += ". " + text.first.format(count=SHOWN)
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(text.columns)]
    return table(columns, lines, caption=caption)


def curve(work: Work, text: CurveTexts) -> None:
    """The learning curve: one size after the other, each drawn as it is known."""
    page.section(text.title, sentence=guard_texts().enough.explain)
    target = work.recipe.target
    data = prep_stage.before_split(work)
    if target is None or target not in data.columns:
        return
    leaks, owner = prep_stage.leaks(work), prep_stage.owner(work)

    def begin() -> Iterator[Size | Curve]:
        return sizes(data, target, groups=owner, leave_out=leaks)

    _curve(
        task("curve", (prep_stage.before_question(work), target, owner), begin, steps=len(SHARES) + 1),
        text,
        leaks,
        owner,
    )


@st.fragment
def _curve(running: Task, text: CurveTexts, leaks: Sequence[str], owner: str | None) -> None:
    running.show(text)
    _so_far(running, text, leaks, owner)
    running.work()


def _so_far(running: Task, text: CurveTexts, leaks: Sequence[str], owner: str | None) -> None:
    found = [each for each in running.found if isinstance(each, Size)]
    whole = next((each for each in running.found if isinstance(each, Curve)), None)
    if running.refusal is not None:
        page.refused("", running.refusal)
        return
    if running.stopped:
        page.draw(page.quiet(text.stopped.format(done=len(found), all=len(SHARES))))
    if running.stale:
        page.draw(page.quiet(text.changed))
        return
    said = guard_texts().enough
    if whole is not None:
        gain, low, high = (number.decimal(each) for each in (whole.gain, whole.gain_low, whole.gain_high))
        told = said.verdicts[whole.verdict].format(gain=gain, low=low, high=high)
        page.draw(prep_stage.answer(told, said.scores[whole.score]))
    if len(found) > 1 and whole is not None:
        _picture(found, whole, text)
        page.draw(notes(_rests(whole, text, leaks, owner)))
        with st.expander(text.limits, icon=":material/info:"):
            page.draw(notes(said.limits))
    elif found:
        page.draw(notes(_points(found, text)))


def _picture(found: list[Size], whole: Curve, text: CurveTexts) -> None:
    score = text.scores[whole.score]
    words = {"spread": text.spread, "axis_rows": text.axis_rows, "chance": text.chance}
    st.plotly_chart(
        drawn(found, chance=whole.chance, score=score, text=words),
        key="data_prep.curve.chart",
        config=CONFIG,
        alt=text.alt.format(score=score, points="; ".join(_points(found, text))),
    )
    with st.expander(text.numbers, icon=":material/table_rows:"):
        lines = [
            (number.count(each.rows), *(number.decimal(value) for value in (each.score, each.low, each.high)))
            for each in found
        ]
        columns = [Column(name=name, number=True) for name in text.columns]
        page.draw(table(columns, lines, caption=score))


def _points(found: Sequence[Size], text: CurveTexts) -> list[str]:
    return [
        text.point.format(
            rows=number.count(each.rows),
            score=number.decimal(each.score),
            low=number.decimal(each.low),
            high=number.decimal(each.high),
        )
        for each in found
    ]


def _rests(whole: Curve, text: CurveTexts, leaks: Sequence[str], owner: str | None) -> Iterator[str]:
    yield text.rests.format(rows=number.count(whole.rows), how=text.sampled if whole.sampled else text.all_rows)
    if owner:
        yield text.owners.format(column=visible(owner))
    if leaks:
        yield text.leaks.format(columns=", ".join(map(visible, leaks)))
    if whole.left_out:
        yield text.left_out.format(columns=", ".join(map(visible, whole.left_out[:12])))
