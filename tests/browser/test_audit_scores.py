"""The threshold slider as a person uses it: by keyboard, at once for every group, and the rest follows."""

import pytest
from playwright.sync_api import expect

PART = "Scores and thresholds"


@pytest.fixture
def scores(app, visit, ready):
    """The part, opened on the loans."""
    page = visit(app, "/bias-audit?sample=loans")
    page.get_by_text(PART, exact=True).click()
    ready(page)
    return page


def selected(page):
    """The share selected as the slider shows it: everybody, women, men, unknown."""
    return page.locator(".moving section").first.locator(".row .value b")


def test_a_move_moves_every_group_at_once_and_what_is_said_follows(scores, ready, watch):
    slider = scores.get_by_role("slider", name="Threshold", exact=True)
    expect(slider).to_have_attribute("aria-valuetext", "0.70 or more means yes")
    expect(selected(scores)).to_have_text(["65.2%", "55.3%", "73.2%", "75.0%"])
    slider.press("End")
    expect(selected(scores).first).not_to_have_text("65.2%")
    ready(scores)
    slider.press("Home")
    expect(selected(scores)).to_have_text(["100.0%"] * 4)
    ready(scores)
    expect(scores.get_by_text("100.0% of everybody with a score get a yes")).to_be_visible()
    expect(slider).to_be_focused()
    assert watch.complaints == []


def test_the_threshold_stays_when_other_groups_are_compared_and_on_the_way_back(scores, ready):
    def compare(column):
        scores.get_by_role("radiogroup", name="Compare people by").get_by_role("radio", name=column).click()
        ready(scores)

    slider = scores.get_by_role("slider", name="Threshold", exact=True)
    slider.press("Home")
    ready(scores)
    compare("age")
    expect(selected(scores)).to_have_text(["100.0%"] * 5)
    slider.press("End")
    ready(scores)
    last = slider.get_attribute("aria-valuetext")
    compare("sex")
    expect(slider).to_have_attribute("aria-valuetext", last)


def test_the_price_follows_what_an_error_costs(scores, ready):
    scores.get_by_text("What equal rates would cost", exact=True).click()
    ready(scores)
    expect(scores.get_by_text("not as advice to use them")).to_be_visible()
    cheapest = scores.get_by_text("The cheapest common threshold is")
    expect(cheapest).to_contain_text("0.348")
    cost = scores.get_by_role("spinbutton", name="Cost of a wrong yes")
    cost.fill("5")
    cost.press("Enter")
    ready(scores)
    expect(cheapest).to_contain_text("0.772")


def test_the_report_carries_what_was_looked_at(scores):
    with scores.expect_download() as waiting:
        scores.get_by_role("button", name="Report (HTML)").click()
    report = waiting.value.path().read_text(encoding="utf-8")
    assert "Rates at a threshold of 0.70" in report
