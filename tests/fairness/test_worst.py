"""Where is it worst: what was planted is found, once, and chance is not."""

import numpy as np
import pytest

from aipm.fairness import samples
from aipm.fairness.significance import two_proportions
from aipm.fairness.worst import beside_chance, first_metric, halves, search, searchable, worse_sign
from aipm.fairness.worst_spec import WorstSpec
from aipm.tables import Refusal
from tests.fairness.build import repeated, table
from tests.fairness.worst_tables import BERKELEY, asked, groups, made_ready, people, searched

PLANTED = {"a": 1, "b": 2, "c": 0}


def test_berkeley_s_worst_is_the_department_that_admits_few_of_either_sex():
    found = searched(BERKELEY, ("department", "sex"), groups=("sex",), prediction="admitted")
    worst = found.subgroups[0]
    admitted, applied = (sum(side[k] for side in samples.BERKELEY["F"].values()) for k in (0, 1))
    assert dict(worst.here.group) == {"department": "F"}
    assert (worst.here.numerator, worst.here.denominator) == (admitted, applied) == (46, 714)
    assert (worst.others.numerator, worst.others.denominator) == (1755 - 46, 4526 - 714)
    # Nobody is worse off within F for being a man or a woman, so that F is not said three times.
    assert {"department": "F", "sex": "men"} not in groups(found)


def test_a_planted_group_of_three_columns_is_the_worst():
    found = searched(people(6000, seed=1, planted=PLANTED), "abcd")
    assert dict(found.subgroups[0].here.group) == {"a": "a1", "b": "b2", "c": "c0"}
    assert found.subgroups[0].verdict == "gap"
    assert found.subgroups[0].bound > 0.1


def test_larger_groups_that_are_worse_only_for_the_planted_one_are_named_beside_it():
    found = searched(people(6000, seed=1, planted=PLANTED), "abcd")
    assert groups(found) == [{"a": "a1", "b": "b2", "c": "c0"}]
    assert found.found == 1 + found.explained


def test_a_child_that_is_no_worse_than_its_parent_is_not_found():
    found = searched(people(6000, seed=2, planted={"a": 1}), "abcd")
    assert groups(found) == [{"a": "a1"}]


def test_the_same_people_are_said_once_with_their_other_names():
    data = people(4000, seed=3, planted={"a": 1})
    rows = data.head(4000)
    again = {name: [row[k] for row in rows] for k, name in enumerate(data.columns)}
    again["twin"] = [f"twin of {value}" for value in again["a"]]
    found = searched(table(again), ("a", "twin", "c"))
    assert len(groups(found)) == 1
    assert [dict(group) for group in found.subgroups[0].same] in ([{"twin": "twin of a1"}], [{"a": "a1"}])


def test_where_a_yes_is_bad_the_highest_rate_is_the_worst():
    data = people(4000, seed=4, planted={"b": 1}, planted_rate=0.8)
    assert groups(searched(data, "abc", favourable="negative")) == [{"b": "b1"}]
    assert {"b": "b1"} not in groups(searched(data, "abc"))


def test_a_small_group_with_an_extreme_rate_does_not_come_before_a_large_one_that_is_surely_worse():
    data = repeated(
        (6, "few", "yes"), (30, "few", "no"), (300, "many", "yes"), (700, "many", "no"),
        (700, "rest", "yes"), (300, "rest", "no"), names="a hired",
    )  # fmt: skip
    found = searched(data, "a")
    few, many = (
        next(each for each in found.subgroups if each.here.group == (("a", name),)) for name in ("few", "many")
    )
    assert few.here.value < many.here.value
    assert found.subgroups[0] == many
    assert [each.bound for each in found.subgroups] == sorted((each.bound for each in found.subgroups), reverse=True)


def test_groups_under_the_support_are_counted_and_not_looked_at():
    data = repeated((29, "few", "no"), (500, "x", "yes"), (500, "y", "no"), names="a hired")
    found = searched(data, "a")
    assert (found.looked, found.small) == (2, 1)
    assert searched(data, "a", wanted={"support": 29}).looked == 3
    assert searched(data, "a", wanted={"share": 0.4}).looked == 2
    nobody = searched(data, "a", wanted={"support": 5000})
    assert (nobody.looked, nobody.subgroups) == (0, ())


def test_chance_alone_is_not_found_more_often_than_stated():
    # 5 % of the lists may hold something; over 60 lists of true hypotheses at most 8, with three standard errors.
    lists = [searched(people(1500, seed=seed), "abcd") for seed in range(60)]
    assert sum(each.found > 0 for each in lists) <= 8
    assert all(each.looked > 100 for each in lists)


def test_shuffles_call_the_worst_one_rare_no_more_often_than_it_is():
    # Where nothing is planted the worst one is as likely as any shuffle to stand out most.
    rare = []
    for seed in range(60):
        data = people(1500, seed=100 + seed)
        on, spec = made_ready(data, "abc"), asked()
        found = beside_chance(on, search(on, WorstSpec(metric="selection_rate", columns=tuple("abc")), spec), spec)
        assert found.shuffles == 200
        most = max(each.stands_out for each in found.subgroups)
        at_least = next(each.shuffles_at_least for each in found.subgroups if each.stands_out == most)
        rare.append(at_least / found.shuffles)
    assert np.mean(np.array(rare) <= 0.1) <= 0.1 + 3 * np.sqrt(0.1 * 0.9 / 60)
    assert 0.25 < np.mean(rare) < 0.75


def test_shuffles_never_bring_out_what_was_planted():
    data = people(6000, seed=1, planted=PLANTED)
    on, spec = made_ready(data, "abcd"), asked()
    found = beside_chance(on, search(on, WorstSpec(metric="selection_rate", columns=tuple("abcd")), spec), spec)
    assert found.subgroups[0].shuffles_at_least == 0


def test_the_other_half_confirms_what_was_planted():
    data = people(8000, seed=5, planted=PLANTED)
    found = searched(data, "abcd", wanted={"hold_out": True})
    worst = found.subgroups[0]
    assert sum(found.halves) == 8000
    assert dict(worst.here.group) == {"a": "a1", "b": "b2", "c": "c0"}
    assert worst.confirmation.confirmed is True
    # Searched and confirmed people together are all people.
    everybody = searched(data, "abcd").subgroups[0]
    assert worst.here.denominator + worst.confirmation.here.denominator == everybody.here.denominator


def test_halves_hold_everybody_once():
    whole = made_ready(people(3000, seed=6), "abc")
    one, other = halves(whole, seed=1)
    assert (one.cube.rows + other.cube.rows == whole.cube.rows).all()
    assert abs(one.cube.size - 1500) < 150  # more than five standard errors


def test_rows_of_one_person_count_as_one_voice():
    data = people(900, seed=7, planted={"a": 1}, planted_rate=0.3)
    once = {name: [row[k] for row in data.head(900)] for k, name in enumerate(data.columns)}
    five = {name: np.repeat(cells, 5) for name, cells in once.items()} | {"who": np.repeat(np.arange(900), 5)}
    single, repeated_ = searched(table(once), "abc"), searched(table(five), "abc", cluster="who")
    assert [each.here.group for each in single.subgroups] == [each.here.group for each in repeated_.subgroups]
    assert [each.here.rows for each in repeated_.subgroups] == pytest.approx([e.here.rows for e in single.subgroups])
    assert [each.stands_out for each in repeated_.subgroups] == pytest.approx(
        [each.stands_out for each in single.subgroups], rel=1e-6
    )
    with pytest.raises(Refusal, match="both halves"):
        searched(table(five), "abc", cluster="who", wanted={"hold_out": True})


def test_equal_weights_change_the_counts_and_not_the_findings():
    data = people(2000, seed=8, planted={"a": 1})
    cells = {name: [row[k] for row in data.head(2000)] for k, name in enumerate(data.columns)}
    weighted = searched(table({**cells, "w": ["2.5"] * 2000}), "abc", weight="w")
    plain = searched(data, "abc")
    assert groups(weighted) == groups(plain)
    one, other = weighted.subgroups[0], plain.subgroups[0]
    assert one.here.denominator == pytest.approx(2.5 * other.here.denominator)
    assert one.p_value == pytest.approx(other.p_value)


@pytest.mark.parametrize("hold_out", [False, True])
def test_the_order_of_rows_changes_nothing(hold_out):
    data = people(900, seed=9, planted={"a": 1})
    cells = {name: [row[k] for row in data.head(900)] for k, name in enumerate(data.columns)}
    cells |= {"b": ["b0", "b1", "b2"] * 300, "w": [str(1 + k % 7 / 3) for k in range(900)]}  # of b, all as often
    order = np.random.default_rng(1).permutation(900)
    question, spec = WorstSpec(metric="selection_rate", columns=tuple("abc"), hold_out=hold_out), asked(weight="w")
    found = []
    for rows in (np.arange(900), order):
        on = made_ready(table({name: [each[k] for k in rows] for name, each in cells.items()}), "abc", weight="w")
        found.append(beside_chance(on, search(on, question, spec), spec))
    assert found[0] == found[1]
    assert found[0].subgroups


def test_metrics_and_directions_follow_the_audit():
    data = repeated((60, "x", "yes", "no"), (60, "y", "no", "no"), (50, "y", "no", "yes"), names="a hired good")
    on = made_ready(data, "a", label="good")
    offered = searchable(on.cube)
    assert "false_negative_rate" in offered
    assert first_metric(offered, asked(label="good", worse_error="false_positive")) == "false_positive_rate"
    assert first_metric(offered, asked(label="good")) == "selection_rate"
    assert searchable(made_ready(data, "a", prediction=None, label="good").cube) == ("base_rate",)
    assert searchable(made_ready(data, "a").cube) == ("selection_rate",)
    assert first_metric((), asked()) is None
    assert worse_sign("false_positive_rate", asked()) == 1
    assert worse_sign("precision", asked()) == -1
    assert worse_sign("selection_rate", asked()) == -1
    assert worse_sign("selection_rate", asked(favourable="negative")) == 1
    assert worse_sign("false_negative_rate", asked()) == 1
    assert worse_sign("base_rate", asked(favourable="negative")) == 1


def test_the_other_half_says_nothing_of_fewer_than_ten_people_or_of_what_was_not_found():
    data = repeated((20, "few", "no"), (900, "x", "yes"), (300, "x", "no"), names="a hired")
    sizes = set()
    for seed in range(12):
        found = searched(data, "a", wanted={"hold_out": True, "support": 5, "seed": seed})
        for each in found.subgroups:
            said = each.confirmation
            enough = said.here is not None and said.here.denominator >= 10
            assert (said.confirmed is not None) == (said.p_adjusted is not None) == (enough and each.found)
            assert said.here.denominator + said.others.denominator == found.halves[1]
            sizes.add(enough)
    assert sizes == {True, False}


def test_what_is_confirmed_is_corrected_for_all_that_were_found():
    rows = [
        (90, "p", "yes"),
        (310, "p", "no"),
        (100, "q", "yes"),
        (300, "q", "no"),
        (900, "x", "yes"),
        (700, "x", "no"),
    ]
    found = searched(repeated(*rows, names="a hired"), "a", wanted={"hold_out": True})
    assert len(groups(found)) == 2
    chances = []
    for each in found.subgroups:
        here, others = each.confirmation.here, each.confirmation.others
        numbers = (here.numerator, here.denominator, others.numerator, others.denominator)
        chances.append(float(two_proportions(*numbers)) / 2)
        assert here.value < others.value
    least, most = sorted(chances)
    found_again = sorted(each.confirmation.p_adjusted for each in found.subgroups)
    assert found_again == pytest.approx([2 * least, max(most, 2 * least)], rel=1e-6, abs=0)


def test_everybody_is_said_and_nothing_is_explained_where_nothing_was_found():
    data = people(1_500, seed=0)
    cells = {name: [row[k] for row in data.head(1_500)] for k, name in enumerate(data.columns)}
    found = searched(table(cells | {"twin": cells["a"]}), ("a", "twin", "b", "c"))
    assert (found.everybody.numerator, found.everybody.denominator) == (cells["hired"].count("yes"), 1_500)
    assert (found.found, found.explained, found.unlisted) == (0, 0, 0)
    assert found.subgroups
    assert not any(each.found for each in found.subgroups)


@pytest.mark.parametrize("depth", [0, 5])
def test_only_one_to_four_columns_at_once_can_be_searched(depth):
    with pytest.raises(Refusal) as refused:
        searched(people(100, seed=0), "ab", wanted={"depth": depth})
    assert refused.value.code == "bad_search_depth"
