"""Labels by people: a sheet to fill in, the filled-in sheets, and whether those who filled them in agree."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.prep.agreement import MOST_PEOPLE, Agreement, agreement
from aipm.prep.guard_texts import guard_texts
from aipm.prep.labelling import MOST_ROWS, labels_of, sheet
from aipm.tables import ReadOptions, Refusal, read
from aipm.ui import download, page, prep_stage
from aipm.ui.fragments import Column, join, table
from aipm.ui.memo import once
from aipm.ui.prep_panel_texts import PeopleTexts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html
from aipm.ui.state import key

if TYPE_CHECKING:
    import pandas as pd

ROWS = 200
SHOWN = 40
MOST_SHEET_BYTES = 20
"""In megabytes: a sheet has at most 10,000 rows."""


def section(work: Work, text: PeopleTexts) -> None:
    said = guard_texts().labels
    page.section(text.title, sentence=said.agreement)
    with st.expander(text.sheet, icon=":material/assignment:"):
        _sheet(work, text)
    with st.expander(text.agree, icon=":material/group:"):
        _people(work, text)


@st.fragment
def _sheet(work: Work, text: PeopleTexts) -> None:
    """What goes on the sheet, and the sheet."""
    page.draw(page.quiet(f"{text.sentence} {guard_texts().labels.sheet}"))
    data, target = work.frame, work.recipe.target
    columns = [str(column) for column in data.columns]
    token = work.opened.token
    go_by = st.multiselect(
        text.go_by.label,
        columns,
        default=[],
        format_func=distinct(columns),
        help=text.go_by.help,
        key=key(PAGE, f"sheet.{token}.columns"),
    )
    known = data[target].value_counts().index[:20] if target in data.columns else []
    usual = "\n".join(str(each) for each in known) if 2 <= len(known) < 20 else ""
    labels = st.text_area(
        text.labels.label,
        usual,
        help=text.labels.help,
        max_chars=2_000,
        key=key(PAGE, f"sheet.{token}.labels.{target}"),
    )
    guideline = st.text_input(
        text.guideline.label, "", help=text.guideline.help, max_chars=500, key=key(PAGE, f"sheet.{token}.guideline")
    )
    most = min(len(data), MOST_ROWS)
    rows = st.number_input(
        text.rows.label, 1, most, min(ROWS, most), 10, help=text.rows.help, key=key(PAGE, f"sheet.{token}.rows")
    )
    names = [line.strip() for line in labels.splitlines() if line.strip()]

    def made(rows_of: "pd.DataFrame") -> str:
        return sheet(rows_of, go_by, labels=names, guideline=guideline.strip(), rows=int(rows))

    try:
        made(data.head(0))
    except Refusal as refusal:
        page.draw(page.quiet(text.needs.format(message=refusal.message, advice=refusal.advice)))
        return
    download.button(
        text.download,
        lambda: made(data).encode(),
        page=PAGE,
        name="sheet",
        after=work.opened.source.name,
        suffix="-labels.csv",
        mime="text/csv",
    )


@st.fragment
def _people(work: Work, text: PeopleTexts) -> None:
    """Whose labels there are, in the file or in sheets, and how far they agree."""
    data, token = work.frame, work.opened.token
    columns = [str(column) for column in data.columns]
    in_file = st.multiselect(
        text.columns.label,
        columns,
        default=annotators(work),
        format_func=distinct(columns),
        max_selections=MOST_PEOPLE,
        help=text.columns.help,
        key=key(PAGE, f"agree.{token}.columns"),
    )
    uploads = st.file_uploader(
        text.upload,
        type=["csv", "xlsx", "txt", "tsv"],
        accept_multiple_files=True,
        max_upload_size=MOST_SHEET_BYTES,
        help=text.upload_help,
        key=key(PAGE, f"agree.{token}.sheets"),
    )
    sheets: dict[str, pd.DataFrame] = {}
    for upload in uploads:
        try:
            filled = once(
                PAGE, "filled", (upload.file_id, upload.name), partial(_filled, upload.getvalue()), keep=MOST_PEOPLE
            )
            labels_of(data, {upload.name: filled})
            sheets[upload.name] = filled
        except Refusal as refusal:
            page.refused(text.not_read.format(name=visible(upload.name)), refusal)
    columns = [*in_file, *sheets]
    if len(columns) < 2:
        page.draw(page.quiet(text.none))
        return
    question = (token, tuple(work.renamed.items()), tuple(columns), tuple(upload.file_id for upload in uploads))
    try:
        joined = labels_of(data, sheets)[columns]
        found = once(PAGE, "agreement", question, lambda: agreement(joined, columns), keep=4)
    except Refusal as refusal:
        page.refused("", refusal)
        return
    page.draw(_drawn(found, text))
    if sheets:
        page.draw(page.quiet(text.joined_help))
        download.button(
            text.download_joined,
            lambda: _joined(joined),
            page=PAGE,
            name="joined",
            after=work.opened.source.name,
            suffix="-side-by-side.csv",
            mime="text/csv",
        )


def annotators(work: Work) -> list[str]:
    """Columns that are probably labels of several people: alike in their values, and differing in some rows."""

    def look() -> list[str]:
        data = work.frame
        few = [
            column.name
            for column in work.profile.columns
            if 2 <= column.distinct <= 20
            and column.name != work.recipe.target
            and column.kind not in ("number", "date")
        ]
        values = {name: frozenset(data[name].dropna().str.strip().str.casefold().unique()) for name in few}
        for name, mine in values.items():
            alike = [other for other in few if values[other] == mine]
            stem = {each.replace("-", "_").split("_")[0].casefold() for each in alike}
            if len(alike) > 1 and len(stem) == 1 and name == alike[0]:
                return alike[:MOST_PEOPLE]
        return []

    return once(PAGE, "annotators", (work.opened.token, tuple(work.renamed.items()), work.recipe.target), look)


def _filled(data: bytes) -> "pd.DataFrame":
    """A filled-in sheet, read like any other file: in a child process, with limits."""
    from aipm.prep.frames import frame_of

    return frame_of(read(data, ReadOptions()))


def _drawn(found: Agreement, text: PeopleTexts) -> Html:
    said = guard_texts().labels
    value, low, high = (number.decimal(each) for each in (found.value, found.low, found.high))
    told = said.bands[found.band].format(value=value, low=low, high=high)
    observed = text.observed.format(observed=number.rate(found.observed), rows=number.count(found.rows))
    parts = [prep_stage.answer(told, f"{observed} {said.coefficients[found.coefficient]}")]
    if found.disputed:
        rows = ", ".join(number.count(row) for row in found.disputed[:SHOWN])
        more = f" {text.more}" if len(found.disputed) > SHOWN else ""
        parts.append(page.quiet(text.disputed.format(count=number.count(len(found.disputed)), rows=rows + more)))
    if found.confused:
        heads = [Column(name=name, number=place > 1) for place, name in enumerate(text.confused_columns)]
        parts.append(
            table(heads, [(one, two, number.count(rows)) for one, two, rows in found.confused], caption=text.confused)
        )
    return join(parts)


def _joined(labels: "pd.DataFrame") -> bytes:
    """The labels of the rows that somebody labelled, with the number of each row; harmless in a spreadsheet."""
    from aipm.tables.formula import formula_safe

    some = labels[labels.notna().any(axis=1)]
    safe = some.map(lambda cell: formula_safe(cell) if isinstance(cell, str) else cell)
    safe.columns = [formula_safe(str(name)) for name in safe.columns]
    safe.insert(0, "row", safe.index + 1, allow_duplicates=True)
    return bytes(safe.to_csv(index=False, lineterminator="\n").encode())
