"""Who is missing: the groups of a column beside a reference population that is typed in or uploaded."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.prep.diversity import Diversity, diversity, reference_of
from aipm.prep.guard_texts import guard_texts
from aipm.tables import ReadOptions, Refusal, read
from aipm.ui import page, prep_stage
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import Column, notes, table
from aipm.ui.memo import once
from aipm.ui.prep_panel_charts import MOST, against
from aipm.ui.prep_panel_texts import DiversityTexts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html
from aipm.ui.state import kept, key

if TYPE_CHECKING:
    import pandas as pd

OFFERED = 30
"""Groups of the column that the table to type in begins with."""
WAYS = ("type", "upload")


def section(work: Work, text: DiversityTexts) -> None:
    page.section(text.title, sentence=guard_texts().diversity.explain)
    prep_stage.cards(work, "sensitive_attribute")
    _compare(work, text)
    page.draw(page.quiet(text.to_collect))


@st.fragment
def _compare(work: Work, text: DiversityTexts) -> None:
    columns = groups(work)
    if not columns:
        return
    column = st.selectbox(
        text.column.label,
        columns,
        format_func=distinct(columns),
        help=text.column.help,
        **kept(PAGE, f"diversity.{work.opened.token}.column"),
    )
    way = st.segmented_control(
        text.how.label,
        WAYS,
        default="type",
        format_func=lambda each: text.ways[each],
        required=True,
        help=text.how.help,
        **kept(PAGE, "diversity.way"),
    )
    data = prep_stage.before_split(work)
    try:
        reference = _uploaded(text) if way == "upload" else _typed(work, data, column, text)
        if sum(value > 0 for value in reference.values()) < 2:
            page.draw(page.quiet(text.empty))
            return
        question = (prep_stage.before_question(work), column, tuple(reference.items()))
        found = once(PAGE, "diversity", question, lambda: diversity(data[column], reference), keep=4)
    except Refusal as refusal:
        page.refused("", refusal)
        return
    _drawn(found, column, text)


def groups(work: Work) -> list[str]:
    """Columns that may tell groups of people apart, what is known to do so first."""
    there = set(map(str, prep_stage.before_split(work).columns))
    first = [name for name in prep_stage.groups(work) if name in there]
    some = [each.name for each in work.profile.columns if 2 <= each.distinct <= OFFERED and each.name in there]
    return list(dict.fromkeys([*first, *(name for name in some if name != work.recipe.target), *some]))


def _typed(work: Work, data: "pd.DataFrame", column: str, text: DiversityTexts) -> Mapping[str, float]:
    import pandas as pd

    names = [str(name) for name in data[column].value_counts().index[:OFFERED]]
    start = pd.DataFrame(
        {"group": pd.Series(names, dtype="str"), "share": pd.Series([None] * len(names), dtype="float")}
    )
    page.draw(page.quiet(text.table_help))
    edited = st.data_editor(
        start,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * (len(start) + 1), 300),
        column_config={
            "group": st.column_config.TextColumn(text.group, required=True),
            "share": st.column_config.NumberColumn(text.share, min_value=0),
        },
        key=key(PAGE, f"diversity.{work.opened.token}.{column}.table"),
    )
    filled = edited.dropna(subset=["group", "share"])
    return {str(name): float(share) for name, share in zip(filled["group"], filled["share"], strict=True)}


def _uploaded(text: DiversityTexts) -> Mapping[str, float]:
    from aipm.prep.frames import frame_of

    upload = st.file_uploader(text.upload, type=["csv", "tsv", "txt", "xlsx"], key=key(PAGE, "diversity.upload"))
    if upload is None:
        return {}
    return once(
        PAGE,
        "reference",
        upload.file_id,
        lambda: reference_of(frame_of(read(upload.getvalue(), ReadOptions()))),
        keep=2,
    )


def _drawn(found: Diversity, column: str, text: DiversityTexts) -> None:
    said = guard_texts().diversity
    page.draw(prep_stage.answer(said.misplaced.format(misplaced=number.rate(found.misplaced))))
    lacking = [
        said.verdicts[each.verdict].format(
            group=visible(each.group),
            rows=number.count(found.rows),
            share=number.rate(each.share),
            expected=number.rate(each.expected),
            lacking=number.count(each.lacking),
        )
        for each in found.groups
        if each.verdict in ("too_few", "absent", "not_in_reference")
    ]
    if lacking:
        page.draw(notes(lacking[:MOST]))
    shown = found.groups[:MOST]
    spoken = "; ".join(
        f"{visible(each.group)} {number.rate(each.share)}, {number.rate(each.expected)}" for each in shown
    )
    st.plotly_chart(
        against(shown, here=text.here, there=text.there),
        key=key(PAGE, "diversity.chart"),
        config=CONFIG,
        alt=text.alt.format(groups=spoken),
    )
    page.draw(_table(found, column, text))


def _table(found: Diversity, column: str, text: DiversityTexts) -> Html:
    heads = [Column(name=name, number=0 < place < len(text.columns) - 1) for place, name in enumerate(text.columns)]
    lines = [
        (
            each.group,
            number.rate(each.share),
            number.interval(each.low, each.high, form=number.rate),
            number.rate(each.expected),
            number.ratio(each.ratio),
            text.verdicts[each.verdict],
        )
        for each in found.groups
    ]
    missing = f". {text.missing.format(missing=number.count(found.missing))}" if found.missing else ""
    return table(heads, lines, caption=text.caption.format(column=visible(column)) + missing)
