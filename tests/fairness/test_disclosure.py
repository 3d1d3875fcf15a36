"""From a suppressed audit nobody can work out a small count: an attacker with linear programming tries."""

import itertools
import json
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from aipm.fairness.disclosure import suppress
from aipm.fairness.exports import to_csv, to_json, to_plain
from aipm.fairness.protection import FEW_SMALL
from aipm.fairness.texts import texts
from tests.fairness.build import audited, comparison, estimate, repeated, table

LAWS = settings(
    deadline=None,
    max_examples=10,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
OUTCOMES = ((1, 1), (1, 0), (0, 1), (0, 0))
"""(label, prediction)"""
ASKED = {  # numerator and denominator of each metric, as the outcomes that count
    "count": (OUTCOMES, ()),
    "true_positives": (((1, 1),), ()),
    "false_negatives": (((1, 0),), ()),
    "false_positives": (((0, 1),), ()),
    "true_negatives": (((0, 0),), ()),
    "selection_rate": (((1, 1), (0, 1)), OUTCOMES),
    "base_rate": (((1, 1), (1, 0)), OUTCOMES),
    "accuracy": (((1, 1), (0, 0)), OUTCOMES),
    "true_positive_rate": (((1, 1),), ((1, 1), (1, 0))),
    "false_positive_rate": (((0, 1),), ((0, 1), (0, 0))),
    "precision": (((1, 1),), ((1, 1), (0, 1))),
}


def people(counts, names):
    """A table from counts of (group values …, outcome)."""
    return repeated(
        *((number, *(f"v{k}" for k in cell), *outcome) for (*cell, outcome), number in counts.items() if number),
        names=f"{' '.join(names)} label said",
    )


def audit_of(counts, names, depth):
    return audited(people(counts, names), groups=tuple(names), label="label", prediction="said", depth=depth)


class Attacker:
    """Knows every number that is shown, and which groups there are; asks what the hidden counts could be."""

    def __init__(self, shown, counts, names, depth):
        self.names = names
        self.cells = list(counts)
        self.rows, self.known = [], []
        listed = {frozenset(each["group"].items()) for each in shown["groups"]}
        self.bounds = []
        for *cell, _ in self.cells:
            group = frozenset(zip(names, (f"v{k}" for k in cell), strict=True))
            self.bounds.append((0, 0) if depth == len(names) and group not in listed else (0, None))
        for each in shown["groups"]:
            for metric, (above, below) in ASKED.items():
                if (found := each["metrics"].get(metric)) is None or found["value"] is None:
                    continue
                self.learn(each["group"], above, found["numerator"])
                if below:
                    self.learn(each["group"], below, found["denominator"])

    def learn(self, group, outcomes, number):
        self.rows.append(self.row(group, outcomes))
        self.known.append(number)

    def row(self, group, outcomes):
        wanted = {self.names.index(column): value for column, value in group.items()}
        return [
            float(outcome in outcomes and all(f"v{cell[k]}" == value for k, value in wanted.items()))
            for *cell, outcome in self.cells
        ]

    def range(self, group, outcomes):
        """The least and the most that a count can be."""
        ends = []
        for sign in (1, -1):
            found = linprog(
                [sign * x for x in self.row(group, outcomes)],
                A_eq=self.rows or None,
                b_eq=self.known or None,
                bounds=self.bounds,
                method="highs",
            )
            ends.append(sign * found.fun if found.status == 0 else sign * -np.inf)
        return tuple(ends)


def worked_out(counts, names, depth, threshold):
    """Hidden counts above 0 that the attacker narrows to less than the threshold: (group, metric, truth, range)."""
    result = audit_of(counts, names, depth)
    shown = to_plain(suppress(result, threshold=threshold))
    attacker = Attacker(shown, counts, names, depth)
    for true, public in zip(to_plain(result)["groups"], shown["groups"], strict=True):
        for metric, (above, _) in ASKED.items():
            if public["metrics"][metric]["value"] is not None or public["metrics"][metric]["reason"] != "suppressed":
                continue
            truth = true["metrics"][metric]["numerator"]
            low, high = attacker.range(public["group"], above)
            if truth and high - low < threshold - 1e-6:
                yield public["group"], metric, truth, (low, high)


@st.composite
def tables(draw):
    """Counts of people in one or two columns of groups, some cells empty, some small, some large."""
    sizes = draw(st.sampled_from([(2,), (3,), (5,), (2, 2), (3, 2), (4, 2)]))
    cells = [(*cell, outcome) for cell in itertools.product(*(range(n) for n in sizes)) for outcome in OUTCOMES]
    number = st.one_of(st.integers(0, 3), st.integers(0, 30), st.integers(20, 200))
    numbers = draw(st.lists(number, min_size=len(cells), max_size=len(cells)))
    return dict(zip(cells, numbers, strict=True)), ["a", "b"][: len(sizes)]


HARD = {  # every outcome of v1 in both columns is hidden while v0's false positives are a shown zero
    (0, 0, (1, 1)): 0, (0, 0, (0, 1)): 4, (0, 0, (0, 0)): 8, (0, 0, (1, 0)): 0,
    (0, 1, (1, 1)): 32, (0, 1, (0, 1)): 0, (0, 1, (0, 0)): 0, (0, 1, (1, 0)): 3,
    (1, 0, (1, 1)): 31, (1, 0, (0, 1)): 0, (1, 0, (0, 0)): 3, (1, 0, (1, 0)): 4,
    (1, 1, (1, 1)): 6, (1, 1, (0, 1)): 0, (1, 1, (0, 0)): 4, (1, 1, (1, 0)): 31,
}  # fmt: skip


@LAWS
@given(tables(), st.sampled_from([5, 10, 11]), st.integers(1, 2))
@example((HARD, ["a", "b"]), 5, 2)
def test_no_hidden_count_can_be_worked_out_to_within_the_threshold(drawn, threshold, depth):
    counts, names = drawn
    if sum(counts.values()) >= 30 and len({outcome[0] for (*_, outcome), n in counts.items() if n}) == 2:
        assert list(worked_out(counts, names, min(depth, len(names)), threshold)) == []


@LAWS
@given(tables(), st.sampled_from([5, 11]))
def test_no_count_from_1_to_the_threshold_is_shown(drawn, threshold):
    counts, names = drawn
    if sum(counts.values()) < 30:
        return
    shown = suppress(audit_of(counts, names, len(names)), threshold=threshold)
    for each in shown.groups:
        for metric, found in each.metrics.items():
            if metric in ASKED and found.value is not None:
                parts = [found.numerator]
                parts += [found.denominator, found.denominator - found.numerator] if found.denominator else []
                assert not any(0 < part < threshold for part in parts), (each.group, metric)


THREE = {  # a large column with one tiny group
    (0, (1, 1)): 400, (0, (1, 0)): 100, (0, (0, 1)): 60, (0, (0, 0)): 140,
    (1, (1, 1)): 300, (1, (1, 0)): 90, (1, (0, 1)): 40, (1, (0, 0)): 120,
    (2, (1, 1)): 2, (2, (1, 0)): 1, (2, (0, 1)): 1, (2, (0, 0)): 1,
}  # fmt: skip


def test_a_tiny_group_hides_itself_and_the_total_so_that_the_comparison_of_the_others_can_stay():
    result = audit_of(THREE, ["a"], 1)
    shown = suppress(result)
    assert estimate(shown, "count", a="v2").reason == "suppressed"
    assert estimate(shown, "count").reason == "suppressed"
    assert comparison(shown, "selection_rate", a="v1") == comparison(result, "selection_rate", a="v1") or (
        comparison(shown, "selection_rate", a="v1").ratio == comparison(result, "selection_rate", a="v1").ratio
    )
    tiny = comparison(shown, "selection_rate", a="v2")
    assert (tiny.ratio, tiny.low, tiny.p_value, tiny.more_rows, tiny.reason) == (None, None, None, None, "suppressed")


def test_the_number_of_rows_is_rounded_where_it_would_tell():
    result = audit_of(THREE, ["a"], 1)
    shown = suppress(result)
    known = sum(estimate(shown, "count", a=f"v{k}").value for k in (0, 1))
    unit = 50
    assert result.rows == 1255
    assert shown.rows % unit == 0
    assert shown.rows + unit / 2 - max(shown.rows - unit / 2, known) >= 11


def test_nothing_in_any_export_tells_of_the_tiny_group():
    shown = suppress(audit_of(THREE, ["a"], 1))
    tiny = next(each for each in to_plain(shown)["groups"] if each["group"] == {"a": "v2"})
    assert {estimate_["value"] for estimate_ in tiny["metrics"].values()} == {None}
    assert {estimate_["numerator"] for estimate_ in tiny["metrics"].values()} == {None}
    for export in (to_json(shown), to_csv(shown)):
        assert not re.search(r"\b1255\b", export)
    for name, overall in to_plain(shown)["overall"].items():
        assert overall["value"] is None, name
    assert all(warning["count"] is None for warning in json.loads(to_json(shown))["warnings"])


def test_an_adjusted_p_value_that_may_come_from_a_hidden_comparison_is_hidden():
    shown = suppress(audit_of(THREE, ["a"], 1))
    for each in shown.comparisons:
        if each.p_adjusted not in (None, 1.0):
            assert abs(each.p_adjusted / each.p_value - round(each.p_adjusted / each.p_value)) < 1e-9


def test_a_verdict_is_said_again_without_the_groups_that_are_hidden_and_is_no_pass():
    result = audit_of(THREE, ["a"], 1)
    shown = suppress(result)
    before = {(v.metric, v.columns): v for v in result.verdicts}
    after = {(v.metric, v.columns): v for v in shown.verdicts}
    assert before.keys() == after.keys()
    for verdict in shown.verdicts:
        assert "v2" not in verdict.text
        assert all(("a", "v2") not in group for group in verdict.groups)
        assert verdict.verdict != "within_tolerance"
        assert "fewer than 11 people" in verdict.text


def test_where_all_groups_of_a_question_are_hidden_it_says_so():
    small = {(k, outcome): 6 for k in range(4) for outcome in OUTCOMES}
    shown = suppress(audit_of(small, ["a"], 1))
    verdict = next(v for v in shown.verdicts if v.metric == "precision")
    assert verdict.verdict == "not_computable"
    assert verdict.text == texts().sentences.suppressed_all.format(columns="a", threshold=11)


@pytest.mark.parametrize("threshold", [0, 1])
def test_no_threshold_no_suppression(threshold):
    result = audit_of(THREE, ["a"], 1)
    assert suppress(result, threshold=threshold) is result


def test_large_groups_stay_as_they_are():
    large = {(k, outcome): 100 + 10 * k for k in range(3) for outcome in OUTCOMES}
    result = audit_of(large, ["a"], 1)
    assert suppress(result) is result


def test_a_zero_may_be_shown():
    none_selected = {(0, (1, 1)): 80, (0, (0, 0)): 90, (1, (1, 0)): 60, (1, (0, 0)): 70}
    result = audit_of(none_selected, ["a"], 1)
    assert estimate(suppress(result), "selection_rate", a="v1").value == 0


def test_a_group_of_few_people_with_large_weights_is_small():
    data = {
        "who": ["a"] * 300 + ["b"] * 300 + ["c"] * 6,
        "said": ["1", "0"] * 303,
        "w": ["1"] * 600 + ["50"] * 6,
    }
    shown = suppress(audited(table(data), groups=("who",), prediction="said", weight="w"))
    assert estimate(shown, "selection_rate", who="c").reason == "suppressed"


def test_rows_of_few_people_are_few_people():
    data = {
        "who": ["a"] * 300 + ["b"] * 300 + ["c"] * 60,
        "said": ["1", "0"] * 330,
        "person": [str(k) for k in range(600)] + [f"c{k // 20}" for k in range(60)],
    }
    shown = suppress(audited(table(data), groups=("who",), prediction="said", cluster="person"))
    assert estimate(shown, "selection_rate", who="c").reason == "suppressed"


def test_intersections_with_too_many_small_cells_are_hidden_as_a_whole():
    counts = {(a, b, outcome): 1 + (a + b) % 4 for a in range(8) for b in range(7) for outcome in OUTCOMES}
    shown = suppress(audit_of(counts, ["a", "b"], 2))
    deep = [each for each in shown.groups if len(each.group) == 2]
    assert deep
    assert all(found.value is None for each in deep for found in each.metrics.values())
    assert estimate(shown, "count", a="v1").value is not None


def some_small(a=6, b=8):
    """Two columns whose later values few people have: 22 of their 48 intersections are small."""
    numbers = dict(zip(OUTCOMES, (0.3, 0.2, 0.15, 0.35), strict=True))
    return {
        (x, y, outcome): round(share * 1000 / (1 + x) / (1 + y)) for x in range(a) for y in range(b)
        for outcome, share in numbers.items()
    }  # fmt: skip


def test_with_some_dozens_of_small_intersections_the_large_ones_stay():
    counts = some_small()
    small = {cell[:2] for cell, number in counts.items() if 0 < number < 11}
    assert FEW_SMALL < len(small) <= 24
    shown = suppress(audit_of(counts, ["a", "b"], 2))
    deep = {each.group: each.metrics["selection_rate"].value for each in shown.groups if len(each.group) == 2}
    assert sum(rate is not None for rate in deep.values()) > 48 - 1.5 * len(small)
    assert list(worked_out(counts, ["a", "b"], 2, 11)) == []


def test_of_three_columns_nothing_can_be_worked_out():
    random = np.random.default_rng(3)
    cells = itertools.product(range(2), range(3), range(2), OUTCOMES)
    counts = {
        (*cell, outcome): int(random.choice([0, 3, 60, 200], p=(0.05, 0.05, 0.4, 0.5))) for *cell, outcome in cells
    }
    shown = suppress(audit_of(counts, ["a", "b", "c"], 3))
    assert any(each.metrics["selection_rate"].value is not None for each in shown.groups if len(each.group) == 3)
    assert list(worked_out(counts, ["a", "b", "c"], 3, 11)) == []
