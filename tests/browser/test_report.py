"""The downloaded report in a real browser: drawn as meant, silent, and nothing in it runs or calls out."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from aipm.fairness.report import render
from aipm.tables import Reading
from tests.fairness.build import audited, repeated

pytestmark = pytest.mark.browser

HOSTILE = "<img src=http://example.invalid/x.png onerror=alert(1)>"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report whose group names try to draw a picture and run a script."""
    data = repeated((60, HOSTILE, 1), (40, HOSTILE, 0), (30, "b", 1), (70, "b", 0), names="who said")
    page = render(
        audited(data, groups=("who",), prediction="said"),
        reading=Reading(container="csv"),
        file_name="<script>alert(1)</script>.csv",
        command="python -m aipm audit",
        generated=datetime(2026, 11, 21, tzinfo=UTC),
    )
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_styled_fits_the_screen_and_asks_for_nothing(browser: Browser, report, scheme, width):
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(report)
    assert asked == [report]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    body = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (body == "rgb(255, 255, 255)" or sum(map(int, body[4:-1].split(","))) > 600) == (scheme == "light")
    assert page.locator("svg.plot").count() == 2
    assert HOSTILE in page.locator("tbody th").all_inner_texts()
    page.close()


def test_on_paper_it_is_dark_on_light_whatever_the_screen(browser: Browser, report):
    page = browser.new_page(color_scheme="dark")
    page.goto(report)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(34, 38, 42)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()
