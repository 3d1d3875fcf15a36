"""Who probably plays which role: a proposal from names and values that a person confirms."""

import random

import pytest

from aipm.fairness.roles import probable_yes, suggest_roles
from tests.fairness.build import audited, table

rng = random.Random(2)
N = 400


def draw(*values):
    return [rng.choice(values) for _ in range(N)]


LOANS = {
    "application_id": list(range(N)),
    "Gender": draw("f", "m"),
    "age": [rng.randrange(18, 80) for _ in range(N)],
    "ethnicity": draw("a", "b", "c", ""),
    "income": [rng.randrange(9_000, 90_000) for _ in range(N)],
    "probability": [round(rng.random(), 3) for _ in range(N)],
    "approved": draw("yes", "no"),
    "repaid": draw("1", "0", ""),
    "sample_weight": [round(rng.random() * 3, 2) for _ in range(N)],
    "comment": [f"text {k}" for k in range(N)],
}


def suggested(data):
    return suggest_roles(table(data))


def test_a_loan_file_is_understood():
    spec = suggested(LOANS).spec
    assert set(spec.groups) == {"Gender", "age", "ethnicity"}
    assert (spec.label, spec.prediction, spec.score, spec.weight) == (
        "repaid",
        "approved",
        "probability",
        "sample_weight",
    )
    assert (spec.favourable, spec.threshold, spec.depth) == ("positive", None, 3)


def test_the_suggestion_can_be_audited_as_it_stands():
    spec = suggested(LOANS).spec
    result = audited(LOANS, **{name: getattr(spec, name) for name in spec.__slots__})
    assert result.rows == N
    assert result.unanswered == ()


@pytest.mark.parametrize(
    ("name", "cells", "favourable"),
    [
        ("flagged", ("1", "0"), "negative"),
        ("is_rejected", ("true", "false"), "negative"),
        ("LoanDenied", ("Y", "N"), "negative"),
        ("hired", ("1", "0"), "positive"),
        ("shortlisted", ("yes", "no"), "positive"),
    ],
)
def test_whether_a_yes_is_good_is_read_from_the_name(name, cells, favourable):
    found = suggested({"sex": draw("f", "m"), name: draw(*cells)}).spec
    assert found.prediction == name
    assert found.favourable == favourable


def test_without_labels_there_is_no_label():
    spec = suggested({"sex": draw("f", "m"), "hired": draw("yes", "no")}).spec
    assert (spec.label, spec.prediction, spec.score) == (None, "hired", None)


def test_a_score_without_a_decision_gets_a_threshold():
    spec = suggested({"sex": draw("f", "m"), "risk_score": LOANS["probability"]}).spec
    assert (spec.score, spec.prediction, spec.threshold) == ("risk_score", None, 0.5)


def test_a_score_outside_0_to_1_gets_no_threshold_that_would_mean_nothing():
    spec = suggested({"sex": draw("f", "m"), "score": [rng.randrange(300, 850) for _ in range(N)]}).spec
    assert (spec.score, spec.threshold) == ("score", None)


def test_a_score_of_two_values_is_a_decision():
    """Aequitas' COMPAS file: score is 0.0 or 1.0, label_value the truth."""
    data = {"entity_id": range(N), "score": draw("0.0", "1.0"), "label_value": draw("0", "1"), "race": draw("a", "b")}
    spec = suggested(data).spec
    assert (spec.label, spec.prediction, spec.score, spec.groups) == ("label_value", "score", None, ("race",))


def test_one_column_plays_one_role():
    spec = suggested({"outcome": draw("1", "0"), "outcome_score": LOANS["probability"], "sex": draw("f", "m")}).spec
    roles = [*spec.groups, spec.label, spec.prediction, spec.score, spec.weight, spec.cluster]
    taken = [role for role in roles if role is not None]
    assert len(taken) == len(set(taken))


def test_identifiers_are_no_groups_and_may_tie_rows_together():
    data = {**LOANS, "person_id": [k // 4 for k in range(N)]}
    found = suggested(data)
    assert not {"application_id", "comment", "person_id"} & {*found.spec.groups}
    assert "application_id" not in found.could_group
    assert "comment" not in found.could_group
    assert found.spec.cluster == "person_id"


def test_what_could_play_a_role_is_offered():
    found = suggested(LOANS)
    assert {"Gender", "ethnicity", "approved", "repaid"} <= {*found.could_answer}
    assert {"probability", "age", "income"} <= {*found.could_score}
    assert "comment" not in {*found.could_score, *found.could_answer, *found.could_weigh}


@pytest.mark.parametrize(
    "data",
    [
        {"x": []},
        {"x": ["1"]},
        {"x": ["", ""]},
        {"a": ["u"], "b": ["v"]},
        {"![x](http://127.0.0.1:9/p.png)": ["<b>", "=1+1"]},
        {f"c{k}": ["1", "2"] for k in range(200)},
    ],
)
def test_any_table_gets_a_suggestion(data):
    found = suggested(data)
    assert len(found.types) == len(data)
    assert {*found.spec.groups} <= {*data}


def test_names_in_camel_case_other_alphabets_and_capitals():
    assert suggested({"applicantSex": draw("f", "m"), "Entscheidung": draw("ja", "nein")}).spec.groups == (
        "applicantSex",
    )
    assert suggested({"GESCHLECHT": draw("f", "m"), "x": draw("1", "2")}).spec.groups == ("GESCHLECHT",)
    assert suggested({"age": draw("1", "2"), "page": draw("1", "2")}).spec.groups == ("age",)


def test_probable_yes():
    assert probable_yes(["Yes", "no"]) == ("Yes",)
    assert probable_yes(["1.0", "0.0"]) == ("1.0",)
    assert probable_yes(["good", "bad"]) == ()
