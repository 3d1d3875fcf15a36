"""The ladder for language, and where a model should run."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.ladder import AXES, OPTIONS, STEPS, ladder_texts, source, stand
from aipm.tables import Refusal

READY = {"examples": "enough"}
MISSED = {"prompt": (4, 10)}
QUESTIONS = ladder_texts().ladder.questions
ANSWERS = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(list(question.answers)) for key, question in QUESTIONS.items()}
)
COUNTS = st.integers(0, 50).flatmap(lambda tried: st.tuples(st.integers(0, tried), st.just(tried)))
TRIED = st.dictionaries(st.sampled_from(STEPS[1:]), COUNTS)


def states(answers, **more):
    return {each.key: each.state for each in stand(answers, **more).steps}


def test_nothing_is_climbed_without_examples():
    assert stand({}).stand == "evaluate"
    assert stand({"examples": "few", "failing": "form"}, tried=MISSED).stand == "evaluate"
    assert "evaluation" in stand({}).here.reasons[0].text


def test_prompting_is_always_tried_first():
    found = stand(READY | {"failing": "form", "worked": "many", "tunable": "yes"})
    assert found.stand == "prompt"
    assert found.here.reasons[0].source.grade == "B"


def test_eight_of_ten_is_enough_and_the_range_is_said():
    found = stand(READY, tried={"prompt": (8, 10)})
    assert (found.stand, found.here.state) == ("prompt", "met")
    assert (found.here.rate.low, found.here.rate.high) == pytest.approx((0.490, 0.943), abs=0.001)
    assert set(states(READY, tried={"prompt": (8, 10)}).values()) == {"met", "later"}
    assert stand(READY | {"failing": "facts"}, tried={"prompt": (7, 10)}).stand == "retrieval"
    assert stand(READY, tried={"prompt": (8, 10)}, bar=0.9).stand is None


def test_nine_examples_are_too_few_to_stop_on():
    assert stand(READY, tried={"prompt": (9, 9)}).here.state == "too_few"


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ({"facts": "changing", "failing": "facts"}, "retrieval"),
        ({"facts": "changing", "failing": "form"}, "retrieval"),
        ({"facts": "own", "fits": "no", "failing": "facts"}, "retrieval"),
        ({"failing": "form", "worked": "many", "tunable": "yes"}, "fine_tune"),
        ({"failing": "form", "worked": "some"}, None),
        ({"failing": "taste", "pairs": "yes", "tunable": "yes"}, "preference"),
        ({"failing": "taste", "pairs": "yes", "tunable": "no"}, None),
        (
            {"failing": "field", "worked": "none"} | {"corpus": "large", "people": "deep_learning", "budget": "large"},
            "continued",
        ),
        ({"failing": "field", "worked": "many"}, "fine_tune"),
        ({"failing": "ability", "corpus": "huge", "people": "deep_learning", "budget": "huge"}, "own"),
        ({"failing": "ability", "corpus": "large", "people": "deep_learning", "budget": "huge"}, None),
    ],
)
def test_what_goes_wrong_decides_the_next_step(answers, step):
    assert stand(READY | answers, tried=MISSED).stand == step


def test_static_facts_that_fit_are_handed_over_whole():
    found = stand(READY | {"facts": "own", "fits": "yes"})
    assert found.stand == "prompt"
    assert [each.id for each in found.here.reasons] == ["prompt.1", "prompt.2"]
    assert states(READY | {"facts": "own", "fits": "yes"}, tried=MISSED)["retrieval"] == "not_called_for"


def test_a_step_that_would_help_but_cannot_be_done_says_what_it_lacks():
    found = stand(READY | {"failing": "form", "worked": "none", "tunable": "no"}, tried=MISSED)
    step = next(each for each in found.steps if each.key == "fine_tune")
    assert step.state == "blocked"
    assert [each.id for each in step.reasons] == ["fine_tune.3", "fine_tune.4"]
    assert found.remark == ladder_texts().ladder.end


def test_without_saying_what_goes_wrong_no_step_is_guessed():
    assert stand(READY, tried=MISSED).remark == ladder_texts().ladder.unsaid
    assert stand(READY | {"failing": "untested"}, tried=MISSED).remark == ladder_texts().ladder.unsaid


@given(ANSWERS, TRIED, st.floats(0.01, 1))
def test_the_first_step_that_meets_the_bar_ends_the_climb(answers, tried, bar):
    found = stand(answers, tried=tried, bar=bar)
    assert tuple(each.key for each in found.steps) == STEPS
    assert (found.stand is None) == (found.remark is not None)
    if found.stand:
        place = STEPS.index(found.stand)
        assert found.here.state in ("met", "next", "too_few")
        assert found.here.reasons or found.here.rate
        assert all(each.state == "later" for each in found.steps[place + 1 :])
        assert all(each.state in ("missed", "not_called_for", "blocked") for each in found.steps[1:place])


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"mood": "good"}, {}),
        ({"examples": "plenty"}, {}),
        ({}, {"bar": 0}),
        ({}, {"bar": float("nan")}),
        ({}, {"bar": 80}),
        ({}, {"tried": {"prompt": (5, 4)}}),
        ({}, {"tried": {"hope": (5, 10)}}),
    ],
)
def test_what_is_not_asked_is_refused(answers, more):
    with pytest.raises(Refusal):
        stand(answers, **more)


def failed(answers):
    return {option.key: [each.axis for each in option.failures] for option in source(answers).options}


def test_an_api_unless_something_rules_it_out():
    found = source({})
    assert (found.choice, found.clean, found.open_questions) == ("api", True, AXES)
    assert found.reason.source.grade == "C"
    assert source({"cost": "little", "team": "nobody"}).choice == "api"


def test_each_loser_names_the_axis_it_failed_on():
    answers = {"privacy": "inside", "control": "weights", "team": "operations", "cost": "steady"}
    assert source(answers).choice == "self_hosted"
    assert source(answers).clean
    assert failed(answers) == {"api": ["privacy", "control"], "hosted_open": ["privacy"], "self_hosted": []}


def test_weights_of_ones_own_at_a_host_when_nobody_runs_machines():
    answers = {"control": "weights", "team": "nobody", "cost": "little"}
    assert source(answers).choice == "hosted_open"
    assert source(answers).clean


def test_texts_that_must_stay_inside_are_not_outvoted_by_convenience():
    answers = {
        "privacy": "inside",
        "team": "nobody",
        "cost": "little",
        "functionality": "extras",
        "performance": "strongest",
    }
    found = source(answers)
    assert (found.choice, found.clean) == ("self_hosted", False)
    assert failed(answers)["self_hosted"] == ["performance", "functionality", "cost", "team"]


def test_whatever_is_answered_something_is_chosen_and_no_hard_failure_is_taken_needlessly():
    questions = ladder_texts().sourcing.questions
    for answers in product(*(question.answers for question in questions.values())):
        found = source(dict(zip(questions, answers, strict=True)))
        hard = {option.key: sum(each.hard for each in option.failures) for option in found.options}
        assert tuple(hard) == OPTIONS
        assert hard[found.choice] == min(hard.values())
        assert found.clean == (not next(each for each in found.options if each.key == found.choice).failures)


def test_an_answer_that_is_none_is_refused():
    with pytest.raises(Refusal):
        source({"team": "elves"})
