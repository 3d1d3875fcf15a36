"""Running recipes: what each step did, failures passed over, learned on train, nothing done twice."""

from dataclasses import replace
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.prep.changes import changes, differing
from aipm.prep.operations import operations
from aipm.prep.pipeline import Kept, around, run
from aipm.prep.preview import MOST_CELLS, preview
from tests.prep.build import EXAMPLES, FILLED, SPLIT, as_csv, frame, messy, recipe, step

PEOPLE = as_csv(["age", "city"], [["30", " Bonn"], ["", "Ulm"], ["50", "Ulm "], ["forty", ""]])


def test_what_each_step_did_is_counted():
    prepared = run(
        recipe(
            step("strip_text", "city"),
            step("to_number", "age"),
            step("fill_statistic", "age", statistic="mean"),
            step("drop_rows_missing", "city"),
        ),
        frame(PEOPLE),
    )
    strip, number, fill, drop = prepared.steps
    assert [each.status for each in prepared.steps] == ["ok"] * 4
    assert (strip.changed, strip.by_column) == (2, {"city": 2})
    assert (number.changed, fill.changed) == (1, 2)  # forty is no number; 30 and 50 are what they were
    assert (drop.changed, drop.rows) == (1, {"all": 3})
    assert prepared.parts["all"]["age"].tolist() == [30, 40, 50]
    assert list(prepared.parts["all"].index) == [0, 1, 2]


def test_every_failing_step_is_told_and_the_others_are_done():
    wanted = recipe(
        step("strip_text", "nowhere"),
        step("strip_text", "city", id="good"),
        step("fly", "city"),
        step("fill_statistic", "city", id="words"),
        step("fill_constant", "city", id="empty"),
        step("drop_columns", "age", "city", id="everything"),
        step("strip_text", "age", id="off", enabled=False),
        step("drop_rows", id="nobody", condition="not is_missing([age]) or is_missing([age])"),
    )
    prepared = run(wanted, frame(PEOPLE))
    assert [each.status for each in prepared.steps] == [
        "failed", "ok", "failed", "failed", "failed", "failed", "skipped", "failed",
    ]  # fmt: skip
    assert all(each.message for each in prepared.failed)
    assert "'nowhere'" in prepared.steps[0].message
    assert prepared.parts["all"]["city"].tolist()[:3] == ["Bonn", "Ulm", "Ulm"]


def test_no_message_quotes_a_cell():
    data = as_csv(["x", "y"], [["Beeblebrox", "1"], ["Zaphod", "2"]])
    for op, (_, wanted) in EXAMPLES.items():
        columns = ("x", "y")[: operations()[op].most_columns]
        prepared = run(recipe(replace(wanted, columns=columns)), frame(data))
        assert "Beeblebrox" not in prepared.steps[0].message


def test_the_fault_of_a_library_is_not_repeated():
    def apply(cells, columns):
        return cells.assign(**{columns[0]: cells[columns[0]].astype("float64")})

    registry = {**operations(), "strip_text": replace(operations()["strip_text"], apply=lambda f, c, **_: apply(f, c))}
    prepared = run(recipe(step("strip_text", "city")), frame(PEOPLE), registry=registry)
    assert prepared.steps[0].message == "The data does not suit this step (ValueError)."


def test_steps_learn_from_the_training_part_alone():
    wanted = recipe(*FILLED[:1], step("split", "label", id="parts", how="stratified"), *FILLED[1:])
    prepared = run(wanted, frame(messy()))
    assert prepared.failed == ()
    before = run(wanted, frame(messy()), until="parts")
    assert prepared.learned["filled"]["age"] == before.parts["train"]["age"].median()
    assert prepared.parts.keys() == {"train", "validation", "test"}
    rows = sorted(row for part in prepared.parts.values() for row in part.index)
    assert rows == list(range(160))


def test_steps_in_the_wrong_place_are_not_done_and_say_why():
    prepared = run(recipe(*FILLED, SPLIT), frame(messy()))
    assert [each.status for each in prepared.steps] == ["ok", "out_of_order", "ok"]
    assert "test rows" in prepared.steps[1].message


def test_what_is_taken_over_is_not_learned_again():
    wanted = recipe(*FILLED)
    learned = {"filled": {"age": 1.0, "income": 2.0}}
    assert run(wanted, frame(messy()), learned=learned).parts["all"]["age"].iloc[0] == 1.0
    other = run(recipe(*FILLED[:1], replace(FILLED[1], id="new")), frame(messy()), learned=learned)
    assert other.steps[1].status == "failed"


def test_an_edit_is_computed_from_its_step_on_only():
    cells, kept = frame(messy()), Kept()
    wanted = recipe(step("strip_text", "city"), *FILLED)
    first = run(wanted, cells, kept=kept)
    asked = []

    def counted(op):
        def apply(*given, **named):
            asked.append(op.name)
            return op.apply(*given, **named)

        return replace(op, apply=apply)

    registry = {name: counted(op) for name, op in operations().items()}
    edited = replace(wanted, steps=(*wanted.steps[:2], replace(wanted.steps[2], params={"statistic": "mean"})))
    second = run(edited, cells, kept=kept, registry=registry)
    assert asked == ["fill_statistic"]
    assert second.steps[:2] == first.steps[:2]
    assert run(wanted, cells, kept=kept, registry=registry) is not first
    assert asked == ["fill_statistic"]
    run(wanted, frame(PEOPLE), kept=kept, registry=registry)  # another file: nothing is kept of the first
    assert len(asked) > 1


def test_what_is_kept_is_bounded():
    cells, kept = frame(messy()), Kept(most=20_000)
    for place in range(30):
        run(recipe(step("strip_text", "city"), step("fill_constant", "city", value=str(place))), cells, kept=kept)
    assert sum(size for _, _, size in kept.steps.values()) <= 20_000


@settings(max_examples=20)
@given(st.lists(st.sampled_from(sorted(EXAMPLES)), min_size=1, max_size=4), st.data())
def test_kept_or_not_the_data_is_the_same(names, data):
    steps = [
        replace(each, id=f"{k}-{each.id}")
        for k, name in enumerate(names)
        for each in (*EXAMPLES[name][0], EXAMPLES[name][1])
    ]
    cells, kept = frame(messy()), Kept()
    for _ in range(2):
        wanted = recipe(*(replace(each, enabled=data.draw(st.booleans())) for each in steps))
        with patch.dict("os.environ", AIPM_SALT="a secret that is long enough"):
            there, here = run(wanted, cells, kept=kept), run(wanted, cells)
        assert [replace(each, seconds=0) for each in there.steps] == [replace(each, seconds=0) for each in here.steps]
        for name, part in here.parts.items():
            pd.testing.assert_frame_equal(part, there.parts[name])


def test_the_frame_that_came_in_is_never_changed():
    cells = frame(messy())
    before = cells.copy(deep=True)
    for needed, wanted in EXAMPLES.values():
        run(recipe(*needed, wanted), cells)
    pd.testing.assert_frame_equal(cells, before)


BAD = {
    "one row": as_csv(["age", "city"], [["1", "x"]]),
    "one column": as_csv(["age"], [["1"], ["2"], ["3"]]),
    "all missing": as_csv(["age", "city"], [["", "x"], ["", "x"], ["", "y"]]),
    "infinities": as_csv(["age", "city"], [["inf", "x"], ["-inf", "y"], ["1e400", "z"], ["2", "x"]]),
    "mixed dates": as_csv(["age", "city"], [["2024-01-05", "x"], ["13/02/2024", "x"], ["02/13/2024", "y"]]),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_data_is_prepared_or_refused_in_words_by_every_operation(kind):
    for op, (_, wanted) in EXAMPLES.items():
        columns = ("age", "city")[: operations()[op].most_columns]
        casts = (step("to_number", "age", id="cast"),) if op not in ("to_date", "date_parts") else ()
        for first in ((), casts):
            prepared = run(recipe(*first, replace(wanted, columns=columns)), frame(BAD[kind]))
            report = prepared.steps[-1]
            assert report.status in ("ok", "failed", "out_of_order")
            assert "does not suit" not in report.message, (op, report.message)


# changes and previews


def test_a_number_is_the_text_that_says_it():
    before = pd.Series(["1", "1.50", "01", "x", None], dtype="str")
    after = pd.Series([1, 1.5, 1, None, None])
    assert differing(before, after).tolist() == [False, False, True, True, False]


@given(st.lists(st.sampled_from(["a", "b", None]), min_size=1, max_size=9), st.data())
def test_changes_are_those_that_a_look_at_every_cell_finds(cells, data):
    before = pd.DataFrame({"x": pd.Series(cells, dtype="str")})
    other = data.draw(st.lists(st.sampled_from(["a", "b", None]), min_size=len(cells), max_size=len(cells)))
    gone = data.draw(st.sets(st.integers(0, len(cells) - 1), max_size=len(cells)))
    after = pd.DataFrame({"x": pd.Series(other, dtype="str")}).drop(index=list(gone))
    found = changes(before, after)
    assert found.by_column.get("x", 0) == sum(
        a != b for k, (a, b) in enumerate(zip(cells, other, strict=True)) if k not in gone
    )
    assert (found.rows_removed, found.rows_added) == (len(gone), 0)


def test_a_preview_shows_cells_distributions_and_groups():
    wanted = recipe(*FILLED, step("drop_rows_missing", "city"))
    cells = frame(messy())
    before, after = around(wanted, cells, "filled")
    seen = preview(before.parts, after.parts, group="label")
    assert seen.changes.by_column["age"] == 18
    first = seen.cells[0]
    assert (first.row, first.column, first.before) == (1, "age", None)
    ages = next(each for each in seen.distributions if each.column == "age")
    assert len(ages.edges) == 21
    assert (sum(ages.before), sum(ages.after), ages.missing_before, ages.missing_after) == (142, 160, 18, 0)
    assert all(old == new for _, old, new in seen.groups)
    assert sum(old for _, old, _ in seen.groups) == 160
    before, after = around(wanted, cells, "drop_rows_missing")
    seen = preview(before.parts, after.parts, group="label")
    blank = int(cells["city"].isna().sum())
    assert sum(old - new for _, old, new in seen.groups) == seen.changes.rows_removed == blank
    assert seen.sampled is None


@pytest.mark.parametrize("op", sorted(EXAMPLES))
def test_every_operation_can_be_previewed(op):
    needed, wanted = EXAMPLES[op]
    with patch.dict("os.environ", AIPM_SALT="a secret that is long enough"):
        before, after = around(recipe(*needed, wanted), frame(messy()), wanted.id)
    seen = preview(before.parts, after.parts, group="label")
    assert len(seen.cells) <= MOST_CELLS
    assert sum(seen.changes.by_column.values()) == sum(after.steps[-1].by_column.values())
