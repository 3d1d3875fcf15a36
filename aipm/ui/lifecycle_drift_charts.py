"""Pictures of a year with drift: right and measured for either team, the stability index, the share of people seen."""

from typing import Any

import streamlit as st

from aipm.content.palette import ACCENT, CHARTS, QUIET
from aipm.labs.drift import HISTORY, START, WEEKS, Settings, Year, psi_by_chance
from aipm.labs.drift_reading import HIGH, LOW
from aipm.ui import page
from aipm.ui.charts import CONFIG, layout
from aipm.ui.lifecycle_drift_texts import ChartTexts, DriftTexts
from aipm.ui.lifecycle_numbers import amount, share, whole
from aipm.ui.safe import Html, markup, plotly
from aipm.ui.state import key

SAID = (1, 12, 20, 30, 40, 52)
"""Weeks that the text in place of a picture tells."""
HEIGHT, LOW_HEIGHT = 320, 240
TOP = 24
LOUD = 4
"""Weeks over the upper band that count as leaving it, where they come and go with a season."""
Years = tuple[Year, Year]


def draw(teams: tuple[Settings, Settings], years: Years, texts: DriftTexts, *, retrained: tuple[str, ...]) -> None:
    said, names = texts.chart, (texts.sides["one"], texts.sides["other"])
    page.draw(_key(said))
    low = min(value for each in years for value in (*each.right, *each.measured) if value is not None)
    for place, column in enumerate(st.columns(2, gap="large")):
        with column:
            found, name = years[place], names[place]
            title = said.accuracy.format(side=name, finding=_finding(teams[place], found, said))
            page.draw(Html(f"<h3>{markup(title)}</h3>"))
            figure, alt = _accuracy(found, low, said)
            alt = alt.format(side=name, retrained=retrained[place])
            st.plotly_chart(figure, key=key("lifecycle", f"drift.{place}"), config=CONFIG, alt=alt)
    left, right = st.columns(2, gap="large")
    with left:
        since = years[0].psi[START - 1 :]
        loud = sorted(since)[len(since) // 2] >= LOW or sum(each >= HIGH for each in since) >= LOUD
        page.draw(Html(f"<h3>{markup(said.psi_loud if loud else said.psi_calm)}</h3>"))
        figure, alt = _psi(years[0], said)
        st.plotly_chart(figure, key=key("lifecycle", "drift.psi"), config=CONFIG, alt=alt)
        volume = teams[0].volume
        chance = f"{psi_by_chance(HISTORY * volume, volume):.2f}"
        page.draw(page.quiet(said.psi_note.format(volume=whole(volume), chance=chance)))
    with right:
        page.draw(Html(f"<h3>{markup(said.seen)}</h3>"))
        if not teams[0].selective:
            page.draw(page.quiet(said.all_seen))
            return
        figure, alt = _seen(years, names, said)
        st.plotly_chart(figure, key=key("lifecycle", "drift.seen"), config=CONFIG, alt=alt)


def _key(said: ChartTexts) -> Html:
    """What the lines and marks of both pictures mean."""
    marks = {"right": said.right, "measured": said.measured, "alarm": said.alarm, "trained": said.trained}
    lines = "".join(f'<li><b class="{mark}"></b>{markup(name)}</li>' for mark, name in marks.items())
    return Html(f'<ul class="drift-key">{lines}</ul>')


def _finding(team: Settings, found: Year, said: ChartTexts) -> str:
    if team.shift == "none" and not found.alarms:
        return said.findings["quiet"]
    return said.findings["noticed" if found.noticed else "unnoticed"].format(week=found.noticed)


def _accuracy(found: Year, low: float, said: ChartTexts) -> tuple[dict[str, Any], str]:
    """The picture, and the words in its place but for the names of the team and of what it does."""
    weeks = list(range(1, WEEKS + 1))
    traces = [
        _line(weeks, found.right, said.right, color=ACCENT.mark, dash="dot"),
        _line(weeks, found.measured, said.measured, color=CHARTS[5], dash="solid"),
        _marks(_first(found.alarms), found.measured, said.alarm, symbol="triangle-up"),
    ]
    floor = max(low - 0.06, 0.0)
    if found.trained:
        traces.append(
            _marks(found.trained, [floor + 0.015] * WEEKS, said.trained, symbol="line-ns-open", color=QUIET.mark)
        )
    shown = layout(said.x, said.y)
    shown |= {"height": HEIGHT, "showlegend": False}
    shown["margin"]["t"] = TOP
    shown["yaxis"] |= {"range": [floor, 1.0], "tickformat": ".0%"}
    _weeks(shown, said)
    alt = said.alt.format(
        side="{side}",
        retrained="{retrained}",
        right=_points(found.right, said),
        measured=_points(found.measured, said),
        alarms=_list(found.alarms, said),
        trained=_list(found.trained, said),
    )
    return {"data": traces, "layout": shown}, alt


def _psi(found: Year, said: ChartTexts) -> tuple[dict[str, Any], str]:
    weeks = list(range(1, WEEKS + 1))
    shown = layout(said.x, said.psi_y)
    shown |= {"height": LOW_HEIGHT, "showlegend": False}
    shown["margin"]["t"] = TOP
    shown["yaxis"] |= {"range": [0, max(max(found.psi) * 1.1, HIGH * 1.3)]}
    _weeks(shown, said)
    for level, name in ((LOW, said.psi_low), (HIGH, said.psi_high)):
        shown["shapes"].append(_rule(level))
        shown["annotations"].append(
            {"x": 1, "y": level, "text": plotly(name), "showarrow": False, "yanchor": "bottom", "xanchor": "left"}
        )
    points = "; ".join(said.alt_point.format(share=amount(round(found.psi[week - 1], 3)), week=week) for week in SAID)
    return {"data": [_line(weeks, found.psi, said.psi_y, color=ACCENT.mark, per_cent=False)], "layout": shown}, (
        said.psi_alt.format(points=points)
    )


def _seen(years: Years, names: tuple[str, str], said: ChartTexts) -> tuple[dict[str, Any], str]:
    weeks = list(range(1, WEEKS + 1))
    traces = [
        _line(weeks, years[0].seen, names[0], color=ACCENT.mark, dash="solid"),
        _line(weeks, years[1].seen, names[1], color=CHARTS[1], dash="dash"),
    ]
    shown = layout(said.x, said.seen_y)
    shown["height"] = LOW_HEIGHT + 40
    shown["yaxis"] |= {"range": [0, 1.04], "tickformat": ".0%"}
    _weeks(shown, said)
    one, other = (_points(each.seen, said) for each in years)
    return {"data": traces, "layout": shown}, said.seen_alt.format(one=one, other=other)


def _line(
    weeks: list[int], values: Any, name: str, *, color: str, dash: str = "solid", per_cent: bool = True
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plotly(name),
        "x": weeks,
        "y": [None if value is None else round(value, 4) for value in values],
        "connectgaps": False,
        "hovertemplate": "%{x}: %{y:.1%}" if per_cent else "%{x}: %{y:.2f}",
        "line": {"color": color, "width": 2.5, "dash": dash},
    }


def _marks(weeks: Any, values: Any, name: str, *, symbol: str, color: str = CHARTS[5]) -> dict[str, Any]:
    known = [week for week in weeks if values[week - 1] is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plotly(name),
        "x": known,
        "y": [round(values[week - 1], 4) for week in known],
        "hovertemplate": "%{x}",
        "marker": {"symbol": symbol, "size": 10, "color": color, "line": {"width": 2, "color": color}},
    }


def _weeks(shown: dict[str, Any], said: ChartTexts) -> None:
    """The week of the change as a line with its word, on an axis of weeks."""
    shown["xaxis"] |= {"range": [0, WEEKS + 1], "dtick": 13, "tick0": 0}
    shown["shapes"] = [
        {
            "type": "line",
            "x0": START,
            "x1": START,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": QUIET.mark, "width": 1.5, "dash": "dash"},
        }
    ]
    shown["annotations"] = [
        {
            "x": START,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "xanchor": "left",
            "text": plotly(said.change),
            "showarrow": False,
        }
    ]


def _rule(level: float) -> dict[str, Any]:
    line = {"color": QUIET.mark, "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level, "line": line}


def _points(values: Any, said: ChartTexts) -> str:
    return "; ".join(
        said.alt_point.format(share=share(values[week - 1]), week=week) for week in SAID if values[week - 1] is not None
    )


def _first(weeks: tuple[int, ...]) -> list[int]:
    """The first of alarms that follow one another week by week."""
    return [week for week in weeks if week - 1 not in weeks]


def _list(weeks: tuple[int, ...], said: ChartTexts) -> str:
    return ", ".join(map(str, weeks)) or said.alt_none
