"""Labels that may be wrong: a search on a button, the suspected rows to look at, and their correction as a step."""

from collections.abc import Iterator

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.prep.guard_texts import guard_texts
from aipm.prep.label_errors import FOLDS, LabelErrors, suspicions
from aipm.prep.recipe import Step
from aipm.ui import download, page, prep_stage, prep_state
from aipm.ui.fragments import Column, notes, table
from aipm.ui.prep_panel_texts import ErrorsTexts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_task import Task, task
from aipm.ui.prep_work import Work
from aipm.ui.state import key

SHOWN = 60
MOST_CELLS = 60
WELL, HARDLY = 0.6, 0.2
"""Of the way from guessing to always right."""


def section(work: Work, text: ErrorsTexts) -> None:
    page.section(text.title, sentence=guard_texts().labels.errors)
    target, data = work.recipe.target, prep_stage.before_split(work)
    if target is None or target not in data.columns:
        return
    owner = prep_stage.owner(work)
    hidden = [*prep_stage.leaks(work), *([owner] if owner is not None else [])]

    def begin() -> Iterator[int | LabelErrors]:
        return suspicions(data, target, leave_out=hidden)

    running = task("suspects", (prep_stage.before_question(work), target, owner), begin, steps=FOLDS + 1)
    _search(work, running, target, text)


@st.fragment
def _search(work: Work, running: Task, target: str, text: ErrorsTexts) -> None:
    running.show(text)
    if running.refusal is not None:
        page.refused("", running.refusal)
    elif running.stopped:
        done = min(len(running.found), FOLDS)
        page.draw(page.quiet(text.stopped.format(done=number.count(done), all=number.count(FOLDS))))
    elif running.stale:
        page.draw(page.quiet(text.changed))
    elif running.done:
        _found(work, running.found[-1], target, text)
    running.work()


def _found(work: Work, found: LabelErrors, target: str, text: ErrorsTexts) -> None:
    told = (text.found if found.suspects else text.nothing).format(
        count=number.count(len(found.suspects)),
        rows=number.count(found.rows),
        how=text.how[how_well(found)],
        agreement=number.rate(found.agreement),
        guessing=number.rate(found.guessing),
    )
    page.draw(prep_stage.answer(told))
    lines = [guard_texts().labels.errors_weak] if how_well(found) == "hardly" else []
    lines += [text.sampled] if found.sampled else []
    lines += [text.rare.format(labels=", ".join(map(visible, found.rare[:8])))] if found.rare else []
    if lines:
        page.draw(notes(lines))
    if found.suspects:
        _correct(work, found, target, text)


def how_well(found: LabelErrors) -> str:
    """How well the model tells the labels apart: well, somewhat, hardly."""
    reached = (found.agreement - found.guessing) / (1 - found.guessing)
    return "well" if reached >= WELL else "somewhat" if reached >= HARDLY else "hardly"


def _correct(work: Work, found: LabelErrors, target: str, text: ErrorsTexts) -> None:
    """The most suspect rows, each with room for what is right."""
    import pandas as pd

    shown = found.suspects[:SHOWN]
    page.draw(page.quiet(text.caption.format(count=number.count(len(shown)))))
    lines = pd.DataFrame(
        {
            "row": [each.row for each in shown],
            "label": [visible(each.label) for each in shown],
            "likely": [visible(each.likely) for each in shown],
            "doubt": [each.confidence for each in shown],
            "correct": pd.Series([None] * len(shown), dtype="str"),
        }
    )
    names = sorted({each.label for each in found.suspects} | {each.likely for each in found.suspects})
    edited = st.data_editor(
        lines,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(shown), 320),
        disabled=["row", "label", "likely", "doubt"],
        column_config={
            "row": st.column_config.NumberColumn(text.row, format="%d"),
            "label": st.column_config.TextColumn(text.label),
            "likely": st.column_config.TextColumn(text.likely),
            "doubt": st.column_config.NumberColumn(text.doubt, format="percent"),
            "correct": st.column_config.SelectboxColumn(text.correct, options=[visible(name) for name in names]),
        },
        key=key(PAGE, f"suspects.{prep_state.revision()}"),
    )
    spelled = {visible(name): name for name in names}
    right = {
        str(row): spelled[label]
        for row, label in zip(edited["row"], edited["correct"], strict=True)
        if isinstance(label, str) and label in spelled
    }
    left, middle = st.columns(2)
    with left:
        step = Step(
            id="correct-labels",
            op="correct_labels",
            columns=(target,),
            params={"labels": right},
            reason=text.reason,
        )
        said = text.accept.format(count=number.count(len(right))) if right else text.accept_none
        if st.button(said, key=key(PAGE, "suspects.accept"), disabled=not right, icon=":material/check:"):
            prep_state.add(step)
            st.rerun()
    with middle:
        download.button(
            text.download,
            lambda: listed(found),
            page=PAGE,
            name="suspects.download",
            after=work.opened.source.name,
            suffix="-suspected-labels.csv",
            mime="text/csv",
        )
    _look(work, [each.row for each in shown], text)


def _look(work: Work, rows: list[int], text: ErrorsTexts) -> None:
    """One of the rows in full, so that a person can judge."""
    row = st.selectbox(text.look, rows, index=None, format_func="{:d}".format, key=key(PAGE, "suspects.look"))
    if row is None:
        return
    cells = work.frame.loc[row - 1]
    shown = [(str(name), "" if cell != cell else str(cell)) for name, cell in cells.items()]  # noqa: PLR0124 - missing
    heads = [Column(name=name) for name in text.look_columns]
    page.draw(table(heads, shown[:MOST_CELLS], caption=text.look_caption.format(row=number.count(row))))


def listed(found: LabelErrors) -> bytes:
    """Every suspected row as a CSV that a spreadsheet cannot run."""
    import csv
    import io

    from aipm.tables.formula import formula_safe

    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n")
    write.writerow(["row", "label", "likely", "confidence"])
    for each in found.suspects:
        write.writerow([each.row, formula_safe(each.label), formula_safe(each.likely), f"{each.confidence:.4f}"])
    return text.getvalue().encode()
