"""Among people who are alike: the numbers by hand, what they rest on, and the verdict that they bear."""

import numpy as np
import pytest

from aipm.fairness import intervals
from tests.fairness.build import audited, comparison, repeated
from tests.fairness.test_strata import ADMITTED, TWO, compared, people

MEN = {"reference": (("sex", "men"),), **ADMITTED}


def one(data, *factors, **spec):
    (found,) = compared(data, *(factors or ("department",)), **{**MEN, **spec})
    return found


def pair(data, **spec):
    """The only comparison."""
    (found,) = compared(data, "department", **{**MEN, **spec}).comparisons
    return found


def two(selected, of, beside, of_beside, departments=("a",)):
    """Women beside men, the same numbers in every department."""
    return people(
        *[
            (times, department, sex, answer)
            for department in departments
            for sex, yes, all_ in (("women", selected, of), ("men", beside, of_beside))
            for answer, times in (("yes", yes), ("no", all_ - yes))
        ]
    )


def test_one_number_for_all_strata_by_hand():
    """Women 45 of 50 and 35 of 100, men 80 of 100 and 10 of 50; 150 people in each department."""
    found = pair(TWO)
    assert found.odds_ratio.value == pytest.approx((45 * 20 + 35 * 40) / (5 * 80 + 65 * 10))
    assert found.risk_ratio.value == pytest.approx((45 * 100 + 35 * 50) / (80 * 50 + 10 * 100))
    assert found.risk_difference.value == pytest.approx((0.1 + 0.15) / 2)
    # Expected of the women 50 × 125 / 150 and 100 × 45 / 150; Mantel's and Haenszel's variances over 150² × 149.
    off = 80 - 50 * 125 / 150 - 100 * 45 / 150
    variance = 50 * 100 * (125 * 25 + 45 * 105) / (150**2 * 149)
    assert found.statistic == pytest.approx(off**2 / variance)
    for each in (found.odds_ratio, found.risk_ratio, found.risk_difference):
        assert each.status == "ok"
        assert each.low < each.value < each.high
        assert each.agree > 0.05


def test_each_stratum_has_its_own_intervals():
    easy, hard = pair(TWO).each()
    for stratum, (a, n, b, m) in ((easy, (45, 50, 80, 100)), (hard, (35, 100, 10, 50))):
        four = [np.array(float(each)) for each in (a, n, b, m)]
        bounds = [*intervals.wilson(*four[:2]), *intervals.wilson(*four[2:]), *intervals.newcombe(*four)]
        assert [
            *(stratum.group.low, stratum.group.high, stratum.reference.low, stratum.reference.high),
            *(stratum.difference_low, stratum.difference_high),
        ] == pytest.approx([float(each) for each in bounds])


@pytest.mark.parametrize("rows", [60, 100, 140, 200, 1000])
def test_strata_that_do_not_agree_on_a_number_have_none(rows):
    """Ten points apart everywhere is no common ratio, twice the rate no common difference, once there are enough."""
    high, low = (2, 4, 6), (1, 3, 5)
    apart, double = (
        pair(people(*[
            (times * rows // 10, str(k), sex, answer)
            for k, both in enumerate(zip(high, others, strict=True))
            for sex, yes in zip(("women", "men"), both, strict=True)
            for answer, times in (("yes", yes), ("no", 10 - yes))
        ]))
        for others in (low, (1, 2, 3))
    )  # fmt: skip
    assert (apart.risk_difference.status, double.risk_ratio.status) == ("ok", "ok")
    for each in (apart.risk_ratio, double.risk_difference):
        assert (each.status == "strata_disagree") == (each.agree < 0.05) == (each.value is None)
    if rows == 1000:
        assert (apart.risk_ratio.status, double.risk_difference.status) == ("strata_disagree", "strata_disagree")


@pytest.mark.parametrize(
    ("numbers", "verdict", "reason"),
    [
        ((300, 1000, 600, 1000), "gap", None),
        ((500, 1000, 500, 1000), "within_tolerance", None),
        ((0, 9, 500, 1000), "inconclusive", "too_few_rows"),
        ((500, 1000, 0, 9), "inconclusive", "too_few_rows"),
        ((5, 10, 500, 1000), "inconclusive", "not_enough_data"),  # ten are rated
        ((500, 1000, 5, 10), "inconclusive", "not_enough_data"),
        ((0, 25, 50, 1000), "inconclusive", "not_enough_data"),  # few, though the interval is narrow near 0
        ((50, 1000, 1, 25), "inconclusive", "not_enough_data"),
        ((0, 30, 50, 1000), "inconclusive", "beyond_noise_unclear"),  # thirty are enough
        ((600, 1000, 500, 1000), "inconclusive", "beyond_noise_unclear"),  # 1.2, up to 1.29
        ((30, 60, 1000, 2000), "inconclusive", "not_enough_data"),  # wide on one side
        ((1000, 2000, 30, 60), "inconclusive", "not_enough_data"),
        ((410, 1000, 500, 1000), "inconclusive", "beyond_noise_unclear"),
    ],
)
def test_verdicts_follow_the_rule_of_every_comparison(numbers, verdict, reason):
    """In one department alone like is compared with like as it stands."""
    found = pair(two(*numbers))
    for side in (found.crude, found.standardised):
        assert (side.verdict, side.reason) == (verdict, reason)
    assert (found.odds_ratio.status == "not_enough_data") == (reason == "too_few_rows" and numbers[0] > 0 < numbers[2])


def test_few_people_have_no_common_number_to_rely_on():
    assert pair(two(2, 4, 100, 200, "ab")).odds_ratio.status == "not_enough_data"


def test_the_tolerance_asked_for_is_the_one_that_holds():
    data = two(4300, 10_000, 5000, 10_000, "ab")
    assert [pair(data, tolerance=each).standardised.verdict for each in (0.8, 0.9)] == ["within_tolerance", "gap"]


def test_every_column_is_a_look_and_has_its_own_chances():
    """Holm over a pair of each of two columns: the smaller p-value counts twice, the other once."""
    rows = [
        (n, d, s, g, a)
        for d in "ab"
        for s, g, yes in (("men", "old", 50), ("men", "young", 45), ("women", "old", 42), ("women", "young", 30))
        for a, n in (("yes", yes), ("no", 100 - yes))
    ]
    data = repeated(*rows, names="department sex age admitted")
    found = compared(data, "department", **{**ADMITTED, "groups": ("sex", "age")}).comparisons
    assert len(found) == 2
    for side in ("crude", "standardised"):
        sides = [getattr(each, side) for each in found]
        least, most = sorted((each.p_value, each.p_adjusted) for each in sides)
        assert least[1] == pytest.approx(2 * least[0])
        assert most[1] == pytest.approx(max(most[0], least[1]))
        assert sides[0].p_adjusted != sides[1].p_adjusted


def test_the_reference_named_is_the_one_that_was_used():
    data = people(*[(40 + n, d, s, a) for d in "ab" for n, s in enumerate("pqrs") for a in ("yes", "no")])
    for who in "pqrs":
        found = compared(data, "department", reference=(("sex", who),), **ADMITTED).comparisons
        assert {each.reference for each in found} == {(("sex", who),)}
        assert {each.group[0][1] for each in found} == {*"pqrs"} - {who}
        assert {each.crude.reference.denominator for each in found} == {4 * (40 + "pqrs".index(who))}


def test_a_rate_that_nobody_has_is_not_compared():
    """Nobody is selected: there is no precision, and no group whose precision is the highest."""
    data = repeated(
        *[(20, d, s, "no", y) for d in "ab" for s in ("men", "women") for y in "01"],
        names="department sex admitted graduated",
    )
    found = compared(data, "department", label="graduated", reference_rule="highest", **ADMITTED)
    assert "precision" not in {each.metric for each in found.comparisons}


def test_what_cannot_be_divided_has_no_bounds():
    nobody_alike = pair(people((50, "a", "men", "yes"), (50, "b", "women", "yes"), (50, "b", "women", "no")))
    side = nobody_alike.standardised
    assert (side.difference, side.difference_low, side.difference_high, side.ratio, side.low, side.high) == (None,) * 6
    assert (nobody_alike.covered, nobody_alike.alike) == (0, (None, None))
    none_selected = pair(two(20, 50, 0, 50)).standardised
    assert (none_selected.difference, none_selected.ratio, none_selected.low, none_selected.high) == (
        pytest.approx(0.4), None, None, None,
    )  # fmt: skip


def weighing(weight, times=1):
    """The people of TWO, each as so many rows of such a weight."""
    rows = zip(*(TWO.head(300)), strict=True)
    return repeated(
        *((times, *cells, k, weight) for k, cells in enumerate(zip(*rows, strict=True))),
        names="department sex admitted person weight",
    )


@pytest.mark.parametrize("rule", [MEN, {**ADMITTED, "reference_rule": "overall"}], ids=["named", "everybody else"])
@pytest.mark.parametrize(
    ("data", "spec", "marks"),
    [
        (weighing(3), {"weight": "weight"}, (True, False)),
        (weighing(1, times=2), {"cluster": "person"}, (False, True)),
    ],
    ids=["weights", "several rows of one person"],
)
def test_people_who_weigh_more_or_have_several_rows_are_no_more_people(rule, data, spec, marks):
    """All weigh three, or all have two rows: every rate and all that is said of chance stays what it was."""
    plain, other = (compared(each, "department", **more) for each, more in ((TWO, rule), (data, {**rule, **spec})))
    assert (other.weighted, other.clustered) == marks
    assert (plain.weighted, plain.clustered) == (False, False)
    for here, there in zip(plain.comparisons, other.comparisons, strict=True):
        for side in ("crude", "standardised"):
            a, b = getattr(here, side), getattr(there, side)
            for part in ("value", "low", "high", "rows"):
                for who in ("group", "reference"):
                    assert getattr(getattr(b, who), part) == pytest.approx(getattr(getattr(a, who), part)), (side, who)
            assert (b.low, b.high, b.p_value) == pytest.approx((a.low, a.high, a.p_value)), side
        assert there.statistic == pytest.approx(here.statistic)
        for x, y in zip(here.each(), there.each(), strict=True):
            assert (y.group.rows, y.reference.rows) == pytest.approx((x.group.rows, x.reference.rows))
            assert y.group.numerator == pytest.approx(x.group.numerator * (3 if marks[0] else 2))


def test_a_crude_rate_has_a_numerator_and_a_standardised_one_has_none_of_its_own():
    found = pair(weighing(3), weight="weight")
    assert (found.crude.group.numerator, found.crude.group.denominator) == (3 * 80, 3 * 150)
    assert (found.standardised.group.numerator, found.standardised.group.denominator) == (None, None)


@pytest.mark.parametrize("spec", [{}, {"cluster": "person"}, {"weight": "weight"}])
def test_crude_numbers_beside_everybody_else_are_as_sure_as_the_audit_says(spec):
    data, asked = weighing(1, times=2), {**ADMITTED, "reference_rule": "overall", **spec}
    for found in compared(data, "department", **asked).comparisons:
        ours = comparison(audited(data, **asked), "selection_rate", sex=found.group[0][1])
        assert found.crude.p_value == pytest.approx(ours.p_value, rel=0.02)


def test_everybody_s_mix_is_that_of_all_groups_not_of_the_two():
    """Of 700 people 500 are in a, 300 of them others: women have .8 there and .2 in b, men .5 and .4."""
    data = people(
        *((80, "a", "women", "yes"), (20, "a", "women", "no"), (20, "b", "women", "yes"), (80, "b", "women", "no")),
        *((50, "a", "men", "yes"), (50, "a", "men", "no"), (40, "b", "men", "yes"), (60, "b", "men", "no")),
        *((200, "a", "others", "yes"), (100, "a", "others", "no")),
    )
    women = next(each for each in compared(data, "department", **MEN).comparisons if each.group[0][1] == "women")
    assert women.standardised.group.value == pytest.approx((5 * 0.8 + 2 * 0.2) / 7)
    assert women.standardised.reference.value == pytest.approx((5 * 0.5 + 2 * 0.4) / 7)


def test_people_whom_nobody_is_like_do_not_make_it_surer():
    """Eight women have men beside them; two hundred more have not, and tell nothing of women beside men."""
    found = pair(people(
        *((4, "both", "women", "yes"), (4, "both", "women", "no"), (200, "women only", "women", "yes")),
        *((100, "both", "men", "yes"), (100, "both", "men", "no")),
    ))  # fmt: skip
    assert found.standardised.reason == "too_few_rows"
    assert found.crude.reason != "too_few_rows"
    assert found.odds_ratio.status == "not_enough_data"


@pytest.mark.parametrize("rule", [MEN, {**ADMITTED, "reference_rule": "overall"}], ids=["named", "everybody else"])
def test_people_with_a_row_in_every_stratum_are_no_more_people(rule):
    """Everybody has one row in each of two departments: 400 rows, each person once in a stratum, and 200 people."""
    data = repeated(
        *[
            (1, department, sex, "yes" if k < yes else "no", f"{sex}{k}")
            for department in "ab"
            for sex, yes in (("women", 60), ("men", 40))
            for k in range(100)
        ],
        names="department sex admitted person",
    )
    rows, persons = (compared(data, "department", **rule, **more).comparisons for more in ({}, {"cluster": "person"}))
    for a, b in zip(rows, persons, strict=True):
        for side in ("crude", "standardised"):
            for who in ("group", "reference"):
                many, few = (getattr(getattr(each, side), who).rows for each in (a, b))
                assert few == pytest.approx(many / 2, rel=0.02)
        assert b.statistic == pytest.approx(a.statistic / 2, rel=0.02)


def rows_of(found):
    """The effective rows of both: in each stratum, like with like, and as they stand."""
    strata = [rows for each in found.each() for rows in (each.group.rows, each.reference.rows)]
    return [*strata, *(getattr(side, who).rows for side in (found.standardised, found.crude) for who in SIDES)]


SIDES = ("group", "reference")


@pytest.mark.parametrize(
    ("twice", "rule", "wanted"),
    [
        # A hundred women and men in each of a and b; in a each woman has two rows, in b each man. All of a sex have 300
        # rows, of which 200 are of people with two: 5/3 rows a person.
        ("aw bm", {"reference": (("sex", "men"),)}, (100, 100, 100, 100, 160, 160, 180, 180)),
        ("aw bm", {"reference": (("sex", "women"),)}, (100, 100, 100, 100, 160, 160, 180, 180)),
        # In a alone women have two: 5/3 rows a person of all women, and of all in a.
        ("aw", {"reference": (("sex", "men"),)}, (100, 100, 100, 100, 160, 200, 180, 200)),
        ("aw", {"reference": (("sex", "women"),)}, (100, 100, 100, 100, 200, 160, 200, 180)),
        # The rest as all in the stratum, in b as all there are: 500 rows, 700 / 500 of a person.
        ("aw", {"reference_rule": "overall"}, (100, 60, 100, 100, 160, 60 + 500 / 7, 180, 1000 / 7)),
    ],
)
def test_rows_count_as_people_by_the_clusters_of_their_own_group_and_stratum(twice, rule, wanted):
    data = repeated(
        *[
            (1 + (f"{department}{sex[0]}" in twice), department, sex, answer, f"{department}{sex}{answer}{k}")
            for department in "ab"
            for sex in ("men", "women")
            for answer in ("yes", "no")
            for k in range(50)
        ],
        names="department sex admitted person",
    )
    found = compared(data, "department", cluster="person", **rule, **ADMITTED).comparisons[-1]
    assert rows_of(found) == pytest.approx(wanted)


def test_beside_everybody_else_of_two_groups_is_beside_the_other():
    """Whatever people weigh."""
    data = repeated(
        *[
            (times, department, sex, answer, weight)
            for k, (department, sex, answer, weight) in enumerate(
                (d, s, a, w) for d in "ab" for s in ("men", "women") for a in ("yes", "no") for w in (1, 4)
            )
            for times in [20 + 3 * k]
        ],
        names="department sex admitted weight",
    )
    named, rest = (
        next(
            each
            for each in compared(data, "department", weight="weight", **ADMITTED, **rule).comparisons
            if each.group == (("sex", "women"),)
        )
        for rule in ({"reference": (("sex", "men"),)}, {"reference_rule": "overall"})
    )
    assert rows_of(rest) == pytest.approx(rows_of(named))
    assert (rest.crude.low, rest.standardised.low) == pytest.approx((named.crude.low, named.standardised.low))


def test_where_all_are_of_one_group_there_is_nobody_else():
    data = people((50, "a", "men", "yes"), (50, "a", "men", "no"), (30, "b", "men", "no"))
    (found,) = compared(data, "department", reference_rule="overall", **ADMITTED).comparisons
    assert (found.crude.verdict, found.standardised.verdict) == ("not_computable", "not_computable")


def test_one_person_in_a_stratum_is_somebody():
    """Of one woman nothing is sure, but she counts for what the mix says, and her rate has an interval."""
    found = pair(people(
        *((50, "a", "men", "yes"), (50, "a", "men", "no"), (25, "a", "women", "yes"), (24, "a", "women", "no")),
        *((30, "b", "men", "yes"), (20, "b", "men", "no"), (1, "b", "women", "yes")),
    ))  # fmt: skip
    _, stratum = found.each()
    assert stratum.share == pytest.approx(51 / 200)
    four = [np.array(float(each)) for each in (1, 1, 30, 50)]
    wanted = [*intervals.wilson(*four[:2]), *intervals.newcombe(*four)]
    assert [stratum.group.low, stratum.group.high, stratum.difference_low, stratum.difference_high] == pytest.approx(
        [float(each) for each in wanted]
    )


def test_what_is_left_out_takes_no_part():
    """TWO with strata of men only, and of women only, beside: nothing but how much is covered changes."""
    (found,) = compared(
        people(
            (80, "easy", "men", "yes"), (20, "easy", "men", "no"), (45, "easy", "women", "yes"),
            (5, "easy", "women", "no"), (10, "hard", "men", "yes"), (40, "hard", "men", "no"),
            (35, "hard", "women", "yes"), (65, "hard", "women", "no"),
            (70, "men only", "men", "yes"), (30, "women only", "women", "no"),
        ),
        "department", **MEN,
    ).comparisons  # fmt: skip
    plain = pair(TWO)
    assert found.covered == 300 / 400
    assert found.alike == pytest.approx((80 / 150, 90 / 150))
    assert found.alike == plain.alike
    assert (found.statistic, found.odds_ratio, found.standardised) == (
        plain.statistic, plain.odds_ratio, plain.standardised,
    )  # fmt: skip
    assert [each.difference for each in found.each()][2:] == [None, None]


def test_a_rate_of_nobody_is_no_rate():
    """Among women nobody graduated, so that there is no rate of those who did; and no mix of theirs to weigh by."""
    data = repeated(
        *[
            (20, d, s, a, y)
            for d in "ab"
            for s, graduated in (("men", "01"), ("women", "0"))
            for a in ("yes", "no")
            for y in graduated
        ],
        names="department sex admitted graduated",
    )
    for who in ("men", "women"):
        found = next(
            each
            for each in compared(
                data, "department", standard="reference", label="graduated", reference=(("sex", who),), **ADMITTED
            ).comparisons
            if each.metric == "true_positive_rate"
        )
        values = [found.crude.group.value, found.crude.reference.value]
        assert values == ([None, 0.5] if who == "men" else [0.5, None])
        for side in (found.crude, found.standardised):
            assert (side.difference, side.difference_low, side.difference_high, side.verdict) == (
                None, None, None, "not_computable",
            )  # fmt: skip
        assert found.covered == 0
