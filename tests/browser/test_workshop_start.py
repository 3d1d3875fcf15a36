"""A room from its opening to the projector in a real browser: the big screen follows by itself; nothing for axe."""

import re
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from aipm.brief.database import Database
from aipm.ui.workshop_texts import page_texts
from aipm.workshop import rooms
from aipm.workshop.acting import act
from aipm.workshop.codes import shown
from aipm.workshop.commands import Begin, Give, Step
from tests.browser.test_accessibility import violations

TEXT = page_texts()
keys = count()
DRAWN = "image => image.complete && image.naturalWidth > 0 && image.getBoundingClientRect().width"


@pytest.fixture
def kept(app):
    """The database of the app that runs."""
    return Database(f"sqlite:///{app.temporary.parent / 'data' / 'aipm.sqlite'}")


def test_a_room_is_opened_and_the_big_screen_follows_it_by_itself(app, visit, kept, watch):
    page = visit(app, "/workshop")
    main = page.get_by_test_id("stMain")
    main.get_by_text("Confidence before and after", exact=True).click()
    expect(main.get_by_text("4 min", exact=False).first).to_be_visible()
    field = main.get_by_role("textbox", name=TEXT.start.name)
    field.fill("Claims <b>first</b>")
    field.press("Tab")
    main.get_by_role("button", name=TEXT.start.open).click()
    expect(page).to_have_url(re.compile("room=.*host=.*screen="))
    found = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
    code, host = found["room"], found["host"]

    screen = visit(app, f"/room?room={code}&screen={found['screen']}")
    expect(screen.get_by_text("Claims <b>first</b>")).to_be_visible()
    expect(screen.get_by_text(shown(code), exact=True)).to_be_visible()
    image = screen.get_by_role("img", name=TEXT.screen.scan)
    assert image.evaluate(DRAWN) > 300
    assert violations(screen) == []

    def lead(command, token=host):
        act(kept, code, token, command, client_key=f"browser-{next(keys)}")

    people = [rooms.join(kept, code, address="test") for _ in range(2)]
    expect(screen.get_by_text(TEXT.screen.people.format(count=2))).to_be_visible()
    lead(Begin())
    lead(Step(activity="confidence_before", to="open"))
    expect(screen.get_by_text(TEXT.screen.answered.format(count=0, people=2))).to_be_visible()
    expect(screen.get_by_text(re.compile("min left|Less than a minute"))).to_be_visible()
    lead(Give(activity="confidence_before", values={"choice": 4}), people[0].token)
    expect(screen.get_by_text(TEXT.screen.answered.format(count=1, people=2))).to_be_visible()
    assert violations(screen) == []
    lead(Step(activity="confidence_before", to="close"))
    expect(screen.get_by_text(TEXT.screen.waiting)).to_be_visible()
    lead(Step(activity="confidence_before", to="reveal"))
    expect(screen.get_by_role("heading", name="How sure are we now?")).to_be_visible()
    assert screen.evaluate("document.documentElement.scrollWidth") <= 1280
    rooms.delete(kept, code, host)
    expect(screen.get_by_text("This room is not there any more.")).to_be_visible()
    assert watch.complaints == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_serious_at_the_start(app, visit, scheme, width):
    page = visit(app, "/workshop", scheme=scheme, width=width)
    expect(page.get_by_role("heading", name=TEXT.start.template)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_room_is_found_again_after_the_way_back(app, visit, ready):
    page = visit(app, "/workshop")
    main = page.get_by_test_id("stMain")
    main.get_by_role("button", name=TEXT.start.open).click()
    expect(page).to_have_url(re.compile("host="))
    ready(page)
    code = parse_qs(urlsplit(page.url).query)["room"][0]
    page.go_back()
    expect(page).not_to_have_url(re.compile("host="))
    main.get_by_role("button", name=TEXT.mine.back.format(code=shown(code))).click()
    expect(page).to_have_url(re.compile(f"room={code}"))


def test_from_a_tool_it_is_one_press_back_into_the_room(app, visit, ready):
    page = visit(app, "/workshop")
    page.get_by_test_id("stMain").get_by_role("button", name=TEXT.start.open).click()
    expect(page).to_have_url(re.compile("host="))
    ready(page)
    beside = page.get_by_test_id("stSidebar")
    beside.get_by_role("link", name="Ethics").click()
    expect(page).not_to_have_url(re.compile("host="))
    ready(page)
    beside.get_by_role("link", name="Workshop").click()
    expect(page).to_have_url(re.compile("host="))
