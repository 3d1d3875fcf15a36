"""What a step does, drawn: cells before and after, counts, distributions, and the rows of each group."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from aipm.content import number
from aipm.content.palette import ACCENT, QUIET
from aipm.prep.operations.expression import formula_columns
from aipm.prep.preview import SAMPLE, Distribution, Preview
from aipm.tables import Refusal
from aipm.ui import page, prep_state
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_texts import PreviewTexts, prep_page
from aipm.ui.prep_work import Tried
from aipm.ui.safe import Html, markup, plotly
from aipm.ui.state import key

if TYPE_CHECKING:
    import pandas as pd

MOST_CELLS = 12
MOST_PICTURES = 2
FIRST = 6
MOST_COLUMNS = 6
LABEL = 24


def draw(tried: Tried, *, name: str) -> None:
    """A step's report and preview; `name` is unique on the page."""
    said = prep_page().preview
    report, found = tried.report, tried.preview
    if found is None:
        page.refused(said.cannot, Refusal(report.status, report.message))
        return
    page.draw(Html(f'<p class="does">{markup(report.message, limit=LONG)}</p>'))
    _results(tried, said)
    _cells(found, said)
    _groups(found, said)
    _pictures(found, said, name=name)


def _results(tried: Tried, said: PreviewTexts) -> None:
    """The first values of columns that a step made, beside those they were made of."""
    added = [column for column in tried.report.added if tried.preview is not None]
    if not added:
        return
    after: pd.DataFrame = next(iter(tried.after.parts.values()))
    expression = str(tried.step.params.get("expression", ""))
    named = formula_columns(expression) if expression else tried.step.columns
    shown = [name for name in (*named, *added) if name in after.columns][:MOST_COLUMNS]
    rows = [
        [number.count(int(place) + 1), *(_cell(value, said) for value in values)]
        for place, values in zip(after.index[:FIRST], after[shown].head(FIRST).itertuples(index=False), strict=True)
    ]
    columns = [Column(name=said.cell_columns[0]), *(Column(name=name) for name in shown)]
    page.draw(table(columns, rows, caption=said.first))


def _cell(value: Any, said: PreviewTexts) -> str:
    import pandas as pd

    if pd.isna(value):
        return said.missing
    return f"{value:g}" if isinstance(value, float) else str(value)


def _cells(found: Preview, said: PreviewTexts) -> None:
    counts = {name: count for name, count in found.changes.by_column.items() if name not in found.changes.added}
    if found.cells:
        shown = found.cells[:MOST_CELLS]
        rows = [
            (number.count(each.row), each.column, each.before or said.missing, each.after or said.missing)
            for each in shown
        ]
        columns = [Column(name=name) for name in said.cell_columns]
        caption = said.cells.format(count=number.count(len(shown)), all=number.count(sum(counts.values())))
        page.draw(table(columns, rows, caption=caption))
    if len(counts) > 1:
        columns = [Column(name=name, number=place > 0) for place, name in enumerate(said.count_columns)]
        rows_by = [(name, number.count(count)) for name, count in counts.items()]
        page.draw(table(columns, rows_by[:50], caption=said.counts))


def _groups(found: Preview, said: PreviewTexts) -> None:
    group = prep_state.group()
    if not found.groups or group is None:
        return
    rows = [
        (
            said.missing if value is None else value,
            number.count(before),
            number.count(after),
            number.rate(after / before if before else None),
            number.count(touched),
            number.rate(touched / before if before else None),
        )
        for (value, before, after), touched in zip(found.groups, found.touched, strict=True)
    ]
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(said.group_columns)]
    page.draw(table(columns, rows, caption=said.groups.format(column=group)))


def _pictures(found: Preview, said: PreviewTexts, *, name: str) -> None:
    shown = [each for each in found.distributions if _tells(each)][:MOST_PICTURES]
    if not shown:
        return
    for place, (each, column) in enumerate(zip(shown, st.columns(len(shown)), strict=True)):
        figure, words = chart(each, said)
        with column:
            st.plotly_chart(figure, key=key(PAGE, f"picture.{name}.{place}"), config=CONFIG, alt=words)
            page.draw(page.quiet(_blank(each, said)))
    if found.sampled is not None:
        page.draw(page.quiet(said.sampled.format(rows=number.count(SAMPLE))))


def _tells(each: Distribution) -> bool:
    """Whether there is something to see: not where the column goes, or every value is another."""
    if each.after is None:
        return False
    if each.edges:
        return True
    sides = [side for side in (each.before, each.after) if side]
    return any(sum(side[:-1]) > 0.2 * sum(side) for side in sides)


def _blank(each: Distribution, said: PreviewTexts) -> str:
    form = said.blank if each.before is not None and each.after is not None else said.blank_new
    blank = each.missing_before if each.after is None else each.missing_after
    return form.format(
        column=each.column,
        before=number.count(each.missing_before),
        after=number.count(each.missing_after),
        count=number.count(blank),
    )


def chart(each: Distribution, said: PreviewTexts) -> tuple[dict[str, Any], str]:
    """Rows before and after as bars side by side, and the same in words. Bins stand at their middle."""
    labels = _labels(each, said)
    middles = [(low + high) / 2 for low, high in zip(each.edges, each.edges[1:], strict=False)]
    traces: list[dict[str, Any]] = []
    for counts, called, colour in ((each.before, said.before, QUIET.mark), (each.after, said.after, ACCENT.mark)):
        if counts is None:
            continue
        shown = list(counts[: len(labels)])
        traces.append(
            {
                "type": "bar",
                "name": called,
                "x": middles or labels,
                "y": shown,
                "marker": {"color": colour},
                "hovertext": [f"{label}: {number.count(rows)}" for label, rows in zip(labels, shown, strict=True)],
                "hoverinfo": "text+name",
            }
        )
    layout = {
        "title": {"text": plotly(each.column, limit=LABEL * 2), "font": {"size": 14}},
        "height": 260,
        "margin": {"l": 8, "r": 8, "t": 64, "b": 8},
        "barmode": "group",
        "bargap": 0.1,
        "showlegend": len(traces) > 1,
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "xanchor": "left", "x": 0, "title": {"text": ""}},
        "xaxis": {
            "type": "linear" if middles else "category",
            "automargin": True,
            "fixedrange": True,
            "nticks": 6 if middles else 0,
            "title": {"text": ""},
        },
        "yaxis": {"rangemode": "tozero", "automargin": True, "fixedrange": True, "title": {"text": said.rows}},
    }
    words = "; ".join(
        f"{trace['name']}: " + ", ".join(f"{label} {count}" for label, count in zip(labels, trace["y"], strict=True))
        for trace in traces
    )
    return {"data": traces, "layout": layout}, f"{each.column}. {words}"


def _labels(each: Distribution, said: PreviewTexts) -> list[str]:
    if each.edges:
        return [f"{low:.3g}–{high:.3g}" for low, high in zip(each.edges, each.edges[1:], strict=False)]
    names = [plotly(label, limit=LABEL) for label in each.labels[:-1]]
    others = any(side is not None and side[-1] for side in (each.before, each.after))
    return [*names, *([said.other] if others else [])]
