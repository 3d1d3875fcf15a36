"""The split: which kind is advised and why, what its parts would be, and the step in the recipe."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.prep.guard_texts import guard_texts
from aipm.prep.operation_texts import operation_texts
from aipm.prep.operations.split import Split, split
from aipm.prep.order import SPLIT
from aipm.prep.prepared import PARTS
from aipm.prep.recipe import Step
from aipm.tables import Refusal
from aipm.ui import page, prep_stage, prep_state
from aipm.ui.audit_texts import Field
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import Column, join, notes, table
from aipm.ui.memo import once
from aipm.ui.prep_panel_charts import parts
from aipm.ui.prep_panel_texts import SplitTexts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

if TYPE_CHECKING:
    import pandas as pd

WAYS = ("random", "stratified", "group", "stratified_group", "time")
MOST_LABELS = 20
DRAWN_LABELS = 6


def section(work: Work, text: SplitTexts) -> None:
    said = guard_texts().split
    page.section(text.title, sentence=said.why_first)
    data = prep_stage.before_split(work)
    there = prep_stage.split_of(work)
    step = _asked(work, data, there, text)
    if step is None:
        page.draw(page.quiet(text.needs))
        return
    question = (prep_stage.before_question(work), step.columns, tuple(step.params.items()), work.recipe.target)
    try:
        found = once(PAGE, "split", question, lambda: _parts(data, step), keep=8)
    except Refusal as refusal:
        page.refused("", refusal)
        return
    _drawn(work, data, found, step, text)
    same = there is not None and (there.columns, dict(there.params)) == (step.columns, dict(step.params))
    if same:
        page.draw(page.quiet(text.same))
        return
    if there is not None:
        page.draw(page.quiet(text.other))
    st.button(
        text.add if there is None else text.change,
        key=key(PAGE, "format.split.add"),
        type="primary",
        icon=":material/call_split:",
        on_click=prep_state.add,
        args=(step,),
    )


def advised(work: Work) -> str:
    """The kind of split that follows from what was found in the file."""
    target, data = work.recipe.target, prep_stage.before_split(work)
    labelled = target in data.columns and 2 <= data[target].nunique() <= MOST_LABELS
    if any(name in data.columns for name in prep_stage.owners(work)):
        return "stratified_group" if labelled else "group"
    if prep_stage.time_column(work) in data.columns:
        return "time"
    return "stratified" if labelled else "random"


def _asked(work: Work, data: "pd.DataFrame", there: Step | None, text: SplitTexts) -> Step | None:
    """The step as the choices have it, None while a column is lacking."""
    best, given = advised(work), dict(there.params) if there else {}
    columns = [str(column) for column in data.columns]
    names = key(PAGE, f"split.{work.opened.token}.{prep_state.revision()}")
    how = _way(best, str(given.get("how", "random")) if there else best, names, text)
    why = ""
    if how == best:
        of = {"time": prep_stage.time_column(work)}.get(best) or next(iter(prep_stage.owners(work)), "")
        why = text.because[best].format(column=visible(of)) + " "
    page.draw(page.quiet(f"{why}{guard_texts().split.ways[how]}"))
    kept = list(there.columns) if there is not None and there.params.get("how", "random") == how else []
    wanted = {"random": (), "stratified_group": ("group", "label"), "stratified": ("label",)}.get(how, (how,))
    start = {
        "group": next(iter(prep_stage.owners(work)), None),
        "label": work.recipe.target,
        "time": prep_stage.time_column(work),
    }
    chosen = []
    for place, role in enumerate(wanted):
        first = kept[place] if place < len(kept) else start[role]
        field: Field = {"group": text.group, "label": text.label, "time": text.time}[role]
        chosen.append(_column(field, columns, first, f"{names}.{how}.{role}"))
    params = _shares(given, how, names, text)
    if any(each is None for each in chosen):
        return None
    picked = tuple(each for each in chosen if each is not None)
    return Step(id=SPLIT, op=SPLIT, columns=picked, params=params, reason=text.reason, scope="rows")


def _way(best: str, start: str, names: str, text: SplitTexts) -> str:
    says = operation_texts()[SPLIT].params["how"].choices
    found = st.selectbox(
        text.how.label,
        WAYS,
        index=WAYS.index(start),
        format_func=lambda each: text.advised.format(way=says[each]) if each == best else says[each],
        help=text.how.help,
        key=f"{names}.how",
    )
    return str(found)


def _column(field: Field, columns: list[str], start: str | None, name: str) -> str | None:
    return st.selectbox(
        field.label,
        columns,
        index=columns.index(start) if start in columns else None,
        format_func=distinct(columns),
        help=field.help,
        key=name,
    )


def _shares(given: dict[str, Any], how: str, names: str, text: SplitTexts) -> dict[str, Any]:
    usual = Split()
    one, two, three = st.columns(3, gap="medium")
    with one:
        validation = _per_cent(text.validation, given.get("validation", usual.validation), f"{names}.validation")
    with two:
        test = _per_cent(text.test, given.get("test", usual.test), f"{names}.test")
    params: dict[str, Any] = {"how": how, "validation": validation, "test": test}
    if how != "time":
        with three:
            seed = st.number_input(
                text.seed.label,
                0,
                2**32 - 1,
                int(given.get("seed", usual.seed)),
                1,
                help=text.seed.help,
                key=f"{names}.seed",
            )
        params["seed"] = int(seed)
    return params


def _per_cent(field: Field, share: float, name: str) -> float:
    found = st.number_input(field.label, 0, 45, round(share * 100), 5, help=field.help, key=name)
    return int(found) / 100


def _parts(data: "pd.DataFrame", step: Step) -> "pd.Series":
    """The part of every row, by the very operation that the recipe runs."""
    return split(data, list(step.columns), **{"seed": 0, **step.params})


def _drawn(work: Work, data: "pd.DataFrame", found: "pd.Series", step: Step, text: SplitTexts) -> None:
    counts = {part: int((found == part).sum()) for part in PARTS if (found == part).any()}
    said = guard_texts().split
    told = ", ".join(text.part.format(rows=number.count(rows), name=text.names[part]) for part, rows in counts.items())
    page.draw(page.quiet(text.preview.format(parts=told, rows=number.count(len(data)))))
    target = work.recipe.target
    if target in data.columns and 2 <= data[target].nunique() <= MOST_LABELS:
        shares = {part: label_shares(data.loc[found == part, target]) for part in counts}
        spoken = "; ".join(
            f"{text.names[part]}: " + ", ".join(f"{visible(name)} {number.rate(share)}" for name, share in each.items())
            for part, each in shares.items()
        )
        page.draw(Html(f"<h3>{markup(text.chart.format(column=visible(str(target))))}</h3>"))
        st.plotly_chart(
            parts(shares, names={part: _capital(name) for part, name in text.names.items()}),
            key=key(PAGE, "split.chart"),
            config=CONFIG,
            alt=text.alt.format(column=visible(str(target)), shares=spoken),
        )
    lines = [(_capital(text.names[part]), number.count(rows), said.parts[part]) for part, rows in counts.items()]
    heads = [Column(name=name, number=place == 1) for place, name in enumerate(text.columns)]
    how = str(step.params["how"])
    remarks = [said.oddities["missing_group"]] if "group" in how and data[step.columns[0]].isna().any() else []
    if "group" in how:
        remarks = [text.apart.format(column=visible(step.columns[0])), *remarks]
    if how == "time":
        remarks = [said.oddities["same_time"]]
        remarks += [said.oddities["missing_time"]] if data[step.columns[0]].isna().any() else []
    page.draw(join((table(heads, lines, caption=text.caption_plain), notes(remarks) if remarks else Html(""))))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def label_shares(labels: "pd.Series") -> dict[str, float]:
    """The share of each label among those that are known, the most frequent first; rare ones together as …"""
    counts = labels.value_counts(normalize=True)
    found = {str(name): float(share) for name, share in counts.head(DRAWN_LABELS).items()}
    rest = float(counts.iloc[DRAWN_LABELS:].sum())
    return found | ({"…": rest} if rest else {})
