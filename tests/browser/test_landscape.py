"""The AI landscape page as a person uses it: the map by keyboard, the labs by clicks, settings that are shared."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import listening
from tests.browser.test_accessibility import looks, violations

WITHIN = "document.documentElement.scrollWidth <= innerWidth"
SKIP = "Show me without a guess"
FROM_CHART = """point => {
    const here = point.getBoundingClientRect();
    const chart = point.closest("[data-testid=stPlotlyChart]").getBoundingClientRect();
    return {x: here.x + here.width / 2 - chart.x, y: here.y + here.height / 2 - chart.y};
}"""
VIEWS = (
    "/landscape",
    "/landscape?box=language&item=3",
    "/landscape?view=learn",
    "/landscape?view=learn&way=unsupervised&step=999",
    "/landscape?view=learn&way=reinforcement&bonus=0",
    "/landscape?view=choose&answers=no.content.yes",
    "/landscape?view=roadmap&done=goal.data",
    "/landscape?view=why",
)


def opened(visit, app, ready, path, **how):
    """The page at this address, the guess passed over."""
    page = visit(app, path, **how)
    page.get_by_role("button", name=SKIP).first.click()
    expect(page.get_by_role("button", name=SKIP)).to_have_count(0)
    ready(page)
    return page


def figure(page, name):
    """The key figure that stands under this name."""
    return page.locator("dl.facts > div").filter(has_text=name).locator("dd")


def test_the_map_is_walked_by_keyboard_and_has_an_address(app, visit, watch):
    page = visit(app, "/landscape")
    page.get_by_role("button", name="Deep learning", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=3, name="Deep learning")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?box=deep$"))
    expect(page.get_by_role("button", name="Deep learning", exact=True)).to_be_focused()
    other = visit(app, page.url.removeprefix(app.url))
    expect(other.get_by_role("heading", level=3, name="Deep learning")).to_be_visible()
    assert watch.complaints == []


def test_the_boxes_lie_one_within_the_other(app, visit):
    page = visit(app, "/landscape", width=390)
    boxes = [
        page.locator(f"[class*=st-key-landscape-box-{name}]").bounding_box()
        for name in ("ai", "ml", "deep", "generative", "language")
    ]
    for outer, inner in pairwise(boxes):
        assert outer["x"] < inner["x"]
        assert outer["y"] < inner["y"]
        assert inner["x"] + inner["width"] < outer["x"] + outer["width"]
        assert inner["y"] + inner["height"] < outer["y"] + outer["height"]
    assert page.evaluate(WITHIN)


def test_a_click_on_a_customer_changes_the_label_each_time(app, visit, ready):
    page = opened(visit, app, ready, "/landscape?view=learn")
    expect(figure(page, "Mistakes on what it learned from")).to_have_text(re.compile("of 40"))
    for count in ("of 40", "of 39"):  # stayed -> left -> no label
        chart = page.get_by_test_id("stPlotlyChart").first
        listening(chart.locator(".js-plotly-plot"))
        if count == "of 40":
            spot = chart.locator(".scatterlayer .trace").first.locator(".point").first.evaluate(FROM_CHART)
        before = page.url
        chart.click(position=spot)
        expect(page).not_to_have_url(before)
        expect(figure(page, "Mistakes on what it learned from")).to_have_text(re.compile(count))
        ready(page)
    expect(page).to_have_url(re.compile(r"labels=[01-]{40}"))


def test_labels_are_shared_by_address(app, visit, ready):
    page = opened(visit, app, ready, f"/landscape?view=learn&labels=1---0{'-' * 35}&shape=curved")
    expect(figure(page, "Mistakes on what it learned from")).to_have_text("0 of 2")
    expect(page.get_by_role("heading", level=3, name="2 labelled customers")).to_be_visible()


def test_k_means_is_stepped_through_and_shared(app, visit, ready):
    page = opened(visit, app, ready, "/landscape?view=learn&way=unsupervised")
    inertia = []
    for step in (1, 2, 3):
        page.get_by_role("button", name="Next step").click()
        expect(page.get_by_text(f"Step {step} of 6")).to_be_visible()
        ready(page)
        inertia.append(float(figure(page, "Inertia, the distances left").inner_text()))
    assert inertia == sorted(inertia, reverse=True)
    page.get_by_role("button", name="To the end").click()
    expect(page.get_by_text("Nothing moves any more")).to_be_visible()
    expect(page).to_have_url(re.compile(r"step=999"))


def test_the_reward_is_mended(app, visit, ready):
    page = opened(visit, app, ready, "/landscape?view=learn&way=reinforcement")
    expect(page.get_by_text("never delivers")).to_be_visible()
    page.get_by_role("radiogroup", name="Bonus each time at the shelf").get_by_text("none").click()
    expect(page.get_by_text("walks to the dock in 8 steps").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"bonus=0"))
    world = page.get_by_role("img", name=re.compile("walks to the dock in 8 steps. up, up, up, right"))
    expect(world).to_be_visible()


def test_a_guess_is_judged_before_the_lab_opens(app, visit):
    page = visit(app, "/landscape?view=learn&way=unsupervised")
    expect(page.get_by_role("button", name="Next step")).to_have_count(0)
    page.get_by_text("One big group").click()
    expect(page.get_by_text("Not quite")).to_be_visible()
    expect(page.get_by_role("button", name="Next step")).to_be_visible()


def test_questions_lead_on_to_a_tool(app, visit, ready):
    page = opened(visit, app, ready, "/landscape?view=choose")
    page.get_by_text("No, or it keeps changing").click()
    page.get_by_text("Groups or patterns nobody has named").click()
    expect(page.get_by_text("Begin with: Unsupervised learning")).to_be_visible()
    page.get_by_role("link", name="Take your case to the use-case mapper").click()
    expect(page.get_by_role("heading", level=1, name="Use-case mapper")).to_be_visible()


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_serious(app, visit, ready, path):
    page = visit(app, path)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.evaluate(WITHIN), look
    if page.get_by_role("button", name=SKIP).count():
        page.get_by_role("button", name=SKIP).first.click()
        expect(page.get_by_role("button", name=SKIP)).to_have_count(0)
        ready(page)
        for look in looks(page):
            assert violations(page) == [], look
            assert page.evaluate(WITHIN), look
