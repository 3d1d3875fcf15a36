"""What the makers of entries share: an entry from what a tool handed over, and charts that may not come about."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from aipm.brief.entry import Entry, Figure, of_result
from aipm.content.chart import MOST_LABELS, MOST_SERIES, Chart, Kind, Series, written
from aipm.governance.evidence import Result
from aipm.governance.fields import LONGEST
from aipm.ui import results
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.versions import known

NAME = 200
"""Characters of a name in a figure or a chart."""
MOST_SAID = 10
"""Values that are read out beside a chart."""
MOST_WARNINGS = 20


def made(
    tool: str,
    *,
    spec: dict[str, Any],
    versions: Iterable[str] = (),
    summary: str | None = None,
    warnings: Iterable[str] = (),
    figures: Iterable[Figure] = (),
    charts: Iterable[Chart | None] = (),
    suppressed: bool = False,
) -> Entry:
    """The entry of what this tool said last; its own sentence, unless there is a `summary`."""
    result = results.of(tool)
    assert result is not None, f"{tool} has handed nothing over"
    said: Result = result if summary is None else replace(result, said=summary[:LONGEST])
    return of_result(
        said,
        title=brief_add_texts().titles[tool],
        spec=spec,
        warnings=tuple(each[:LONGEST] for each in warnings if each)[:MOST_WARNINGS],
        figures=tuple(figures),
        charts=tuple(each for each in charts if each is not None),
        versions=known("app", *versions),
        suppressed=suppressed,
    )


def short(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1]}…"


def chart(
    kind: Kind,
    *,
    title: str,
    labels: Iterable[str],
    series: Iterable[Series],
    alternative: str,
    values: Iterable[str] | None = None,
    unit: str = "",
    note: str = "",
    named: str = "",
) -> Chart | None:
    """A chart; None where there is nothing to draw, or a value that cannot be drawn. `alternative` has {values}."""
    names, lines = tuple(map(short, labels)), tuple(series)
    if not 0 < len(names) <= MOST_LABELS or not 0 < len(lines) <= (MOST_LABELS if kind == "matrix" else MOST_SERIES):
        return None
    if values is None:
        values = (f"{name} {written(value, unit)}" for name, value in zip(names, lines[0].values, strict=True))
    told = list(values)
    more = " …" if len(told) > MOST_SAID else ""
    try:
        return Chart(
            kind=kind,
            title=title,
            labels=names,
            series=lines,
            alternative=alternative.format(values="; ".join(told[:MOST_SAID]) + more),
            unit=unit,
            note=note,
            named=named,
        )
    except ValueError:
        return None
