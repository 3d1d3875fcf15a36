"""Scores and thresholds: the threshold moved by hand, the curves, the price of equal rates, and why not all at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.fairness import curves
from aipm.fairness import texts as words
from aipm.fairness.result import Estimate
from aipm.fairness.scores import histogram
from aipm.fairness.section import Section, Table
from aipm.fairness.spec import Group
from aipm.fairness.thresholds import Sweep, at, sweep
from aipm.ui import audit_scores_film, audit_scores_price, audit_scores_section, audit_scores_why, page
from aipm.ui.audit_deeper import PAGE, Asked
from aipm.ui.audit_scores_curves import MOST_LINES, curve_line, figure, ranking_rows, reliability_line, spoken
from aipm.ui.audit_scores_said import NEEDED, count_rows, lead, threshold
from aipm.ui.audit_scores_texts import CurveTexts, ScoresTexts, scores_texts
from aipm.ui.audit_table import drawn
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import LONG, join
from aipm.ui.memo import once
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.spread import SpreadRow, spread
from aipm.ui.state import kept, key

Shown = audit_scores_section.Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Where the person stands: the groups of one column at one threshold; `measured` begins with everybody."""

    found: Sweep
    column: int
    part: slice
    place: int
    measured: dict[str, list[Estimate]]

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.found.people.groups[self.part]

    @property
    def edge(self) -> float:
        return float(self.found.edges[self.place])


def draw(asked: Asked) -> Callable[[int], Section] | None:
    texts = scores_texts()
    if asked.counts.scale is None:
        return _without_score(asked, texts)
    found = once(PAGE, "deeper.scores.sweep", asked.question, lambda: sweep(asked.counts, asked.spec), keep=2)
    now: dict[str, Shown] = {}
    _moving(asked, found, now)
    return lambda smallest: audit_scores_section.section(asked.counts, asked.spec, found, now["shown"], smallest)


def _without_score(asked: Asked, texts: ScoresTexts) -> Callable[[int], Section] | None:
    """What is missing, and from decisions and labels alone why not everything can be alike."""
    groups: list[Group] = [each.group for each in asked.result.groups if len(each.group) == 1]
    by_group = {each.group: each.metrics for each in asked.result.groups}
    measured = {name: [by_group[group][name] for group in [(), *groups]] for name in NEEDED if name in by_group[()]}
    if not audit_scores_why.possible(measured):
        page.draw(page.quiet(texts.lacks["neither"]))
        return None
    page.draw(page.quiet(f"{texts.lacks['score']} {texts.lacks['decisions']}"))
    _why_alone(asked, groups, measured, asked.counts.columns, texts)
    return lambda smallest: audit_scores_section.decided(asked.result, smallest)


@st.fragment
def _why_alone(
    asked: Asked,
    groups: list[Group],
    measured: dict[str, list[Estimate]],
    columns: tuple[str, ...],
    texts: ScoresTexts,
) -> None:
    column = columns[_column(asked, columns, texts)]
    keep = [k for k, group in enumerate(groups) if group[0][0] == column]
    own = {name: [each[0], *(each[1 + k] for k in keep)] for name, each in measured.items()}
    page.draw(Html(f"<h3>{markup(texts.why.title)}</h3>"))
    audit_scores_why.draw(
        [groups[k] for k in keep], own, asked.result.comparisons, texts, token=f"{asked.token}.decided"
    )


def _column(asked: Asked, columns: tuple[str, ...], texts: ScoresTexts) -> int:
    """Which column's groups are looked at."""
    if len(columns) == 1:
        return 0
    chosen = st.segmented_control(
        texts.film.column,
        range(len(columns)),
        default=0,
        format_func=distinct(range(len(columns)), written=lambda k: markdown(visible(columns[k]))),
        required=True,
        **kept(PAGE, f"{asked.token}.scores.column"),
    )
    return int(chosen or 0)


@st.fragment
def _moving(asked: Asked, found: Sweep, now: dict[str, Shown]) -> None:
    texts = scores_texts()
    if not found.labelled:
        page.draw(page.quiet(texts.lacks["label"]))
    column = _column(asked, asked.counts.columns, texts)
    combination = found.people.combinations[column]
    part = slice(combination.start, combination.stop)
    top = st.container()
    place = _film(asked, found, part, column, texts)
    measured = {name: [each[0], *each[part]] for name, each in at(found, place).items()}
    here = At(found=found, column=column, part=part, place=place, measured=measured)
    now["shown"] = Shown(column=column, place=place, costs=audit_scores_price.costs() if found.labelled else None)
    lines = lead(here.edge, ((), *here.groups), measured, texts)
    more = lines[2:]
    if place == found.start and asked.spec.prediction is not None and asked.spec.threshold is None:
        more.append(texts.answer.start)
    with top:
        answer = markup(" ".join(lines[:2]), limit=LONG)
        page.draw(Html(f'<div class="answer" role="status"><p>{answer}</p></div>'))
        if more:
            page.draw(page.quiet(" ".join(more)))
    page.draw(page.quiet(texts.film.note))
    if len(here.groups) > audit_scores_film.MOST_GROUPS:
        page.draw(page.quiet(texts.film.more.format(shown=audit_scores_film.MOST_GROUPS, count=len(here.groups))))
    _folded(asked, here, texts)


def _film(asked: Asked, found: Sweep, part: slice, column: int, texts: ScoresTexts) -> int:
    """The slider, and the place where it stands; it stays where it is when another column is chosen."""
    held = key(PAGE, "scores.at")
    question, left = st.session_state.get(held, (None, 0))
    place = int(left) if question == asked.question else found.start

    def work() -> dict[str, Any]:
        return audit_scores_film.reel(found, part, texts)

    def moved(to: int) -> None:
        st.session_state[held] = (asked.question, to)

    facts = once(PAGE, "deeper.scores.film", (asked.question, column), work, keep=4)
    audit_scores_film.film(facts, place=place, key=key(PAGE, f"scores.film.{facts['id']}"), moved=moved)
    return place


def _folded(asked: Asked, here: At, texts: ScoresTexts) -> None:
    """What is worked out only where it was opened."""
    parts = {
        "counts": (texts.counts["title"], ":material/table_rows:", _counts),
        "curves": (texts.curves.title, ":material/show_chart:", _curves),
        "price": (texts.price.title, ":material/balance:", _price),
        "why": (texts.why.title, ":material/help:", _why),
    }
    for name, (text, icon, part) in parts.items():
        if name == "why" and not audit_scores_why.possible(here.measured):
            continue
        box = st.expander(text, icon=icon, key=key(PAGE, f"scores.open.{name}"), on_change="rerun")
        if box.open:
            with box:
                part(asked, here, texts)


def _counts(asked: Asked, here: At, texts: ScoresTexts) -> None:
    # The rates of the groups that are drawn stand beside the slider.
    rates = len(here.groups) > audit_scores_film.MOST_GROUPS or not here.found.labelled
    head, rows = count_rows([(), *here.groups], here.measured, rates=rates)
    caption = texts.counts["caption" if here.found.labelled else "caption_short"]
    page.draw(drawn(Table(caption=caption.format(threshold=threshold(here.edge, texts)), head=head, rows=tuple(rows))))
    if asked.spec.weight is not None:
        page.draw(page.quiet(texts.counts["weighted"]))


def _curves(asked: Asked, here: At, texts: ScoresTexts) -> None:
    said = texts.curves
    kinds = tuple(said.names) if here.found.labelled else ("spread",)
    kind = kinds[0]
    if len(kinds) > 1:
        kind = st.segmented_control(
            said.pick,
            kinds,
            default=kind,
            format_func=lambda name: said.names[name],
            label_visibility="collapsed",
            required=True,
            **kept(PAGE, "scores.picture"),
        )
    scale = asked.counts.scale
    assert scale is not None
    about = said.about["calibration_scale" if kind == "calibration" and not scale.is_probability else kind]
    if kind == "spread":
        page.draw(_spread(asked, here, said))
    else:
        _picture(asked, here, kind, said)
    page.draw(page.quiet(about))
    if here.found.labelled and kind != "spread":
        head, rows = ranking_rows(asked.result, [(), *here.groups])
        page.draw(drawn(Table(caption=said.caption, head=head, rows=tuple(rows))))


def _picture(asked: Asked, here: At, kind: str, said: CurveTexts) -> None:
    scale = asked.counts.scale
    assert scale is not None
    groups = [k - here.part.start for k in audit_scores_film.largest(here.found, here.part, MOST_LINES)]
    names = [words.short(group) for group in here.groups]
    probability = kind == "calibration" and scale.is_probability
    ends = None if kind != "calibration" or scale.is_probability else (scale.low, scale.high)
    if kind == "calibration":
        found = once(
            PAGE,
            "deeper.scores.reliability",
            asked.question,
            lambda: curves.reliability(asked.counts, asked.spec, here.found.people),
        )
        lines = [reliability_line(names[k], found, here.part.start + k, scale=(scale.low, scale.high)) for k in groups]
    else:
        made = {"roc": curves.roc, "precision_recall": curves.precision_recall}[kind](here.found.of(here.part))
        across, up = AXES[kind]
        lines = [
            curve_line(names[k], curve, here.measured[across][1 + k], here.measured[up][1 + k])
            for k in groups
            if (curve := made[k]) is not None
        ]
    lines = [line for line in lines if line.marks]
    if not lines:
        page.draw(page.quiet(said.none))
        return
    alt = said.alt_calibration if kind == "calibration" else said.alt
    alt = alt.format(title=said.names[kind], x=said.x[kind], y=said.y[kind], points=spoken(lines, said))
    chart = figure(lines, x=said.x[kind], y=said.y[kind], diagonal=kind == "roc" or probability, scale=ends)
    st.plotly_chart(chart, key=key(PAGE, f"scores.picture.{kind}"), config=CONFIG, alt=alt)
    notes = [said.pieces] if kind == "calibration" else []
    notes += [said.largest.format(shown=len(lines))] if len(lines) < len(here.groups) else []
    if notes:
        page.draw(page.quiet(" ".join(notes)))


AXES = {
    "roc": ("false_positive_rate", "true_positive_rate"),
    "precision_recall": ("true_positive_rate", "precision"),
}


def _spread(asked: Asked, here: At, said: CurveTexts) -> Html:
    scale = asked.counts.scale
    assert scale is not None
    column = asked.counts.columns[here.column]
    shares = once(PAGE, "deeper.scores.spread", asked.question, lambda: histogram(asked.counts))[column]
    groups = [k - here.part.start for k in audit_scores_film.largest(here.found, here.part)]
    rows = [
        SpreadRow(
            name=audit_scores_film.short(here.groups[k]),
            shares=shares[here.groups[k][0][1]],
            detail=_people(here.measured["selection_rate"][1 + k], said),
        )
        for k in groups
    ]
    bars = spread(rows, edges=(scale.low, scale.high), label=column, threshold=here.edge)
    most = page.quiet(said.largest.format(shown=len(rows))) if len(rows) < len(here.groups) else Html("")
    return join([bars, most])


def _people(estimate: Estimate, said: CurveTexts) -> str:
    people = said.people.format(count=number.count(estimate.denominator))
    return people if estimate.status == "ok" else f"{people} · {scores_texts().film.thin}"


def _price(asked: Asked, here: At, texts: ScoresTexts) -> None:
    audit_scores_price.draw(asked, here.found, here.place, here.column, texts)


def _why(asked: Asked, here: At, texts: ScoresTexts) -> None:
    token = f"{asked.token}.{here.place}"
    audit_scores_why.draw(here.groups, here.measured, asked.result.comparisons, texts, token=token)
