"""The Data prep page without a browser: findings accepted, changed, set aside; the recipe edited, and reopened."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from aipm.prep.operations import operations
from aipm.prep.operations.formula_values import FORMULA_FUNCTIONS
from aipm.prep.recipe_file import dump
from aipm.prep.sample import generate, prep_sample
from aipm.ui import prep_frame
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_texts import prep_page, sentence, settings_in_words
from tests.prep.build import EXAMPLES, messy, recipe, step
from tests.ui.test_pages import ROOT

TEXT = prep_page()


def page(step="clean", **query):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page("pages/data_prep.py")
    for name, value in query.items():
        app.query_params[name] = value
    app.query_params["step"] = step
    return done(app.run())


def sample(step="clean"):
    return page(step, sample="customers")


def opened(data, step="clean", name="people.csv"):
    app = page(step)
    return done(app.file_uploader[0].set_value((name, data, "text/csv")).run())


def done(app):
    assert not app.exception, [each.value for each in app.exception]
    return app


def labelled(widgets, label):
    return next(each for each in widgets if each.label.startswith(label))


def press(app, label, place=0):
    found = [each for each in app.button if each.label.startswith(label)]
    return done(found[place].click().run())


def shown(app):
    return " ".join(re.sub(r"<[^>]+>", " ", each.proto.body) for each in app.get("html"))


def history(app):
    return app.session_state[f"{PAGE}.held.{app.session_state[f'{PAGE}.held.file']}.history"]


def steps(app):
    return [each.op for each in history(app).recipe.steps]


def choose(app, number, action):
    menu = next(each for each in app.get("menu_button") if each.label == TEXT.history.menu.format(number=number))
    return done(menu.click(action).run()) if hasattr(menu, "click") else done(menu.set_value(action).run())


def test_without_a_file_the_page_says_what_one_gets():
    app = page()
    assert TEXT.empty.title in shown(app)


def test_the_answer_is_one_sentence_on_top():
    app = sample()
    assert "2,024 rows" in shown(app)
    assert re.search(r"Usable after \d+ fixes; \d+ need a decision", shown(app))


def test_all_safe_fixes_in_one_click_and_back_in_one_undo():
    app = sample()
    before = shown(app)
    press(app, "Fix all safe ones")
    assert len(steps(app)) >= 5
    assert {"drop_duplicates", "mark_missing", "strip_text"} <= set(steps(app))
    assert not any(each.label.startswith("Fix all safe ones") for each in app.button)
    press(app, TEXT.history.undo)
    assert steps(app) == []
    assert re.findall(r"Usable after \d+", shown(app)) == re.findall(r"Usable after \d+", before)
    press(app, TEXT.history.redo)
    assert len(steps(app)) >= 5


def test_every_proposal_of_the_page_can_be_done():
    app = sample()
    press(app, "Fix all safe ones")
    for _ in range(60):
        if not any(each.label == TEXT.clean.accept for each in app.button):
            break
        press(app, TEXT.clean.accept)
    statuses = re.findall(r"told is-(\w+)", str([each.proto.body for each in app.get("html")]))
    assert set(statuses) == {"ok"}
    assert len(statuses) == len(steps(app)) > 12


def test_a_finding_set_aside_can_be_taken_up_again():
    app = sample()
    before = re.search(r"Usable after (\d+)", shown(app))[1]
    press(app, TEXT.clean.ignore)
    assert int(re.search(r"Usable after (\d+)", shown(app))[1]) == int(before) - 1
    labelled(app.expander, "Set aside")
    app.session_state[f"{PAGE}.settled.clean.ignored"] = True
    done(app.run())
    press(app, TEXT.clean.heed)
    assert re.search(r"Usable after (\d+)", shown(app))[1] == before


def test_another_answer_than_the_proposed_one():
    app = sample()
    press(app, TEXT.clean.change)
    labelled(app.selectbox, TEXT.form.operation).select_index(1).run()
    done(app)
    press(app, TEXT.form.add)
    assert len(steps(app)) == 1
    assert steps(app) != ["drop_columns"]


def test_the_recipe_is_switched_moved_and_cut():
    app = sample()
    press(app, "Fix all safe ones")
    names = steps(app)
    done(labelled(app.checkbox, "1.").uncheck().run())
    assert not history(app).recipe.steps[0].enabled
    choose(app, 1, "down")
    assert steps(app)[:2] == [names[1], names[0]]
    choose(app, 1, "remove")
    assert steps(app) == [names[0], *names[2:]]
    for _ in range(4):
        press(app, TEXT.history.undo)
    assert steps(app) == []


def test_a_step_is_edited_in_its_form():
    app = sample()
    press(app, "Fix all safe ones")
    choose(app, 1, "edit")
    labelled(app.text_input, TEXT.form.reason.label).set_value("agreed on Monday").run()
    press(app, TEXT.form.save)
    assert history(app).recipe.steps[0].reason == "agreed on Monday"
    assert "agreed on Monday" in shown(app)


def test_a_wrong_order_is_said_and_mended_in_one_click():
    app = sample()
    wrong = recipe(step("fill_statistic", "satisfaction"), step("split", id="parts"))
    name = f"{PAGE}.held.{app.session_state[f'{PAGE}.held.file']}.history"
    app.session_state[name] = history(app).become(wrong)
    done(app.run())
    assert "comes after it" in shown(app)
    press(app, TEXT.history.mend)
    assert steps(app) == ["split", "fill_statistic"]
    assert "comes after it" not in shown(app)


def test_effects_are_shown_for_each_group():
    app = sample()
    labelled(app.selectbox, TEXT.summary.group.label).set_value("region").run()
    app.session_state[f"{PAGE}.held.doing"] = "shape drop_rows"
    app.session_state[f"{PAGE}.step"] = "shape"
    done(app.run())
    done(app.text_area[0].set_value('[region] = "Islands"').run())
    assert TEXT.preview.groups.format(column="region") in shown(app)
    assert "14 rows left out" in shown(app)


def test_a_formula_is_built_from_lists_and_shows_its_first_results():
    app = sample("shape")
    press(app, TEXT.shape.choose)
    done(labelled(app.text_input, "Name of the new").set_value("years").run())
    done(labelled(app.selectbox, TEXT.form.insert_column).set_value("tenure_months").run())
    assert app.text_area[0].value == "[tenure_months]"
    done(labelled(app.selectbox, TEXT.form.insert_function).set_value("round").run())
    assert "nothing more was expected here" in shown(app)
    assert labelled(app.button, TEXT.form.add).disabled
    done(app.text_area[0].set_value("round([tenure_months] / 12)").run())
    assert TEXT.preview.first in shown(app)
    press(app, TEXT.form.add)
    assert steps(app) == ["formula"]


def test_every_operation_has_a_form_that_takes_its_step_as_it_is():
    app = opened(messy())
    name = f"{PAGE}.held.{app.session_state[f'{PAGE}.held.file']}.history"
    first = history(app)
    needs_more = {"remove_outliers", "augment_numbers", "augment_text", "hash_text"}
    for op, (before, wanted) in EXAMPLES.items():
        app.session_state[name] = first.become(recipe(*before, wanted, columns=first.recipe.columns))
        app.session_state[f"{PAGE}.held.doing"] = f"edit {wanted.id}"
        done(app.run())
        save = labelled(app.button, TEXT.form.save)
        assert save.disabled == (op in needs_more), op  # a split or a secret, which the form asks for
        if not save.disabled:
            done(save.click().run())
            after = history(app).recipe.step(wanted.id)
            assert dict(wanted.params).items() <= dict(after.params).items(), op
            assert set(after.columns) == set(wanted.columns), op


def test_another_target_changes_what_is_found():
    app = opened(generate())
    assert "cancellation_reason" in shown(app)
    assert "This column alone tells" not in shown(app)
    done(labelled(app.selectbox, TEXT.summary.target.label).set_value("churned").run())
    assert "This column alone tells" in shown(app)
    assert history(app).recipe.target == "churned"


def reopened(app, data, name="recipe.yaml"):
    app.session_state[f"{PAGE}.step"] = "take"
    done(app.run())
    return done(app.file_uploader[1].set_value((name, data, "application/yaml")).run())


def test_an_earlier_recipe_is_tried_before_it_is_taken():
    earlier = recipe(
        step("drop_columns", "currency"), step("fill_statistic", "nowhere"), columns=("currency", "nowhere")
    )
    app = reopened(opened(generate()), dump(earlier).encode())
    assert TEXT.take.dry_run in shown(app)
    assert "There is no column" in shown(app)
    assert steps(app) == []
    press(app, TEXT.take.use_partly)
    assert [(each.op, each.enabled) for each in history(app).recipe.steps] == [
        ("drop_columns", True),
        ("fill_statistic", False),
    ]
    press(app, TEXT.history.undo)
    assert steps(app) == []


def test_columns_that_go_by_another_name_are_matched():
    earlier = recipe(step("drop_columns", "money", id="away"), columns=("money", "region"))
    app = reopened(opened(generate()), dump(earlier).encode())
    match = labelled(app.selectbox, '"money"')
    done(match.set_value("currency").run())
    press(app, TEXT.take.use)
    assert steps(app) == ["drop_columns"]
    assert "1 column left out" in shown(app)


HOSTILE = (
    b"steps: !!python/object/apply:os.system ['true']",
    b"steps: [{op: no_such_thing}]",
    b"steps: [{op: fill_neighbours, columns: [a, b], params: {neighbours: 1000000000}}]",
    b"a: &a [*a]",
    b"\xff\xfe\x00",
    b"x" * 2_000_000,
)


def test_a_hostile_recipe_gets_a_word_and_nothing_is_lost():
    app = opened(generate())
    press(app, "Fix all safe ones")
    before = steps(app)
    for data in HOSTILE:
        app = reopened(app, data)
        assert TEXT.take.open_refused in shown(app)
        assert steps(app) == before


def test_a_new_file_begins_anew_and_may_take_the_old_recipe():
    app = opened(generate())
    press(app, "Fix all safe ones")
    before = steps(app)
    other = generate().replace(b",currency,", b",Currency,", 1)
    done(app.file_uploader[0].set_value(("next.csv", other, "text/csv")).run())
    assert steps(app) == []
    press(app, TEXT.history.earlier)
    press(app, TEXT.take.use)
    assert steps(app) == before
    assert set(re.findall(r"told is-(\w+)", str([each.proto.body for each in app.get("html")]))) == {"ok"}


ODD = {
    "one row": b"a,b\n1,2\n",
    "one column": b"a\n1\n2\n",
    "all missing": b"a,b\n?,\n?,\n",
    "infinite": b"a,b\ninf,1\n-inf,2\n1e999,3\n",
    "one class": ("id,label\n" + "".join(f"{k},same\n" for k in range(40))).encode(),
    "wide": (",".join(f"c{k}" for k in range(1_000)) + "\n" + ("1," * 999 + "1\n") * 3).encode(),
    "many values": ("c\n" + "".join(f"value {k}\n" for k in range(10_000))).encode(),
    "mixed dates": ("when\n" + "01/02/2024\n2024-03-04\n5.6.2024\n13/13/13\n" * 5).encode(),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_get_an_answer_at_every_step(name):
    app = opened(ODD[name])
    for each in prep_frame.PANELS:
        app.session_state[f"{PAGE}.step"] = each
        assert "×" in shown(done(app.run())), each


def test_an_empty_file_is_refused_in_words():
    assert TEXT.refused in shown(opened(b"a,b\n"))


def test_hostile_names_and_cells_are_drawn_as_text():
    name = "<img src=x onerror=alert(1)>"
    data = f'"{name}",b\n' + "".join(f'"<b>{k % 3}</b>",{k}\n' for k in range(60)) + "\n"
    app = opened(data.encode())
    assert "<img" not in str([each.proto.body for each in app.get("html")])


def test_steps_are_told_in_plain_words():
    told = step("mark_missing", "income", values=["?", "unknown", "n/a", "-"])
    assert sentence(told) == "Mark hidden blanks as missing: income (?, unknown, n/a +1)"
    assert settings_in_words(step("fill_statistic", "a", statistic="median")).startswith("Median")
    assert all(sentence(wanted) for _, wanted in EXAMPLES.values())


def test_every_operation_that_is_offered_exists():
    known = set(operations())
    offered = {name for names in TEXT.shape.operations.values() for name in names}
    for choices in (*TEXT.clean.alternatives.values(), *TEXT.clean.for_kinds.values()):
        offered |= set(choices)
    offered |= set(TEXT.clean.alternatives) | set(TEXT.form.shown_when) | set(TEXT.form.heavy_operations)
    assert offered <= known
    assert set(TEXT.form.functions) == set(FORMULA_FUNCTIONS)


def test_the_sample_brings_its_target():
    assert history(sample()).recipe.target == prep_sample().target
