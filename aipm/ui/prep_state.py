"""What a session of the Data prep page holds: of each file its recipe with every edit, and what was set aside."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from aipm.prep.finding import Finding
from aipm.prep.history import History
from aipm.prep.operations import operations
from aipm.prep.order import SPLIT, mended, misplaced, placed
from aipm.prep.readiness import finding_name
from aipm.prep.recipe import Recipe, Step
from aipm.ui.state import key

PAGE = "data_prep"
STEP = key(PAGE, "step")
"""The wizard's step that is shown."""


def held(name: str, default: Any) -> Any:
    return st.session_state.get(key(PAGE, f"held.{name}"), default)


def hold(name: str, value: Any) -> None:
    st.session_state[key(PAGE, f"held.{name}")] = value


def of_file(name: str) -> str:
    """The name of something that is held for the file that is open."""
    return f"{held('file', '')}.{name}"


# the recipe


def begin(token: str, recipe: Recipe) -> None:
    """A file is open: it has its own recipe, at first this one."""
    if held("file", None) != token:
        before = held("file", None)
        if before is not None and history().recipe.steps:
            hold("earlier", history().recipe)
        hold("file", token)
        hold("doing", None)
    if held(of_file("history"), None) is None:
        hold(of_file("history"), History.of(recipe))


def history() -> History:
    found: History = held(of_file("history"), History())
    return found


def keep(changed: History) -> None:
    """The recipe as edited; what was about to be edited is done with."""
    hold(of_file("history"), changed)
    hold("doing", None)
    hold("revision", revision() + 1)


def revision() -> int:
    """How many edits there have been: forms carry it, so that each begins anew after one."""
    found: int = held("revision", 0)
    return found


def with_step(recipe: Recipe, step: Step) -> tuple[Recipe, Step]:
    """The recipe with a step where it best goes, under an id that is free. A split takes the place of the one there."""
    earlier = next((each for each in recipe.steps if each.op == SPLIT), None) if step.op == SPLIT else None
    if earlier is not None:
        new = replace(step, id=earlier.id)
        return replace(recipe, steps=tuple(new if each is earlier else each for each in recipe.steps)), new
    edited = History.of(recipe).insert(step, at=placed(recipe, step, operations()))
    new = edited.recipe.step(edited.log[-1].steps[0])
    found = edited.recipe
    if misplaced(found, operations()) and not misplaced(recipe, operations()):
        found = mended(found, operations())
    return found, new


def add(*steps: Step, answers: Iterable[Finding] = ()) -> None:
    """Add steps, as one edit; `answers` are the findings that a single step is for, whatever it does."""
    recipe, told = history().recipe, dict(answered())
    for step in steps:
        recipe, new = with_step(recipe, step)
        if len(steps) == 1:
            told |= {finding_name(each): new.id for each in answers}
    hold(of_file("answers"), told)
    keep(history().become(recipe, "insert"))


def edit(name: str, step: Step) -> None:
    """Another operation, other columns or settings in the place of a step."""
    recipe = history().recipe
    steps = tuple(
        replace(step, id=name, enabled=each.enabled, scope=operations()[step.op].scope) if each.id == name else each
        for each in recipe.steps
    )
    keep(history().become(replace(recipe, steps=steps), "edit"))


def toggle(name: str) -> None:
    keep(history().toggle(name))


def remove(name: str) -> None:
    keep(history().remove(name))


def move(name: str, by: int) -> None:
    place = [step.id for step in history().recipe.steps].index(name)
    keep(history().move(name, place + by))


def mend() -> None:
    """The same steps in an order that works."""
    keep(history().become(mended(history().recipe, operations()), "order"))


def undo() -> None:
    keep(history().undo())


def redo() -> None:
    keep(history().redo())


def aim(target: str | None) -> None:
    """Another column to predict."""
    if target != history().recipe.target:
        keep(history().aim(target))


# findings


def answered() -> Mapping[str, str]:
    """Which step was made for which finding, by their names."""
    found: Mapping[str, str] = held(of_file("answers"), {})
    return found


def ignored() -> frozenset[str]:
    found: frozenset[str] = held(of_file("ignored"), frozenset())
    return found


def ignore(*findings: Finding) -> None:
    hold(of_file("ignored"), ignored() | set(map(finding_name, findings)))


def heed(*findings: Finding) -> None:
    """What was set aside counts again."""
    hold(of_file("ignored"), ignored() - set(map(finding_name, findings)))


# what is being done


def doing() -> str | None:
    """The form that is open: "change <finding>", "edit <step>", "look <step>" or none."""
    found: str | None = held("doing", None)
    return found


def do(what: str | None) -> None:
    hold("doing", what)


def group() -> str | None:
    """The column whose groups effects are shown for."""
    found: str | None = held(of_file("group"), None)
    return found


def secrets() -> Mapping[str, str]:
    """Secrets that steps ask for, by name: in this session only, in no recipe and no download."""
    found: Mapping[str, str] = held("secrets", {})
    return found


def keep_secret(name: str, value: str) -> None:
    hold("secrets", {**secrets(), name: value} if value else {k: v for k, v in secrets().items() if k != name})


def notes() -> dict[str, str]:
    """What people have said about the data, by the key of the datasheet's question."""
    found: dict[str, str] = held(of_file("notes"), {})
    return found


def note(question: str, answer: str) -> None:
    hold(of_file("notes"), {**notes(), question: answer})
