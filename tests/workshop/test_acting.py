"""Commands in a room: done once, in the right state, by the right person."""

from threading import Barrier, Thread

import pytest

from aipm.tables import Refusal
from aipm.workshop.acting import act
from aipm.workshop.commands import (
    AddActivity,
    AddPerson,
    Begin,
    ChangeActivity,
    Deal,
    DealCheck,
    DropPhase,
    End,
    Extend,
    Give,
    Hide,
    Introduce,
    Merge,
    NextPhase,
    NextRound,
    PreviousPhase,
    PutDot,
    Resume,
    RewriteCard,
    SetTables,
    Step,
    Tag,
    TakeDot,
    TearCard,
    UndoDot,
    Unmerge,
    WriteCard,
)


@pytest.fixture
def cards(new_room):
    """A room of three with a card each, revealed, and the dots open: the room and the cards' numbers."""
    room = new_room(people=3)
    room.steps("pains", "open")
    numbers = [
        int(room.by(each, WriteCard(activity="pains", text=f"pain {place}")).made)
        for place, each in enumerate(room.people)
    ]
    room.steps("pains", "close", "reveal")
    room.steps("pain_dots", "open")
    return room, numbers


def dots(room, activity="pain_dots"):
    room.steps(activity, "close")
    found = {each.target: each.dots for each in room.seen().activity(activity).outcome.result.totals}
    room.steps(activity, "reopen")
    return found


def test_a_write_that_is_sent_again_is_one(cards):
    room, (first, *_) = cards
    command = PutDot(activity="pain_dots", target=str(first))
    done, again = (room.by(room.people[0], command, key="same") for _ in range(2))
    assert (done.again, again.again, again.version) == (False, True, done.version)
    assert dots(room)[str(first)] == 1
    other = room.by(room.people[1], command, key="same")  # somebody else's key is another one
    assert not other.again
    assert dots(room)[str(first)] == 2


def test_a_card_that_is_sent_again_has_the_same_number(new_room):
    room = new_room(people=1)
    room.steps("pains", "open")
    command = WriteCard(activity="pains", text="slow")
    assert room.by(room.people[0], command, key="k").made == room.by(room.people[0], command, key="k").made
    assert len(room.seen(room.people[0]).activity("pains").mine.cards) == 1


def test_dots_run_out_and_undo_is_undo(cards):
    room, (first, second, _) = cards
    ada = room.people[0]
    for target in (first, first, second):
        room.by(ada, PutDot(activity="pain_dots", target=str(target)))
    assert room.refuses(ada.token, PutDot(activity="pain_dots", target=str(first))) == "no_dot_left"
    assert room.seen(ada).activity("pain_dots").mine.dots == {str(first): 2, str(second): 1}
    room.by(ada, UndoDot(activity="pain_dots"))
    assert room.seen(ada).activity("pain_dots").mine.dots == {str(first): 2}
    room.by(ada, TakeDot(activity="pain_dots", target=str(first)))
    assert room.seen(ada).activity("pain_dots").mine.dots_left == 2
    assert room.refuses(ada.token, TakeDot(activity="pain_dots", target=str(second))) == "no_dot"
    assert room.refuses(ada.token, PutDot(activity="pain_dots", target="999")) == "no_card"


def test_merging_keeps_dots_and_unmerging_brings_them_back(cards):
    room, (first, second, third) = cards
    for person, target in zip(room.people, (first, second, third), strict=True):
        room.by(person, PutDot(activity="pain_dots", target=str(target)))
    room.host(Merge(card=first, into=second))
    assert dots(room) == {str(second): 2, str(third): 1}
    assert room.refuses(room.made.facilitator, Merge(card=second, into=first)) == "already_together"
    room.host(Unmerge(card=first))
    assert dots(room) == {str(first): 1, str(second): 1, str(third): 1}
    assert room.refuses(room.made.facilitator, Unmerge(card=first)) == "not_together"


def test_a_hidden_card_is_gone_for_all_but_the_facilitator(cards):
    room, (first, *_) = cards
    room.host(Hide(card=first))
    assert str(first) not in room.seen(room.people[1]).activity("pain_dots").targets
    room.host(Step(activity="pain_dots", to="close"))
    assert [each.hidden for each in room.seen().activity("pains").cards] == [True, False, False]
    room.host(Tag(card=first, tag="rankings"))
    assert room.refuses(room.made.facilitator, Tag(card=first, tag="nonsense")) == "bad_answer"


def test_dots_wait_until_there_are_cards_to_be_seen(new_room):
    room = new_room(people=1)
    assert room.refuses(room.made.facilitator, Step(activity="pain_dots", to="open")) == "source_hidden"
    room.steps("pains", "open", "close", "reveal")
    assert room.refuses(room.made.facilitator, Step(activity="pain_dots", to="open")) == "source_empty"


def test_cards_are_changed_by_their_author_while_it_is_open(new_room):
    room = new_room(people=2)
    ada, bob = room.people
    room.steps("pains", "open")
    number = int(room.by(ada, WriteCard(activity="pains", text="slow", stage="Deciding")).made)
    room.by(ada, RewriteCard(card=number, text="very slow"))
    assert room.refuses(bob.token, RewriteCard(card=number, text="mine")) == "no_card"
    assert room.refuses(bob.token, TearCard(card=number)) == "no_card"
    assert room.refuses(room.made.facilitator, Hide(card=number)) == "still_open"
    assert room.refuses(ada.token, WriteCard(activity="pains", text=" \n ")) == "blank"
    assert room.refuses(ada.token, WriteCard(activity="pains", text="x" * 501)) == "too_much"
    assert room.refuses(ada.token, WriteCard(activity="pains", text="x", stage="Nowhere")) == "bad_answer"
    room.steps("pains", "close")
    assert room.refuses(ada.token, RewriteCard(card=number, text="later")) == "not_open"
    room.steps("pains", "reopen")
    room.by(ada, TearCard(card=number))
    assert room.seen(ada).activity("pains").mine.cards == ()


@pytest.mark.parametrize(
    ("activity", "values", "code"),
    [
        ("surprise", {"choice": "nonsense"}, "bad_answer"),
        ("surprise", {"other": "once"}, "bad_answer"),
        ("surprise", {"choice": ["once"]}, "bad_answer"),
        ("confidence_before", {"choice": 6}, "bad_answer"),
        ("confidence_before", {"choice": True}, "bad_answer"),
        ("weights", {"weights": {"quality": 100}}, "bad_answer"),
        (
            "weights",
            {"weights": dict.fromkeys(("quality", "cost", "latency", "residency", "skills", "ethics"), 10)},
            "not_a_hundred",
        ),
        ("weights", {"guess": "nonsense"}, "bad_answer"),
        ("scores", {"buy/cost": 0}, "bad_answer"),
        ("scores", {"buy": 3}, "bad_answer"),
        ("scores", {"dissent": ""}, "blank"),
        ("match_game", {"s1": "none"}, "bad_answer"),
        ("checks", {"data_ready": {"status": "odd"}}, "bad_answer"),
        ("checks", {"data_ready": {"status": "gap", "due": "soon"}}, "bad_answer"),
        ("checks", {"data_ready": {"status": "gap", "owner": 7}}, "bad_answer"),
        ("pains", {"choice": "once"}, "bad_answer"),
    ],
)
def test_answers_that_do_not_fit(new_room, activity, values, code):
    room = new_room(people=1)
    room.steps(activity, "open")
    before = room.seen().version
    assert room.refuses(room.people[0].token, Give(activity=activity, values=values)) == code
    assert room.seen().version == before


def test_of_several_answers_all_or_none_are_kept(new_room):
    room = new_room(people=1)
    room.steps("scores", "open")
    assert (
        room.refuses(room.people[0].token, Give(activity="scores", values={"buy/cost": 3, "buy/quality": 99}))
        == "bad_answer"
    )
    assert room.seen(room.people[0]).activity("scores").mine.answers == {}
    room.by(room.people[0], Give(activity="scores", values={"buy/cost": 3, "buy/quality": 4}))
    room.by(room.people[0], Give(activity="scores", values={"buy/cost": None}))
    assert room.seen(room.people[0]).activity("scores").mine.answers == {"1/buy/quality": 4}


def test_scores_in_two_rounds(new_room):
    room = new_room(people=3)
    room.steps("scores", "open")
    cells = {
        f"{row}/{column}": 3
        for row in ("no_ai", "buy", "build")
        for column in ("quality", "cost", "latency", "residency", "skills", "ethics")
    }
    for place, person in enumerate(room.people):
        room.by(person, Give(activity="scores", values={**cells, "buy/cost": 1 + 2 * place}))
    room.steps("scores", "close", "reveal")
    first = room.seen(room.people[0]).activity("scores").outcome.result
    assert (first.totals, first.cells[1][7].invited) == ({}, (1, 5))
    room.host(NextRound(activity="scores"))
    for person in room.people:
        room.by(person, Give(activity="scores", values=cells))
    room.steps("scores", "close", "reveal")
    second = room.seen(room.people[0]).activity("scores").outcome.result
    assert second.totals == pytest.approx({"no_ai": 3, "buy": 3, "build": 3})
    assert room.refuses(room.made.facilitator, NextRound(activity="scores")) == "no_round"


def test_checks_are_answered_by_the_table_they_were_dealt_to(new_room):
    room = new_room()
    (ada,), (bob,) = room.join(table="Table 1"), room.join(table="Table 2")
    room.host(Deal(activity="checks"))
    room.steps("checks", "open")
    room.by(ada, Give(activity="checks", values={"data_ready": {"status": "gap", "owner": "Ada", "due": "2027-01-31"}}))
    assert room.refuses(bob.token, Give(activity="checks", values={"data_ready": {"status": "fine"}})) == "other_table"
    room.host(SetTables(tables=("Table 2", "Table 3")))
    assert room.seen(ada).me.table is None


def test_a_check_is_given_to_another_table_by_hand(new_room):
    room = new_room()
    (ada,), (bob,) = room.join(table="Table 1"), room.join(table="Table 2")
    room.host(Deal(activity="checks"))
    room.steps("checks", "open")
    give = Give(activity="checks", values={"data_ready": {"status": "fine"}})
    before = dict(room.seen().activity("checks").spec.dealt)
    room.host(DealCheck(activity="checks", check="data_ready", table="Table 2"))
    assert dict(room.seen().activity("checks").spec.dealt) == before | {"data_ready": "Table 2"}
    assert room.refuses(ada.token, give) == "other_table"
    room.by(bob, give)
    room.host(DealCheck(activity="checks", check="data_ready"))
    room.by(ada, give)
    host = room.made.facilitator
    assert room.refuses(host, DealCheck(activity="checks", check="data_ready", table="Table 9")) == "no_table"
    assert room.refuses(host, DealCheck(activity="checks", check="nothing", table="Table 1")) == "no_check"
    assert room.refuses(host, DealCheck(activity="pains", check="data_ready", table="Table 1")) == "bad_activity"
    assert room.refuses(ada.token, DealCheck(activity="checks", check="data_ready")) == "not_yours"
    room.steps("checks", "close", "reveal", "lock")
    assert room.refuses(host, DealCheck(activity="checks", check="data_ready", table="Table 1")) == "locked"
    assert room.refuses(host, Deal(activity="checks")) == "locked"


def test_it_is_too_late_to_guess_once_the_first_round_was_shown(new_room):
    room = new_room(people=1)
    spec = {"candidates": [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}], "guess": "Which comes first?"}
    spec |= {"criteria": [{"key": "cost", "name": "Cost"}], "title": "Scores", "question": "?"}
    key = room.host(AddActivity(kind="scores", spec=spec)).made
    room.steps(key, "open")
    guess = Give(activity=key, values={"guess": "a", "a/cost": 3, "b/cost": 2})
    room.by(room.people[0], guess)
    room.steps(key, "close", "reveal")
    room.host(NextRound(activity=key))
    for given in ({"guess": "b"}, {"guess": None}, {"guess": "b", "a/cost": 5}):
        assert room.refuses(room.people[0].token, Give(activity=key, values=given)) == "guess_over"
    assert room.seen(room.people[0]).activity(key).mine.answers == {"guess": "a", "1/a/cost": 3, "1/b/cost": 2}


def test_somebody_without_a_device(new_room):
    room = new_room(people=1)
    person = int(room.host(AddPerson(name="Zoë", table="Table 1")).made)
    room.steps("surprise", "open")
    give = {"activity": "surprise", "values": {"choice": "once"}}
    room.host(Give(person=person, **give))
    assert room.seen().activity("surprise").answered == 1
    assert room.seen(person=person).activity("surprise").mine.answers == {"choice": "once"}
    assert room.seen().activity("surprise").mine is None
    for wrong in (room.people[0].person, 999):
        assert room.refuses(room.made.facilitator, Give(person=wrong, **give)) == "for_whom"


def test_an_early_end_stops_everybody_and_can_be_taken_back(new_room):
    room = new_room(people=1)
    room.steps("surprise", "open")
    room.host(End())
    give = Give(activity="surprise", values={"choice": "once"})
    assert room.refuses(room.people[0].token, give) == "ended"
    assert room.refuses(room.made.facilitator, NextPhase()) == "ended"
    room.host(Resume())
    room.by(room.people[0], give)
    assert room.refuses(room.made.facilitator, Resume()) == "not_ended"


def test_the_run_sheet_is_driven(new_room, time):
    room = new_room()
    assert room.refuses(room.made.facilitator, NextPhase()) == "not_started"
    room.host(Begin())
    time.pass_by(minutes=9)
    room.host(Extend(minutes=2))
    found = room.seen()
    assert found.progress.phase == "join"
    assert found.clock.left.total_seconds() == -120
    assert [each.key for each in found.clock.drop] == ["match"]
    room.host(DropPhase(phase="match"))
    room.host(NextPhase())
    room.host(NextPhase())
    assert room.seen().progress.phase == "silent"
    room.host(PreviousPhase())
    assert room.seen().progress.phase == "show"
    assert room.refuses(room.made.facilitator, Begin()) == "begun"


def test_activities_are_added_and_changed_while_nobody_has_answered(new_room):
    room = new_room(people=1)
    spec = {
        "title": "Lunch?",
        "question": "Where?",
        "options": [{"key": "here", "name": "Here"}, {"key": "out", "name": "Out"}],
    }
    key = room.host(AddActivity(kind="poll", spec=spec)).made
    room.host(ChangeActivity(activity=key, spec={**spec, "title": "Coffee?"}))
    assert room.seen().activity(key).spec.title == "Coffee?"
    room.steps(key, "open")
    assert room.refuses(room.made.facilitator, ChangeActivity(activity=key, spec=spec)) == "not_draft"
    twice = {**spec, "options": [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]}
    for kind, wrong in (
        ("poll", {}),
        ("nonsense", spec),
        ("poll", twice),
        ("confidence", {"title": "C", "question": "?", "before": "pains"}),
    ):
        assert room.refuses(room.made.facilitator, AddActivity(kind=kind, spec=wrong)) == "bad_activity"


def test_eight_threads_vote_and_no_vote_is_lost_or_doubled(new_room):
    """Every one sends each vote twice, as a phone does whose answer was lost."""
    room = new_room(people=8)
    room.host(
        AddActivity(
            kind="dots",
            spec={
                "title": "D",
                "question": "?",
                "each": 20,
                "options": [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}],
            },
        )
    )
    room.steps("own_1", "open")
    room.steps("surprise", "open")
    start, problems = Barrier(8), []

    def vote(person):
        try:
            start.wait()
            for place in range(12):
                dot = PutDot(activity="own_1", target="ab"[place % 2])
                for _ in range(2):
                    room.by(person, dot, key=f"dot-{place}")
                room.by(person, Give(activity="surprise", values={"choice": "once" if place % 2 else "never"}))
        except Exception as problem:  # noqa: BLE001 - told by the main thread
            problems.append(problem)

    threads = [Thread(target=vote, args=(person,)) for person in room.people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert dots(room, "own_1") == {"a": 48, "b": 48}
    room.steps("surprise", "close")
    assert room.seen().activity("surprise").outcome.result.votes["once"] == 8


def test_a_name_belongs_to_a_card_only_where_names_were_asked_for(new_room):
    room = new_room(people=1)
    room.by(room.people[0], Introduce(name="Ada"))
    named = {"title": "Hopes", "question": "?", "named": True}
    for spec in (named, {**named, "named": False}):
        key = room.host(AddActivity(kind="ideas", spec=spec)).made
        room.steps(key, "open")
        room.by(room.people[0], WriteCard(activity=key, text="More time"))
        room.steps(key, "close", "reveal")
    assert [room.seen(room.people[0]).activity(key).cards[0].by for key in ("own_1", "own_2")] == ["Ada", None]


@pytest.mark.parametrize("target", ["9" * 40, "-1", "1 ", "²", "\0", "1.0", ""])
def test_targets_that_are_none(cards, target):
    room, _ = cards
    assert room.refuses(room.people[0].token, PutDot(activity="pain_dots", target=target)) == "no_card"


@pytest.mark.parametrize("key", ["", "k" * 81, "a\0b", "\ud800"])
def test_clients_keys_that_cannot_be_kept(new_room, key):
    room = new_room()
    with pytest.raises(Refusal) as told:
        act(room.database, room.code, room.made.facilitator, Begin(), client_key=key)
    assert told.value.code == "no_command"


@pytest.mark.parametrize("text", ["half \ud800 a sign", "\0", "\u200b"])
def test_text_that_cannot_be_kept_or_seen(new_room, text):
    room = new_room(people=1)
    room.steps("pains", "open")
    assert room.refuses(room.people[0].token, WriteCard(activity="pains", text=text)) in {"bad_answer", "blank"}
    spec = {"title": text, "question": "?"}
    if text != "\u200b":
        assert room.refuses(room.made.facilitator, AddActivity(kind="ideas", spec=spec)) == "bad_activity"
