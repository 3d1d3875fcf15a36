"""A facilitator leads a room in a browser while phones take part: open, close, reveal, on, back, end and resume."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from aipm.brief.database import Database
from aipm.workshop import rooms
from aipm.workshop.commands import Begin, Extend, Give
from tests.browser.test_accessibility import violations
from tests.workshop.conftest import Room


@dataclass
class Led:
    """A room of the running app, and the addresses into it."""

    room: Room
    path: str


@pytest.fixture
def led(app):
    """On the server's own database, as another process of it would do."""
    folder = app.temporary.parent / "data"
    folder.mkdir(exist_ok=True)
    database = Database(f"sqlite:///{folder / 'aipm.sqlite'}")
    made = rooms.create(database, "ninety")
    yield Led(Room(database, made), f"/workshop?room={made.code}&host={made.facilitator}")
    database.close()


def press(page: Page, name: str) -> None:
    main(page).get_by_role("button", name=name, exact=True).first.click()


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def turn(page: Page, name: str) -> None:
    main(page).get_by_role("radio", name=name).or_(
        main(page).get_by_role("button", name=name, exact=True)
    ).first.click()


def test_a_phase_from_open_to_revealed_and_on_and_back(app, visit, watch, led):
    room = led.room
    page = visit(app, led.path)
    expect(main(page).get_by_text("Nobody has joined yet")).to_be_visible()
    one, two = room.join(2)
    expect(main(page).get_by_text("2 people in the room")).to_be_visible()
    press(page, "Begin")
    expect(main(page).get_by_text("Phase 1 of 13")).to_be_visible()
    press(page, "Open")
    expect(main(page).get_by_text("0 of 2 have answered")).to_be_visible()
    for person, choice in ((one, "never"), (two, "daily")):
        room.by(person, Give(activity="surprise", values={"choice": choice}))
    expect(main(page).get_by_text("2 of 2 have answered")).to_be_visible()
    press(page, "Close")
    expect(main(page).get_by_text("Only you see what follows, until you reveal it.")).to_be_visible()
    press(page, "Reveal to all")
    expect(main(page).get_by_role("button", name="Lock the result")).to_be_visible()
    assert room.seen(one).activity("surprise").state == "revealed"
    press(page, "Hide the result again")
    expect(main(page).get_by_text("Only you see what follows, until you reveal it.")).to_be_visible()
    press(page, "Next")
    expect(main(page).get_by_text("Phase 2 of 13")).to_be_visible()
    expect(main(page).get_by_role("link", name="Show it: Language models")).to_have_attribute(
        "href", re.compile("view=sampling")
    )
    press(page, "Back")
    expect(main(page).get_by_text("Phase 1 of 13")).to_be_visible()
    assert watch.complaints == []


def test_more_time_makes_it_late_and_leaving_out_makes_up_for_it(app, visit, led):
    led.room.host(Begin())
    page = visit(app, led.path)
    press(page, "+5 min")
    expect(main(page).get_by_text(re.compile(r"^5 min late"))).to_be_visible()
    press(page, "Leave out “Seven capabilities” (7 min)")
    expect(main(page).get_by_text(re.compile(r"^2 min early"))).to_be_visible()
    turn(page, "Run-sheet")
    expect(page).to_have_url(re.compile("turn=sheet"))
    press(page, "Take back in “Seven capabilities”")
    expect(main(page).get_by_text(re.compile(r"^5 min late"))).to_be_visible()


def test_the_bar_stays_on_top_and_says_in_words_that_time_is_up(app, visit, led):
    led.room.host(Begin())
    led.room.host(Extend(minutes=-5))
    page = visit(app, led.path + "&turn=sheet", width=390)
    time = main(page).get_by_text("Time is up")
    expect(time).to_be_visible()
    main(page).get_by_role("button", name="Leave out “Owners and dates”").scroll_into_view_if_needed()
    expect(time).to_be_in_viewport()
    expect(main(page).get_by_role("button", name="Next", exact=True)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_answer_is_entered_for_somebody_without_a_device(app, visit, led):
    room = led.room
    room.host(Begin())
    room.steps("surprise", "open")
    page = visit(app, led.path + "&turn=people")
    main(page).get_by_role("textbox", name="Name").fill("Ada")
    press(page, "Add this person")
    expect(main(page).get_by_text("You enter for Ada")).to_be_visible()
    main(page).get_by_text("Every week", exact=True).click()
    expect(main(page).get_by_text("1 answered “Warm-up”")).to_be_visible()
    (ada,) = room.seen().proxies
    assert room.seen(person=ada.person).activity("surprise").mine.answers == {"choice": "weekly"}


def test_it_ends_early_with_everything_kept_and_goes_on_again(app, visit, led, ready):
    room = led.room
    room.join(2)
    room.host(Begin())
    room.steps("surprise", "open")
    room.by(room.people[0], Give(activity="surprise", values={"choice": "never"}))
    page = visit(app, led.path + "&turn=after")
    press(page, "End the workshop")
    page.get_by_role("button", name="Yes, end it now").click()
    expect(page.get_by_role("button", name="Open it again").first).to_be_visible()
    expect(main(page).get_by_text("Nobody can give anything any more.", exact=False).first).to_be_visible()
    assert room.refuses(room.people[1], Give(activity="surprise", values={"choice": "never"})) == "ended"
    page.reload()
    ready(page)
    press(page, "Open it again")
    expect(main(page).get_by_text("Phase 1 of 13")).to_be_visible()
    assert room.seen().activity("surprise").answered == 1


def test_a_participant_s_token_does_not_lead(app, visit, led):
    (person,) = led.room.join()
    page = visit(app, f"/workshop?room={led.room.code}&host={person.token}")
    expect(main(page).get_by_role("alert")).to_contain_text("This link does not lead the room.")
    expect(main(page).get_by_role("link", name="Join this room with the code")).to_be_visible()
    expect(main(page).get_by_role("button", name="Begin")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_serious(app, visit, led, scheme, width):
    room = led.room
    people = room.join(4)
    room.host(Begin())
    room.host(Extend(minutes=15))
    room.steps("surprise", "open")
    for each in people:
        room.by(each, Give(activity="surprise", values={"choice": "never"}))
    room.steps("surprise", "close", "reveal")
    room.steps("confidence_before", "open")
    page = visit(app, led.path, scheme=scheme, width=width)
    assert violations(page) == []
    for name, shown in (
        ("Run-sheet", "The run-sheet"),
        ("People", "People and tables"),
        ("Activities", "All activities"),
    ):
        turn(page, name)
        expect(main(page).get_by_role("heading", name=shown)).to_be_visible()
        assert violations(page) == []


def test_what_is_half_typed_stays_while_the_room_goes_on(app, visit, led):
    room = led.room
    room.host(Begin())
    room.steps("surprise", "open")
    page = visit(app, led.path + "&turn=activities")
    title = main(page).get_by_role("textbox", name="Title")
    title.fill("Where we eat")
    for number, person in enumerate(room.join(2), start=1):
        room.by(person, Give(activity="surprise", values={"choice": "never"}))
        expect(main(page).get_by_text(f"{number} answered “Warm-up”")).to_be_visible()
    expect(title).to_have_value("Where we eat")
    main(page).get_by_role("textbox", name="What people are asked").fill("Where?")
    press(page, "Add it")
    expect(main(page).get_by_role("heading", name="Where we eat")).to_be_visible()
    expect(title).to_have_value("")
