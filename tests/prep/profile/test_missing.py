"""Missing values: blank, said in words, or hidden in codes and zeros."""

import numpy as np
import pytest

from tests.prep.profile.build import findings, kinds

RANDOM = np.random.default_rng(7)


def numbers(count=300, low=10, high=90):
    return RANDOM.integers(low, high, count).tolist()


@pytest.mark.parametrize(
    "token",
    ["?", "N/A", "#N/A", "n.a.", "-", "NULL", "NaN", "unknown", "Not available", "unbekannt", "k.A.", "inconnu",
     "desconocido", "não informado", "sconosciuto", "onbekend", "brak danych", "неизвестно", "不明"],
)  # fmt: skip
def test_words_for_missing_are_found_and_counted(token):
    found = findings({"job": ["clerk", "nurse", token] * 20})["missing_token", "job"]
    assert (found.count, found.values, found.rows[0]) == (20, ((token, 20),), 3)
    assert found.fix.op == "mark_missing"
    assert found.fix.params["values"] == [token]
    assert len(token) < 5 or token not in found.message


def test_a_word_among_numbers_leaves_them_numbers():
    found = findings({"power": [*numbers(97), "?", "?", "?"]})
    assert found["missing_token", "power"].severity == "warning"
    assert ("numbers_as_text", "power") in found


def test_na_among_country_codes_is_namibia():
    codes = ["DE", "FR", "NA", "US", "GB", "ES", "IT", "PL", "ZA", "NO"] * 5
    assert kinds({"country": codes}, "country").isdisjoint({"missing_token", "missing"})
    assert "missing_token" in kinds({"answer": ["yes", "no", "NA"] * 20}, "answer")


def test_none_is_an_answer_among_words_and_a_gap_among_numbers():
    assert findings({"fence": ["none", "wood", "wire"] * 20})["missing_token", "fence"].severity == "info"
    assert findings({"age": [*numbers(57), "None", "None", "None"]})["missing_token", "age"].count == 3


def test_what_was_not_answered_is_kept_apart_from_what_is_missing():
    found = findings({"smokes": ["yes", "no", "prefer not to say", ""] * 20})
    assert found["missing_explained", "smokes"].count == 20
    assert found["missing", "smokes"].count == 20
    assert ("missing_token", "smokes") not in found


@pytest.mark.parametrize(
    ("code", "rest"),
    [(-999, numbers()), (-200, np.round(RANDOM.normal(20, 10, 300), 1).tolist()), (999, numbers(high=28)),
     (-1, numbers(low=1)), (9999, numbers(low=0)), (-9, numbers(low=0)), (-9999, RANDOM.normal(0, 1, 300).tolist())],
)  # fmt: skip
def test_codes_far_outside_the_rest_are_found(code, rest):
    found = findings({"value": [*rest, *[code] * 60]})["missing_sentinel", "value"]
    assert (found.count, found.severity) == (60, "warning")
    assert found.fix.params["values"] == [str(code)]


def test_several_codes_of_one_column_are_one_finding():
    cells = [*numbers(low=0), *[-7] * 30, *[-8] * 20, *[-9] * 10]
    assert findings({"months": cells})["missing_sentinel", "months"].count == 60


@pytest.mark.parametrize(
    "cells",
    [
        [-1, 0, 1] * 100,  # an answer in three steps
        RANDOM.integers(-12, 30, 400).tolist(),  # degrees
        [*range(-1, 99), *range(60)],  # -1 no more often than its neighbours
        RANDOM.normal(0, 1, 400).round(3).tolist(),
        RANDOM.lognormal(8, 2, 400).round().tolist(),  # a long tail
        [*numbers(high=98), 99, 99],  # the end of a scale
    ],
)
def test_measurements_are_no_codes(cells):
    assert "missing_sentinel" not in kinds({"value": cells}, "value")


def test_the_first_day_of_a_calendar_is_a_code():
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    found = findings({"inspected": [*days, *["1900-01-01"] * 9]})["missing_sentinel", "inspected"]
    assert found.count == 9


def test_zeros_where_nothing_comes_near_zero():
    found = findings({"a": [*numbers(low=40), *[0] * 25], "glucose": [*numbers(low=40), *[0] * 25]})
    assert (found["impossible_zero", "a"].count, found["impossible_zero", "a"].severity) == (25, "advice")
    assert found["impossible_zero", "glucose"].severity == "warning"


@pytest.mark.parametrize(
    "cells",
    [
        RANDOM.poisson(3, 300).tolist(),
        [*[0] * 280, *numbers(40, 1000, 4000)],  # mostly none: amounts, not measurements
        [0, 5, 10, 15, 20, 25, 30, 35, 40] * 20,
        RANDOM.integers(-50, 50, 300).tolist(),
    ],
)
def test_zeros_that_belong_there(cells):
    assert "impossible_zero" not in kinds({"value": cells}, "value")


def test_what_another_column_explains():
    status = ["open", "solved", "closed"] * 40
    score = [None if each == "open" else 1 + i % 5 for i, each in enumerate(status)]
    found = findings({"status": status, "score": score})
    explained = found["missing_explained", "score"]
    assert (explained.count, explained.columns) == (40, ("score", "status"))
    assert ("missing", "score") not in found


def test_gaps_by_chance_are_not_explained():
    status = RANDOM.choice(["open", "solved", "closed"], 300).tolist()
    score = [None if RANDOM.random() < 0.3 else 3 for _ in range(300)]
    assert ("missing_explained", "score") not in findings({"status": status, "score": score})


def test_mostly_missing_counts_every_way_of_being_missing():
    found = findings({"x": [*["?"] * 30, *[""] * 30, *numbers(40)], "y": numbers(100)})
    assert found["mostly_missing", "x"].count == 60


def test_an_empty_column_is_said_once():
    found = findings({"x": [""] * 20, "y": numbers(20)})
    assert {kind for kind, column in found if column == "x"} == {"empty_column"}
    assert found["empty_column", "x"].safe
