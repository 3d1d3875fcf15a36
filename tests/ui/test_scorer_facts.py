"""What is known of each model, where it comes from, and where the points come from: on the Model scorer."""

import re
from datetime import timedelta

import pytest

from aipm.selection.catalogue import NOTICE_DAYS, STALE_DAYS, models
from aipm.selection.needs import need_texts
from aipm.ui.fragments import outward
from aipm.ui.scorer_bars import CHART, MODEL
from aipm.ui.scorer_facts import badges, licences, rests_on, value_of
from aipm.ui.scorer_state import today
from aipm.ui.scorer_texts import scorer_page
from tests.ui.scorer import done, held, labelled, opened, shown

TEXT = scorer_page()
FACT = {
    "value": 8000,
    "evidence": "aggregator",
    "source": "A list",
    "url": "https://example.org/a",
    "as_of": "2026-11-20",
    "note": None,
}


def test_a_source_is_linked_safely_and_has_its_day():
    drawn = rests_on(FACT, TEXT)
    assert '<a href="https://example.org/a" target="_blank" rel="noopener noreferrer">A list</a>' in drawn
    assert "2026-11-20" in drawn
    assert TEXT.facts.evidence["aggregator"] in drawn


def test_what_is_hostile_is_drawn_as_text():
    drawn = rests_on(FACT | {"source": "<img src=x>", "note": "<b>x</b>", "url": "javascript:alert(1)"}, TEXT)
    assert "<a" not in drawn
    assert "<img" not in drawn
    assert "<b>x" not in drawn


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", " https://example.org", ""]
)
def test_only_web_addresses_become_links(url):
    assert "<a" not in outward(url, "Read")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("usd_per_1000_requests", 0.35, "$0.35"),
        ("commercial_use", "unverified", "not verified"),
        ("open_weights", True, "yes"),
        ("context_window", 128_000, "128,000"),
        ("in_modalities", ["text", "image"], "text, image"),
        ("max_output", None, None),
    ],
)
def test_a_value_reads_as_people_say_it(name, value, said):
    assert value_of(name, {"value": value}, TEXT) == said


def test_badges_say_what_is_old_and_what_ends():
    old = (today() - timedelta(days=STALE_DAYS + 1)).isoformat()
    new = (today() - timedelta(days=STALE_DAYS)).isoformat()
    assert TEXT.facts.stale in badges("max_output", {"value": 1, "as_of": old}, TEXT)
    assert not badges("max_output", {"value": 1, "as_of": new}, TEXT)
    ends = [badges("days_to_deprecation", {"value": days}, TEXT) for days in (NOTICE_DAYS + 1, NOTICE_DAYS, -1, None)]
    assert [bool(each) for each in ends] == [False, True, True, False]
    assert TEXT.facts.ended in ends[2]


def test_the_licences_are_counted_from_the_catalogue():
    numbers = list(map(int, re.findall(r"\d+", licences(TEXT))))
    assert numbers[0] == len(models())
    assert sum(numbers[1:]) == len(models())


def test_every_model_shown_has_a_card_with_its_sources():
    html = shown(opened(view="model"))
    assert html.count('<details class="card">') == 12
    assert html.count('rel="noopener noreferrer"') > 50
    assert TEXT.facts.sources in html


def test_pressing_a_piece_shows_its_value_weight_and_source():
    app = opened(view="model")
    names = app.selectbox(key=MODEL).options
    place = {"curve_number": 1, "point_index": 2}
    app.session_state[CHART] = {"selection": {"points": [place]}}
    labelled(app.selectbox, TEXT.bars["model"]).set_value(names[2])
    app = done(app.run())
    pieces = next(each for each in shown(app).split("<p ") if TEXT.bars["criterion"] in each and "</table>" in each)
    assert names[2] in pieces
    assert need_texts().criteria["context"].name in pieces
    assert "noopener" in pieces
    assert "61.1%" in pieces


def test_a_chosen_piece_is_marked_until_another_model_is_chosen():
    app = opened(view="model")
    app.session_state["model_scorer.held.piece"] = "context"
    assert 'aria-current="true"' in shown(done(app.run()))
    box = labelled(app.selectbox, TEXT.bars["model"])
    app = done(box.set_value(box.options[3]).run())
    assert held(app, "piece") is None
    assert 'aria-current="true"' not in shown(app)
