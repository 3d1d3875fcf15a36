"""A workshop as it is held: the facilitator's console, phones and the big screen, pressed by the words on them."""

import re
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from playwright.sync_api import expect

from aipm.brief.database import Database
from aipm.ui.room_answer_texts import answer_texts
from aipm.ui.room_texts import participant_texts
from aipm.ui.workshop_host_texts import host_texts
from aipm.ui.workshop_texts import page_texts
from aipm.workshop.acting import act
from aipm.workshop.snapshot import snapshot
from aipm.workshop.templates import templates
from aipm.workshop.texts import room_texts

TEXT, HOST, SAID, ANSWER = page_texts(), host_texts(), participant_texts(), answer_texts()
TEMPLATE = templates()["ninety"]
ASKED = {each.key: each.spec for each in TEMPLATE.activities}


def main(page):
    return page.get_by_test_id("stMain")


def press(place, name):
    """`place`: a page, or a part of one."""
    place.get_by_role("button", name=name, exact=True).click()


def choose(place, label, name):
    """One of a list that opens."""
    box = place.get_by_role("combobox", name=label)
    box.click()
    box.page.get_by_role("option", name=name, exact=True).click()
    expect(box).to_have_value(name)


def token(page, name):
    return parse_qs(urlsplit(page.url).query)[name][0]


def at(url):
    """An address on whichever server it is opened."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


@contextmanager
def store(url):
    """The database of a server that runs, as another process sees it."""
    database = Database(url)
    yield database
    database.close()


class Console:
    """What the facilitator has in front of them."""

    def __init__(self, page, database):
        self.page, self.database = page, database

    @classmethod
    def opened(cls, page, database, *, title):
        """A room, on the page Workshop."""
        field = main(page).get_by_role("textbox", name=TEXT.start.name)
        field.fill(title)
        field.press("Tab")
        press(main(page), TEXT.start.open)
        expect(page).to_have_url(re.compile("room=.*host=.*screen="))
        return cls(page, database)

    @property
    def code(self):
        return token(self.page, "room")

    @property
    def token(self):
        return token(self.page, "host")

    def turn(self, name):
        main(self.page).get_by_role("radio", name=HOST.turns[name], exact=True).click()
        expect(self.page).to_have_url(re.compile(f"turn={name}" if name != "now" else "^((?!turn=).)*$"))

    def links(self):
        """The addresses to join and for the big screen, as they stand there to be copied."""
        self.turn("links")
        links = main(self.page).get_by_test_id("stCode")
        expect(links).to_have_count(2)
        found = links.all_text_contents()
        self.turn("now")
        return found

    def bar(self, name):
        press(self.page.locator(".st-key-workshop-host-bar"), name)

    def phase(self, key):
        """It is there, by its number and its name."""
        number = next(place for place, each in enumerate(TEMPLATE.phases, start=1) if each.key == key)
        where = HOST.bar.phase.format(number=number, count=len(TEMPLATE.phases))
        line = self.page.locator(".host-bar .phase")
        expect(line).to_have_text(f"{where} {TEMPLATE.phases[number - 1].title}")

    def on(self, key):
        self.bar(HOST.bar.next)
        self.phase(key)

    def activity(self, key):
        return self.page.locator(f".st-key-workshop-host-activity-{key}")

    def step(self, key, *names):
        for name in names:
            press(self.activity(key), name)
            expect(self.activity(key).get_by_role("button", name=name, exact=True)).to_have_count(0)

    def open(self, *keys):
        for key in keys:
            self.step(key, HOST.activity.open)

    def tell(self, *keys):
        """What came out is for all to see."""
        for key in keys:
            self.step(key, HOST.activity.close, HOST.activity.reveal)

    def answered(self, key, count, people):
        line = HOST.activity.answered.format(count=count, people=people)
        expect(self.activity(key).get_by_text(line, exact=True)).to_be_visible()

    def adds(self, name, *, table):
        """Somebody without a device, on the turn People."""
        here = main(self.page)
        here.get_by_role("textbox", name=HOST.people.name, exact=True).fill(name)
        choose(here, HOST.people.at, table)
        press(here, HOST.people.add_press)

    def enters_for(self, who):
        """Where the facilitator gives what somebody says, on the turn People."""
        choose(main(self.page), HOST.people.enter, who)
        expect(main(self.page).get_by_text(HOST.people.entering.format(name=who))).to_be_visible()
        return main(self.page).locator(".st-key-workshop-host-turn-people")

    def seen(self):
        return snapshot(self.database, self.code, self.token)

    def by(self, phone, command):
        """What somebody gives from a device that is not part of the test."""
        return act(self.database, self.code, phone.token, command, client_key=uuid4().hex)


class Phone:
    """A participant's."""

    def __init__(self, page):
        self.page = page

    @classmethod
    def joined(cls, page, *, name=None, table=None):
        """The second tap, after the one on the link; then a name and a table, or neither."""
        press(page, SAID.join.press)
        return cls.came_in(page, name=name, table=table)

    @classmethod
    def typed(cls, page, code, *, name=None, table=None):
        page.get_by_label(SAID.join.field).fill(f"{code[:3]} {code[3:]}".lower())
        return cls.joined(page, name=name, table=table)

    @classmethod
    def came_in(cls, page, *, name, table):
        expect(page.get_by_role("heading", name=SAID.frame.welcome)).to_be_visible()
        if name or table:
            page.get_by_label(SAID.frame.name).fill(name or "")
            if table:
                page.get_by_role("radio", name=table, exact=True).click()
            press(page, SAID.frame.keep)
        else:
            press(page, SAID.frame.skip)
        expect(page.get_by_role("heading", name=SAID.frame.welcome)).to_have_count(0)
        return cls(page)

    @property
    def token(self):
        return token(self.page, "me")

    def asked(self, key):
        """It is open here, as soon as the phone has heard of it."""
        expect(
            self.page.get_by_role("heading", name=f"{ASKED[key].title} {SAID.frame.open}", exact=True)
        ).to_be_visible()

    def told(self, key):
        """What came out of it is here."""
        title = f"{ASKED[key].title} {SAID.frame.revealed}"
        expect(self.page.get_by_role("heading", name=title, exact=True)).to_be_visible()

    def choose(self, key, name):
        """One of the answers to a question that has few."""
        group = self.page.get_by_role("radiogroup", name=ASKED[key].question)
        group.get_by_role("radio", name=name, exact=True).click()
        self.chosen(key, name)

    def chosen(self, key, name):
        group = self.page.get_by_role("radiogroup", name=ASKED[key].question)
        expect(group.get_by_role("radio", name=name, exact=True)).to_be_checked()

    def write(self, text):
        self.page.get_by_label(SAID.cards.write).fill(text)
        press(self.page, SAID.cards.keep)
        expect(self.page.locator(".room-card", has_text=text)).to_be_visible()

    def dot(self, target, number):
        """One more, the so-maniest."""
        self.page.get_by_role("button", name=target).click()
        expect(self.page.get_by_text(SAID.dots.placed.format(count=number))).to_be_visible()

    def guess(self, key, name):
        """What will come first."""
        choose(self.page, ASKED[key].guess, name)
        expect(self.page.get_by_text(SAID.frame.guess_kept.format(guess=name))).to_be_visible()

    def score(self, name, score):
        """Of one of the options by the criterion that is asked for."""
        row = self.page.get_by_role("radiogroup", name=name)
        row.get_by_role("radio", name=str(score), exact=True).click()
        expect(row.get_by_role("radio", name=str(score), exact=True)).to_be_checked()

    def check(self, status, *, owner="", due="", evidence=""):
        """The first check that was dealt to one's table and is not answered."""
        said = SAID.checks
        self.page.get_by_test_id("stRadio").get_by_text(room_texts().statuses[status], exact=True).click()
        for label, text in ((said.owner, owner), (said.evidence, evidence)):
            if text:
                self.page.get_by_label(label).fill(text)
        if due:
            year = self.page.get_by_role("group", name=said.due).get_by_role("spinbutton").first
            year.press_sequentially(due.replace("-", ""))
        press(self.page, said.keep)
        expect(self.page.get_by_text(said.kept.format(done=1, all=2))).to_be_visible()
