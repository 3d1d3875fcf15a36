"""What matters more on the Model scorer page: six ways to say it, each moving the answer, none losing anything."""

import pytest

from aipm.selection.needs import Needs, need_texts
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import MEASURES, WAYS, Person, Weighing
from aipm.ui.safe import markdown, markup
from aipm.ui.scorer_texts import scorer_page, start_needs
from aipm.ui.scorer_weights import shares
from aipm.ui.scorer_weights_pairs import in_turn, in_words
from aipm.ui.scorer_weights_people import template
from aipm.ui.scorer_weights_points import move
from tests.ui.test_model_scorer import done, labelled, opened, show, shown, stance

TEXT = scorer_page()
SAID = TEXT.weights
CRITERIA = need_texts().criteria
COST, READ, WRITE = (CRITERIA[name].name for name in ("cost", "context", "output"))
HOSTILE = "<b>Bo</b> **{x}**"


def way(app, name):
    return done(labelled(app.button_group, SAID.label).set_value(name).run())


def by(name):
    return way(opened(view="model"), name)


def asked(app) -> Weighing:
    return app.session_state["model_scorer.held.weighing"]


def bar(app, name):
    """What a criterion counts, as the page shows it, in per cent."""
    part = shown(app).split('<ul class="weights">')[1].split(f"<span>{markup(name)}</span>")[1]
    return float(part.split('class="number">')[1].split("%")[0])


def slide(app, label, value):
    return done(labelled(app.slider, label).set_value(value).run())


def test_the_order_stands_first_and_says_nothing_of_itself_in_the_answer():
    app = opened(view="model")
    assert bar(app, COST) == 61.1
    assert SAID.ways["order"].sentence not in shown(app)


@pytest.mark.parametrize("name", [each for each in WAYS if each != "order"])
def test_every_way_says_in_the_answer_where_the_weights_come_from(name):
    html = shown(by(name))
    told = SAID.ways[name].sentence if name in {"sliders", "swing"} else SAID.ways[name].name
    assert markup(told, limit=2_000) in html or SAID.measures["critic"].name in html
    assert "NaN" not in html


def test_sliders_start_where_the_weights_stand_and_a_move_moves_the_answer():
    app = by("sliders")
    assert [labelled(app.slider, name).value for name in (COST, READ, WRITE)] == [61, 28, 11]
    before = shown(app).split("Where the points come from")[0]
    app = slide(app, WRITE, 100)
    assert bar(app, WRITE) == pytest.approx(100 * 100 / 189, abs=0.05)
    assert shown(app).split("Where the points come from")[0] != before


def test_sliders_that_are_all_zero_say_so_and_the_order_counts():
    app = by("sliders")
    for name in (COST, READ, WRITE):
        app = slide(app, name, 0)
    html = shown(app)
    assert "All weights are 0." in html
    assert SAID.refused in html
    assert bar(app, COST) == 61.1
    assert 'role="status"' in html
    app = slide(app, READ, 30)
    assert bar(app, READ) == 100


def test_a_slider_at_zero_leaves_a_criterion_out_without_a_word_of_it_in_why():
    app = slide(by("sliders"), READ, 0)
    html = shown(app)
    assert bar(app, READ) == 0
    assert TEXT.why["same"].format(criterion=READ) not in html


def test_sliders_outlive_another_way_another_view_and_another_page():
    app = slide(by("sliders"), WRITE, 77)
    app = way(way(app, "order"), "sliders")
    assert labelled(app.slider, WRITE).value == 77
    app = show(show(app, "cost"), "model")
    assert labelled(app.slider, WRITE).value == 77
    app.switch_page("pages/home.py")
    app = done(app.run())
    app.switch_page("pages/model_scorer.py")
    app = done(app.run())
    assert labelled(app.slider, WRITE).value == 77
    app = done(labelled(app.button, SAID.sliders.start).click().run())
    assert labelled(app.slider, WRITE).value == 11


def test_what_is_no_longer_preferred_weighs_nothing_and_comes_back_as_it_was():
    app = stance(slide(by("sliders"), WRITE, 77), "output", "no_matter")
    assert WRITE not in [each.label for each in app.slider]
    app = stance(app, "output", "prefer")
    assert labelled(app.slider, WRITE).value == 77


def test_swings_show_both_ends_in_real_units():
    assert move("cost", TEXT) == "Cost: from 100 to 0.1 USD per 1,000 requests"
    assert move("tools", TEXT) == "Using tools: from no to yes"
    app = by("swing")
    assert labelled(app.radio, SAID.swing.first).options == [
        markdown(move(name, TEXT)) for name in ("cost", "context", "output")
    ]


def test_the_largest_swing_counts_100_and_the_others_beside_it():
    app = done(labelled(by("swing").radio, SAID.swing.first).set_value("context").run())
    app = slide(app, markdown(move("cost", TEXT)), 50)
    app = slide(app, markdown(move("output", TEXT)), 50)
    assert (bar(app, READ), bar(app, COST), bar(app, WRITE)) == (50, 25, 25)


def test_comparing_pairs_one_at_a_time():
    app = by("pairs")
    assert "Nothing compares" in shown(app)
    assert bar(app, COST) == 61.1
    app = compare(app, "cost", "context", "cost", 5)
    app = compare(next_pair(app), "context", "output", "same")
    html = shown(app)
    assert bar(app, COST) == pytest.approx(500 / 7, abs=0.06)
    assert "consistency ratio 0.00" in html
    assert in_words((COST, READ), 5, SAID.pairs) in html
    assert SAID.pairs.open in html


def compare(app, first, second, chosen, much=None):
    side = next(each for each in app.button_group if each.key == f"model_scorer.weights.pairs.side.{first}.{second}")
    app = done(side.set_value(chosen).run())
    if much:
        strength = next(each for each in app.button_group if each.label == SAID.pairs.how_much)
        app = done(strength.set_value(much).run())
    return app


def next_pair(app):
    return done(labelled(app.button, SAID.pairs.next).click().run())


def contradicting():
    app = compare(by("pairs"), "cost", "context", "cost", 9)
    app = compare(next_pair(app), "context", "output", "context", 9)
    return compare(next_pair(app), "cost", "output", "output", 9)


def test_contradictions_are_said_at_the_pairs_and_in_the_answer_with_the_pair_to_mend():
    app = contradicting()
    html = shown(app)
    assert SAID.unreliable in html.split(f"<h2>{TEXT.answer['title']}")[1].split("<h2>")[0]
    assert "The pair that fits least" in html
    again = next(each for each in app.button if each.label.startswith(SAID.pairs.again.split("{")[0]))
    app = done(again.click().run())
    assert SAID.pairs.how_much in [each.label for each in app.button_group]


def test_answers_to_pairs_can_be_cleared_and_outlive_another_way():
    app = way(way(contradicting(), "order"), "pairs")
    assert len(asked(app).pairs) == 3
    app = done(labelled(app.button, SAID.pairs.forget).click().run())
    assert asked(app).pairs == ()


def test_taking_an_answer_back_opens_the_pair_again():
    app = compare(compare(by("pairs"), "cost", "context", "cost"), "cost", "context", None)
    assert asked(app).pairs == ()


def test_the_first_pairs_asked_join_everything():
    names = ["a", "b", "c", "d"]
    assert in_turn(names)[:3] == [("a", "b"), ("b", "c"), ("c", "d")]
    assert len(in_turn(names)) == 6


def test_more_than_seven_are_not_compared_in_pairs():
    app = opened(view="model")
    app.session_state["model_scorer.held.order"] = [
        *("task", "quality", "cost", "latency", "context", "output", "licence", "residency")
    ]
    html = shown(way(done(app.run()), "pairs"))
    assert "7 things at most" in html


@pytest.mark.parametrize("measure", MEASURES)
def test_weights_from_the_data_come_with_a_caution(measure):
    app = by("data")
    app = done(labelled(app.button_group, SAID.measure).set_value(measure).run())
    html = shown(app)
    assert markup(SAID.caution, limit=2_000) in html
    assert markup(SAID.measures[measure].help, limit=2_000) in html
    assert bar(app, COST) != 61.1


def add(app, name, **points):
    labelled(app.text_input, SAID.people.name).set_value(name)
    for each, value in points.items():
        slider = next(one for one in app.slider if one.key == f"model_scorer.weights.people.{each}")
        slider.set_value(value)
    return done(labelled(app.button, SAID.people.added).click().run())


def test_several_people_count_the_same_and_their_differences_are_shown():
    app = add(by("group"), "Ada", cost=100, context=0, output=0)
    app = add(app, HOSTILE, cost=0, context=0, output=100)
    html = shown(app)
    assert (bar(app, COST), bar(app, WRITE)) == (50, 50)
    assert "0.0% – 100.0%" in html
    assert markup(HOSTILE) in html
    assert HOSTILE not in html
    assert "Ada would pick" in html


def test_a_person_needs_a_name_of_their_own_and_a_point():
    app = add(by("group"), " ")
    assert SAID.people.name_missing in shown(app)
    app = add(add(app, "Ada"), "Ada")
    assert "Ada is there already" in shown(app)
    app = add(app, "Bo", cost=0, context=0, output=0)
    assert SAID.people.zero in shown(app)
    assert [each.name for each in asked(app).people] == ["Ada"]


def test_a_person_taken_out_can_be_brought_back():
    app = add(by("group"), "Ada")
    app = done(labelled(app.button, SAID.people.remove).click().run())
    assert asked(app).people == ()
    app = done(labelled(app.button, SAID.people.back).click().run())
    assert [each.name for each in asked(app).people] == ["Ada"]


def paste(app, text):
    labelled(app.text_area, SAID.people.paste).set_value(text)
    return done(labelled(done(app.run()).button, SAID.people.read).click().run())


def test_pasted_rows_take_the_place_of_those_before_and_bad_ones_do_not():
    app = add(by("group"), "Ada")
    app = paste(app, f"person,{COST},{READ},{WRITE},mood\nBo,1,2,1,<i>\nCy,1,1,2,x\n")
    html = shown(app)
    assert [each.name for each in asked(app).people] == ["Bo", "Cy"]
    assert "mood" in html
    app = paste(app, f"person,{COST},{READ},{WRITE}\nBo,1,2,lots\nCy,1,1,1\n")
    html = shown(app)
    assert "Row 1, column" in html
    assert [each.name for each in asked(app).people] == ["Bo", "Cy"]


def test_the_empty_table_can_be_given_back_as_it_is():
    data = template({name: CRITERIA[name].name for name in of_order(start_needs())}, SAID.people.heading)
    app = by("group")
    uploader = next(each for each in app.get("file_uploader") if each.label == SAID.people.file)
    app = done(uploader.set_value(("people.csv", data, "text/csv")).run())
    assert len(asked(app).people) == 1


def test_people_who_have_not_weighed_something_new_are_named():
    app = stance(add(by("group"), "Ada"), "maturity", "prefer")
    assert "Ada has given nothing for Maturity" in shown(app)


def test_one_thing_alone_needs_no_weighing():
    app = opened(view="model")
    app.session_state["model_scorer.held.order"] = ["cost"]
    app = done(app.run())
    assert SAID.title not in [each.label for each in app.expander]


def test_every_way_and_measure_and_answer_has_its_words():
    assert set(SAID.ways) == set(WAYS)
    assert set(SAID.measures) == set(MEASURES)
    assert set(SAID.pairs.words) == {3, 5, 7, 9}


def test_shares_are_drawn_heaviest_first():
    html = shares(of_order(Needs(order=("output", "cost"))), title="x")
    assert html.index(WRITE) < html.index(COST)


def test_a_record_brings_the_weights_along():
    """What is kept of the weighing is one value that goes to a file and back."""
    given = Weighing(way="group", people=(Person(name=HOSTILE, points=(("cost", 1.0),)),))
    assert Weighing.from_dict(given.to_dict()) == given
