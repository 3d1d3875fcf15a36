"""The forms as one file, without a browser: saved, opened, older, newer, broken; the worked example; one step back."""

import json

import pytest

from aipm.governance.example import example
from aipm.governance.forms import FORMS, KIND, VERSION, to_json
from aipm.governance.product import Product
from aipm.governance.triage import Triage
from aipm.ui.governance_state import KEPT
from aipm.ui.governance_texts import governance_texts
from aipm.ui.registry import FILES
from tests.ui.ethics_forms import HOSTILE, at, choose, done, opened, plain, press, shown

TEXT = governance_texts().keep
SAVED = "2026-11-21T12:00:00+00:00"


def file(forms, *, version=VERSION):
    return json.dumps({"kind": KIND, "version": version, "forms": forms}).encode()


def upload(app, data):
    return done(app.file_uploader(key="governance.keep.file").set_value(("a.json", data, "application/json")).run())


def forms(app):
    return app.session_state[KEPT].forms


def next_file(app):
    """What the next download would hold."""
    now = app.session_state[KEPT]
    return json.loads(to_json(now.forms, unread=now.unread, saved=SAVED))


def test_a_file_is_opened_and_says_so_where_it_can_be_seen():
    app = upload(opened("triage"), to_json({"triage": Triage(people="yes", eu="unsure")}, saved=SAVED))
    assert forms(app) == {"triage": Triage(people="yes", eu="unsure")}
    assert TEXT.opened.format(count=1) in shown(app)  # outside of the expander, which folds
    app.switch_page(FILES["lifecycle"])
    assert TEXT.opened.format(count=1) in shown(done(app.run()))


def test_the_word_goes_with_the_next_change_and_undo_brings_back_what_stood_there():
    app = upload(opened("triage"), to_json({"product": Product(name="Loans")}, saved=SAVED))
    app = choose(app, next(each.label for each in app.button_group if "touch people" in plain(each.label)), "yes")
    assert TEXT.opened.format(count=1) not in shown(app)
    app = press(press(app, TEXT.undo), TEXT.undo)
    assert forms(app) == {}
    app = press(app, TEXT.redo)
    assert forms(app) == {"product": Product(name="Loans")}


def test_an_older_file_has_defaults_where_it_says_nothing():
    app = upload(opened("triage"), file({"triage": {"people": "yes"}}))
    assert forms(app) == {"triage": Triage(people="yes")}
    assert TEXT.newer not in shown(app)


def test_a_newer_file_says_so_and_what_could_not_be_read_is_in_the_next_one():
    app = upload(opened("triage"), file({"triage": {"people": "yes"}, "horoscope": {"sign": HOSTILE}}, version=99))
    assert TEXT.newer in shown(app)
    assert "horoscope" in shown(app)
    assert "<img src=x" not in shown(app)
    assert next_file(app)["unread"] == {"horoscope": {"sign": HOSTILE}}
    app = choose(app, next(each.label for each in app.button_group if "touch people" in plain(each.label)), "no")
    assert "horoscope" in shown(app)  # as long as the next file holds it
    assert next_file(app)["unread"] == {"horoscope": {"sign": HOSTILE}}


def test_the_name_of_a_place_that_could_not_be_read_is_drawn_as_characters():
    app = upload(opened("triage"), file({HOSTILE: 1}))
    assert "<img src=x" not in shown(app)
    assert "&lt;img src=x" in shown(app)


@pytest.mark.parametrize("data", [b"", b"{}", to_json({"product": Product(name="Loans")}, saved=SAVED)[:-9], b"\x00"])
def test_a_broken_file_is_refused_and_nothing_is_lost(data):
    app = upload(opened("triage"), to_json({"product": Product(name="Loans")}, saved=SAVED))
    app = upload(app, data)
    assert TEXT.refused in shown(app)
    assert forms(app) == {"product": Product(name="Loans")}


def test_the_worked_example_is_one_step_and_offered_only_while_nothing_is_filled_in():
    app = press(opened("triage"), TEXT.sample)
    assert set(forms(app)) == set(FORMS)
    assert TEXT.sampled.format(count=len(FORMS)) in shown(app)
    assert TEXT.sample not in [each.label for each in app.button]
    app = press(app, TEXT.undo)
    assert forms(app) == {}
    assert TEXT.sample in [each.label for each in app.button]


def test_where_things_are_handed_on_it_is_always_offered():
    app = upload(opened("hand_on"), to_json({"product": Product(name="Loans")}, saved=SAVED))
    app = press(app, TEXT.sample)
    assert forms(app)["product"] == example().forms["product"]
    app = press(app, TEXT.undo)
    assert forms(app) == {"product": Product(name="Loans")}


@pytest.mark.parametrize("page", ["ethics", "lifecycle"])
def test_every_view_draws_the_worked_example(page):
    from aipm.ui.governance_page import frame

    app = press(opened("hand_on"), TEXT.sample)
    app.switch_page(FILES[page])
    for view in frame(page).views:
        assert shown(at(app, view))
