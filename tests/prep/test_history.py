"""The log of edits: it only grows, and everything that was there can be reached again."""

from hypothesis import given
from hypothesis import strategies as st

from aipm.prep.history import History, replayed
from aipm.prep.operations import operations
from aipm.prep.recipe import Recipe
from tests.prep.build import step

A, B, C = (step("strip_text", "x", id=name) for name in "abc")


def ids(history):
    return [each.id for each in history.recipe.steps]


def test_steps_are_added_moved_switched_edited_and_removed():
    history = History().insert(A, B).insert(C, at=0)
    assert ids(history) == ["c", "a", "b"]
    assert ids(history.move("c", 2)) == ["a", "b", "c"]
    assert history.toggle("a").recipe.step("a").enabled is False
    assert history.toggle("a").toggle("a").recipe == history.recipe
    assert history.edit("a", params={"inner": True}).recipe.step("a").params == {"inner": True}
    assert ids(history.remove("c", "b")) == ["a"]
    assert ids(history.insert(A)) == ["c", "a", "b", "a-2"]
    assert history.aim("y").recipe.target == "y"


def test_an_edit_that_changes_nothing_is_none():
    history = History().insert(A)
    assert history.edit("a", reason="") is history


def test_undo_and_redo():
    history = History().insert(A).insert(B)
    assert not history.can_redo
    back = history.undo()
    assert ids(back) == ["a"]
    assert ids(back.undo()) == []
    assert not back.undo().can_undo
    assert back.undo().undo() == back.undo()
    assert ids(back.undo().redo()) == ["a"]
    assert ids(back.redo()) == ["a", "b"]
    assert not back.redo().can_redo


def test_an_edit_after_undo_loses_nothing():
    history = History().insert(A).insert(B).undo().insert(C)
    assert ids(history) == ["a", "c"]
    assert not history.can_redo
    states = [ids(history)]
    while history.can_undo:
        history = history.undo()
        states.append(ids(history))
    assert ["a", "b"] in states
    assert states[-1] == []


def test_any_earlier_state_can_be_brought_back():
    history = History().insert(A).insert(B).remove("a", "b")
    assert ids(history.back_to(2)) == ["a", "b"]
    assert ids(history.back_to(2).undo()) == []


def act(history, choice):
    kind, number = choice
    steps = history.recipe.steps
    if kind == "insert":
        return history.insert(step("strip_text", f"x{number}"), at=number)
    if kind in ("undo", "redo"):
        return getattr(history, kind)()
    if kind == "open":
        return history.become(Recipe(columns=("x",), steps=(A,)))
    if not steps:
        return history
    name = steps[number % len(steps)].id
    return {
        "remove": lambda: history.remove(name),
        "toggle": lambda: history.toggle(name),
        "move": lambda: history.move(name, number),
        "edit": lambda: history.edit(name, reason=str(number)),
    }[kind]()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["insert", "insert", "remove", "toggle", "move", "edit", "undo", "redo", "open"]),
            st.integers(0, 5),
        ),
        max_size=25,
    )
)
def test_the_log_grows_undo_is_undone_by_redo_and_the_log_as_data_tells_it_all(choices):
    history = History()
    for choice in choices:
        later = act(history, choice)
        assert later.log[: len(history.log)] == history.log
        if choice[0] == "undo" and later is not history:
            assert later.redo().recipe == history.recipe
        history = later
    assert replayed(history.plain(), operations()) == tuple(entry.recipe for entry in history.log)
