"""Three phones in a room: joined by the link in two taps, cards, dots, a reload, names that are markup, axe."""

import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from aipm.brief.database import Database
from aipm.ui.room_texts import participant_texts
from aipm.workshop import rooms
from aipm.workshop.acting import act
from aipm.workshop.commands import Begin, Deal, NextPhase, Step
from aipm.workshop.snapshot import snapshot
from tests.browser.conftest import drawn
from tests.browser.test_accessibility import PHONES, looks, violations

SAID = participant_texts()
HOSTILE = "<img src=x onerror=alert(1)> ![x](//away.example/x.png) **b**"
NAME = "<img src=x> ![x](//away.example/x.png) **Ana**"


@dataclass
class Room:
    """A room in the store of the app that is running, and its facilitator."""

    database: Database
    made: rooms.Created

    @property
    def link(self):
        return f"/room?room={self.made.code}"

    def host(self, command):
        return act(self.database, self.made.code, self.made.facilitator, command, client_key=uuid4().hex)

    def steps(self, activity, *steps):
        for step in steps:
            self.host(Step(activity=activity, to=step))

    def to_phase(self, key):
        if self.seen().progress.phase is None:
            self.host(Begin())
        while self.seen().progress.phase != key:
            self.host(NextPhase())

    def seen(self):
        return snapshot(self.database, self.made.code, self.made.facilitator)


@pytest.fixture
def room(app):
    folder = app.temporary.parent / "data"
    folder.mkdir(exist_ok=True)
    database = Database(f"sqlite:///{folder / 'aipm.sqlite'}")
    yield Room(database, rooms.create(database, "ninety", title="Claims, and what hurts"))
    database.close()


def join(page):
    """The second tap, after the one on the link."""
    page.get_by_role("button", name=SAID.join.press, exact=True).click()
    expect(page.get_by_role("heading", name=SAID.frame.welcome)).to_be_visible()


def without_a_name(page):
    page.get_by_role("button", name=SAID.frame.skip).click()
    expect(page.get_by_role("heading", name=SAID.frame.welcome)).to_have_count(0)


def write(page, text):
    page.get_by_label(SAID.cards.write).fill(text)
    page.get_by_role("button", name=SAID.cards.keep).click()
    expect(page.locator(".room-card", has_text=text.splitlines()[0])).to_be_visible()


def narrow(page):
    """Nothing stands over the edge of the phone."""
    everything = "[...document.querySelectorAll('[data-testid=stMain] *')]"
    return page.evaluate(f"Math.max(...{everything}.map(each => each.getBoundingClientRect().right))") <= 390


def small(page):
    """Buttons and fields that a finger would miss."""
    return page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain] :is(button, input, textarea)')]"
        ".filter(e => e.checkVisibility() && e.type !== 'radio' && e.getBoundingClientRect().height > 1)"
        ".filter(e => !e.closest('[data-testid=stCode], [data-testid=stCodeCopyButton], label'))"
        ".filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 200))"
    )


def test_three_phones_write_and_place_dots(app, visit, room):
    phones = [visit(app, room.link, width=390) for _ in range(3)]
    for phone in phones:
        join(phone)
    phones[0].get_by_label(SAID.frame.name).fill(NAME)
    phones[0].get_by_role("button", name=SAID.frame.keep, exact=True).click()
    expect(phones[0].get_by_text(f"You: {NAME}")).to_be_visible()
    for phone in phones[1:]:
        without_a_name(phone)
    assert room.seen().people == 3

    room.to_phase("silent")
    room.steps("pains", "open")
    for number, phone in enumerate(phones):
        write(phone, f"Pain {number}")
        expect(phone.get_by_text(SAID.cards.one)).to_be_visible()
    write(phones[0], HOSTILE)
    expect(phones[1].get_by_text("Pain 0")).to_have_count(0)
    assert room.seen().activity("pains").answered == 3

    phones[1].reload()
    drawn(phones[1])
    expect(phones[1].locator(".room-card", has_text="Pain 1")).to_be_visible()

    room.steps("pains", "close", "reveal")
    room.to_phase("dots")
    room.steps("pain_dots", "open")
    rows = [phone.get_by_role("button", name="Pain 2") for phone in phones]
    for phone, row in zip(phones, rows, strict=True):
        row.click()
        row.click()
        expect(phone.get_by_text(SAID.dots.placed.format(count=2))).to_be_visible()
        phone.get_by_role("button", name=HOSTILE).click()
        expect(phone.get_by_text(SAID.dots.none_left.format(each=3))).to_be_visible()
        phone.get_by_role("button", name=SAID.dots.undo).click()
        expect(phone.get_by_text(SAID.dots.left.format(left=1, each=3))).to_be_visible()
        assert narrow(phone)
    room.steps("pain_dots", "close", "reveal")
    expect(phones[2].get_by_text(SAID.frame.revealed).first).to_be_visible()
    assert phones[0].locator("img").count() == 0
    totals = room.seen().activity("pain_dots").outcome.result.totals
    assert {each.name: each.dots for each in totals}["Pain 2"] == 6


def test_another_phone_with_the_same_address_is_the_same_person(app, visit, room):
    first = visit(app, room.link, width=390)
    join(first)
    without_a_name(first)
    room.to_phase("silent")
    room.steps("pains", "open")
    write(first, "Too slow")
    second = visit(app, first.url.removeprefix(app.url), width=390)
    expect(second.locator(".room-card", has_text="Too slow")).to_be_visible()
    assert room.seen().people == 1


def test_the_way_back_leads_to_ones_place(app, visit, room):
    phone = visit(app, room.link, width=390)
    join(phone)
    phone.go_back()
    phone.get_by_role("button", name=SAID.join.resume).click()
    expect(phone).to_have_url(re.compile("me="))
    assert room.seen().people == 1


def test_a_code_can_be_typed_and_sent_with_enter(app, visit, room):
    phone = visit(app, "/room", width=390)
    code = room.made.code.lower()
    phone.get_by_label(SAID.join.field).fill(f"{code[:3]} {code[3:]}")
    phone.get_by_label(SAID.join.field).press("Enter")
    expect(phone.get_by_role("heading", name=SAID.frame.welcome)).to_be_visible()


def test_nothing_serious_on_the_way_through_a_room(app, visit, room):
    phone = visit(app, "/room", width=390)
    look(phone)
    phone = visit(app, room.link, width=390)
    look(phone)
    join(phone)
    phone.get_by_text("Table 1", exact=True).click()
    look(phone)
    phone.get_by_role("button", name=SAID.frame.keep, exact=True).click()
    expect(phone.get_by_text("without a name, Table 1")).to_be_visible()
    room.to_phase("silent")
    room.steps("pains", "open")
    write(phone, "Too slow")
    phone.get_by_role("button", name=SAID.cards.change).click()
    expect(phone.get_by_label(SAID.cards.changed)).to_be_visible()
    look(phone)
    room.steps("pains", "close", "reveal")
    room.to_phase("dots")
    room.steps("pain_dots", "open")
    phone.get_by_role("button", name="Too slow").click()
    expect(phone.get_by_text(SAID.dots.placed.format(count=1))).to_be_visible()
    look(phone)
    room.to_phase("check")
    room.steps("pain_dots", "close")
    room.host(Deal(activity="checks"))
    room.steps("checks", "open")
    expect(phone.get_by_text(SAID.checks.status)).to_be_visible()
    look(phone)


def look(phone):
    for scheme in looks(phone, *PHONES):
        assert violations(phone) == [], scheme
        assert small(phone) == [], scheme
        assert narrow(phone), scheme


def test_what_is_being_typed_stays_when_the_room_moves_on(app, visit, room):
    phone = visit(app, room.link, width=390)
    join(phone)
    without_a_name(phone)
    room.to_phase("silent")
    room.steps("pains", "open")
    field = phone.get_by_label(SAID.cards.write)
    field.press_sequentially("Half a sen")
    room.host(NextPhase())
    expect(phone.get_by_role("heading", name="Now: Put together")).to_be_visible()
    room.steps("surprise", "open")
    expect(phone.get_by_role("heading", name="Warm-up")).to_be_visible()
    drawn(phone)
    expect(field).to_have_value("Half a sen")
    expect(field).to_be_focused()
