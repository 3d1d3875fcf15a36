"""The one group-by: whatever stands in the cells, the counts are those of counting row by row."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aipm.fairness import columns, counting
from aipm.fairness.audit import audit
from aipm.fairness.counting import count
from aipm.fairness.measure import RecountNeededError
from aipm.fairness.median import likely_median_bins
from aipm.fairness.scale import ScoreScale
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from tests.fairness.build import audited, comparison, counted, estimate, flat, same, table, value

LAWS = settings(deadline=None, max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)

PEOPLE = {
    "sex": ["f", "m", "f", "", "m"] * 12,
    "race": ["x", "y", "z"] * 20,
    "label": ["1", "0", "0", "1", "", "0"] * 10,
    "prediction": ["1", "1", "0", "0"] * 15,
    "score": [f"{k / 60:.3f}" for k in range(60)],
    "weight": ["1", "2", "0.5"] * 20,
}
ROLES = {
    "groups": ("sex", "race"),
    "label": "label",
    "prediction": "prediction",
    "score": "score",
    "weight": "weight",
    "depth": 2,
}


@LAWS
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random):
    order = list(range(60))
    random.shuffle(order)
    shuffled = {name: [cells[k] for k in order] for name, cells in PEOPLE.items()}
    assert same(flat(audited(PEOPLE, **ROLES)), flat(audited(shuffled, **ROLES)))


@LAWS
@given(st.permutations(list(PEOPLE)))
def test_the_order_of_columns_does_not_matter(names):
    there = audited(PEOPLE, **ROLES)
    assert same(flat(there), flat(audited({name: PEOPLE[name] for name in names}, **ROLES)))
    turned = audited(PEOPLE, **{**ROLES, "groups": ("race", "sex")})
    assert same(flat(there), flat(turned))


@LAWS
@given(names=st.lists(CELLS.filter(str.strip), min_size=6, max_size=6, unique=True))
def test_columns_may_have_any_name(names):
    renamed = dict(zip(names, PEOPLE.values(), strict=True))
    roles = dict(zip(PEOPLE, names, strict=True))
    spec = {**ROLES, **{role: roles[ROLES[role]] for role in ("label", "prediction", "score", "weight")}}
    result = audited(renamed, **{**spec, "groups": (roles["sex"], roles["race"])})
    there = audited(PEOPLE, **ROLES)
    assert [each.metrics for each in result.groups] == [each.metrics for each in there.groups]


@pytest.mark.parametrize(
    "names",
    [
        ["cells", "n", "g0", "l", "p", "b"],
        ["w", "w2", "s", "v", "k", "t"],
        ["c0", "c1", "c2", "C0", "C1", "C2"],
        ["race", "RACE", "Race", "rACE", "raCE", "racE"],
        ["SELECT", 'a"; DROP TABLE cells;--', "a'b", "?", "$1", "a b"],
        ["", " ", "\x00", "\u202ex", "=1+1", "<b>"],
    ],
)
def test_columns_may_be_called_what_an_engine_calls_things(names):
    test_columns_may_have_any_name.hypothesis.inner_test(names=names)


@LAWS
@given(st.lists(st.tuples(CELLS, CELLS, st.sampled_from("01")), min_size=1, max_size=20))
def test_groups_are_counted_as_a_person_would(rows):
    from aipm.fairness.answers import trimmed

    one, two, prediction = (list(column) for column in zip(*rows, strict=True))
    result = audited(
        {"one": one, "two": two, "p": prediction},
        groups=("one", "two"), prediction="p", prediction_positive=("1",), depth=2,
    )  # fmt: skip
    expected = Counter((trimmed(a) or None, trimmed(b) or None) for a, b, _ in rows)
    found = {tuple(v for _, v in each.group): each.metrics for each in result.groups if len(each.group) == 2}
    assert {group: metrics["count"].value for group, metrics in found.items()} == dict(expected)
    selected = Counter((trimmed(a) or None, trimmed(b) or None) for a, b, p in rows if p == "1")
    assert {g: m["selection_rate"].numerator for g, m in found.items()} == {g: selected[g] for g in expected}


@pytest.mark.parametrize(
    "name",
    [
        "'; DROP TABLE cells;--",
        'a"b',
        "=1+1",
        "<script>alert(1)</script>",
        "![x](http://127.0.0.1:9/p.png)",
        "\u202ekcalB",
        "Z" + "\u0351" * 500,
        "👩🏽\u200d🔬",
        "A\nx",
        "a\x00b",
        "x" * 10_000,
    ],
)
def test_a_group_may_be_called_anything(name):
    data = {"group": [name, "B"] * 20, "prediction": [1, 0, 0, 0] * 10}
    result = audited(data, groups=("group",), prediction="prediction", reference=(("group", name),))
    assert value(result, "selection_rate", group=name) == 0.5
    assert comparison(result, "selection_rate", group="B").reference == (("group", name),)


def test_intersections_add_up_to_their_margins():
    result = audited(PEOPLE, **ROLES)
    for metric in ("count", "true_positives", "false_positives", "true_negatives", "false_negatives"):
        pairs = {g.group: g.metrics[metric].value for g in result.groups if len(g.group) == 2}
        for one in (g for g in result.groups if len(g.group) == 1):
            assert sum(n for g, n in pairs.items() if one.group[0] in g) == pytest.approx(one.metrics[metric].value)
        assert sum(pairs.values()) == pytest.approx(value(result, metric))


def test_merging_two_groups_adds_their_counts():
    merged = {**PEOPLE, "race": ["y" if race == "x" else race for race in PEOPLE["race"]]}
    before, after = audited(PEOPLE, **ROLES), audited(merged, **ROLES)
    for metric in ("count", "true_positives", "false_positives", "true_negatives", "false_negatives"):
        parts = value(before, metric, race="x") + value(before, metric, race="y")
        assert value(after, metric, race="y") == pytest.approx(parts)
        assert value(after, metric, race="z") == value(before, metric, race="z")


def test_every_row_twice_leaves_every_rate():
    once, twice = audited(PEOPLE, **ROLES), audited({n: [*c, *c] for n, c in PEOPLE.items()}, **ROLES)
    for one, two in zip(once.groups, twice.groups, strict=True):
        for name, each in one.metrics.items():
            factor = 2 if name == "count" or name.endswith(("positives", "negatives")) else 1
            assert two.metrics[name].value == (None if each.value is None else pytest.approx(factor * each.value)), name


# Thresholds and scores


@pytest.mark.parametrize("steps", [10, 50])
def test_a_threshold_on_the_grid_takes_the_scores_that_equal_it(steps):
    """0.29 and 0.57 are floats just under and over the decimal; a tie counts as yes."""
    data = {
        "group": ["a", "b"] * ((steps + 1) // 2) + ["a"] * (steps % 2 == 0),
        "score": [k / steps for k in range(steps + 1)],
    }
    counts, spec = counted(data, groups=("group",), score="score")
    for k in range(steps + 1):
        result = audit(counts, replace(spec, threshold=k / steps))
        assert estimate(result, "selection_rate").numerator == steps + 1 - k


def test_every_edge_of_a_thousand_bins_takes_the_score_that_equals_it():
    data = {"group": ["a"] * 1001, "score": [k / 1000 for k in range(1001)]}
    counts, _ = counted(data, groups=("group",), score="score")
    assert counts.bin.tolist() == list(range(1001))
    assert [counts.scale.edge(k) for k in range(1001)] == [k / 1000 for k in range(1001)]


@pytest.mark.parametrize("low_high", [(0, 1), (300, 850), (-1.5, 2.7), (2, 2 + 1e-9), (-1e14, 3e14)])
def test_a_score_next_to_an_edge_is_in_the_bin_that_the_edge_says(low_high):
    low, high = map(float, low_high)
    grid = [low + k * (high - low) / 1000 for k in range(1001)]
    near = [x for edge in grid for x in (np.nextafter(edge, -np.inf), edge, np.nextafter(edge, np.inf))]
    scores = [float(x) for x in near if low <= x <= high]
    counts, _ = counted(
        {"group": ["a"] * len(scores), "score": [repr(s) for s in scores]}, groups=("group",), score="score"
    )
    assert [counts.scale.edge(k) for k in range(1001)] == grid
    assert Counter(dict(zip(counts.bin.tolist(), counts.rows.tolist(), strict=True))) == Counter(
        np.searchsorted(grid, scores, side="right") - 1
    )


@pytest.mark.parametrize("threshold", [0.29, 0.57, 0.1 + 0.2, 1 / 3, 0.123456789012345678, 5e-324, 1.0])
def test_a_threshold_given_before_counting_is_exact_to_the_last_bit(threshold):
    near = [np.nextafter(threshold, 0), threshold, np.nextafter(threshold, 2)]
    data = {"group": ["a", "b", "c"], "score": [repr(float(x)) for x in near]}
    result = audited(data, groups=("group",), score="score", threshold=threshold)
    assert [value(result, "selection_rate", group=g) for g in "ab"] == [0, 1]


@LAWS
@given(st.floats(0, 1, allow_subnormal=False), st.floats(0, 1, allow_subnormal=False))
def test_any_float_is_compared_as_the_float_it_is(score, threshold):
    data = {"group": ["a", "b"], "score": [repr(score), "0.5"]}
    result = audited(data, groups=("group",), score="score", threshold=threshold)
    assert value(result, "selection_rate", group="a") == (score >= threshold)


def test_a_threshold_between_the_edges_of_bins_needs_a_recount():
    data = {"group": ["a", "b"] * 10, "score": [k / 20 for k in range(20)]}
    counts, spec = counted(data, groups=("group",), score="score")
    with pytest.raises(RecountNeededError):
        audit(counts, replace(spec, threshold=0.12345))
    assert value(audited(data, groups=("group",), score="score", threshold=0.12345), "selection_rate") == 17 / 20


@pytest.mark.parametrize("low_high", [(300, 850), (-1.5, 2.7), (1, 10), (0, 100), (-3, -1)])
def test_edges_of_any_scale_agree_with_a_recount(low_high):
    scores = np.linspace(*low_high, 41)
    data = {"group": ["a"] * 41, "score": [repr(float(s)) for s in scores]}
    counts, spec = counted(data, groups=("group",), score="score", threshold=float(scores[3]))
    edges = [counts.scale.edge(k) for k in range(0, counts.scale.bins + 1, 200)]
    assert edges[0] == low_high[0]
    assert edges[-1] == pytest.approx(low_high[1])
    for edge in edges:
        on_grid = audit(counts, replace(spec, threshold=edge))
        again = audited(data, groups=("group",), score="score", threshold=edge)
        assert value(on_grid, "selection_rate") == value(again, "selection_rate") == (scores >= edge).mean()


# The median


def scoring_rates(scores, groups="ab", **spec):
    data = {"group": [groups[k % len(groups)] for k in range(len(scores))], "score": list(scores)}
    return audited(data, groups=("group",), score="score", **spec), np.array(data["group"])


@LAWS
@given(
    st.lists(st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1)), min_size=1, max_size=50),
    st.sampled_from(["as they come", "rising", "falling"]),
)
def test_the_median_is_exact_in_one_pass_or_two(scores, order):
    """…also where the first rows, by which the pass guesses, say nothing about the others."""
    scores = scores if order == "as they come" else sorted(scores, reverse=order == "falling")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "SAMPLE_ROWS", 4)
        result, groups = scoring_rates([repr(s) for s in scores])
    for group in set(groups):
        ours = np.array(scores)[groups == group]
        assert value(result, "scoring_rate", group=group) == pytest.approx((ours > np.median(scores)).mean())


@pytest.mark.parametrize("score", [k / 100 for k in range(101)])
def test_the_bin_of_a_sample_that_is_one_score_is_that_of_the_score(score):
    """0.29 × 100 is a little less than 29, but 0.29 is the edge of bin 29."""
    scale = ScoreScale(low=0.0, high=1.0, bins=100)
    assert likely_median_bins(np.full(9, score), scale) == (round(score * 100),) * 2


def test_rows_without_a_score_do_not_move_the_median():
    result, _ = scoring_rates(["0.1", "", "0.9", "n/a", "0.5", "0.5"], groups="a")
    assert value(result, "scoring_rate") == 1 / 4  # the median is 0.5, and strictly above it stands 0.9
    assert estimate(result, "scoring_rate").denominator == 4


def test_the_median_is_that_of_the_rows_that_are_left():
    data = {"group": ["a", "b"] * 20, "score": [k / 40 for k in range(40)], "year": ["1"] * 20 + ["2"] * 20}
    for year in "12":
        result = audited(data, groups=("group",), score="score", where=(("year", year),))
        assert value(result, "scoring_rate") == 0.5


def test_scoring_rate_is_weighted_and_its_median_is_not():
    data = {"group": ["a", "b"] * 2, "score": [0.1, 0.2, 0.3, 0.4], "weight": [1, 1, 1, 5]}
    assert value(audited(data, groups=("group",), score="score", weight="weight"), "scoring_rate") == 6 / 8


# Filters


def test_where_keeps_rows_that_equal_the_value():
    data = {"group": ["a", "b"] * 6, "city": ["Rome", " Rome ", "rome", "R'me", "", "Oslo"] * 2, "p": [0, 1] * 6}
    for city, rows in (("Rome", 4), (" Rome", 4), ("R'me", 2), ("", 2)):
        assert audited(data, groups=("group",), prediction="p", where=(("city", city),)).rows == rows
    both = (("city", "Rome"), ("group", "a"))
    assert audited(data, groups=("group",), prediction="p", where=both).rows == 2


def test_a_filter_that_keeps_nothing_is_refused():
    with pytest.raises(Refusal) as refusal:
        audited({"group": ["a"], "p": [1]}, groups=("group",), prediction="p", where=(("group", "z"),))
    assert refusal.value.code == "no_rows"


# Weights


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["1", "-1"], "negative_weight"),
        (["0", "0"], "weights_sum_to_zero"),
        (["", " "], "weights_sum_to_zero"),
        (["x", "y"], "weight_not_numeric"),
        (["1,5", "0,5"], "weight_not_numeric"),
        (["1e308", "1e308"], "weights_too_large"),
        (["1e200", "1"], "weights_too_large"),
        (["1e150", "1"], "weights_too_large"),
        (["1e-200", "1e-200"], "weights_too_small"),
        (["1e-300", "1e-310"], "weights_too_small"),
    ],
)
def test_weights_that_make_no_sense(cells, code):
    data = {"group": ["a", "b"], "p": [0, 1], "weight": cells}
    with pytest.raises(Refusal) as refusal:
        audited(data, groups=("group",), prediction="p", weight="weight")
    assert refusal.value.code == code


def test_rows_without_a_weight_are_counted_and_left_out():
    data = {"group": ["a"] * 8, "p": [1, 0] * 4, "weight": ["1", "2", "", "x", "inf", "nan", "0", " 3 "]}
    result = audited(data, groups=("group",), prediction="p", weight="weight")
    warned = {warning.code: warning.count for warning in result.warnings}
    assert result.rows == 8
    assert value(result, "count") == 6
    assert value(result, "selection_rate") == 1 / 6
    assert (warned["weight_missing"], warned["weight_not_number"]) == (1, 3)


def test_large_weights_are_as_good_as_small_ones():
    data = {"group": ["a", "b"] * 50, "p": [0, 1, 1, 1] * 25, "weight": ["2", "1"] * 50}
    small = audited(data, groups=("group",), prediction="p", weight="weight")
    for factor in ("e139", "e-139"):
        scaled = {**data, "weight": [cell + factor for cell in data["weight"]]}
        large = audited(scaled, groups=("group",), prediction="p", weight="weight")
        one, other = (estimate(result, "selection_rate", group="a") for result in (small, large))
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_too_many_combinations_are_refused(monkeypatch):
    monkeypatch.setattr(counting, "MOST_CELLS", 5)
    data = {"one": ["a", "b", "c"] * 4, "two": ["x", "y"] * 6}
    with pytest.raises(Refusal) as refusal:
        count(table(data), AuditSpec(groups=("one", "two")))
    assert refusal.value.code == "too_many_combinations"
