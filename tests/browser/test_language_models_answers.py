"""The second half of the Language models page as a person uses it: draw, ask twice, click a map, go on."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations

VIEWS = (
    "/language-models?view=sampling&guess_word=130&temperature=1.4&top_k=5",
    "/language-models?view=twice&guess_twice=20&guess_zero=8",
    "/language-models?view=kinds&guess_kind=size&model=clip",
    "/language-models?view=work&guess_work=small&check_task=sort",
)


def test_settings_change_the_picture_and_can_be_shared(app, visit, ready, watch):
    page = visit(app, "/language-models?view=sampling")
    page.get_by_role("radio", name="About 130 times").click()
    ready(page)
    rows = page.locator("table.chances tbody tr")
    expect(rows).to_have_count(11)
    page.get_by_role("button", name="Always the likeliest").click()
    ready(page)
    expect(rows.first).to_contain_text("200")
    expect(page).to_have_url(re.compile(r"temperature=0"))
    other = visit(app, page.url.removeprefix(app.url))
    expect(other.locator("table.chances tbody tr").first).to_contain_text("100.0%")
    assert watch.complaints == []


def test_the_temperature_moves_by_keyboard(app, visit, ready):
    page = visit(app, "/language-models?view=sampling&guess_word=show")
    page.get_by_role("slider", name="Temperature").focus()
    page.keyboard.press("ArrowRight")
    ready(page)
    expect(page).to_have_url(re.compile(r"temperature=1\.1"))


def test_the_own_question_stays_out_of_the_address(app, visit, ready):
    page = visit(app, "/language-models?view=sampling&guess_word=show&question=own")
    box = page.get_by_role("textbox", name="Your question to the shop")
    box.fill("<img src=x onerror=alert(1)> is my zebra here?")
    box.press("Enter")
    ready(page)
    expect(page.get_by_text("The model never met")).to_contain_text("zebra")
    assert page.locator("[data-testid=stMain] img").count() == 0
    assert "zebra" not in page.url


def test_a_rule_switched_off_lets_more_answers_pass(app, visit, ready):
    page = visit(app, "/language-models?view=twice&guess_twice=20")
    kept = page.locator("ul.kinds-of-answers").last.locator(".is-within-tolerance")
    expect(kept.first).to_be_visible()
    before = page.locator("dl.facts dd").nth(3).inner_text()
    page.get_by_role("button", name="Money and parcels within three days").click()
    ready(page)
    expect(page).to_have_url(re.compile(r"off=days"))
    expect(page.locator("dl.facts dd").nth(3)).not_to_have_text(before)


def test_a_model_on_the_map_shows_its_card(app, visit, ready):
    page = visit(app, "/language-models?view=kinds")
    page.get_by_role("button", name="CLIP (2021)").click()
    ready(page)
    expect(page.locator(".model-card")).to_contain_text("It writes no descriptions")
    page.get_by_text("Text", exact=True).first.click()  # of which CLIP is none
    ready(page)
    expect(page.locator(".model-card h3")).to_have_text("BERT")


def test_the_checklist_leads_to_the_scorer_with_its_answers(app, visit, ready):
    page = visit(app, "/language-models?view=work&check_task=draft&check_context=report&check_cost=tight")
    page.get_by_role("link", name="Rank models with these answers").click()
    ready(page)
    expect(page.get_by_role("heading", level=1, name="Model scorer")).to_be_visible()
    expect(page.get_by_text("Prefilled from Language models")).to_be_visible()
    expect(page).to_have_url(re.compile(r"must=.*context"))


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_serious_and_nothing_too_wide(app, visit, path):
    page = visit(app, path)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth"), look


def test_the_log_of_the_training_fits_a_phone(app, visit):
    page = visit(app, "/language-models?view=sampling&guess_word=show", width=390)
    page.locator("summary").click()
    expect(page.get_by_text("text sha256")).to_be_visible()
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
