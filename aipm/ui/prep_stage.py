"""The data at the two moments that matter: just before it is split, and at the end; and steps put in between."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from aipm.content import number
from aipm.prep.finding import Finding
from aipm.prep.operations.split import Split
from aipm.prep.order import SPLIT
from aipm.prep.readiness import Open, finding_name
from aipm.prep.recipe import Step
from aipm.prep.recipe_file import dump
from aipm.ui import brief_state, prep_clean, prep_state, prep_work
from aipm.ui.fragments import LONG
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_work import Work
from aipm.ui.registry import FILES
from aipm.ui.safe import Html, markup
from aipm.ui.state import key
from aipm.ui.upload import Source

if TYPE_CHECKING:
    import pandas as pd

RATIO_WITH_DECIMALS = 10


def split_of(work: Work) -> Step | None:
    """The step that splits the data."""
    return next((step for step in work.recipe.steps if step.enabled and step.op == SPLIT), None)


def question(work: Work) -> Hashable:
    """The same as long as the file and the recipe are, whatever is only said beside the steps."""
    secrets = tuple(sorted(name for name, value in prep_state.secrets().items() if value))
    return (work.opened.token, tuple(work.renamed.items()), dump(work.recipe), secrets)


def before_split(work: Work) -> "pd.DataFrame":
    """All rows as the recipe leaves them just before they are split: nothing learned, nothing made up."""
    return _before_split(work)[0]


def before_question(work: Work) -> Hashable:
    """The same as long as the data before the split is."""
    return _before_split(work)[1]


def _before_split(work: Work) -> "tuple[pd.DataFrame, Hashable]":
    split = split_of(work)
    if split is None and "all" in work.prepared.parts:
        return work.prepared.parts["all"], question(work)
    steps = work.recipe.steps
    place = steps.index(split) if split is not None else len(steps)
    recipe = replace(work.recipe, steps=steps[:place])
    told = (work.opened.token, tuple(work.renamed.items()), dump(recipe))
    return next(iter(prep_work.ran(recipe, work.frame).parts.values())), told


def at_the_end(work: Work, columns: Sequence[str]) -> "pd.DataFrame":
    """These columns of every real row after the last step, whatever part it is in."""
    import pandas as pd

    parts = [part[list(columns)] for part in work.prepared.parts.values()]
    whole = parts[0] if len(parts) == 1 else pd.concat(parts)
    return whole[whole.index >= 0]


def test_share(work: Work) -> float:
    """The share of rows that a test part has, or would have."""
    split = split_of(work)
    return float(split.params.get("test", Split().test)) if split is not None else Split().test


def leaks(work: Work) -> tuple[str, ...]:
    """Columns that give the target away, as far as it was noticed."""
    found = (each.columns for each in work.profile.findings if each.kind.startswith("leakage"))
    target = work.recipe.target
    return tuple(dict.fromkeys(column for columns in found for column in columns if column != target))


def groups(work: Work) -> tuple[str, ...]:
    """Columns that tell groups of people apart."""
    wanted = ("sensitive_attribute", "small_group")
    return tuple(dict.fromkeys(each.column for each in work.profile.findings if each.kind in wanted and each.column))


def owners(work: Work) -> tuple[str, ...]:
    """Columns that name somebody or something with several rows: what looks most like a name of it first."""
    found = [
        each.column
        for each in work.profile.findings
        if each.kind == "duplicate_entity" and each.column is not None and each.fix is not None and each.fix.op == SPLIT
    ]
    kinds = {column.name: column for column in work.profile.columns}
    return tuple(sorted(dict.fromkeys(found), key=lambda name: -kinds[name].distinct))


def owner(work: Work) -> str | None:
    """Whose rows must stay together: as the recipe's split says, otherwise as it was noticed."""
    split = split_of(work)
    if split is not None:
        return split.columns[0] if "group" in str(split.params.get("how")) and split.columns else None
    return next(iter(owners(work)), None)


def time_column(work: Work) -> str | None:
    return next((each.column for each in work.profile.findings if each.kind == "time_series"), None)


def number_of(work: Work, step: str) -> int:
    """The place of a step in the recipe, counted from 1."""
    return [each.id for each in work.recipe.steps].index(step) + 1


def insert_before_split(steps: Sequence[Step], answers: Sequence[Finding] = ()) -> None:
    """These steps in their order, as one edit, where all rows are still together. The first stands for `answers`."""
    history = prep_state.history()
    places = [place for place, step in enumerate(history.recipe.steps) if step.enabled and step.op == SPLIT]
    edited = history.insert(*steps, at=places[0] if places else None)
    told = {finding_name(each): edited.log[-1].steps[0] for each in answers}
    prep_state.hold(prep_state.of_file("answers"), {**prep_state.answered(), **told})
    prep_state.keep(edited)


def found(work: Work, *kinds: str) -> list[Open]:
    """The findings of these kinds, as they stand."""
    return [each for each in work.ready.findings if each.finding.kind in kinds]


def cards(work: Work, *kinds: str) -> None:
    """The findings of these kinds, to accept, change or set aside, beside what they are about."""
    for each in found(work, *kinds):
        prep_clean.card(work, each)


def answer(sentence: str, detail: str = "") -> Html:
    """What was found out in one sentence, and below it what it rests on."""
    more = f"<p>{markup(detail, limit=LONG)}</p>" if detail else ""
    return Html(f'<div class="answer"><p>{markup(sentence, limit=LONG)}</p>{more}</div>')


def times(ratio: float) -> str:
    """How many of one for each of the other."""
    return number.count(round(ratio, 1) if ratio < RATIO_WITH_DECIMALS else round(ratio))


def to_audit(label: str, *, name: str = "to_audit") -> None:
    """A button that takes the open file along to the bias audit."""
    if st.button(label, key=key(PAGE, name), icon=":material/arrow_forward:"):
        opened: prep_work.Opened = prep_state.held("opened", None)
        st.session_state[key("bias_audit", "source")] = Source(opened.source.name, opened.source.data)
        st.switch_page(FILES["bias_audit"], query_params=brief_state.along())
