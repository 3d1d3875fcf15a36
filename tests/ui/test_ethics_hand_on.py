"""What is handed on, without a browser: how complete it is, what is missing, the papers, and where to go."""

from datetime import date

from aipm.governance.forms import FORMS
from aipm.governance.hand_on_texts import PAPERS, hand_on_texts
from aipm.governance.product import Product
from aipm.ui.clock import DAY
from aipm.ui.governance_texts import governance_texts
from tests.ui.ethics_forms import HOSTILE, away_and_back, kept, opened, press, shown, widget, write
from tests.ui.light import heavy_after_reading

TEXT = hand_on_texts()
KEEP = governance_texts().keep


def test_nothing_filled_in_is_said_and_the_papers_show_what_is_missing():
    app = opened("hand_on")
    assert TEXT.answer.none in shown(app)
    assert shown(app).count(f"</span>{TEXT.contents.states['empty']}</span>") == len(FORMS)
    assert "Missing: where the risks stand. To fill in under Register." in shown(app)
    assert "0 of 32 questions have an answer" in shown(app)


def test_the_worked_example_fills_the_papers():
    app = press(opened("hand_on"), KEEP.sample)
    assert f"{len(FORMS)} of {len(FORMS)} forms have something in them." in shown(app)
    assert "severe items of the register are open" in shown(app)
    assert "The guardrail has no floor." in shown(app)
    assert "Loan pre-check: where it stands" in shown(app)
    assert "[Register, item r1: Bias audit, fingerprint" in shown(app)


def test_the_product_is_told_here_and_stays():
    app = opened("hand_on")
    fields = TEXT.product.fields
    app = write(app, fields["name"].label, HOSTILE)
    app = write(app, fields["purpose"].label, "Sorts applications.", kind="text_area")
    assert "<img src=x" not in shown(app)
    assert "Sorts applications." in shown(app)
    app = away_and_back(app, "hand_on")
    assert kept(app, "product") == Product(name=HOSTILE, purpose="Sorts applications.")
    assert widget(app, "text_input", fields["name"].label).value == HOSTILE


def test_a_paper_says_that_it_is_no_advice_and_the_day():
    app = opened("hand_on")
    app.session_state[DAY] = date(2026, 11, 21)
    app.run()
    assert shown(app).count("Made on 21 Nov 2026.") == len(PAPERS)
    assert shown(app).count("This is not legal advice.") == len(PAPERS)


def test_each_form_but_the_product_has_a_way_to_it():
    app = press(opened("hand_on"), KEEP.sample)
    ways = [each.label for each in app.button if each.label.startswith("Open: ")]
    assert "Open: Register" in ways
    press(app, "Open: Register")
    assert app.query_params["view"] == "register"


def test_reading_it_loads_nothing_heavy():
    assert heavy_after_reading("ethics", ["hand_on"]) == []
