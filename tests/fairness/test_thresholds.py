"""Every threshold at once: what scikit-learn counts at each, whatever the way the data is written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from aipm.fairness.audit import audit
from aipm.fairness.spec import AuditSpec
from aipm.fairness.thresholds import at, rates, sweep, thinned
from tests.fairness.build import counted, repeated

rng = np.random.default_rng(9)
LABEL = rng.integers(0, 2, 400)
SCORE = np.clip(rng.normal(0.4 + 0.2 * LABEL, 0.2), 0, 1).round(3)
GROUP = np.array(["a", "b", "b", "c"] * 100)
WEIGHT = rng.integers(1, 5, 400)
DATA = {"group": GROUP, "label": LABEL, "score": SCORE, "weight": WEIGHT}
ROLES = {"groups": ("group",), "label": "label", "score": "score"}
COUNTS = ("true_negatives", "false_positives", "false_negatives", "true_positives")


def swept(data, **spec):
    return sweep(*counted(data, **spec))


@pytest.mark.parametrize("weight", [None, "weight"])
@pytest.mark.parametrize("threshold", [0.0, 0.25, 0.5, 0.731, 1.0])
def test_the_confusion_counts_at_a_threshold_are_those_of_scikit_learn(threshold, weight):
    found = swept(DATA, **ROLES, weight=weight)
    measured = at(found, found.place(threshold))
    for k, group in enumerate(found.people.groups):
        rows = np.full(400, True) if not group else group[0][1] == GROUP
        weights = WEIGHT[rows] if weight else None
        wanted = confusion_matrix(LABEL[rows], SCORE[rows] >= threshold, labels=[0, 1], sample_weight=weights).ravel()
        assert [measured[name][k].value for name in COUNTS] == pytest.approx(wanted)


def test_a_rate_is_the_one_of_the_whole_audit_with_its_interval_and_its_status():
    """The same question asked of the audit at that threshold has the same answer, to the last bit of its interval."""
    counts, spec = counted({**DATA, "group": ["small"] * 12 + ["large"] * 388}, **ROLES)
    found = sweep(counts, spec)
    result = audit(counts, AuditSpec(**ROLES, threshold=0.5))
    ours = at(found, found.place(0.5))
    for k, group in enumerate(result.groups):
        for name in ("selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy"):
            assert ours[name][k] == group.metrics[name]
    assert ours["true_positive_rate"][1].status == "ok"  # the large group; the small one is not rated
    assert ours["true_positive_rate"][2].status == "not_enough_data"


def test_by_hand():
    """Ten people: at 0.6 or more four of six who should get a yes do, and one of four who should not."""
    data = repeated(
        *((1, "a", 1, 0.9), (3, "a", 1, 0.6), (2, "a", 1, 0.2), (1, "a", 0, 0.7), (3, "a", 0, 0.1)),
        names="group label score",
    )
    found = swept(data, **ROLES)
    measured = at(found, found.place(0.6))
    assert measured["selection_rate"][0].value == 5 / 10
    assert measured["true_positive_rate"][0].value == 4 / 6
    assert measured["false_positive_rate"][0].value == 1 / 4
    assert measured["precision"][0].value == 4 / 5
    nobody = at(found, len(found.edges) - 1)
    assert nobody["selection_rate"][0].value == 0
    assert nobody["precision"][0].status == "not_computable"  # 0 / 0 is not 0


@pytest.mark.parametrize(
    ("write", "threshold"),
    [
        (lambda x: f"{x:.3f}".replace(".", ","), 0.5),
        (lambda x: f"{100 * x:.1f}%", 0.5),
        (lambda x: f"{300 + 550 * x:.2f}", 575.0),
    ],
    ids=["a comma", "per cent", "a scale of its own"],
)
def test_scores_written_in_any_way_select_the_same_people(write, threshold):
    plain = swept(DATA, **ROLES)
    other = swept({**DATA, "score": [write(x) for x in SCORE]}, **ROLES)
    here, there = (each["selection_rate"] for each in (at(plain, plain.place(0.5)), at(other, other.place(threshold))))
    near = 0.011  # the bins of a scale of its own begin elsewhere
    assert [x.value for x in there] == pytest.approx([x.value for x in here], abs=near)


def test_a_threshold_within_a_bin_is_an_edge_when_the_rows_were_counted_with_it():
    data = {"group": ["a"] * 4, "label": [0, 1, 0, 1], "score": [0.50020, 0.50040, 0.1, 0.9]}
    found = swept(data, **ROLES, threshold=0.5003)
    assert found.edges[found.start] == 0.5003
    assert at(found, found.start)["selection_rate"][0].value == 2 / 4


def test_it_begins_with_the_threshold_that_repeats_the_decisions():
    data = {**DATA, "decision": (SCORE >= 0.62).astype(int)}
    found = swept(data, **ROLES, prediction="decision")
    assert found.edges[found.start] == 0.62


def test_without_a_label_only_who_is_selected_is_known():
    found = swept(DATA, groups=("group",), score="score")
    assert set(at(found, found.start)) == {"count", "selection_rate"}
    assert not found.labelled


def test_people_without_a_score_or_a_label_are_counted_where_they_belong():
    data = {"group": ["a"] * 5, "label": [1, 0, "", 1, 0], "score": [0.9, 0.8, 0.7, "", 0.1]}
    measured = at(found := swept(data, **ROLES), found.place(0.5))
    assert (measured["selection_rate"][0].numerator, measured["selection_rate"][0].denominator) == (3, 4)
    assert (measured["precision"][0].numerator, measured["precision"][0].denominator) == (1, 2)


def test_a_short_list_of_thresholds_keeps_both_ends_and_the_first_one():
    found = swept(DATA, **ROLES, threshold=0.5)
    places = thinned(found, 20)
    assert len(places) <= 21
    assert found.start in places
    assert found.edges[places[-1]] == pytest.approx(SCORE.max())


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans(), st.integers(0, 20)), min_size=2, max_size=60))
def test_rates_fall_as_the_threshold_rises_and_groups_add_up(rows):
    data = {
        "group": [group for group, _, _ in rows] + ["a", "b"],
        "label": [int(label) for _, label, _ in rows] + [0, 1],
        "score": [score / 20 for _, _, score in rows] + [0.3, 0.4],
    }
    found = swept(data, **ROLES)
    for name in ("selection_rate", "true_positive_rate", "false_positive_rate"):
        value = rates(found, (name,))[name].value
        known = value[~np.isnan(value[:, 0])]
        assert (np.diff(known, axis=1) <= 1e-12).all()
        assert known.min() >= 0
        assert known.max() <= 1
    assert found.weight[:, 0] == pytest.approx(found.weight[:, 1:].sum(axis=1))


def bounds(found):
    """Values and intervals of the rates, by name."""
    return {name: np.stack([each.value, each.low, each.high, each.rows]) for name, each in rates(found).items()}


@pytest.mark.parametrize(("times", "spec"), [(1, {"weight": "three"}), (2, {"cluster": "person"})])
def test_people_who_weigh_more_or_have_several_rows_are_no_more_people(times, spec):
    """All weigh three, or all have two rows: rates and intervals are those of the people."""
    data = {name: np.repeat(cells, times) for name, cells in DATA.items()}
    data |= {"three": [3] * 400 * times, "person": np.repeat(np.arange(400), times)}
    plain, other = bounds(swept(DATA, **ROLES)), bounds(swept(data, **ROLES, **spec))
    for name, wanted in plain.items():
        np.testing.assert_allclose(other[name], wanted, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("spec", [{"cluster": "person"}, {"weight": "weight"}])
def test_some_of_the_groups_have_the_numbers_they_have_among_all(spec):
    """In b every person has two rows, elsewhere one."""
    person = np.where(GROUP == "b", np.arange(400) // 4 * 4, np.arange(400))
    found = swept({**DATA, "person": person}, **ROLES, **spec)
    all_, some = bounds(found), bounds(found.of(slice(2, 4)))
    for name, wanted in all_.items():
        np.testing.assert_array_equal(some[name], wanted[:, 2:4])


def test_it_begins_in_the_middle_where_nothing_else_is_said():
    """At a half where scores are probabilities, at the median where they have a scale of their own."""
    low = {**DATA, "score": SCORE / 4}
    found = swept(low, **ROLES)
    assert found.edges[found.start] == 0.5
    other = swept({**DATA, "score": 300 + 200 * SCORE}, **ROLES)
    assert other.edges[other.start] == pytest.approx(np.median(300 + 200 * SCORE), abs=0.5)


def test_it_begins_where_scores_contradict_the_fewest_decisions():
    """From 0.5 on 7 of 7 who got a yes and 5 of 8 who did not are as decided, above it 5 and 8. One has no score."""
    data = repeated(
        *((5, "a", "no", 0.2), (2, "a", "yes", 0.5), (3, "a", "no", 0.5), (5, "a", "yes", 0.8), (1, "a", "yes", "")),
        names="group decision score",
    )
    found = swept(data, groups=("group",), score="score", prediction="decision")
    assert found.edges[found.start] == 0.8


def test_scores_beyond_a_threshold_within_a_bin_are_where_they_were():
    data = {"group": ["a"] * 4, "label": [0, 1, 0, 1], "score": [0.5002, 0.5004, 0.5012, 0.9]}
    found = swept(data, **ROLES, threshold=0.5003)
    selected = [at(found, found.place(edge))["selection_rate"][0].numerator for edge in (0.5, 0.5003, 0.501, 0.502)]
    assert selected == [4, 3, 2, 1]


def test_only_thresholds_at_which_anybody_is_won_or_lost_are_listed():
    data = repeated(*((1, "a", 1, 0.9), (3, "a", 0, 0.6), (2, "a", 1, 0.2)), names="group label score")
    found = swept(data, **ROLES, threshold=0.5)
    assert found.edges[thinned(found)] == pytest.approx([0.2, 0.5, 0.6, 0.9])


def test_people_are_counted_whether_or_not_their_label_is_known_and_a_count_is_never_too_thin():
    data = {"group": ["a"] * 5, "label": [1, 0, "", 1, 0], "score": [0.9, 0.8, 0.7, "", 0.1]}
    found = swept(data, **ROLES)
    count = at(found, found.place(0.5))["count"][0]
    assert (count.value, count.denominator, count.status) == (4, None, "ok")


@pytest.mark.parametrize(("threshold", "edge"), [(1.5, 1.0), (1.0, 1.0), (0.0, 0.0), (-0.5, 0.0)])
def test_a_threshold_beyond_all_scores_is_the_nearest_that_selects_anybody(threshold, edge):
    data = {**DATA, "score": [1.0, *SCORE[1:]]}
    found = swept(data, **ROLES, threshold=threshold)
    assert found.edges[found.start] == edge
    assert found.edges[found.place(threshold)] == edge


def test_where_nobody_got_a_yes_it_begins_at_the_highest_score_that_there_can_be():
    found = swept({**DATA, "decision": [0] * 400}, **ROLES, prediction="decision")
    assert found.edges[found.start] == 1.0


def test_decisions_about_the_lowest_score_count():
    """Five of score 0 got a yes: from 0 on 7 of 10 are as decided, from 0.8 on 5."""
    data = repeated(*((5, "a", "yes", 0.0), (3, "a", "no", 0.5), (2, "a", "yes", 0.8)), names="group decision score")
    found = swept(data, groups=("group",), score="score", prediction="decision")
    assert found.edges[found.start] == 0.0
