"""Who does what: a team at a press, parts by activity and by person, what the rules find, presses that mend it."""

from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.governance.roles import ROLES, Person, Raci, Row, add, letters, load, row, share_out, with_part
from aipm.governance.roles_texts import roles_texts
from aipm.governance.triage import Triage
from aipm.ui.governance_state import KEPT, Kept

ROOT = Path(__file__).parents[2]
HOSTILE = "[x](javascript:alert(1)) <img src=x onerror=alert(1)> **bold** $x$ =1+1"


@pytest.fixture
def app():
    found = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    found.session_state[KEPT] = Kept()
    return found.run()


def roles(app, *, opened=(), **query):
    for each in opened:
        app.session_state[f"lifecycle.roles.{each}.card"] = True
    app.switch_page("pages/lifecycle.py")
    for name, value in {"view": "roles", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown(app):
    return " ".join(each.proto.body for each in app.get("html"))


def form(app):
    return app.session_state[KEPT].forms.get("roles", Raci())


def buttons(app):
    return [each.label for each in app.button]


def six():
    raci = Raci()
    for people in roles_texts().team.starts["six"].people:
        raci = add(raci, *people)
    return share_out(raci)


def hold(app, **forms):
    app.session_state[KEPT] = Kept(forms=forms)


def group(app, key):
    """A row of buttons of which several may be pressed."""
    return next(each for each in app.get("button_group") if each.key == key)


def test_a_team_at_a_press_has_a_first_result_and_undo_takes_it_back(app):
    roles(app)
    assert roles_texts().team.answer.start in shown(app)
    app.button(key="lifecycle.roles.start.six").click().run()
    assert len(form(app).people) == 6
    assert "All 12 activities" in shown(app)
    app.button(key="governance.keep.undo").click().run()
    assert form(app) == Raci()


def test_somebody_is_added_named_and_taken_out(app):
    hold(app, roles=six())
    roles(app)
    app.button(key="lifecycle.roles.add").click().run()
    app.text_input(key="governance.roles.r7.name").set_value(HOSTILE).run()
    assert form(app).people[-1] == Person(id="r7", name=HOSTILE)
    assert "<img" not in shown(app)
    app.button(key="lifecycle.roles.remove").click().run()
    assert form(app) == six()


def test_the_parts_of_an_activity_are_pressed_in_its_card(app):
    hold(app, roles=six())
    roles(app, opened=["release"])
    group(app, "governance.roles.release.A").set_value(["r1", "r2"]).run()
    assert row(form(app), "release").accountable == ("r1", "r2")
    assert "1 to mend. First: Release" in shown(app)
    app.button(key="lifecycle.roles.fix.0.0").click().run()
    assert row(form(app), "release").accountable == ("r1",)
    assert "All 12 activities" in shown(app)


def test_an_activity_that_does_not_happen_here_counts_as_settled(app):
    hold(app, roles=six())
    roles(app, opened=["labelling"])
    app.text_input(key="governance.roles.labelling.left_out").set_value("bought").run()
    assert "Does not happen here: bought" in shown(app)
    assert "All 11 activities" in shown(app)


def test_the_parts_of_a_person_are_pressed_activity_by_activity_and_kept(app):
    hold(app, roles=six())
    roles(app, show="person")
    group(app, "governance.roles.by.r1.metric").set_value(["A", "R"]).run()
    assert letters(form(app), "metric", "r1") == ("A", "R")
    app.switch_page("pages/home.py").run()
    roles(app, show="person")
    assert list(group(app, "governance.roles.by.r1.metric").value) == ["A", "R"]


def test_the_whole_grid_has_a_column_a_person_and_words_for_who_listens(app):
    raci = six()
    hold(app, roles=replace(raci, people=(replace(raci.people[0], name=HOSTILE), *raci.people[1:])))
    roles(app, show="grid")
    table = shown(app).split('<table class="raci">')[1].split("</table>")[0]
    assert table.count('<th scope="col"') == 7
    assert table.count('<th scope="row"') == 12
    assert table.count('title="Accountable"') == 12
    assert "<img" not in shown(app)


def test_law_is_missed_where_the_triage_says_so(app):
    hold(app, roles=six(), triage=Triage(people="yes", personal_data="yes"))
    roles(app)
    assert escape(roles_texts().why_legal["personal_data"]) in shown(app)


def test_more_than_forty_per_cent_has_words_and_a_way_out(app):
    raci = six()
    for activity in ("framing", "metric", "incident"):
        raci = with_part(raci, activity, "R", ["r3"])
    hold(app, roles=six())
    roles(app)
    assert 'class="over"' not in shown(app)
    hold(app, roles=raci)
    roles(app)
    assert 'class="over"' in shown(app)
    before = load(form(app))["r3"]
    way = next(each for each in app.button if "takes “" in each.label)
    way.click().run()
    assert load(form(app))["r3"] == before - 1


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_all_that_a_product_manager_asks(app, role):
    roles(app, part="roles", role=role)
    text = roles_texts().roles[role]
    for said in (
        text.line,
        text.asks,
        *text.brings,
        *text.does_not,
        *text.misunderstood,
        *text.questions,
        *text.expect,
    ):
        assert escape(said) in shown(app)


def test_two_roles_stand_side_by_side_with_the_four_steps_and_the_two_habits(app):
    roles(app, part="roles", role="data_scientist", **{"with": "ml_engineer"})
    texts = roles_texts()
    assert 'class="role-card of-2"' in shown(app)
    for said in (texts.roles["ml_engineer"].line, *(each.name for each in (*texts.people.flow, *texts.people.tips))):
        assert escape(said) in shown(app)


def test_an_odd_file_is_drawn_without_a_fault(app):
    people = (
        Person(id="r1", name=HOSTILE, roles=("pm", "pm")),
        Person(id="r1", name="again"),
        *(Person(id=f"x{number}") for number in range(30)),
    )
    rows = (Row(id="release", accountable=("r1", "gone")), Row(id="release", responsible=("r1",)))
    for show in ("activity", "person", "grid"):
        hold(app, roles=Raci(people=people, rows=rows))
        app.session_state["lifecycle.roles.person"] = "r1"
        roles(app, show=show)
        assert "<img" not in shown(app)
        assert "more, beside the activities below" in shown(app)
