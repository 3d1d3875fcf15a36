"""An earlier recipe on the open file: checked, its columns matched, tried without effect, and only then taken over."""

from dataclasses import dataclass, replace

import streamlit as st

from aipm.content.visible import distinct
from aipm.prep.operations import operations
from aipm.prep.prepared import Prepared
from aipm.prep.recipe import Recipe
from aipm.prep.recipe_file import LARGEST, load
from aipm.tables import Refusal
from aipm.ui import page, prep_state
from aipm.ui.fragments import Column, table
from aipm.ui.memo import once
from aipm.ui.prep_state import PAGE, held, hold, of_file
from aipm.ui.prep_texts import counted, prep_page, sentence
from aipm.ui.prep_work import Work, mapped
from aipm.ui.safe import Html, markdown
from aipm.ui.state import key

FILE = key(PAGE, "recipe_file")
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Brought:
    """A recipe that waits for its columns to be matched."""

    recipe: Recipe


def reopen(work: Work) -> None:
    """Where a recipe is opened; what was refused is said, and nothing has changed then."""
    said = prep_page().take

    def uploaded() -> None:
        file = st.session_state[FILE]
        hold(of_file("brought"), None if file is None else _read(file.getvalue()))

    with st.expander(said.open_title, icon=":material/folder_open:"):
        page.draw(page.quiet(said.open_text))
        st.file_uploader(said.open_label, key=FILE, on_change=uploaded)
    brought(work)


def _read(data: bytes) -> Brought | Refusal:
    try:
        return Brought(load(data[: LARGEST + 1], operations()))
    except Refusal as refusal:
        return refusal


def earlier(work: Work) -> None:
    """The recipe of the file before, offered for this one."""
    recipe: Recipe | None = held("earlier", None)
    if recipe is None or work.recipe.steps or held(of_file("brought"), None) is not None:
        return
    said = prep_page().history
    page.draw(page.quiet(said.earlier_text.format(steps=counted("step", len(recipe.steps)))))
    st.button(
        said.earlier,
        key=key(PAGE, "earlier"),
        icon=":material/move_down:",
        on_click=hold,
        args=(of_file("brought"), Brought(recipe)),
    )


def brought(work: Work) -> None:
    """The columns of the recipe that are not here, each to be matched; the dry run; and the buttons that take it."""
    found: Brought | Refusal | None = held(of_file("brought"), None)
    if found is None:
        return
    said, texts = prep_page().take, prep_page().form
    if isinstance(found, Refusal):
        page.refused(said.open_refused, found)
        return
    with st.container(border=True, key=key(PAGE, "brought")):
        chosen: dict[str, str] = held(of_file("matched"), {})
        question = (work.opened.token, id(found), tuple(sorted(chosen.items())))
        try:
            mapping, run = once(PAGE, "dry_run", question, lambda: mapped(found.recipe, work.opened.table, chosen))
        except Refusal as refusal:
            page.refused(said.open_refused, refusal)
            hold(of_file("matched"), {})
            return
        lacking = [name for name, steps in mapping.missing.items() if steps]
        asked = [*lacking, *(name for name in chosen.values() if name not in lacking)]
        if asked:
            page.draw(page.quiet(said.mapping))
            _match(work, asked, chosen)
        page.draw(_dry_run(found.recipe, run))
        with st.container(horizontal=True):
            st.button(
                said.use_partly if _lame(run) else said.use,
                type="primary",
                key=key(PAGE, "use"),
                on_click=_use,
                args=(found.recipe, run, dict(mapping.renamed), tuple(map(str, work.opened.table.columns))),
            )
            st.button(texts.cancel, key=key(PAGE, "use.cancel"), on_click=hold, args=(of_file("brought"), None))
        page.draw(page.quiet(said.replaced))


def _match(work: Work, asked: list[str], chosen: dict[str, str]) -> None:
    said = prep_page().take
    back = {name: column for column, name in chosen.items()}
    columns = work.opened.table.columns
    for place, name in enumerate(asked):
        widget = key(PAGE, f"match.{work.opened.token}.{place}.{name}")

        def keep(name: str = name, widget: str = widget) -> None:
            others = {column: other for column, other in chosen.items() if other != name}
            column = st.session_state[widget]
            hold(of_file("matched"), {**others, column: name} if column is not None else others)

        st.selectbox(
            said.map_label.format(column=markdown(name, limit=60)),
            columns,
            index=columns.index(back[name]) if name in back else None,
            placeholder=said.map_none,
            format_func=distinct(columns),
            key=widget,
            on_change=keep,
        )


def _dry_run(recipe: Recipe, run: Prepared) -> Html:
    said = prep_page().take
    steps = {step.id: step for step in recipe.steps}
    rows = [
        (f"{place}. {sentence(steps[report.id])}", said.statuses[report.status], _short(report.message))
        for place, report in enumerate(run.steps, start=1)
    ]
    return table([Column(name=name) for name in said.dry_columns], rows, caption=said.dry_run)


def _lame(run: Prepared) -> bool:
    """Whether a step cannot be done at all; one that is only in the wrong place can be moved afterwards."""
    return any(report.status == "failed" for report in run.steps)


def _short(message: str) -> str:
    """The first sentence of a long message."""
    return message if len(message) <= LONGEST else f"{message.partition('. ')[0]}."


def _use(recipe: Recipe, run: Prepared, renamed: dict[str, str], columns: tuple[str, ...]) -> None:
    """Callback: the recipe takes the place of the one there; steps that cannot be done are switched off."""
    failed = {report.id for report in run.steps if report.status == "failed"}
    names = tuple(renamed.get(name, name) for name in columns)
    steps = tuple(replace(step, enabled=step.enabled and step.id not in failed) for step in recipe.steps)
    target = recipe.target if recipe.target in names else None
    hold(of_file("renamed"), renamed)
    hold(of_file("brought"), None)
    hold(of_file("matched"), {})
    prep_state.keep(prep_state.history().become(replace(recipe, steps=steps, target=target, columns=names)))
