"""The Guard panel without a browser: personal data, the secret, crowds, who is missing, rare answers."""

import pandas as pd
import pytest

from aipm.prep.anonymity import anonymity
from aipm.prep.diversity import diversity
from aipm.prep.frames import frame_of
from aipm.prep.recipe_file import dump
from aipm.prep.sample import generate
from aipm.tables import ReadOptions, read
from aipm.ui.prep_balance import classes
from aipm.ui.prep_guard import PARAMS, WAYS
from aipm.ui.prep_panel_texts import guard_page_texts
from tests.ui.prep_panels import box, done, html, opened, press, recipe, steps

TEXT = guard_page_texts()
SECRET = "correct horse battery staple"  # noqa: S105 - of nothing


@pytest.fixture(scope="module")
def sample():
    return frame_of(read(generate(), ReadOptions()))


def prepared(app):
    """The data after the last step, in one frame."""
    kept = app.session_state["data_prep.held.kept"]
    state = list(kept.steps.values())[-1][0]
    return pd.concat(list(state.parts.values()))


def test_every_way_of_every_kind_has_its_word():
    assert WAYS.keys() == TEXT.personal.kinds.keys()
    assert {way for ways in WAYS.values() for way in ways} <= TEXT.personal.ways.keys()
    assert all(way in WAYS[kind] for kind, way in PARAMS)


def test_personal_data_is_dealt_with_in_one_click_and_taken_back_in_another():
    app = opened("guard")
    assert TEXT.personal.open.format(open=5, all=5) in html(app)
    press(app, TEXT.personal.ways["drop_columns"])
    assert steps(app) == ["drop_columns"]
    assert TEXT.personal.open.format(open=4, all=5) in html(app)
    press(app, TEXT.personal.take_back)
    assert steps(app) == []


def test_what_is_left_as_it_is_counts_as_decided():
    app = opened("guard")
    press(app, TEXT.personal.leave)
    assert TEXT.personal.left in html(app)
    assert TEXT.personal.open.format(open=4, all=5) in html(app)


def test_the_secret_is_asked_for_and_stands_in_no_recipe():
    app = opened("guard")
    press(app, TEXT.personal.ways["hash_text"])
    assert TEXT.secret.missing in html(app)
    box(app, TEXT.secret.label).set_value("short").run()
    assert TEXT.secret.short.format(length=5) in html(done(app))
    box(app, TEXT.secret.label).set_value(SECRET).run()
    assert TEXT.secret.set in html(done(app))
    assert prepared(app)["full_name"].str.fullmatch("[0-9a-f]{16}").all()
    assert SECRET not in dump(recipe(app))
    assert SECRET not in html(app)


def test_crowds_are_measured_and_made_large_enough(sample):
    app = opened("guard")
    known = ["birth_date", "postcode", "region"]
    assert box(app, TEXT.crowd.known.label).value == known
    assert f">{anonymity(sample, known).unique:,}<" in html(app)
    press(app, TEXT.crowd.find)
    press(app, TEXT.crowd.accept)
    assert anonymity(prepared(app), known, k=5).below == 0
    assert "Everybody shares" in html(app)


def test_crowds_are_made_before_the_split_and_are_there_after_it():
    app = opened("guard")
    app.session_state["data_prep.step"] = "format"
    press(app.run(), "Split the data so")
    app.session_state["data_prep.step"] = "guard"
    press(app.run(), TEXT.crowd.find)
    press(app, TEXT.crowd.accept)
    assert steps(app)[-1] == "split"
    assert steps(app)[-2] == "drop_rare_combinations"
    assert "Everybody shares" in html(app)


def test_with_a_private_column_a_crowd_needs_different_values_of_it():
    rows = "".join(f"{'north' if row < 20 else 'south'},{'ill' if row < 20 else row % 2},{row}\n" for row in range(40))
    app = opened("guard", data=f"region,outcome,number\n{rows}")
    box(app, TEXT.crowd.known.label).set_value(["region"]).run()
    box(app, TEXT.crowd.sensitive.label).set_value("outcome").run()
    assert "20 rows are in a crowd with fewer than 2 different values of outcome" in html(done(app))


def test_who_is_missing_is_the_engines(sample):
    app = opened("guard")
    assert box(app, TEXT.diversity.column.label).value == "region"
    editor = f"data_prep.diversity.{app.session_state['data_prep.held.file']}.region.table"
    order = list(sample["region"].value_counts().index)
    shares = {"North": 30.0, "South": 30.0, "East": 20.0, "West": 15.0, "Islands": 5.0}
    edited = {order.index(name): {"share": share} for name, share in shares.items()}
    app.session_state[editor] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    app.run()
    found = diversity(sample["region"], shares)
    lacking = next(each.lacking for each in found.groups if each.group == "Islands")
    assert f"About {lacking} more rows" in html(done(app))


def test_weights_are_shown_before_they_are_added():
    app = opened("guard")
    assert TEXT.balance.caption in html(app)
    press(app, TEXT.balance.add)
    assert steps(app) == ["class_weights"]
    assert TEXT.balance.there.format(number=1) in html(app)


def test_made_up_rows_need_a_split_first():
    app = opened("guard")
    box(app, TEXT.balance.way.label).set_value("oversample").run()
    assert TEXT.balance.needs_split in html(done(app))


def test_made_up_rows_stay_in_training_and_are_counted_before_they_are_added():
    rows = "".join(f"{row % 17},{row % 11},{'yes' if row % 10 == 0 else 'no'}\n" for row in range(300))
    app = opened("guard", data=f"a,b,y\n{rows}")
    box(app, "Column to predict").set_value("y").run()
    app.session_state["data_prep.step"] = "format"
    press(app.run(), "Split the data so")
    app.session_state["data_prep.step"] = "guard"
    app.run()
    box(app, TEXT.balance.way.label).set_value("oversample").run()
    before = len(prepared(done(app)))
    press(app, TEXT.balance.try_)
    assert TEXT.balance.caption in html(app)
    assert "oversample" not in steps(app)
    press(app, TEXT.balance.add)
    after = prepared(app)
    assert len(after) > before
    assert (after.index < 0).sum() == len(after) - before


def test_each_class_weighs_the_same():
    before = pd.DataFrame({"y": ["a"] * 3 + ["b"]})
    after = before.assign(w=[2 / 3] * 3 + [2.0])
    assert [(row[0], row[1], row[5]) for row in classes(before, after, "y", "w")] == [
        ("a", 3, pytest.approx(0.5)),
        ("b", 1, pytest.approx(0.5)),
    ]


def test_a_file_without_people_says_so():
    app = opened("guard", data="a,b\n" + "".join(f"{row},{row * 3}\n" for row in range(40)))
    assert TEXT.personal.none in html(app)
    assert TEXT.balance.no_target in html(app)
