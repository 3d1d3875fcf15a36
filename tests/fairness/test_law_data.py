"""What a report for a law rests on: which people, which outcome, which rates, and how the report says so."""

import pytest

from aipm.fairness.law_basis import basis, basis_lines
from aipm.fairness.law_data import by_columns, measures, ruled, special, unknown_values
from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.fairness.spec import AuditSpec
from tests.fairness.build import audited, counted, estimate, repeated

TWICE = repeated(
    (30, "m", "x", "yes"), (30, "m", "y", "no"), (20, "f", "x", "yes"), (40, "f", "y", "no"), names="sex race hired"
)  # fmt: skip


def test_a_score_that_is_no_chance_decides_nothing_until_somebody_gives_a_threshold():
    data = {"sex": ["m", "f"] * 40, "points": [str(k) for k in range(80)]}
    counts, spec = counted(data, groups=("sex",), score="points")
    assert measures(counts, spec) == ("scoring_rate",)
    counts, spec = counted(data, groups=("sex",), score="points", threshold=40.0)
    assert measures(counts, spec) == ("scoring_rate", "selection_rate")


@pytest.mark.parametrize("sign", ["Prefer not to say", "n/a", "?"])
def test_signs_for_nobody_knows_are_unknown_though_no_cell_is_empty(sign):
    counts, spec = counted(
        repeated((50, "m", "yes"), (50, "f", "no"), (7, sign, "yes"), names="sex hired"),
        groups=("sex",), prediction="hired",
    )  # fmt: skip
    found = nyc(counts, spec, NycAsked(sex="sex", race=None, unknown=unknown_values(counts, ("sex",))))
    assert [each.group for each in found.tables[0].categories] == [(("sex", "f"),), (("sex", "m"),)]
    assert (found.tables[0].unknown, found.people) == (7, 107)


def test_several_rows_of_a_person_widen_the_intervals_here_as_in_the_audit():
    rows = [(5, who, "mf"[who % 2], "xy"[who % 3 == 0], ("yes", "no")[who % 4 < 2]) for who in range(80)]
    data = repeated(*rows, names="who sex race hired")
    asked = {"groups": ("sex", "race"), "prediction": "hired", "cluster": "who"}
    counts, spec = counted(data, **asked)
    found = nyc(counts, spec, NycAsked(sex="sex", race=None))
    audit, plain = audited(data, **asked), audited(data, **{**asked, "cluster": None})
    for line in found.tables[0].categories:
        theirs, alone = (estimate(each, "selection_rate", sex=line.group[0][1]) for each in (audit, plain))
        assert (line.low, line.high) == (theirs.low, theirs.high)
        assert line.high - line.low > 2 * (alone.high - alone.low)


def test_columns_counted_anew_are_asked_of_for_the_outcome_alone():
    spec = AuditSpec(
        groups=("age",), label="good", label_positive=("yes",), prediction="hired", reference=(("age", "old"),),
        bins=(("age", (40.0,)), ("sex", (1.0,))), depth=1,
    )  # fmt: skip
    anew = by_columns(spec, ("race", "sex"))
    assert (anew.groups, anew.depth, anew.reference, anew.label) == (("race", "sex"), 2, (), None)
    assert anew.bins == (("sex", (1.0,)),)
    assert anew.prediction == "hired"


def test_the_order_of_the_columns_asked_for_is_that_of_the_groups():
    counts, spec = counted(TWICE, groups=("sex", "race"), prediction="hired")
    found = ruled(counts, spec, columns=("race", "sex"), measure="selection_rate", depth=2)
    rates = {each.group: each.metrics["selection_rate"].value for each in found.groups}
    assert rates[("race", "x"), ("sex", "f")] == 1
    assert rates[(("sex", "f"),)] == pytest.approx(1 / 3)


def test_columns_of_special_categories_are_told_by_their_names():
    assert special(("age", "race", "religion", "shoe size")) == ("race", "religion")


SCORES = {"sex": ["m", "f"] * 40, "points": [f"{1234.75 + k}" for k in range(80)]}


def lines(measure="selection_rate", data=TWICE, **spec):
    counts, asked = counted(data, **{"groups": ("sex",), **spec})
    return " ".join(basis_lines(basis(counts, asked, measure=measure), measure))


def test_every_value_that_means_yes_is_named_once_as_it_is_written():
    words = ("offer", "OFFER ", "Hired", "yes", "second yes", "third yes")
    counts, spec = counted(
        {"sex": ["m", "f"] * 30, "said": [*words, "no"] * 8 + ["no"] * 4},
        groups=("sex",), prediction="said", prediction_positive=words,
    )  # fmt: skip
    assert basis(counts, spec, measure="selection_rate").yes == ("offer", "Hired", "yes", "second yes", "third yes")
    four = {"groups": ("sex",), "prediction": "said", "prediction_positive": words[:1] + words[2:5]}
    assert "…" not in lines(data={"sex": ["m", "f"] * 30, "said": [*words, "no"] * 8 + ["no"] * 4}, **four)


def test_a_median_is_said_of_scores_alone_and_to_six_digits():
    said = lines("scoring_rate", SCORES, score="points")
    assert "1274.25" in said  # between 1,273.75 and 1,274.75, the two in the middle of eighty
    counts, spec = counted(SCORES, groups=("sex",), score="points", threshold=1300.0)
    assert basis(counts, spec, measure="selection_rate").median is None
    assert basis(counts, spec, measure="selection_rate").threshold == 1300
    assert basis(counts, spec, measure="scoring_rate").median == 1274.25


@pytest.mark.parametrize(
    ("favourable", "sentence"),
    [("positive", "points, the score, is 1300 or more"), ("negative", "1300 or more is bad for the person")],
)
def test_a_threshold_is_said_as_good_or_bad_for_the_person(favourable, sentence):
    assert sentence in lines(data=SCORES, score="points", threshold=1300.0, favourable=favourable)


@pytest.mark.parametrize(
    ("role", "sentence"), [("weight", "are sums of weights"), ("cluster", "Rows with the same c belong to one person")]
)
def test_what_rows_stand_for_is_said_and_they_are_no_whole_people(role, sentence):
    data = repeated((30, "m", "yes", 2), (30, "f", "no", 2), names="sex hired c")
    asked = {"groups": ("sex",), "prediction": "hired", role: "c"}
    assert sentence in lines(data=data, **asked)
    assert not basis(*counted(data, **asked), measure="selection_rate").whole
