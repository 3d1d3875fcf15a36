"""Ninety minutes from the first tap to the last file: a facilitator, a big screen, three phones, one without a device.

Nobody's name is on the big screen; a reload, a lost phone, a step back and an early end lose nothing.
"""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pptx
from playwright.sync_api import expect

from aipm.brief.settings import FILE
from aipm.brief.texts import tool_name
from aipm.ui.registry import registry
from aipm.ui.workshop_after_texts import after_texts
from aipm.workshop.codes import shown
from aipm.workshop.commands import Give, PutDot, WriteCard
from aipm.workshop.specs import targets
from aipm.workshop.texts import room_texts
from tests.browser.conftest import drawn
from tests.browser.rooms import ANSWER, ASKED, HOST, SAID, TEMPLATE, TEXT, Console, Phone, at, main, press, store, token

AFTER, STATUSES = after_texts(), room_texts().statuses
TITLE = "Claims & <b>care</b>"
NAMES = ANA, BEN, DORA = "Anneliese", "Bartholomew", "Dorothea"
SLOW, SLOWER, LOST, RUDE = (
    "We wait three weeks for an answer",
    "We wait weeks for an answer",
    "Nobody knows where the claim is",
    "The head of claims is a fool",
)
USE_CASE, WHY, OWNER = "Sort claims by urgency", "Nobody looked at the wrong ones", "Ada Wong"


def test_a_whole_workshop(app, visit, watch):
    folder = app.temporary.parent / "data"
    folder.mkdir(exist_ok=True)
    with store(f"sqlite:///{folder / FILE}") as database:
        console = Console.opened(visit(app, "/workshop"), database, title=TITLE)
        screen, phones = everybody_comes_in(app, visit, console)
        secrets = [console.token, token(screen, "screen"), *(each.token for each in phones)]
        to_begin_with(console, screen, phones)
        guess_and_match(console, screen, phones)
        pains(console, screen, phones)
        phones = dots_and_a_lost_phone(app, visit, console, screen, phones)
        use_cases(console, phones)
        weights(console, screen, phones)
        scores(console, screen, phones)
        checks(console, screen, phones)
        an_early_end(console, screen, phones)
        files(console, secrets)
        into_the_brief(console)
    assert watch.complaints == []


def on_screen(screen, *words):
    """All of it is there, and nobody's name."""
    for each in words:
        expect(main(screen).get_by_text(each).first).to_be_visible()
    everything = main(screen).inner_text()
    assert not [name for name in NAMES if name in everything]


def counted(screen, count, people=4):
    on_screen(screen, TEXT.screen.answered.format(count=count, people=people))


def everybody_comes_in(app, visit, console):
    join, at_screen = console.links()
    screen = visit(app, at(at_screen))
    on_screen(screen, TITLE, TEXT.screen.nobody)
    code = screen.get_by_text(shown(console.code), exact=True)
    expect(code).to_be_visible()
    phones = [
        Phone.joined(visit(app, at(join), width=390), name=ANA, table="Table 1"),
        Phone.joined(visit(app, at(join), width=390), name=BEN, table="Table 2"),
        Phone.typed(visit(app, "/room", width=390), console.code),
    ]
    on_screen(screen, TEXT.screen.people.format(count=3))
    console.turn("people")
    console.adds(DORA, table="Table 4")
    on_screen(screen, TEXT.screen.people.format(count=4))
    console.turn("now")
    return screen, phones


def to_begin_with(console, screen, phones):
    """Two questions; one phone is reloaded between them, and one answer is entered for somebody without a device."""
    console.bar(HOST.bar.begin)
    console.phase("join")
    console.open("surprise", "confidence_before")
    names = targets(ASKED["surprise"])
    for phone, choice in zip(phones, ("never", "weekly", "daily"), strict=True):
        phone.choose("surprise", names[choice])
    ben = phones[1]
    ben.page.reload()
    drawn(ben.page)
    ben.chosen("surprise", names["weekly"])
    for phone, number in zip(phones, "233", strict=True):
        phone.choose("confidence_before", number)
    console.answered("confidence_before", 3, 4)
    console.turn("people")
    console.enters_for(f"{DORA}, Table 4").get_by_role("radio", name=names["once"], exact=True).click()
    console.turn("now")
    console.answered("surprise", 4, 4)
    counted(screen, 4)
    counted(screen, 3)
    console.tell("surprise", "confidence_before")
    phones[0].told("surprise")
    on_screen(screen, names["weekly"])


def guess_and_match(console, screen, phones):
    console.on("show")
    console.open("predict_sampling")
    for phone in phones:
        console.by(phone, Give(activity="predict_sampling", values={"choice": "many"}))
    counted(screen, 3)
    console.tell("predict_sampling")

    console.on("match")
    console.open("match_game")
    asked = console.seen().activity("match_game").spec
    names, count = [each.name for each in asked.options], len(asked.statements)
    ana, *others = phones
    ana.asked("match_game")
    one = ana.page.get_by_role("radio", name=names[0], exact=True)
    statements = ana.page.get_by_role("radiogroup").filter(has=one)
    for place in range(count):
        statements.nth(place).get_by_role("radio", name=names[place], exact=True).click()
    expect(ana.page.get_by_text(ANSWER.match.done.format(count=count))).to_be_visible()
    for phone in others:
        values = {each.key: asked.options[-place].key for place, each in enumerate(asked.statements)}
        console.by(phone, Give(activity="match_game", values=values))
    counted(screen, 3)
    console.tell("match_game")
    phones[2].told("match_game")
    on_screen(screen, ASKED["match_game"].title)


def pains(console, screen, phones):
    """Cards that nobody else sees; then a rude one is hidden and two that say the same are put together."""
    ana, ben, cem = phones
    console.on("silent")
    console.open("pains")
    for phone, texts in ((ana, (SLOW,)), (ben, (SLOWER,)), (cem, (LOST, RUDE))):
        phone.asked("pains")
        for text in texts:
            phone.write(text)
    counted(screen, 3)
    for page in (ana.page, screen):
        expect(page.get_by_text(LOST)).to_have_count(0)
    console.step("pains", HOST.activity.close)

    console.on("merge")
    cards = console.activity("pains")
    row = cards.locator("[class*='st-key-workshop-cards-row-']").filter(has_text=RUDE)
    press(row, AFTER.cards.hide)
    expect(cards.get_by_text(AFTER.cards.count.format(cards=4, groups=3, hidden=1))).to_be_visible()
    similar = cards.locator("[class*='st-key-workshop-cards-similar-']").filter(has_text=SLOWER)
    press(similar, AFTER.cards.together)
    expect(cards.get_by_text(AFTER.cards.count.format(cards=4, groups=2, hidden=1))).to_be_visible()
    console.step("pains", HOST.activity.reveal)
    on_screen(screen, SLOW, LOST)
    ana.told("pains")
    for page in (ana.page, screen):
        expect(page.get_by_text(RUDE)).to_have_count(0)


def dots_and_a_lost_phone(app, visit, console, screen, phones):
    """One guesses what comes first and takes a dot back; another goes on with another phone at his own address."""
    ana, ben, cem = phones
    console.on("dots")
    console.open("pain_dots")
    for phone, target in ((ana, LOST), (ben, SLOW), (cem, SLOW)):
        phone.asked("pain_dots")
        for number in (1, 2):
            phone.dot(target, number)
    ana.guess("pain_dots", SLOW)
    press(ana.page, SAID.dots.undo)
    expect(ana.page.get_by_text(SAID.dots.placed.format(count=1))).to_be_visible()

    own = at(ben.page.url)
    ben.page.close()
    ben = Phone(visit(app, own, width=390))
    expect(ben.page.get_by_text(SAID.dots.placed.format(count=2))).to_be_visible()
    ben.dot(SLOW, 3)
    counted(screen, 3)
    console.tell("pain_dots")
    ana.told("pain_dots")
    expect(ana.page.get_by_text(SAID.frame.guessed_right.format(guess=SLOW))).to_be_visible()
    on_screen(screen, SLOW)
    totals = console.seen().activity("pain_dots").outcome.result.totals
    assert {each.name: each.dots for each in totals} == {SLOW: 5, LOST: 1}
    return ana, ben, cem


def use_cases(console, phones):
    console.on("frame")
    console.open("use_case")
    texts = (USE_CASE, "Write to people by themselves", "A better form")
    made = [
        console.by(phone, WriteCard(activity="use_case", text=text)).made
        for phone, text in zip(phones, texts, strict=True)
    ]
    console.tell("use_case")
    console.on("pick")
    console.open("use_case_dots")
    for phone in phones:
        console.by(phone, PutDot(activity="use_case_dots", target=made[0]))
    console.answered("use_case_dots", 3, 4)
    console.tell("use_case_dots")


def weights(console, screen, phones):
    """A hundred points: the rest shared out, exactly a hundred, and too many of them."""
    quality, cost = list(targets(ASKED["weights"]).values())[:2]
    console.on("weigh")
    console.open("weights")
    for phone, given, then in (
        (phones[0], {quality: 40}, ANSWER.weights.even),
        (phones[1], {quality: 30, cost: 70}, None),
        (phones[2], {quality: 60, cost: 60}, ANSWER.weights.fit),
    ):
        phone.asked("weights")
        for name, points in given.items():
            field = phone.page.get_by_role("spinbutton", name=name, exact=True)
            field.fill(str(points))
            field.press("Tab")
        if then:
            press(phone.page, then)
        expect(phone.page.get_by_text(ANSWER.kept)).to_be_visible()
    counted(screen, 3)
    console.tell("weights")
    phones[0].told("weights")
    on_screen(screen, ASKED["weights"].title, quality)


def scores(console, screen, phones):
    """Two rounds: one scores everything by pressing; in the second all keep what they gave, but for one score."""
    ana, ben, cem = phones
    spec = ASKED["scores"]
    names = [each.name for each in spec.candidates]
    cells = {f"{row.key}/{column.key}": 3 for row in spec.candidates for column in spec.criteria}
    count = len(cells)
    console.on("score")
    console.open("scores")
    for phone in phones:
        phone.asked("scores")
    for place, criterion in enumerate(spec.criteria, start=1):
        expect(ana.page.get_by_role("heading", name=criterion.name, exact=True)).to_be_visible()
        for name, score in zip(names, (1, 5, 3), strict=True):
            ana.score(name, score)
        if place < len(spec.criteria):
            press(ana.page, ANSWER.scores.next)
    expect(ana.page.get_by_text(ANSWER.scores.done.format(count=count))).to_be_visible()
    for phone in (ben, cem):
        phone.score(names[0], 4)
        console.by(
            phone, Give(activity="scores", values={**cells, f"{spec.candidates[0].key}/{spec.criteria[0].key}": 4})
        )
    counted(screen, 3)
    console.step("scores", HOST.activity.close, HOST.activity.next_round)
    on_screen(screen, TEXT.screen.round.format(number=2))
    for phone in phones:
        expect(phone.page.get_by_text(ANSWER.scores.second)).to_be_visible()
    ben.score(ANSWER.scores.row.format(name=names[0], score=4), 5)
    for phone, again in ((ana, ANSWER.scores.same), (ben, ANSWER.scores.same_rest), (cem, ANSWER.scores.same)):
        press(phone.page, again)
        expect(phone.page.get_by_text(ANSWER.scores.done.format(count=count))).to_be_visible()
    note = cem.page.get_by_label(ANSWER.scores.dissent)
    note.fill("A form is cheaper than all of them")
    note.press("Tab")
    expect(cem.page.get_by_text(ANSWER.scores.dissent_kept)).to_be_visible()
    console.tell("scores")
    ana.told("scores")
    on_screen(screen, ASKED["scores"].title, names[1])
    assert console.seen().activity("scores").outcome.result.leading == ("buy",)


def checks(console, screen, phones):
    """A phase back and on again, five minutes more; each table answers what was dealt to it, one without a device."""
    ana, ben, cem = phones
    planned = next(each.minutes for each in TEMPLATE.phases if each.key == "check")
    console.on("check")
    console.bar(HOST.bar.back)
    console.phase("score")
    console.on("check")
    console.bar(HOST.bar.longer)
    expect(ana.page.get_by_text(SAID.frame.until.format(minutes=planned + 5, time=""))).to_be_visible()
    console.step("checks", HOST.activity.deal)
    console.open("checks")
    for phone in phones:
        phone.asked("checks")
    cem.page.get_by_role("radiogroup", name=SAID.checks.choose_table).get_by_role("radio", name="Table 3").click()
    ana.check("gap", owner=OWNER, due="2027-01-31", evidence="A note of the data office")
    ben.check("fine")
    cem.check("stop")
    console.turn("people")
    Phone(console.enters_for(f"{DORA}, Table 4")).check("gap")
    console.turn("now")
    console.answered("checks", 4, 4)
    counted(screen, 4)
    console.tell("checks")
    ana.told("checks")
    on_screen(screen, ASKED["checks"].title, STATUSES["stop"])


def an_early_end(console, screen, phones):
    """While cards are being written, before the last phase."""
    console.on("ethics")
    console.open("premortem")
    for phone, text in zip(phones, (WHY, "Nobody owned it", "The law changed"), strict=True):
        phone.asked("premortem")
        phone.write(text)
    counted(screen, 3)
    console.turn("after")
    press(main(console.page), HOST.after.end)
    press(console.page, HOST.after.confirm)
    expect(main(console.page).get_by_text(HOST.bar.ended_more)).to_be_visible()
    for phone in phones:
        expect(phone.page.get_by_role("heading", name=SAID.frame.ended)).to_be_visible()
    on_screen(screen, TEXT.screen.ended)


# What it leaves behind


def downloaded(page, kind):
    with page.expect_download() as found:
        press(main(page), AFTER.files.names[kind])
    return Path(found.value.path()).read_bytes()


def inside(held):
    """All the text of a file, of every part of it where it is an archive."""
    if not zipfile.is_zipfile(io.BytesIO(held)):
        return held.decode()
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def files(console, secrets):
    """Each opens again and says what the room said; none tells who said it, or a way into the room."""
    page = console.page
    held = {kind: downloaded(page, kind) for kind in AFTER.files.names}
    for kind, each in held.items():
        text = inside(each)
        assert not [word for word in (*NAMES, *secrets) if word in text], kind
    said = {SLOW, LOST, USE_CASE, WHY, OWNER}

    slides = pptx.Presentation(io.BytesIO(held["pptx"])).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    texts += [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    assert TITLE in texts
    assert_said(said, "\n".join(texts))

    paper = docx.Document(io.BytesIO(held["docx"]))
    texts = [each.text for each in paper.paragraphs]
    texts += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert_said({TITLE, *said}, "\n".join(texts))

    assert_said(said, held["markdown"].decode())
    plain = json.loads(held["json"])
    assert (plain["kind"], plain["people"], len(plain["activities"])) == ("aipm-room", 4, len(TEMPLATE.activities))
    with zipfile.ZipFile(io.BytesIO(held["csv"])) as archive:
        rows = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }
    assert {row["text"]: row["hidden"] for row in rows["cards.csv"]}[RUDE] == "true"
    assert {SLOW, SLOWER, LOST, USE_CASE, WHY} < {row["text"] for row in rows["cards.csv"]}
    printed(page, held["html"].decode(), said)


def assert_said(words, text):
    assert not [word for word in words if word not in text]
    assert RUDE not in text


def printed(page, html, said):
    """The web page asks nobody for anything."""
    paper, asked = page.context.new_page(), []
    paper.on("request", lambda sent: asked.append(sent.url))
    paper.set_content(html)
    assert_said({TITLE, *said}, paper.locator("body").inner_text())
    assert asked == []
    paper.close()


def into_the_brief(console):
    page = console.page
    add_all = re.compile(re.escape(AFTER.brief.add_all).replace(re.escape("{count}"), r"\d+"))
    main(page).get_by_role("button", name=add_all).click()
    expect(main(page).get_by_text(AFTER.brief.all_in)).to_be_visible()
    main(page).get_by_role("link", name=AFTER.brief.open).click()
    expect(main(page).get_by_role("heading", name=registry().pages["brief"].title, exact=True)).to_be_visible()
    for name in ("pains", "dots", "weights", "scores", "checks", "premortem"):
        expect(main(page).get_by_text(tool_name(f"workshop.{name}")).first).to_be_attached()
    for words in (SLOW, WHY):
        expect(main(page).get_by_text(words).first).to_be_attached()
