"""What each role sees, and what nobody does: who answered, right answers and private cards before their time."""

import msgspec
import pytest

from aipm.workshop.commands import AddActivity, Begin, Give, NextPhase, PutDot, WriteCard


def whole(view):
    """Everything that could go over a wire."""
    return msgspec.json.encode(view).decode()


@pytest.fixture
def room(new_room):
    room = new_room()
    room.join(4, table="Table 1")
    room.join(2, table="Table 2")
    room.host(Begin())
    return room


def test_a_card_is_its_authors_alone_until_it_is_revealed(room):
    ada, bob, *_ = room.people
    room.steps("pains", "open")
    room.by(ada, WriteCard(activity="pains", text="Secret pain"))
    who = {
        "author": ada.token,
        "other": bob.token,
        "presenter": room.made.presenter,
        "facilitator": room.made.facilitator,
    }

    def seeing():
        return {name for name, token in who.items() if "Secret pain" in whole(room.seen(token))}

    assert seeing() == {"author"}
    assert room.seen().activity("pains").answered == 1
    for _ in range(3):
        room.host(NextPhase())
    room.steps("pains", "close")
    assert seeing() == {"author", "facilitator"}
    room.steps("pains", "reveal")
    assert seeing() == set(who)


def test_right_answers_are_no_secret_only_once_they_are_revealed(room):
    room.steps("match_game", "open")
    ada = room.people[0]
    for token in (ada.token, room.made.presenter, room.made.facilitator):
        assert {each.label for each in room.seen(token).activity("match_game").spec.statements} == {None}
    room.steps("match_game", "close")
    assert "label" in whole(room.seen().activity("match_game"))
    assert {each.label for each in room.seen().activity("match_game").spec.statements} != {None}


def test_results_wait_for_the_reveal(room):
    room.steps("surprise", "open")
    for person in room.people:
        room.by(person, Give(activity="surprise", values={"choice": "once"}))
    assert room.seen().activity("surprise").outcome is None  # the facilitator sees a count, so nobody can be watched
    assert room.seen().activity("surprise").answered == 6
    room.steps("surprise", "close")
    assert room.seen().activity("surprise").outcome.result.votes["once"] == 6
    assert room.seen(room.people[0]).activity("surprise").outcome is None
    room.steps("surprise", "reveal")
    found = room.seen(room.people[0]).activity("surprise").outcome
    assert found.result.votes["once"] == 6
    assert (found.tables, found.withheld) == (
        {},
        0,
    )  # tables are for the facilitator alone, who is told of two too small


def test_nobody_learns_who_answered(room):
    room.steps("surprise", "open")
    room.by(room.people[3], Give(activity="surprise", values={"choice": "once"}))
    room.steps("surprise", "close", "reveal")
    for token in (room.made.facilitator, room.made.presenter, room.people[0].token):
        view = room.seen(token)
        assert '"person"' not in whole(view.activity("surprise"))
        assert view.me is None or view.me.person == room.people[0].person


def test_everybody_sees_dots_only_when_they_are_revealed(room):
    room.steps("pains", "open")
    number = room.by(room.people[0], WriteCard(activity="pains", text="slow")).made
    room.steps("pains", "close", "reveal")
    room.steps("pain_dots", "open")
    room.by(room.people[1], PutDot(activity="pain_dots", target=number))
    room.by(room.people[1], Give(activity="pain_dots", values={"guess": number}))
    view = room.seen(room.people[0]).activity("pain_dots")
    assert (view.targets, view.outcome, view.mine.dots, view.answered) == ({number: "slow"}, None, {}, 1)
    room.steps("pain_dots", "close", "reveal")
    for _ in range(5):
        room.host(NextPhase())
    found = room.seen(room.people[0]).activity("pain_dots").outcome
    assert (found.result.totals[0].dots, found.guesses.right) == (1, 1)


def test_hosts_words_are_the_facilitators(room):
    assert all(phase.words for phase in room.seen().sheet)
    for token in (room.people[0].token, room.made.presenter):
        assert not any(phase.words for phase in room.seen(token).sheet)


def test_participants_get_what_is_on_now(room):
    assert room.seen(room.people[0]).activities == ()
    room.steps("surprise", "open", "close", "reveal")
    assert [each.key for each in room.seen(room.people[0]).activities] == ["surprise"]
    room.host(NextPhase())
    assert room.seen(room.people[0]).activities == ()
    assert len(room.seen().activities) == 13


def test_how_many_sit_where_is_the_facilitators(room):
    assert room.seen().at_tables == {"Table 1": 4, "Table 2": 2, "Table 3": 0, "Table 4": 0}
    assert room.seen(room.people[0]).at_tables == {}


def test_what_was_added_on_the_way_is_seen_to_its_end(room):
    options = [{"key": "yes", "name": "Yes"}, {"key": "no", "name": "No"}]
    spec = {"title": "One more", "question": "Shall we go on?", "options": options}
    added = room.host(AddActivity(kind="poll", spec=spec)).made
    states = {}
    for step in ("open", "close", "reveal"):
        room.steps(added, step)
        states[step] = {
            name: [each.state for each in room.seen(token).activities if each.key == added]
            for name, token in (("participant", room.people[0].token), ("presenter", room.made.presenter))
        }
    assert states["close"] == {"participant": ["closed"], "presenter": ["closed"]}
    assert states["reveal"] == {"participant": ["revealed"], "presenter": ["revealed"]}


def test_a_draft_shows_its_facilitator_the_right_answers_to_change_them(room):
    labels = {each.label for each in room.seen().activity("match_game").spec.statements}
    assert None not in labels
    assert "match_game" not in [each.key for each in room.seen(room.people[0].token).activities]
