"""Groups among people who are alike: what is counted, compared, left out and said."""

import json
import subprocess
import sys
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.fairness.samples import as_table
from aipm.fairness.spec import AuditSpec
from aipm.fairness.strata import candidates, with_factors
from aipm.fairness.strata_compare import like_with_like
from aipm.fairness.strata_result import REST
from aipm.tables import Refusal
from aipm.tables.types import ColumnType, column_types
from tests.fairness.build import audited, comparison, counted, repeated


def compared(data, *factors, standard="everybody", **spec):
    asked = with_factors(AuditSpec(**spec), factors)
    counts, asked = counted(data, **asdict(asked))
    return like_with_like(counts, asked, factors, standard=standard)


def people(*rows):
    """(times, department, sex, admitted)"""
    return repeated(*rows, names="department sex admitted")


ADMITTED = {"groups": ("sex",), "prediction": "admitted", "prediction_positive": ("yes",)}
TWO = people(
    (80, "easy", "men", "yes"),
    (20, "easy", "men", "no"),
    (45, "easy", "women", "yes"),
    (5, "easy", "women", "no"),
    (10, "hard", "men", "yes"),
    (40, "hard", "men", "no"),
    (35, "hard", "women", "yes"),
    (65, "hard", "women", "no"),
)


def test_berkeley():
    (found,) = compared(as_table("admissions"), "department", **ADMITTED).comparisons
    # Freedman, Pisani & Purves, Statistics: 44 % of men and 30 % of women; weighted by department 39 % and 43 %.
    assert found.crude.reference.value == pytest.approx(0.445, abs=5e-4)
    assert found.crude.group.value == pytest.approx(0.304, abs=5e-4)
    assert found.standardised.reference.value == pytest.approx(0.39, abs=5e-3)
    assert found.standardised.group.value == pytest.approx(0.43, abs=5e-3)
    assert (found.crude.verdict, found.standardised.verdict) == ("gap", "within_tolerance")
    # Departments differ in how they treat women and men, so there is no odds ratio of all of them.
    odds = found.odds_ratio
    assert (odds.status, odds.value, odds.low, odds.high) == ("strata_disagree", None, None, None)


def test_rates_by_hand():
    (found,) = compared(TWO, "department", reference=(("sex", "men"),), **ADMITTED).comparisons
    # Half of the 300 people are in each department: women .5 × .9 + .5 × .35, men .5 × .8 + .5 × .2.
    assert found.crude.difference == pytest.approx(80 / 150 - 90 / 150)
    assert found.standardised.group.value == pytest.approx(0.625)
    assert found.standardised.reference.value == pytest.approx(0.5)
    easy, hard = found.each()
    assert (easy.group.value, easy.reference.value) == (0.9, 0.8)
    assert (easy.spread, easy.other_spread) == pytest.approx((1 / 3, 2 / 3))
    assert hard.share == pytest.approx(0.5)
    assert (easy.difference, hard.difference) == pytest.approx((0.1, 0.15))


def test_the_reference_s_mix_leaves_the_reference_as_it_is():
    (found,) = compared(TWO, "department", standard="reference", reference=(("sex", "men"),), **ADMITTED).comparisons
    assert found.standardised.reference.value == pytest.approx(found.crude.reference.value)
    assert found.standardised.group.value == pytest.approx(2 / 3 * 0.9 + 1 / 3 * 0.35)


def test_crude_numbers_are_those_of_the_audit():
    (found,) = compared(TWO, "department", **ADMITTED).comparisons
    ours = comparison(audited(TWO, **ADMITTED), "selection_rate", sex=found.group[0][1])
    assert found.reference == ours.reference
    assert (found.crude.ratio, found.crude.low, found.crude.high, found.crude.p_value) == pytest.approx(
        (ours.ratio, ours.low, ours.high, ours.p_value)
    )


def test_a_stratum_where_one_side_has_nobody_is_stated_and_left_out():
    data = people(
        (60, "both", "men", "yes"),
        (40, "both", "men", "no"),
        (30, "both", "women", "yes"),
        (30, "both", "women", "no"),
        (17, "men only", "men", "yes"),
        (13, "women only", "women", "no"),
    )
    (found,) = compared(data, "department", **ADMITTED).comparisons
    assert found.left_out == (13, 17)
    assert found.covered == pytest.approx(160 / 190)
    assert [each.share for each in found.each()] == [1.0, None, None]
    assert found.standardised.group.value == pytest.approx(0.5)


def test_nobody_alike_at_all_is_not_computable():
    data = people((50, "a", "men", "yes"), (50, "a", "men", "no"), (40, "b", "women", "yes"), (40, "b", "women", "no"))
    (found,) = compared(data, "department", **ADMITTED).comparisons
    assert found.standardised.verdict == "not_computable"
    assert found.standardised.group.value is None
    assert (found.statistic, found.odds_ratio.status) == (None, "not_computable")


def test_against_everybody_the_group_stands_beside_the_rest():
    (women, men) = sorted(
        compared(TWO, "department", reference_rule="overall", **ADMITTED).comparisons,
        key=lambda each: each.group,
        reverse=True,
    )
    assert women.reference == REST
    assert women.standardised.reference.value == pytest.approx(men.standardised.group.value)


def test_weights_and_clusters_count_for_less():
    rows = [(4, "easy", "men", "yes", "1", "a")] * 20 + [(4, "easy", "men", "no", "3", "b")] * 20
    rows += [(4, "easy", "women", "yes", "1", "c")] * 20 + [(4, "easy", "women", "no", "1", "d")] * 20
    data = repeated(
        *[(times, d, s, a, w, f"{c}{k}") for k, (times, d, s, a, w, c) in enumerate(rows)],
        names="department sex admitted weight person",
    )
    plain, weighted, clustered = (
        compared(data, "department", **ADMITTED, **more).comparisons[0]
        for more in ({}, {"weight": "weight"}, {"cluster": "person"})
    )
    assert clustered.standardised.group.rows == pytest.approx(plain.standardised.group.rows / 4)

    def width(of):
        return of.standardised.difference_high - of.standardised.difference_low

    assert width(clustered) == pytest.approx(2 * width(plain), rel=0.1)
    assert weighted.standardised.reference.value != plain.standardised.reference.value


def test_every_rate_that_the_data_allows():
    data = repeated(
        *[(9, d, s, a, y) for d in "ab" for s in ("men", "women") for a in ("yes", "no") for y in ("yes", "no")],
        names="department sex admitted graduated",
    )
    found = compared(data, "department", label="graduated", label_positive=("yes",), **ADMITTED)
    assert [each.metric for each in found.comparisons] == [
        "selection_rate",
        "base_rate",
        "true_positive_rate",
        "false_positive_rate",
        "precision",
    ]
    assert {each.standardised.ratio for each in found.comparisons} == {1.0}


def test_a_quantity_is_cut_into_ranges_and_two_factors_are_crossed():
    data = repeated(
        *[(2, d, s, a, str(year)) for d in "ab" for s in ("men", "women") for a in ("yes", "no") for year in range(20)],
        names="department sex admitted tenure",
    )
    found = compared(data, "department", "tenure", **ADMITTED)
    assert len(found.strata) == 2 * 4
    assert found.strata[0] == (("department", "a"), ("tenure", "under 4"))


def test_factors_are_suggested_from_what_plays_no_part():
    data = repeated(
        *[(2, d, s, a, str(k)) for k, (d, s, a) in enumerate((d, s, a) for d in "abc" for s in "mw" for a in "yn")],
        names="department sex admitted name",
    )
    assert candidates(column_types(data), AuditSpec(groups=("sex",), prediction="admitted")) == ("department", "name")


def column(kind, distinct, *, filled=1_000):
    return ColumnType(name="it", kind=kind, rows=1_000, filled=filled, fits=filled, distinct=distinct)


@pytest.mark.parametrize(
    ("it", "could"),
    [
        (column("text", 1), False),
        (column("text", 2), True),
        (column("text", 30), True),
        (column("text", 31), False),  # too many kinds of people to be alike in
        (column("date", 12), False),
        (column("whole_number", 12), True),
        (column("number", 31), True),  # a quantity, to be cut into bins
        (column("whole_number", 899), True),
        (column("whole_number", 900), False),  # hardly ever the same twice: a running number
        (column("number", 450, filled=500), False),
    ],
)
def test_people_can_be_alike_in_few_values_or_in_a_quantity(it, could):
    spec = AuditSpec(groups=("sex",), prediction="admitted")
    assert candidates((it,), spec) == (("it",) if could else ())
    for role in ({"groups": ("it",)}, {"label": "it"}, {"score": "it"}, {"weight": "it"}, {"where": (("it", "1"),)}):
        assert candidates((it,), replace(spec, **role)) == ()


@pytest.mark.parametrize(
    ("factors", "code"),
    [
        ((), "bad_factors"),
        (("a", "b", "c"), "bad_factors"),
        (("a", "a"), "bad_factors"),
        (("sex",), "factor_has_a_role"),
        (("admitted",), "factor_has_a_role"),
    ],
)
def test_what_cannot_be_a_factor_is_refused(factors, code):
    with pytest.raises(Refusal) as refused:
        with_factors(AuditSpec(**ADMITTED), factors)
    assert refused.value.code == code


@pytest.mark.parametrize(("strata", "refused"), [(10_000, False), (10_001, True)])
def test_more_than_twenty_thousand_places_are_refused(strata, refused):
    """Two sexes among ten thousand kinds of people."""
    data = repeated(
        *[(1, f"job {k // 101}", f"town {k % 101}", ("men", "women")[k % 2], "yes") for k in range(strata)],
        names="job town sex admitted",
    )
    if refused:
        with pytest.raises(Refusal) as found:
            compared(data, "job", "town", **ADMITTED)
        assert found.value.code == "too_many_strata"
    else:
        assert len(compared(data, "job", "town", **ADMITTED).strata) == strata


def test_edges_of_a_quantity_are_those_asked_for():
    asked = with_factors(AuditSpec(**ADMITTED), ("tenure",), (("tenure", (5.0, 10.0)),))
    assert asked.bins == (("tenure", (5.0, 10.0)),)


SCORED = repeated(
    *[
        (times, department, sex, score)
        for department in "ab"
        for sex, some in (("men", (30, 40, 30)), ("women", (50, 20, 30)))
        for times, score in zip(some, (0.3, 0.6, 0.8), strict=True)
    ],
    names="department sex score",
)


@pytest.mark.parametrize(
    ("threshold", "women", "men"), [(None, 0.5, 0.7), (0.5, 0.5, 0.7), (0.7, 0.3, 0.3), (0.2, 1.0, 1.0)]
)
def test_where_a_score_decides_it_is_compared_at_its_threshold_or_at_a_half(threshold, women, men):
    (found,) = compared(
        SCORED, "department", groups=("sex",), score="score", threshold=threshold, reference=(("sex", "men"),)
    ).comparisons
    for side in (found.crude, found.standardised):
        assert (side.group.value, side.reference.value) == pytest.approx((women, men))


def test_a_score_that_does_not_decide_is_not_counted():
    asked = with_factors(AuditSpec(**ADMITTED, score="score", threshold=0.7), ("department",))
    assert (asked.score, asked.threshold) == (None, None)


def test_a_score_on_a_scale_of_its_own_decides_nothing_without_a_threshold():
    data = repeated(*[(20, d, s, k) for d in "ab" for s in ("men", "women") for k in (300, 850)], names="it sex score")
    with pytest.raises(Refusal) as refused:
        compared(data, "it", groups=("sex",), score="score")
    assert refused.value.code == "nothing_to_compare"
    (found,) = compared(data, "it", groups=("sex",), score="score", threshold=700).comparisons
    assert found.crude.group.value == 0.5


def test_the_reference_is_the_group_with_the_highest_rate_or_with_the_most_weight():
    """Selected are 50 of 100 men, 40 of 50 women, 12 of 60 others, who weigh one and a half each."""
    data = repeated(
        *[
            (times, department, sex, answer, weight)
            for department in "ab"
            for sex, weight, both in (("men", 1, (50, 50)), ("others", 1.5, (12, 48)), ("women", 1, (40, 10)))
            for times, answer in zip(both, ("yes", "no"), strict=True)
        ],
        names="department sex admitted weight",
    )
    for rule, who in (("highest", "women"), ("largest", "men")):
        found = compared(data, "department", reference_rule=rule, weight="weight", **ADMITTED).comparisons
        assert {each.reference for each in found} == {(("sex", who),)}


Cells = st.lists(st.integers(0, 40), min_size=12, max_size=12).filter(lambda n: min(sum(n[:6]), sum(n[6:])) > 0)


@settings(max_examples=25, deadline=None)
@given(Cells)
def test_laws(cells):
    places = [(d, s, a) for s in ("men", "women") for d in "abc" for a in ("yes", "no")]
    data = people(
        *[(n, *place) for n, place in zip(cells, places, strict=True)], (1, "a", "men", "no"), (1, "a", "men", "yes")
    )
    for each in compared(data, "department", **ADMITTED).comparisons:
        assert each.standardised.group.value is None or 0 <= each.standardised.group.value <= 1
        assert 0 <= each.covered <= 1 + 1e-9
        shares = [one.share for one in each.each() if one.share is not None]
        assert not shares or sum(shares) == pytest.approx(1)
        rates = [one.group.value for one in each.each() if one.share is not None]
        if rates:
            assert min(rates) - 1e-9 <= each.standardised.group.value <= max(rates) + 1e-9


def test_the_command_line_gives_the_same(tmp_path):
    file = tmp_path / "admissions.csv"
    table = as_table("admissions")
    file.write_text("\n".join(map(",".join, [table.columns, *table.head(5_000)])) + "\n")

    def run(*more):
        call = [
            sys.executable,
            "-m",
            "aipm",
            "audit",
            str(file),
            "--group",
            "sex",
            "--prediction",
            "admitted",
            *more,
        ]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        return done.returncode, json.loads(done.stdout)

    code, found = run("--like", "department", "--like-reason", "departments decide")
    ours = found["like_with_like"]
    assert (code, ours["factors"], ours["reason"]) == (0, ["department"], "departments decide")
    (pair,) = ours["comparisons"]
    assert (pair["group"], pair["reference"], pair["change"]) == (
        {"sex": "women"},
        {"sex": "men"},
        "reversed",
    )
    assert pair["cochran_mantel_haenszel"]["statistic"] == pytest.approx(1.5246, abs=5e-5)
    assert pair["odds_ratio"]["status"] == "strata_disagree"
    assert len(pair["strata"]) == 6
    assert "like_with_like" not in run()[1]
    assert run("--like", "admitted")[0] == 1


def test_every_group_compared_is_a_look():
    """Holm: with three groups beside the reference, the least p-value counts three times."""
    rows = [
        (n, d, s, a)
        for d in "ab"
        for s, yes in (("p", 50), ("q", 42), ("r", 35), ("s", 30))
        for a, n in (("yes", yes), ("no", 60))
    ]
    found = compared(people(*rows), "department", **ADMITTED).comparisons
    chances = sorted((each.standardised.p_value, each.standardised.p_adjusted) for each in found)
    assert chances[0][1] == pytest.approx(3 * chances[0][0])
    assert chances[1][1] == pytest.approx(max(2 * chances[1][0], chances[0][1]))
