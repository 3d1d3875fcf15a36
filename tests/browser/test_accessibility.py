"""axe-core on every page, light and dark, wide and narrow: nothing serious, nothing critical."""

from importlib.resources import files

import pytest

from tests.browser.conftest import drawn

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
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


def violations(page):
    """Serious and critical ones, each with the first place that shows it; what fades in has no contrast before."""
    drawn(page)
    page.evaluate(SETTLED)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['failureSummary']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_serious(app, visit, path, scheme, width):
    assert violations(visit(app, path, scheme=scheme, width=width)) == []


def test_the_check_itself_sees_a_fault(app, visit):
    page = visit(app)
    page.evaluate("document.querySelector('h1').style.color = 'rgb(200, 200, 200)'")
    assert any(found.startswith("color-contrast") for found in violations(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_in_what_is_folded_away(app, visit, scheme):
    page = visit(app, "/bias-audit?sample=loans", scheme=scheme)
    for place in range(page.get_by_test_id("stExpander").count()):
        page.get_by_test_id("stExpander").nth(place).locator("summary").click()
    assert violations(page) == []
