"""The Format panel: the label, labels by people, labels that may be wrong, the split, and one structure."""

import re

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.prep.recipe import Step
from aipm.ui import page, prep_agree, prep_form, prep_split, prep_stage, prep_state, prep_suspects
from aipm.ui.fragments import Column, notes, table
from aipm.ui.memo import once
from aipm.ui.prep_panel_texts import StructureTexts, TargetTexts, format_texts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html
from aipm.ui.state import key

SHOWN = 12
MANY = 20
"""More different values than this, all numbers, are a quantity and not labels."""
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def panel(work: Work) -> None:
    texts = format_texts()
    _target(work, texts.target)
    prep_split.section(work, texts.split)
    prep_agree.section(work, texts.people)
    prep_suspects.section(work, texts.errors)
    _structure(work, texts.structure)


def _target(work: Work, text: TargetTexts) -> None:
    page.section(text.title, sentence=text.sentence)
    target, data = work.recipe.target, prep_stage.before_split(work)
    if target is None:
        page.draw(page.quiet(text.no_target))
    elif target not in data.columns:
        page.draw(page.quiet(text.absent))
    else:
        _labels(work, target, text)
        prep_stage.cards(work, "missing_target")
    with st.expander(text.create, icon=":material/functions:"):
        page.draw(page.quiet(text.create_help))
        _own_step(work, "formula", name="label", text=text)


def _labels(work: Work, target: str, text: TargetTexts) -> None:
    """The labels as they stand, and what can be done with them."""
    cells = prep_stage.before_split(work)[target]

    def look() -> tuple[Html, list[str]]:
        counts = cells.value_counts()
        return _labels_drawn(cells, counts, target, text), [str(each) for each in counts.index]

    drawn, labels = once(PAGE, "labels", (prep_stage.before_question(work), target), look)
    page.draw(drawn)
    if len(labels) <= MANY:
        with st.expander(text.rename, icon=":material/drive_file_rename_outline:"):
            start = Step(id="relabel", op="relabel", columns=(target,), reason=text.rename_reason)
            _own_step(work, "relabel", name="relabel", text=text, start=start, values=labels)


def _labels_drawn(cells: object, counts: object, target: str, text: TargetTexts) -> Html:
    import pandas as pd

    assert isinstance(cells, pd.Series)
    assert isinstance(counts, pd.Series)
    known, blank = int(counts.sum()), int(cells.isna().sum())
    said = {"column": visible(target), "rows": number.count(known), "missing": number.count(blank)}
    values = pd.to_numeric(cells, errors="coerce") if not pd.api.types.is_bool_dtype(cells) else cells.iloc[:0]
    if len(counts) > MANY and values.notna().sum() == known:
        low, high = (f"{value:.6g}" for value in (values.min(), values.max()))
        return page.quiet(text.numbers.format(low=low, high=high, **said))
    lines = [
        (str(label), number.count(int(rows)), number.rate(int(rows) / known))
        for label, rows in counts.head(SHOWN).items()
    ]
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(text.columns)]
    told = page.quiet(text.classes.format(classes=number.count(len(counts)), **said))
    return Html(told + table(columns, lines, caption=text.caption.format(column=visible(target))))


def _own_step(
    work: Work, op: str, *, name: str, text: TargetTexts, start: Step | None = None, values: list[str] | None = None
) -> None:
    """A form and the button that adds its step."""
    columns = [str(column) for column in prep_stage.before_split(work).columns]
    draft = prep_form.form(op, columns, name=f"format.{name}", start=start, values=values or ())
    st.button(
        text.add,
        key=key(PAGE, f"format.{name}.add"),
        disabled=draft.problem is not None,
        icon=":material/add:",
        on_click=prep_state.add,
        args=(draft.step,),
    )


def _structure(work: Work, text: StructureTexts) -> None:
    """Whether each column is of one type, and names that programs can use."""
    page.section(text.title, sentence=text.sentence)
    kinds = ("mixed", "multiple", "embedded", "unit", "percent", "range", "numbers_as", "date_as", "boolean_as")
    remarks = [each for each in work.ready.findings if each.is_open and each.finding.kind.startswith(kinds)]
    first = next(iter(work.prepared.parts.values()))
    columns = [str(column) for column in first.columns]
    if remarks:
        page.draw(page.quiet(text.open.format(count=number.count(len(remarks)))))
        page.draw(notes(f"{visible(each.finding.column or '')}: {each.finding.message}" for each in remarks[:8]))
    else:
        page.draw(page.quiet(text.good.format(columns=number.count(len(columns)))))
    awkward = [name for name in columns if not PLAIN.fullmatch(name)]
    if awkward:
        page.draw(page.quiet(text.names.format(count=number.count(len(awkward)))))
        tidy = Step(
            id="tidy-names",
            op="rename_columns",
            columns=tuple(awkward),
            params={"names": plain_names(awkward, columns)},
            reason=text.tidy_reason,
        )
        st.button(
            text.tidy,
            key=key(PAGE, "format.tidy"),
            icon=":material/spellcheck:",
            on_click=prep_state.add,
            args=(tidy,),
        )
    with st.expander(text.caption, icon=":material/table_rows:"):
        page.draw(once(PAGE, "structure", prep_stage.question(work), lambda: _types(work, text)))


def _types(work: Work, text: StructureTexts) -> Html:
    import pandas as pd

    def kind(cells: pd.Series) -> str:
        if pd.api.types.is_bool_dtype(cells):
            return text.kinds["yes_no"]
        if pd.api.types.is_datetime64_any_dtype(cells):
            return text.kinds["date"]
        if pd.api.types.is_integer_dtype(cells):
            return text.kinds["whole"]
        return text.kinds["number" if pd.api.types.is_numeric_dtype(cells) else "text"]

    columns = list(next(iter(work.prepared.parts.values())).columns)[:60]
    data = prep_stage.at_the_end(work, columns)
    lines = [
        (str(name), kind(data[name]), number.rate(float(data[name].notna().mean())), number.count(data[name].nunique()))
        for name in columns
    ]
    heads = [Column(name=name, number=place > 1) for place, name in enumerate(text.columns)]
    return table(heads, lines, caption=text.caption)


def plain_names(awkward: list[str], every: list[str]) -> list[str]:
    """Names of letters, digits and underscores, none of them twice."""
    taken, found = set(every) - set(awkward), []
    for number_, name in enumerate(awkward, start=1):
        plain = re.sub(r"\W+", "_", name.strip(), flags=re.ASCII).strip("_") or f"column_{number_}"
        plain = plain if not plain[0].isdigit() else f"_{plain}"
        new, again = plain, 2
        while new in taken:
            new, again = f"{plain}_{again}", again + 1
        taken.add(new)
        found.append(new)
    return found
