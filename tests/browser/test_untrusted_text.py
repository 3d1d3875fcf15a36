"""Hostile headers, cells and file names, on every surface the pages use, come out as characters; nothing is fetched."""

import http.server
import re
import runpy
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from aipm.ui.safe import visible
from tests.browser.conftest import fresh

HOSTILE = runpy.run_path(str(Path(__file__).parent / "apps" / "hostile_strings.py"))["HOSTILE"]
MARKUP = (
    ":is(a[href], img, strong, em, del, code, blockquote, table, hr, h1, ul, ol, input[type=checkbox], [class*=katex])"
)


@pytest.fixture(scope="module")
def shown(browser, scenes, ready):
    """The page once drawn, with every request to another host refused and remembered."""
    page = fresh(browser, viewport={"width": 1280, "height": 900})
    left = []
    page.route(
        lambda url: not url.startswith((scenes.url, "data:", "blob:")),
        lambda route: (left.append(route.request.url), route.abort()),
    )
    page.goto(f"{scenes.url}/?scene=hostile")
    ready(page)
    page.wait_for_selector(".st-key-chart .annotation-text")
    yield page
    page.context.close()
    assert left == []


def characters(text):
    """Without what takes no room: joiners that break addresses, isolates around right-to-left text."""
    return re.sub("[\u2060\u2068\u2069]", "", text).replace("\u00a0", " ")


EXPECTED = [characters(visible(text)) for text in HOSTILE]


def texts(page, selector):
    return [characters(text) for text in page.locator(selector).evaluate_all("found => found.map(e => e.textContent)")]


@pytest.mark.parametrize(
    ("surface", "within"),
    [
        ("markdown", "[data-testid=stMarkdownContainer]"),
        ("caption", "[data-testid=stCaptionContainer]"),
        ("alert", "[data-testid=stAlertContainer] [data-testid=stMarkdownContainer]"),
        ("button", "button [data-testid=stMarkdownContainer]"),
        ("checkbox", "[data-testid=stMarkdownContainer]"),
        ("input", "[data-testid=stWidgetLabel]"),
        ("expander", "summary [data-testid=stMarkdownContainer]"),
    ],
)
def test_markdown_surfaces_show_characters(shown, surface, within):
    assert texts(shown, f"[class*=st-key-{surface}-] {within}") == EXPECTED
    assert shown.locator(f"[class*=st-key-{surface}-] {within} {MARKUP}").count() == 0


def test_signs_in_any_order_come_out_as_they_went_in(shown):
    """Whatever is written after the fixed list was thought of: the plain surface is the yardstick."""
    plain = texts(shown, "[class*=st-key-nonsense-] [data-testid=stText]")
    assert texts(shown, "[class*=st-key-nonsense-] [data-testid=stMarkdownContainer]") == plain
    assert len(plain) == 300
    assert shown.locator(f"[class*=st-key-nonsense-] [data-testid=stMarkdownContainer] {MARKUP}").count() == 0


def test_a_tooltip_shows_characters(shown):
    for place in range(0, len(HOSTILE), 20):
        shown.locator(f".st-key-input-{place} [data-testid=stTooltipIcon] button").hover()
        tooltip = shown.get_by_test_id("stTooltipContent")
        expect(tooltip).to_be_visible()
        assert characters(tooltip.text_content()) == EXPECTED[place]
        assert tooltip.locator(MARKUP).count() == 0
        shown.mouse.move(0, 0)
        expect(tooltip).to_have_count(0)


@pytest.mark.parametrize(
    ("surface", "within"),
    [
        ("radio", "[role=radiogroup] label [data-testid=stMarkdownContainer]"),
        ("tabs", "[role=tab]"),
        ("pills", "button"),
        ("segments", "button"),
        ("text", "[data-testid=stText]"),
        ("code", "pre"),
        ("chips", "[data-tag] span[title]"),
        ("chart", ".ytick text"),
        ("chart", ".bartext"),
        ("chart", ".annotation-text"),
    ],
)
def test_other_surfaces_show_characters(shown, surface, within):
    assert texts(shown, f".st-key-{surface} {within}") == EXPECTED
    if surface != "code":
        assert shown.locator(f".st-key-{surface} {within} {MARKUP}").count() == 0


def test_a_table_shows_characters(shown):
    shown.locator(".st-key-frame").scroll_into_view_if_needed()
    expect(shown.locator(".st-key-frame canvas [role=gridcell]").first).to_be_attached()
    cells = texts(shown, ".st-key-frame canvas [role=gridcell]")
    assert len(cells) > 1
    assert cells[: len(cells) // 2 * 2 : 2] == EXPECTED[: len(cells) // 2]
    assert texts(shown, ".st-key-frame canvas [role=columnheader]") == ["text", EXPECTED[0]]


def test_the_options_of_a_list_show_characters(scenes, visit):
    page = visit(scenes, "/?scene=hostile&only=options")
    page.locator(".st-key-select button").click()
    options = page.locator("[role=option]")
    expect(options.first).to_be_visible()
    seen = {}
    for place in range(1, len(HOSTILE) + 1):  # the list draws only what is in view, so go down it one option at a time
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"[role=option][aria-posinset='{place}']")).to_be_attached()
        seen.update(options.evaluate_all("all => all.map(o => [o.getAttribute('aria-posinset'), o.textContent])"))
    assert [characters(seen[str(place)]) for place in range(1, len(HOSTILE) + 1)] == EXPECTED


@pytest.mark.parametrize(
    ("piece", "limited"),
    [
        (".answer > p:nth-of-type(1)", False),
        (".facts dt", True),
        (".facts dd", True),
        (".notes li", False),
        ("table:not(.matrix) tbody td", True),
        (".forest .row .note", False),
        (".matrix thead th.number", True),
    ],
)
def test_our_own_pieces_show_characters(shown, piece, limited):
    expected = EXPECTED if limited else [characters(visible(text, limit=2_000)) for text in HOSTILE]
    assert texts(shown, f"[class*=st-key-pieces-] {piece}") == expected


def test_our_own_pieces_hold_no_foreign_elements(shown):
    for place in range(len(HOSTILE)):
        inside = shown.locator(f".st-key-pieces-{place}")
        assert inside.locator(":is(a, img, script, style, svg, form, input)").count() == 0
        tags = inside.evaluate("e => JSON.stringify([...e.querySelectorAll('*')].map(e => e.tagName))")
        assert tags == shown.locator(".st-key-pieces-0").evaluate(
            "e => JSON.stringify([...e.querySelectorAll('*')].map(e => e.tagName))"
        )


def test_a_hostile_file_name_shows_characters(scenes, visit):
    name = "![x](http://192.0.2.1/name.png) **bold** :smile: <b>x<b>.csv"
    page = visit(scenes, "/?scene=uploads")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}]
    )
    expect(page.get_by_text("8 bytes")).to_be_visible()
    uploader = page.get_by_test_id("stFileUploader")
    expect(uploader).to_contain_text("![x](ht")
    assert uploader.locator(":is(img, strong, b, a)").count() == 0


def test_the_browser_refuses_other_hosts_even_where_escaping_was_forgotten(browser, scenes, ready):
    """The second wall: the policy the server sends. Another server on this machine plays the other host."""
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    page = fresh(browser)

    def refused(what):
        return page.expect_console_message(lambda said: what in said.text and "Security Policy" in said.text)

    with refused("markdown.png"), refused("html.png"), refused("style.png"), refused("inline script"):
        page.goto(f"{scenes.url}/?scene=careless&host=http://127.0.0.1:{other.server_port}")
    ready(page)
    expect(page.get_by_role("img", name="image")).to_be_attached()
    page.context.close()
    other.shutdown()
    other.server_close()
    assert asked == []
