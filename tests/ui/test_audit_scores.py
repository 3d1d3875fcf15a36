"""The part on scores and thresholds: what it draws, what it gives the browser, what the report carries."""

import base64
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aipm.fairness.thresholds import at, sweep, thinned
from aipm.fairness.thresholds_equal import Costs
from aipm.ui.audit_scores_film import MOST_PLACES, THOUSANDTHS, reel
from aipm.ui.audit_scores_said import signed, threshold
from aipm.ui.audit_scores_section import Shown, decided, section
from aipm.ui.audit_scores_texts import scores_texts
from tests.fairness.build import audited, counted, repeated

ROOT = Path(__file__).resolve().parents[2]
rng = np.random.default_rng(2)
LABEL = rng.integers(0, 2, 600)
GROUP = np.array(["a"] * 300 + ["b"] * 270 + ["few"] * 23 + ["two"] * 7)
SCORE = np.clip(rng.normal(0.4 + 0.2 * LABEL - 0.1 * (GROUP == "b"), 0.2), 0, 1).round(2)
DATA = {"group": GROUP, "label": LABEL, "score": SCORE}
ROLES = {"groups": ("group",), "label": "label", "score": "score"}
COUNTS, SPEC = counted(DATA, **ROLES)
FOUND = sweep(COUNTS, SPEC)
SHOWN = Shown(column=0, place=FOUND.place(0.5), costs=Costs(false_positive=5))


def opened(sample, *names):
    app = AppTest.from_file(ROOT / "app.py", default_timeout=300).run()
    app.query_params["sample"] = sample
    app.session_state["bias_audit.deeper"] = "scores"
    for name in names:
        app.session_state[f"bias_audit.scores.open.{name}"] = True
    app.switch_page("pages/bias_audit.py").run()
    assert not app.exception
    return app


def said(app):
    return " ".join(each.body for each in app.get("html"))


def test_with_scores_and_labels_every_group_is_told_at_the_threshold_of_the_decisions():
    text = said(opened("loans"))
    assert "At a threshold of 0.70, 65.2% of everybody with a score get a yes" in text
    assert "from 55.3% for female to 73.2% for male" in text


def test_without_a_score_it_says_what_is_missing_and_shows_what_base_rates_force():
    text = said(opened("triage"))
    assert "There is no score column" in text
    assert "the false positive rate would have to be" in text


def test_with_decisions_alone_it_says_what_to_choose():
    assert "neither a score nor both a decision and a label" in said(opened("hiring"))


def test_the_browser_is_given_the_very_numbers_of_the_engine_at_every_stop():
    facts = reel(FOUND, slice(1, 5), scores_texts())
    groups, places = len(facts["names"]), facts["places"]
    assert places == thinned(FOUND, MOST_PLACES).tolist()
    values = np.frombuffer(base64.b64decode(facts["values"]), "<u2").reshape(4, 3, groups, len(places))
    states = np.frombuffer(base64.b64decode(facts["states"]), np.uint8).reshape(4, groups, len(places))
    for stop in (0, len(places) // 2):
        now = at(FOUND, places[stop])
        for metric, name in enumerate(("selection_rate", "true_positive_rate", "false_positive_rate", "precision")):
            for group, each in enumerate(now[name]):
                wanted = {None: 0, "not_enough_data": 1, "too_few_rows": 2, "no_denominator": 3}[each.reason]
                assert states[metric, group, stop] == wanted
                if wanted < 2:
                    assert values[metric, 0, group, stop] == pytest.approx(each.value * THOUSANDTHS, abs=0.5)
                    assert values[metric, 1, group, stop] == pytest.approx(each.low * THOUSANDTHS, abs=0.5)


def test_the_report_carries_the_rates_the_price_and_what_base_rates_force():
    made = section(COUNTS, SPEC, FOUND, SHOWN, 0)
    rates, price, thresholds, forced = made.tables
    assert [row[0] for row in rates.rows] == ["Everyone", "a", "b", "few", "two"]
    assert "not rated" in rates.rows[4][6]
    assert len(price.rows) == 5
    assert {row[0] for row in thresholds.rows} == {"a", "b", "few", "two"}
    assert len(forced.rows) == 4
    assert any("unlawful" in line and "not legal advice" in line for line in made.lines)
    assert {len(table.head) for table in made.tables} == {len(table.rows[0]) for table in made.tables}


def test_in_a_report_to_hand_on_small_groups_are_hidden_and_no_total_tells_of_them():
    made = section(COUNTS, SPEC, FOUND, SHOWN, 11)
    rates, thresholds = made.tables
    assert rates.rows[4] == ("two", *["–"] * 9)
    assert rates.rows[0][1:] == ("–",) * 9  # everybody less the three that are shown
    assert thresholds.rows[3] == ("two", *["–"] * 3)
    assert any("fewer than 11 people" in note for note in made.notes)


def share(cell):
    return float(cell.partition("%")[0]) / 100


def test_where_nobody_is_hidden_totals_are_still_rounded_in_a_report_to_hand_on():
    counts, spec = counted({name: cells[:570] for name, cells in DATA.items()}, **ROLES)
    rates, price, *_ = section(counts, spec, sweep(counts, spec), SHOWN, 11).tables
    assert all(cell.endswith("0") for table in (rates, price) for row in table.rows for cell in row[1:5])
    for row in rates.rows:  # and rates follow from tens
        selected = share(row[6]) * int(row[1])
        assert selected == pytest.approx(round(selected, -1), abs=0.0005 * int(row[1]))


def test_equal_base_rates_force_one_rate_on_all_and_it_says_so():
    table = repeated((400, "a", 1, 1), (400, "a", 0, 0), (200, "b", 1, 1), (200, "b", 0, 0), names="group label said")
    result = audited(table, groups=("group",), label="label", prediction="said")
    made = decided(result, 0)
    assert "differ by no more than chance" in made.lines[1]
    assert "have to be 0.0% in every group" in made.lines[2]
    assert [row[0] for row in made.tables[0].rows] == ["a", "b"]


def test_base_rates_that_differ_force_different_rates():
    """Odds of a yes 1 and 1/4; with precision 3/4 and a quarter missed 1 × 1/3 × 3/4 and a quarter of that."""
    table = repeated(
        *((300, "a", 1, 1), (100, "a", 1, 0), (100, "a", 0, 1), (300, "a", 0, 0)),
        *((60, "b", 1, 1), (20, "b", 1, 0), (20, "b", 0, 1), (300, "b", 0, 0)),
        names="group label said",
    )
    made = decided(audited(table, groups=("group",), label="label", prediction="said"), 0)
    assert "25.0% for a but 6.2% for b, because the label says yes for 50.0% of the one and 20.0%" in made.lines[1]
    assert "differ by more than chance" in made.lines[2]


def test_without_a_label_the_report_says_what_is_missing():
    counts, spec = counted(DATA, groups=("group",), score="score")
    found = sweep(counts, spec)
    made = section(counts, spec, found, Shown(column=0, place=found.start, costs=None), 0)
    assert len(made.tables) == 1
    assert "no label" in made.notes[0]


@pytest.mark.parametrize(
    ("value", "text"), [(0.7, "0.70"), (0.772, "0.772"), (7.0, "7"), (512.5, "512.50"), (float("inf"), "nobody")]
)
def test_a_threshold_is_written_as_it_is_read(value, text):
    assert threshold(value, scores_texts()) == text


def test_sums_have_a_sign_and_no_more_digits_than_they_deserve():
    assert [signed(value) for value in (0.0, 0.04, 3.14, 396.4, -68.6)] == ["0", "0", "+3.1", "+396", "−69"]
    assert signed(-68.6, rounded=True) == "−70"


def without_label():
    import streamlit as st

    from aipm.fairness.audit import audit
    from aipm.ui.audit_deeper import Asked
    from aipm.ui.audit_scores import draw
    from tests.fairness.build import counted, table
    from tests.ui.test_audit_scores import DATA

    data = table(DATA)
    counts, spec = counted(data, groups=("group",), score="score")
    for name in ("counts", "curves", "price", "why"):
        st.session_state[f"bias_audit.scores.open.{name}"] = True
    draw(Asked(table=data, spec=spec, counts=counts, result=audit(counts, spec), token="t", file_name="f"))  # noqa: S106 - part of the names of widgets


def test_without_a_label_it_says_so_and_shows_selection_and_the_spread_alone():
    app = AppTest.from_function(without_label, default_timeout=300).run()
    assert not app.exception
    text = said(app)
    assert "There is no label" in text
    assert "there is no price" in text
    assert "The thresholds that bring the selection rates nearest" in text
    assert 'class="spread"' in text
    assert "False positive rate" not in text
