"""Two servers on one PostgreSQL: whoever comes in by either is in the same room, and a brief goes on at the other."""

import re

import pytest
from playwright.sync_api import expect

from aipm.brief.texts import brief_texts
from aipm.ui.brief_page_texts import brief_page_texts
from aipm.workshop.specs import targets
from tests.browser.conftest import ROOT, drawn, running
from tests.browser.rooms import ASKED, HOST, SAID, TEXT, Console, Phone, at, main, store, token

FASTER, CLEARER = "Claims take too long", "Nobody explains a refusal"
KEPT = brief_page_texts().state.kept.partition("{")[0]
NOTE = brief_page_texts().story.notes.format(chapter=brief_texts().chapters["pain"].name)


@pytest.fixture(scope="module")
def database(browser, postgresql_server):  # noqa: ARG001 - without a browser there is no need for one
    return postgresql_server.url()


@pytest.fixture(scope="module")
def servers(database):
    told = {"AIPM_DATABASE_URL": database}
    with running(ROOT / "app.py", environment=told) as one, running(ROOT / "app.py", environment=told) as other:
        yield one, other


def test_a_room_is_one_whichever_server_one_comes_in_by(servers, database, visit, watch):
    """A phone and the big screen at one server; the facilitator and another phone at the other."""
    here, there = servers
    with store(database) as kept:
        console = Console.opened(visit(there, "/workshop"), kept, title="Two servers")
        join, at_screen = map(at, console.links())
        screen = visit(here, at_screen)
        ana, ben = (Phone.joined(visit(server, join, width=390)) for server in (here, there))
        for page, words in ((screen, TEXT.screen.people), (console.page, HOST.bar.people)):
            expect(main(page).get_by_text(words.format(count=2))).to_be_visible()

        console.bar(HOST.bar.begin)
        console.phase("join")
        for phone in (ana, ben):
            expect(phone.page.get_by_role("heading", name=SAID.frame.phase.format(title="Join"))).to_be_visible()
        console.open("surprise")
        names = targets(ASKED["surprise"])
        for count, (phone, choice) in enumerate(((ana, "never"), (ben, "weekly")), start=1):
            phone.choose("surprise", names[choice])
            console.answered("surprise", count, 2)
            expect(screen.get_by_text(TEXT.screen.answered.format(count=count, people=2))).to_be_visible()
        console.tell("surprise")
        for phone in (ana, ben):
            phone.told("surprise")
        assert results(screen) == results(console.page) == results(ana.page) == results(ben.page)

        for key in ("show", "match", "silent"):
            console.on(key)
        console.open("pains")
        for phone, text in ((ana, FASTER), (ben, CLEARER)):
            phone.asked("pains")
            phone.write(text)
        expect(screen.get_by_text(TEXT.screen.answered.format(count=2, people=2))).to_be_visible()
        console.tell("pains")
        for page in (screen, console.page, ana.page, ben.page):
            for text in (FASTER, CLEARER):
                expect(main(page).get_by_text(text).first).to_be_visible()

        moved = Phone(visit(there, at(ana.page.url), width=390))
        moved.told("pains")
        assert console.seen().people == 2
    assert watch.complaints == []


def results(page):
    """What came out, row by row."""
    rows = main(page).locator(".out-rows").first.get_by_role("listitem")
    expect(rows).to_have_count(len(ASKED["surprise"].options))
    return rows.all_inner_texts()


def test_a_brief_begun_at_one_goes_on_at_the_other(servers, visit, watch):
    here, there = servers
    begun = visit(here, "/brief")
    write(begun, "Clerks read every application twice.")
    expect(begun).to_have_url(re.compile("brief="))
    address = f"/brief?brief={token(begun, 'brief')}"
    gone_on = visit(there, address)
    expect(note(gone_on)).to_have_value("Clerks read every application twice.")
    write(gone_on, "Three times, to be exact.")
    begun.goto(here.url + address)
    drawn(begun)
    expect(note(begun)).to_have_value("Three times, to be exact.")
    assert watch.complaints == []


def note(page):
    return main(page).get_by_label(NOTE, exact=True)


def write(page, text):
    note(page).fill(text)
    note(page).press("Tab")
    expect(main(page).get_by_text(KEPT)).to_be_visible()
    drawn(page)
