"""What came out of a room, drawn: the finding in words, every number the outcome's, and people's text as characters."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.brief.database import Database
from aipm.content import number
from aipm.ui.room_results import answered_line, result
from aipm.ui.room_results_parts import sentence
from aipm.workshop import rooms
from aipm.workshop.acting import act
from aipm.workshop.commands import AddActivity, Step, WriteCard
from aipm.workshop.entries import Answer, Card, Dot
from aipm.workshop.results import Given, outcome
from aipm.workshop.snapshot import ActivityView, CardView, snapshot
from aipm.workshop.specs import (
    Cards,
    Check,
    Checks,
    Confidence,
    Dots,
    Match,
    Option,
    Poll,
    Scores,
    Spec,
    Statement,
    Weights,
)

HOSTILE = "<img src=x onerror=alert(1)>**{answered}** [a](javascript:b)</li></ul>"


class Seen(HTMLParser):
    """What is on the page: tags, and what is said to those who do not see it as well as to those who do."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.styles, self.said, self._open, self._hidden = set(), [], [], [], 0
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag)
        assert not any(name.startswith("on") or name in ("href", "src") for name in attrs)
        self.styles.append(attrs.get("style", ""))
        self.said.append(attrs.get("aria-label", ""))
        self._open.append((tag, attrs.get("aria-hidden") == "true"))
        self._hidden += self._open[-1][1]

    def handle_endtag(self, tag):
        name, hidden = self._open.pop()
        assert name == tag
        self._hidden -= hidden

    def handle_data(self, data):
        if not self._hidden:
            self.said.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.said).split())


def options(*names):
    return tuple(Option(key=f"k{place}", name=name) for place, name in enumerate(names))


def kind_of(spec):
    return {Cards: "ideas", Dots: "dots", Match: "match", Weights: "weights", Scores: "scores", Poll: "poll"}.get(
        type(spec), "confidence" if isinstance(spec, Confidence) else "checks"
    )


def view(spec: Spec, held: Given, **more) -> ActivityView:
    gave = {each.person for each in (*held.answers, *held.cards, *held.dots)}
    shown = {"state": "revealed", "round": held.round or 1, "targets": {}, "answered": len(gave), **more}
    return ActivityView(key="a", kind=kind_of(spec), spec=spec, outcome=outcome(spec, held), **shown)


def seen(spec, held, **more):
    return Seen(result(view(spec, held, **more)))


def answers(item, values, *, table=None):
    return [Answer(person=place, item=item, value=value, table=table) for place, value in enumerate(values)]


ASKED = {"title": "T", "question": "Q"}
POLL = Poll(**ASKED, options=options("Never", "Daily"))
WEIGHTS = Weights(**ASKED, criteria=options("Cost", "Delay"))
SCORES = Scores(**ASKED, candidates=options("Buy", "Build"), criteria=options("Cost", "Delay"))
CONFIDENCE = Confidence(**ASKED)


def test_a_poll_says_what_was_chosen_most_and_every_count():
    said = seen(POLL, Given(answers=answers("choice", ["k1", "k1", "k0", "k1"]))).text
    assert "Most of us said “Daily”: 3 of 4." in said
    assert "Never 1 of 4" in said
    assert "Daily 3 of 4" in said
    tied = seen(POLL, Given(answers=answers("choice", ["k1", "k0"]))).text
    assert "“Never”, “Daily” were said equally often: 1 of 2 each." in tied


def test_a_guess_is_told_against_what_came_first():
    spec = replace(POLL, guess="What will most of us say?")
    held = [*answers("choice", ["k1", "k1", "k0"]), *answers("guess", ["k1", "k0", "k0"])]
    said = seen(spec, Given(answers=held)).text
    assert "What will most of us say?" in said
    assert "1 of 3 guessed right." in said
    assert "Daily 1 right" in said


def test_no_guess_is_judged_as_long_as_nothing_has_come_first():
    spec = replace(SCORES, guess="Which will win?")
    held = [*scored(1, cost=[1, 5]), *answers("guess", ["k0", "k1"])]
    assert "guessed" not in seen(spec, Given(answers=held, round=1)).text
    assert "guessed right." in seen(spec, Given(answers=[*held, *scored(2, cost=[4, 5])], round=2)).text


def test_nothing_given_is_said_and_nothing_to_see_yet_is_empty():
    assert seen(POLL, Given()).text == "Nobody has given anything."
    assert result(replace(view(POLL, Given()), outcome=None)) == ""


def test_tables_are_those_of_the_outcome_and_the_withheld_are_counted():
    held = [
        Answer(person=place, item="choice", value="k0", table="Here" if place < 3 else "There" if place < 6 else "Few")
        for place in range(9)
    ]
    said = seen(POLL, Given(answers=held[:8])).text
    assert "There" in said or "Here" in said
    assert "not shown by itself" in said or "not shown by themselves" in said
    found = view(POLL, Given(answers=held[:8]))
    assert "By table" not in Seen(result(replace(found, outcome=replace(found.outcome, tables={})))).text


def test_cards_stand_by_stage_with_those_put_together_and_hidden_ones_only_where_the_view_has_them():
    spec = Cards(**ASKED, stages=("Start", "End"), tags=options("Fast"))
    cards = [
        Card(id=1, person=1, text="Slow", stage="Start", tag="k0"),
        Card(id=2, person=2, text="Too slow", into=1),
        Card(id=3, person=3, text="Rude", hidden=True),
    ]
    host = tuple(CardView(id=c.id, text=c.text, stage=c.stage, tag=c.tag, hidden=c.hidden, into=c.into) for c in cards)
    said = seen(spec, Given(cards=cards), cards=host).text
    assert "2 cards in 1 group." in said
    assert "Start 1 Slow 2 cards put together Too slow Tag: Fast" in said
    assert "End 0 No card here." in said
    assert "Hidden, seen by you alone Rude" in said
    assert "Rude" not in seen(spec, Given(cards=cards), cards=host[:2]).text


@pytest.mark.parametrize("by", [None, "Ada"])
def test_a_name_stands_beside_a_card_only_where_the_view_holds_it(by):
    card = CardView(id=1, text="Slow", stage=None, tag=None, by=by)
    said = seen(Cards(**ASKED, named=True), Given(cards=[Card(id=1, person=7, text="Slow")]), cards=(card,)).text
    assert said.endswith("Slow by Ada" if by else "Slow")


def test_dots_are_drawn_by_place_and_those_without_are_named():
    spec = Dots(**ASKED, options=options("One", "Two", "Three"))
    dots = [
        Dot(person=1, target="k1"),
        Dot(person=1, target="k1"),
        Dot(person=2, target="k1"),
        Dot(person=2, target="k0"),
    ]
    said = seen(spec, Given(dots=dots)).text
    assert "“Two” has the most dots: 3 of 4." in said
    assert "Two 3 dots by 2 people One 1 dot by 1 person" in said
    assert "Without a dot: “Three”." in said


def test_a_quiz_shows_the_right_answer_and_what_it_was_taken_for():
    spec = Match(
        **ASKED,
        statements=(Statement(key="s1", text="What comes next?", label="k0"),),
        options=options("Regression", "Ranking"),
    )
    said = seen(spec, Given(answers=answers("s1", ["k0", "k1", "k1"]))).text
    assert "1 of 3 answers were right." in said
    assert "What comes next? missed most Right: Regression were right 1 of 3" in said
    assert "Most often taken for “Ranking” (2)." in said


def test_weights_show_how_far_people_lie_apart_before_how_far_they_agree():
    held = answers("weights", [{"k0": 70, "k1": 30}, {"k0": 40, "k1": 60}, {"k0": 60, "k1": 40}])
    said = seen(WEIGHTS, Given(answers=held)).text
    assert "“Cost” counts most: 56.7% of all points." in said
    assert "Cost: 3 voices, from 40 to 70; the middle half from 50 to 65; median 60. Mean 56.67." in said
    assert said.index("How far we lie apart") < said.index("How far we agree")


def scored(round_, *, cost):
    return [
        Answer(person=place, item=f"{round_}/{candidate}/{criterion}", value=value)
        for place, value in enumerate(cost)
        for candidate in ("k0", "k1")
        for criterion in ("k0", "k1")
    ]


def test_the_first_round_of_scores_shows_the_spread_and_no_mean():
    said = seen(SCORES, Given(answers=scored(1, cost=[1, 2, 5]), round=1)).text
    assert "the mean comes after the last round" in said
    assert "Buy: 3 voices, from 1 to 5" in said
    assert "far apart" in said
    assert "Mean" not in said
    assert "2.67" not in said


def test_the_second_round_stands_against_the_first_and_then_comes_the_mean():
    held = [*scored(1, cost=[1, 2, 5]), *scored(2, cost=[3, 3, 4]), *answers("dissent", ["Too dear."])]
    said = seen(SCORES, Given(answers=held, round=2)).text
    assert "closer together in 4 of 4, and nowhere further apart" in said
    assert "In round 1 from 1 to 5" in said
    assert "3.33 mean, +0.67" in said
    assert said.index("Round 2: how far we lie apart") < said.index("Then the mean") < said.index("Too dear.")
    assert "“Buy”, “Build” share the first place: 3.33 on a scale from 1 to 5." in said


def test_confidence_stands_beside_the_vote_before():
    held = Given(answers=answers("choice", [4, 4, 5]), before=answers("choice", [2, 4, 5]))
    said = seen(CONFIDENCE, held).text
    assert "Half of us are at 4 or higher" in said
    assert "Before: 3 voices, from 2 to 5" in said
    assert "Of 3 who answered both times, 1 went up and 0 went down. The mean moved by +0.67" in said
    assert "as before 2" in said


def test_checks_say_what_is_missing_about_them():
    spec = Checks(
        **ASKED,
        checks=(Check(key="c1", kind="data", question="Allowed?"), Check(key="c2", kind="bias", question="Fair?")),
    )
    held = [
        Answer(person=1, item="c1", value={"status": "gap", "note": "Ask them"}),
        Answer(person=1, item="c2", value={"status": "fine", "owner": "Ada", "due": "2026-12-04"}),
    ]
    said = seen(spec, Given(answers=held)).text
    assert "1 of 2 checks are in order." in said
    assert (
        "Something is missing Allowed? Dealt to no table Owner open Until open What shows it open Note Ask them" in said
    )
    assert "Nobody, or no day, is named for it." in said
    assert "Until 4 Dec 2026 What shows it open Nothing shows it yet." in said


@pytest.mark.parametrize(
    ("answered", "people", "said"),
    [
        (12, 18, "12 of 18 have answered"),
        (0, 18, "Nobody has answered yet, of 18 in the room"),
        (0, 0, "Nobody has joined yet"),
    ],
)
def test_how_many_have_answered_is_said(answered, people, said):
    assert Seen(answered_line(replace(view(POLL, Given()), answered=answered), people)).text == said


def hostile():
    """Every kind, with text that tries to be more than text wherever people or a facilitator write."""
    named = options(HOSTILE, f"2{HOSTILE}")
    cards = [Card(id=1, person=1, text=HOSTILE, stage=HOSTILE, tag="k0"), Card(id=2, person=2, text=HOSTILE, into=1)]
    views = tuple(CardView(id=c.id, text=c.text, stage=c.stage, tag=c.tag, by=HOSTILE) for c in cards)
    asked = {"title": HOSTILE, "question": HOSTILE, "guess": HOSTILE}
    check = Check(key="c", kind="roles", question=HOSTILE)
    told = {"status": "stop", "owner": HOSTILE, "due": "2026-12-04", "evidence": HOSTILE, "note": HOSTILE}
    guess = answers("guess", ["k0", "k0"])
    two = {"table": HOSTILE}
    yield Cards(**asked, stages=(HOSTILE,), tags=named), Given(cards=cards, answers=guess), {"cards": views}
    yield (
        Dots(**asked, source="x"),
        Given(dots=[Dot(person=n, target="1", **two) for n in range(4)], source=cards, answers=answers("guess", ["1"])),
        {},
    )
    yield (
        Match(**asked, statements=(Statement(key="k0", text=HOSTILE, label="k0"),), options=named),
        Given(answers=[*answers("k0", ["k0", "k1", "k1"], **two), *guess]),
        {},
    )
    yield (
        Weights(**asked, criteria=named),
        Given(answers=[*answers("weights", [{"k0": 90, "k1": 10}, {"k0": 20, "k1": 80}] * 2, **two), *guess]),
        {},
    )
    notes = [*answers("dissent", [HOSTILE] * 9), *guess]
    yield (
        Scores(**asked, candidates=named, criteria=named),
        Given(answers=[*scored(1, cost=[1, 5]), *scored(2, cost=[2, 4]), *notes], round=2),
        {},
    )
    yield Poll(**asked, options=named), Given(answers=[*answers("choice", ["k0"] * 4, **two), *guess]), {}
    yield Confidence(**asked), Given(answers=answers("choice", [1, 5, 5], **two), before=answers("choice", [2])), {}
    yield Checks(**asked, checks=(check,), dealt=(("c", HOSTILE),)), Given(answers=answers("c", [told])), {}


@pytest.mark.parametrize("case", list(hostile()), ids=lambda case: kind_of(case[0]))
def test_hostile_text_stays_text(case):
    spec, held, more = case
    found = seen(spec, held, **more)
    assert not found.tags & {"img", "a", "script"}
    assert isinstance(spec, Confidence) or HOSTILE in found.text


@pytest.mark.parametrize("case", list(hostile()), ids=lambda case: kind_of(case[0]))
def test_a_sign_is_never_all_there_is(case):
    """Everything that is drawn and not read stands beside words: marks and bars hold no text of their own."""
    html = result(view(case[0], case[1], **case[2]))
    assert re.findall(r'<[^>]*role="img"(?![^>]*aria-label="[^"]+")', html) == []
    assert " title=" not in html


def counted(text):
    """Every number on the page."""
    return set(re.findall(r"[+−]?\d+(?:,\d{3})*(?:\.\d+)?", text))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["k0", "k1", "k2"]), min_size=1, max_size=250))
def test_every_number_of_a_poll_is_the_outcomes(given_):
    spec = Poll(**ASKED, options=options("One", "Two", "Three"))
    held = view(spec, Given(answers=answers("choice", given_)))
    counts = {*held.outcome.result.votes.values(), held.outcome.result.answered}
    assert counted(Seen(result(held)).text) <= {number.count(each) for each in counts}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=60),
    st.lists(st.integers(1, 5), min_size=1, max_size=60),
)
def test_every_number_of_scores_is_the_outcomes_and_nothing_leaves_the_scale(first, second):
    held = view(SCORES, Given(answers=[*scored(1, cost=first), *scored(2, cost=second)], round=2))
    found = held.outcome.result
    known = {1, 2, 5}  # rounds, and the ends of the scale
    exact = {number.ratio(round(abs(each.mean), 2)) for each in found.changes}
    exact |= {number.ratio(total) for total in found.totals.values()}
    for cells in found.cells.values():
        for cell in cells:
            held_by = cell.spread
            known |= {held_by.count, held_by.low, held_by.high, held_by.quarter, held_by.median, held_by.three_quarters}
            known |= {each for pair in held_by.counts for each in pair}
            exact.add(number.ratio(held_by.mean))
    deviations = [each.deviation for each in found.changes if each.deviation is not None]
    known |= {len(deviations), sum(each < 0 for each in deviations), sum(each > 0 for each in deviations)}
    drawn = Seen(result(held))
    assert {each.lstrip("+−") for each in counted(drawn.text)} <= {number.count(each) for each in known} | exact
    places = [float(each) for style in drawn.styles for each in re.findall(r"(?:left|right):(-?[\d.]+)%", style)]
    assert all(0 <= each <= 100 for each in places)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=200))
def test_as_many_marks_are_drawn_as_there_are_voices(shares):
    held = view(WEIGHTS, Given(answers=answers("weights", [{"k0": each, "k1": 100 - each} for each in shares])))
    blocks = re.findall(r"aspect-ratio:(\d+)/(\d+)", result(held))
    assert sum(int(wide) * int(deep) for wide, deep in blocks) == 2 * len(shares)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 90), min_size=1, max_size=40))
def test_as_many_marks_are_drawn_as_there_are_dots(piles):
    spec = Dots(**ASKED, options=options(*map(str, range(40))))
    dots = [Dot(person=n, target=f"k{place}") for place, height in enumerate(piles) for n in range(height)]
    html = result(view(spec, Given(dots=dots)))
    assert sum(int(wide) * int(deep) for wide, deep in re.findall(r"aspect-ratio:(\d+)/(\d+)", html)) == len(dots)


def test_what_is_too_long_for_one_look_is_folded_and_all_there():
    cards = [Card(id=n, person=n, text=f"Card <{n}>") for n in range(1, 201)]
    found = seen(Cards(**ASKED), Given(cards=cards))
    assert "140 more" in found.text
    assert all(f"Card <{n}>" in found.text for n in range(1, 201))
    assert "details" in found.tags


@pytest.mark.parametrize("named", [False, True])
def test_a_real_room_names_people_only_where_it_was_asked_to(tmp_path, named):
    database = Database(f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    made = rooms.create(database, "pains_only")
    people = [rooms.join(database, made.code, address="10.0.0.1", name=f"Zuleika {n}") for n in range(3)]
    keys = count()

    def do(token, command):
        return act(database, made.code, token, command, client_key=str(next(keys)))

    key = do(made.facilitator, AddActivity(kind="ideas", spec={"title": "T", "question": "Q", "named": named})).made
    do(made.facilitator, Step(activity=key, to="open"))
    for person in people:
        do(person.token, WriteCard(activity=key, text="Slow"))
    for step in ("close", "reveal"):
        do(made.facilitator, Step(activity=key, to=step))
    for token in (made.facilitator, made.presenter, people[0].token):
        said = Seen(result(snapshot(database, made.code, token).activity(key))).text
        assert "3 cards." in said
        assert ("by Zuleika 0" in said) == named
        assert ("Zuleika" in said) == named
    database.close()


def test_nothing_heavy_is_imported_for_a_phone():
    heavy = {"numpy", "pandas", "plotly", "sklearn", "streamlit"}
    code = "import sys, aipm.ui.room_results; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not heavy & set(done.stdout.split())


def test_a_name_in_another_script_does_not_turn_our_sentence_round():
    said = sentence("“العميل” has the most dots.")
    assert "\u2066“العميل” has the most dots.\u2069" in said
