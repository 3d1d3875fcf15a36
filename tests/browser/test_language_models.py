"""The first half of the Language models page as a person uses it: guess, cut, shuffle, follow numbers, pick a head."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations

VIEWS = (
    "/language-models?guess_tokens=4&guess_language=am",
    "/language-models?view=order&guess_order=close&shuffle=3",
    "/language-models?view=attention&guess_attention=all",
)


def test_a_guess_shows_the_tokens_and_can_be_shared(app, visit, ready, watch):
    page = visit(app, "/language-models")
    page.get_by_role("radio", name="5", exact=True).click()
    ready(page)
    expect(page.get_by_text("It is 5.")).to_be_visible()
    expect(page.locator("ol.tokens").first.locator("li")).to_have_count(5)
    expect(page).to_have_url(re.compile(r"guess_tokens=5"))
    other = visit(app, page.url.removeprefix(app.url))
    expect(other.locator("ol.tokens").first.locator("b")).to_have_text(["My", "␣name", "␣is", "␣Paw", "el"])
    assert watch.complaints == []


def test_own_text_is_cut_here_and_stays_out_of_the_address(app, visit, ready):
    page = visit(app, "/language-models")
    box = page.get_by_label("Text to cut")
    box.fill("<img src=x onerror=alert(1)> Grüße")
    box.press("Control+Enter")
    ready(page)
    expect(page.locator("ol.tokens").last).to_contain_text("Gr")
    assert page.locator("ol.tokens img").count() == 0
    assert "Gr" not in page.url


def test_words_are_shuffled(app, visit, ready):
    page = visit(app, "/language-models?view=order&guess_order=same")
    page.get_by_role("button", name="Shuffle").click()
    ready(page)
    expect(page.get_by_text("Now:")).to_be_visible()
    expect(page).to_have_url(re.compile(r"shuffle=1"))


def test_the_heat_map_is_drawn(app, visit):
    picture = visit(app, "/language-models?view=order&places=16&columns=8").locator(".heat img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 8)
    expect(picture).to_have_js_property("naturalHeight", 16)


def test_the_mask_and_a_head_are_changed_by_keyboard(app, visit, ready):
    page = visit(app, "/language-models?view=attention")
    page.get_by_role("switch", name=re.compile("Hide what comes later")).focus()
    page.keyboard.press("Space")
    ready(page)
    expect(page).to_have_url(re.compile(r"hide=no"))
    page.get_by_role("slider", name="Head").focus()
    page.keyboard.press("ArrowRight")
    ready(page)
    expect(page.get_by_text("Layer 4, head 3:")).to_be_visible()


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_serious_and_nothing_wider_than_the_screen(app, visit, path):
    page = visit(app, path)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth"), look
