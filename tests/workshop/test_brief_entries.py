"""What a brief keeps of a room: an entry a result, nobody named, no figures of few people."""

import json
from datetime import date

import msgspec
import pytest

from aipm.brief.brief import Brief, add, chapters
from aipm.brief.docx_writer import docx
from aipm.brief.entry import check, disclosure_threshold
from aipm.brief.pptx_writer import pptx
from aipm.brief.stale import Now
from aipm.brief.story import document
from aipm.workshop.brief_entries import TOOLS, entries
from aipm.workshop.commands import Deal, Give, Hide, Introduce, NextRound, PutDot, WriteCard
from aipm.workshop.record import record
from aipm.workshop.specs import KINDS

CRITERIA = ("quality", "cost", "latency", "residency", "skills", "ethics")
HOSTILE = "<script>alert(1)</script> ![](http://x) | =1+1"


KEPT = {}
"""Records by the number of people: values, that no test can change."""


@pytest.fixture
def worked(new_room):
    """A room in which everything happened, by so many people."""

    def work(people):
        if people in KEPT:
            return KEPT[people]
        room = new_room(people=people)
        for place, person in enumerate(room.people):
            room.by(person, Introduce(name=f"Secret {place}", table=f"Table {place % 3 + 1}"))
        for key in ("surprise", "confidence_before", "match_game", "pains", "weights", "premortem", "confidence_after"):
            room.steps(key, "open")
        spec = room.seen().activity("match_game").spec
        numbers = []
        for place, person in enumerate(room.people):

            def give(activity, values, person=person):
                room.by(person, Give(activity=activity, values=values))

            give("surprise", {"choice": "once"})
            give("confidence_before", {"choice": 1 + place % 2})
            give("match_game", {each.key: spec.options[0].key for each in spec.statements})
            text = HOSTILE if not place else f"Waiting too long for answer {place}"
            written = WriteCard(activity="pains", text=text, stage="Deciding", tag="rankings")
            numbers.append(int(room.by(person, written).made))
            give("weights", {"weights": dict.fromkeys(CRITERIA, 10) | {"quality": 50}})
            room.by(person, WriteCard(activity="premortem", text="Nobody owned it", tag="people"))
            give("confidence_after", {"choice": 4})
        room.steps("confidence_before", "close")
        room.steps("confidence_after", "close")
        room.steps("pains", "close")
        if people > 1:
            room.host(Hide(card=numbers[-1]))
        room.steps("pains", "reveal")
        room.steps("pain_dots", "open")
        room.steps("weights", "close")
        room.steps("scores", "open")
        cells = {f"{row}/{column}": 3 for row in ("no_ai", "buy", "build") for column in CRITERIA}
        for person in room.people:
            room.by(person, PutDot(activity="pain_dots", target=str(numbers[min(1, people - 1)])))
            room.by(person, Give(activity="scores", values={**cells, "buy/quality": 5}))
        room.steps("scores", "close")
        room.host(NextRound(activity="scores"))
        for person in room.people:
            room.by(person, Give(activity="scores", values={**cells, "buy/quality": 4, "dissent": "I see no data"}))
        room.host(Deal(activity="checks"))
        room.steps("checks", "open")
        stop = {"status": "stop", "owner": "Legal", "due": "2027-01-31"}
        tables = dict(room.seen().activity("checks").spec.dealt)
        for person in room.people:
            table = room.seen(person).me.table
            for key, status in (("data_allowed", stop), ("groups_compared", {"status": "fine"})):
                if tables[key] == table:
                    room.by(person, Give(activity="checks", values={key: status}))
        KEPT[people] = record(room.database, room.code, room.made.facilitator)
        return KEPT[people]

    return work


def made(kept):
    return {each.tool: each for each in entries(kept, versions={"app": "1"})}


def test_every_kind_has_a_place_in_the_brief():
    assert set(TOOLS) == set(KINDS)


def test_an_entry_a_result_and_a_brief_takes_them_all(worked):
    found = made(worked(12))
    assert {f"workshop.{each}" for each in (
        "pains", "dots", "quiz", "weights", "scores", "poll", "premortem", "checks", "data", "bias", "confidence",
    )} <= found.keys()  # fmt: skip
    first, second = found["workshop.confidence_confidence_before"], found["workshop.confidence"]
    assert (first.title, second.title) == ("How sure are we now? (before)", "How sure are we now? (after)")
    assert [each.name for each in first.figures] == ["Before"]
    assert [each.name for each in second.figures] == ["Now", "Before"]
    assert [[series.name for series in each.charts[0].series] for each in (first, second)] == [
        ["Before"],
        ["Before", "Now"],
    ]
    for each in found.values():
        assert check(each) == each
        assert not each.suppressed
        assert "Secret" not in msgspec.json.encode(each).decode()


def test_it_says_what_came_out(worked):
    found = made(worked(12))
    assert found["workshop.weights"].summary == (
        "12 people shared out what counts. Most went to “Quality on our own examples”."
    )
    quality = next(each for each in found["workshop.weights"].figures if each.name.startswith("Quality"))
    assert (quality.value, quality.unit, quality.n) == (pytest.approx(50), "%", 12)
    assert found["workshop.scores"].summary == "12 people scored 3 options. “Buy a model by the call” comes first."
    assert [each.value for each in found["workshop.scores"].figures] == pytest.approx([3, 3.5, 3])
    assert len(found["workshop.scores"].charts) == 2
    assert found["workshop.scores"].warnings == ("Somebody sees it otherwise: I see no data",)
    assert found["workshop.dots"].figures[0].value == 12
    assert "Waiting too long for answer 1”" in found["workshop.dots"].summary
    assert found["workshop.confidence"].summary == (
        "12 people said how sure they are: 4 on average, from 1 to 5. Before, the average was 1.5. "
        "Of 12 who answered both times, 12 went up and 0 went down."
    )


def test_what_was_hidden_is_not_told(worked):
    pains = made(worked(12))["workshop.pains"]
    assert len(pains.spec["texts"]) == 11
    assert "Waiting too long for answer 11" not in json.dumps(pains.spec)


def test_a_check_that_says_stop_speaks_against_going_on(worked):
    found = made(worked(12))
    assert found["workshop.data"].against
    assert "workshop.roles" not in found  # nobody looked at them
    assert found["workshop.bias"].against is None
    assert found["workshop.data"].warnings == (
        "Do not go on like this: May the data be used for this? (Legal, 31 Jan 2027)",
    )
    assert found["workshop.bias"].warnings[0].startswith("Said to be in order with nothing that shows it")


@pytest.mark.parametrize("people", [1, disclosure_threshold() - 1])
def test_of_few_people_there_are_sentences_and_no_figures(worked, people):
    for tool, each in made(worked(people)).items():
        assert check(each) == each
        if not tool.startswith(tuple(f"workshop.{kind}" for kind in ("checks", "data", "bias", "ethics", "roles"))):
            assert each.suppressed
            assert (each.figures, each.charts) == ((), ())
            assert "Fewer than 11 people answered" in each.warnings[-1]


def test_the_same_room_again_changes_nothing_in_the_brief(worked):
    kept = worked(12)
    brief = Brief()
    for each in entries(kept, versions={}):
        brief = add(brief, each)
    again = brief
    for each in entries(kept, versions={}):
        again = add(again, each)
    assert again == brief
    assert not brief.history


def test_the_brief_with_all_of_it_can_be_written(worked):
    kept = worked(12)
    brief = Brief()
    for each in entries(kept, versions={}):
        brief = add(brief, each)
    now = Now(today=date(2026, 11, 20), latest={}, versions={})
    told = {chapter.key: [held.entry.tool for held in chapter.held] for chapter in chapters(brief, now=now)}
    assert told["pain"] == ["workshop.pains", "workshop.dots"]
    assert told["model"] == ["workshop.weights", "workshop.scores"]
    story = document(brief, now=now)
    assert pptx(story, generated=kept.at)
    assert docx(story, generated=kept.at)


def test_an_empty_room_has_nothing_to_add(new_room):
    room = new_room(people=12)
    assert entries(record(room.database, room.code, room.made.facilitator), versions={}) == ()


def test_two_cards_of_the_same_words_stay_two(new_room):
    room = new_room("premortem_only", people=12)
    room.steps("premortem", "open")
    numbers = [room.by(person, WriteCard(activity="premortem", text="No data")).made for person in room.people[:2]]
    room.steps("premortem", "close", "reveal")
    room.steps("premortem_dots", "open")
    for place, person in enumerate(room.people):
        room.by(person, PutDot(activity="premortem_dots", target=numbers[place % 2]))
    found = made(record(room.database, room.code, room.made.facilitator))
    assert [each.value for each in found["workshop.dots"].figures] == [6, 6]
