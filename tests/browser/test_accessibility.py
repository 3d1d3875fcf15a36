"""axe-core on every page, light and dark, wide and narrow: nothing serious, nothing critical."""

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import drawn

LOOKS = (("light", 1280), ("dark", 390))
PHONES = (("light", 390), ("dark", 390))
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = "axe.run(document, {resultTypes: ['violations'], preload: false})"  # no rule that is on and serious preloads
PATHS = (
    "/",
    "/capabilities",
    "/use-case-mapper",
    "/bias-audit",
    "/bias-audit?sample=loans",
    *("/data-prep", "/data-prep?sample=customers"),
    *(f"/data-prep?sample=customers&step={step}" for step in ("collect", "shape", "format", "guard", "take")),
)


SETTLED = """() => Promise.all(
    document.getAnimations()
        .filter(each => each.playState === "running" && each.effect.getComputedTiming().endTime !== Infinity)
        .filter(each => each.effect.target.checkVisibility())  // inside a folded expander one never finishes
        .map(each => each.finished.catch(() => null))
)"""

LOOKED = """([scheme, width]) => innerWidth === width &&
    getComputedStyle(document.querySelector("[data-testid=stApp]")).colorScheme === scheme &&
    [...document.querySelectorAll("[data-testid=stSidebar]")].every(
        each => each.dataset.collapsed === String(width < 768)
    )"""


def looks(page, *wanted):
    """The page as it stands, in one look after the other: a colour scheme and a width, the one it has already first.

    Streamlit and what we draw follow the browser at once, so that one walk is enough. The page stays in the last look.
    """
    given = page.evaluate("[matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light', innerWidth]")
    for look in sorted(wanted or LOOKS, key=lambda each: list(each) != given):
        scheme, width = look
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(LOOKED, arg=look)
        page.evaluate(SETTLED)
        yield look


def violations(page):
    """Serious and critical ones, each with the first place that shows it; what fades in has no contrast before."""
    drawn(page)
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN)["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['failureSummary']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens_by_its_address_and_shows_nothing_serious(app, visit, watch, path):
    page = visit(app, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert watch.complaints == []
    for look in looks(page):
        assert violations(page) == [], look


def test_the_check_itself_sees_a_fault(app, visit):
    page = visit(app)
    page.evaluate("document.querySelector('h1').style.color = 'rgb(200, 200, 200)'")
    assert any(found.startswith("color-contrast") for found in violations(page))


@pytest.mark.parametrize(
    ("rule", "faulty"),
    [
        ("h1 { color: rgb(34, 38, 42) !important }", "dark"),  # the light scheme's colour of text
        ("h1 { color: rgb(233, 230, 225) !important }", "light"),  # and the dark one's
        ("@media (width < 500px) { h1 { color: rgb(70, 70, 70) !important } }", "dark"),
    ],
    ids=["fixed for light", "fixed for dark", "only on a phone"],
)
def test_the_check_sees_a_fault_in_one_look_only(app, visit, rule, faulty):
    page = visit(app)
    page.add_style_tag(content=rule)
    found = {scheme for scheme, _ in looks(page) if any("color-contrast" in each for each in violations(page))}
    assert found == {faulty}


def test_nothing_serious_in_what_is_folded_away(app, visit):
    page = visit(app, "/bias-audit?sample=loans")
    for place in range(page.get_by_test_id("stExpander").count()):
        page.get_by_test_id("stExpander").nth(place).locator("summary").click()
    for look in looks(page, ("light", 1280), ("dark", 1280)):
        assert violations(page) == [], look
