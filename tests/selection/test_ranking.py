"""From candidates to a ranking, with what it rests on."""

import math
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.candidates import Candidates, candidates_from_rows
from aipm.selection.criteria import Criterion, criteria_from_plain
from aipm.selection.methods import METHODS, Method
from aipm.selection.ranked import RankResult, RankSpec
from aipm.selection.ranking import agreement, rank
from aipm.tables import Refusal

CRITERIA = criteria_from_plain(
    [
        {"name": "price", "direction": "min", "weight": 2, "worst": 10, "best": 0.1, "scale": "log"},
        {"name": "quality", "direction": "max", "weight": 3, "worst": 0, "best": 1},
        {"name": "context", "direction": "max", "weight": 1, "worst": 8_000, "best": 1_000_000, "scale": "log"},
    ]
).criteria
MODELS = candidates_from_rows(
    [
        {"name": "large", "price": 8, "quality": 0.9, "context": 400_000},
        {"name": "small", "price": 0.3, "quality": 0.6, "context": 128_000},
        {"name": "open", "price": 0.2, "quality": 0.5, "context": 32_000},
    ]
)
SPEC = RankSpec(criteria=CRITERIA, samples=500)


def table(values: Any) -> Candidates:
    return candidates_from_rows(
        [
            {"name": f"A{k}", **{f"C{j}": None if x is None else float(x) for j, x in enumerate(row)}}
            for k, row in enumerate(values)
        ]
    )


def spec(directions: str, weights: Any = None, **more: Any) -> RankSpec:
    criteria = tuple(
        Criterion(
            name=f"C{k}", column=f"C{k}", direction="max" if sign == "+" else "min",
            weight=1.0 if weights is None else float(weights[k]),
        )
        for k, sign in enumerate(directions)
    )  # fmt: skip
    return RankSpec(criteria=criteria, **{"samples": 0, **more})


def test_a_weighted_sum_between_fixed_ends_by_hand() -> None:
    found = rank(MODELS, SPEC)

    assert [each.name for each in found.ranking] == ["small", "large", "open"]
    small = found.ranking[0]
    assert small.contributions == pytest.approx(
        {
            "price": 2 / 6 * math.log(10 / 0.3) / math.log(100),
            "quality": 3 / 6 * 0.6,
            "context": 1 / 6 * math.log(16) / math.log(125),
        }
    )
    assert found.decomposition == "sum"
    assert small.score == pytest.approx(sum(small.contributions.values()))
    assert found.weights == pytest.approx({"price": 2 / 6, "quality": 3 / 6, "context": 1 / 6})
    assert found.excluded == ()
    assert found.remarks == ()


def test_a_result_is_plain_data_without_nan() -> None:
    for method in METHODS:
        text = msgspec.json.encode(rank(MODELS, replace(SPEC, method=method)))
        assert b"NaN" not in text
        found = rank(MODELS, replace(SPEC, method=method))
        assert not any(isinstance(x, float) and not math.isfinite(x) for x in leaves(msgspec.to_builtins(found)))


def leaves(plain: Any) -> list[Any]:
    if isinstance(plain, dict):
        return [leaf for value in plain.values() for leaf in leaves(value)]
    if isinstance(plain, list | tuple):
        return [leaf for value in plain for leaf in leaves(value)]
    return [plain]


def test_a_question_is_plain_data_and_back() -> None:
    assert RankSpec.from_dict(SPEC.to_dict()) == SPEC
    with pytest.raises(Refusal):
        RankSpec.from_dict({"criteria": [], "method": "guess"})
    with pytest.raises(Refusal):
        RankSpec.from_dict({"criteria": []})


@pytest.mark.parametrize("method", METHODS)
def test_the_same_question_has_the_same_answer(method: Method) -> None:
    asked = replace(SPEC, method=method)

    assert rank(MODELS, asked) == rank(MODELS, asked)


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_rows_changes_nothing(method: Method) -> None:
    random = np.random.default_rng(8)
    values = random.lognormal(1, 1, (7, 4))
    asked = spec("+-++", method=method)
    turned = random.permutation(7)
    one = {each.name: each.score for each in rank(table(values), asked).ranking}
    shuffled = candidates_from_rows([{"name": f"A{k}", **{f"C{j}": values[k, j] for j in range(4)}} for k in turned])
    other = {each.name: each.score for each in rank(shuffled, asked).ranking}

    assert one == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize("method", ["weighted_sum", "promethee_ii", "spotis"])
def test_contributions_add_to_the_score(method: Method) -> None:
    found = rank(table(np.random.default_rng(1).lognormal(1, 1, (8, 5))), spec("+-+-+", [1, 2, 3, 4, 5], method=method))

    assert found.decomposition == "sum"
    for each in found.ranking:
        assert each.contributions is not None
        assert math.fsum(each.contributions.values()) == pytest.approx(each.score, abs=1e-12)


def test_contributions_of_a_product_multiply_to_the_score() -> None:
    found = rank(table(np.random.default_rng(1).lognormal(1, 1, (8, 3))), spec("+-+", method="weighted_product"))

    assert found.decomposition == "product"
    for each in found.ranking:
        assert each.contributions is not None
        assert math.prod(each.contributions.values()) == pytest.approx(each.score)


@pytest.mark.parametrize("method", ["topsis", "vikor", "waspas"])
def test_what_cannot_be_taken_apart_is_not(method: Method) -> None:
    found = rank(MODELS, replace(SPEC, method=method))

    assert found.decomposition is None
    assert found.ranking[0].contributions is None


def test_leaving_out_a_loser_never_changes_the_winner_between_fixed_ends() -> None:
    """2,000 random problems, half of the losers left out: never; with the candidates' own ends, often."""
    random = np.random.default_rng(2026)
    changed = {True: 0, False: 0}
    turns = 2_000
    for _ in range(turns):
        count = int(random.choice([8, 20]))
        values = random.lognormal(0, 1, (count, 12))
        weights = random.dirichlet(np.ones(12))
        for fixed in (True, False):
            asked = spec("+-" * 6, weights, tipping=False)
            if fixed:
                ends = [(0.05, 20.0), (20.0, 0.05)] * 6
                asked = replace(
                    asked,
                    criteria=tuple(
                        replace(each, worst=worst, best=best, scale="log")
                        for each, (worst, best) in zip(asked.criteria, ends, strict=True)
                    ),
                )
            everyone = table(values)
            order = [each.name for each in rank(everyone, asked).ranking]
            fewer = rank(everyone.without(*order[(count + 1) // 2 :]), asked)
            changed[fixed] += fewer.ranking[0].name != order[0]

    assert changed[True] == 0
    assert 0.2 < changed[False] / turns < 0.4


def test_equal_scores_share_a_rank() -> None:
    """22.0 both, though not to the last bit."""
    asked = spec("++++", [0.2, 0.15, 0.4, 0.25], normalisation="none")
    found = rank(table([[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]]), asked)

    assert [(each.name, each.rank) for each in found.ranking] == [("A1", 1), ("A2", 1), ("A0", 3)]
    assert found.lead.first == ("A1", "A2")
    assert not found.lead.clear
    assert found.weight_tipping == ()


# what is unknown


def test_an_unknown_value_is_never_a_number() -> None:
    found = rank(table([[1, 2], [None, 9], [2, 1]]), spec("++"))

    assert [each.name for each in found.ranking] == ["A0", "A2"]
    assert [(each.name, each.reason) for each in found.excluded] == [("A1", "unknown: C0")]
    assert found.ranged == ()


@pytest.mark.parametrize("method", METHODS)
def test_the_range_of_the_unknown_holds_every_value_between(method: Method) -> None:
    """With the unknown at its worst and best, everything between scores between."""
    values: list[list[Any]] = [[1, 2], [3, 9], [2, 1], [4, 3]]
    asked = spec("+-", method=method, unknown="range")
    (found,) = rank(table([*values, [None, 2]]), asked).ranged

    assert found.unknown == ("C0",)
    assert found.rank_best <= found.rank_worst
    low, high = sorted((found.score_worst, found.score_best))
    for known in (1, 1.5, 2.5, 4):
        score = next(each for each in rank(table([*values, [known, 2]]), asked).ranking if each.name == "A4").score
        assert low - 1e-9 <= score <= high + 1e-9


def test_the_unknown_ranges_between_the_stated_ends() -> None:
    asked = replace(SPEC, unknown="range", samples=0)
    more = candidates_from_rows(
        [
            {"name": "known", "price": 1, "quality": 0.5, "context": 8_000},
            {"name": "new", "price": 1, "quality": "?", "context": 8_000},
        ]
    )
    (found,) = rank(more, asked).ranged

    assert found.score_best - found.score_worst == pytest.approx(3 / 6)
    assert (found.rank_worst, found.rank_best) == (2, 1)


# what tells nothing apart


@pytest.mark.parametrize("method", ["weighted_sum", "vikor", "spotis"])
def test_a_constant_criterion_is_left_out_and_said(method: Method) -> None:
    found = rank(table([[1, 5], [2, 5], [3, 5]]), spec("++", [1, 3], method=method))

    assert found.dropped == ("C1",)
    assert found.weights == {"C0": 1}
    assert "constant" in {each.code for each in found.remarks}
    assert [each.name for each in found.ranking] == ["A2", "A1", "A0"]


def test_a_constant_criterion_between_fixed_ends_counts() -> None:
    found = rank(
        candidates_from_rows(
            [{"name": n, "price": 1, "quality": q, "context": 8e4} for n, q in (("a", 0.4), ("b", 0.8))]
        ),
        SPEC,
    )

    assert found.dropped == ()


@pytest.mark.parametrize("method", METHODS)
def test_candidates_alike_in_everything_tie(method: Method) -> None:
    found = rank(table([[1, 5], [1, 5]]), spec("++", method=method, samples=100))

    assert [each.rank for each in found.ranking] == [1, 1]
    assert not found.lead.clear
    assert all(each.score is None or math.isfinite(each.score) for each in found.ranking)


@pytest.mark.parametrize("method", METHODS)
def test_one_candidate_alone_is_said(method: Method) -> None:
    found = rank(table([[1, 5]]), spec("++", method=method, samples=100))

    assert [(each.name, each.rank) for each in found.ranking] == [("A0", 1)]
    assert found.remarks[-1].code != "constant"
    assert "one_candidate" in {each.code for each in found.remarks}
    assert found.lead.second is None
    if method in ("topsis", "vikor", "promethee_ii"):
        assert found.ranking[0].score is None


def test_one_candidate_between_fixed_ends_has_a_score() -> None:
    found = rank(MODELS.without("small", "open"), SPEC)

    assert found.ranking[0].score == pytest.approx(rank(MODELS, SPEC).ranking[1].score)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (spec("+", method="spotis", normalisation="sum"), "fixed_normalisation"),
        (spec("+", samples=-1), "bad_samples"),
        (spec("+", [0]), "zero_weights"),
        (spec("+", [float("nan")]), "bad_weight"),
        (spec("+", method="weighted_product"), "not_positive"),
        (spec("+", normalisation="max"), "not_positive"),
    ],
)
def test_what_a_method_cannot_take_is_refused(asked: RankSpec, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rank(table([[-1], [1]]), asked)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"method": "topsis"}, "ends_unused"),
        ({"method": "topsis"}, "scale_unused"),
        ({"method": "vikor"}, "ends_unused"),
    ],
)
def test_what_a_method_does_not_use_is_said(changes: dict[str, Any], code: str) -> None:
    assert code in {each.code for each in rank(MODELS, replace(SPEC, **changes)).remarks}


def test_ends_of_the_candidates_and_values_beyond_the_ends_are_said() -> None:
    assert "own_ends" in {each.code for each in rank(table([[1], [2]]), spec("+", method="spotis")).remarks}
    beyond = candidates_from_rows(
        [{"name": n, "price": p, "quality": 0.5, "context": 9e3} for n, p in (("a", 0), ("b", 99))]
    )
    found = rank(beyond, SPEC)
    assert "beyond_ends" in {each.code for each in found.remarks}
    assert found.ranking[0].contributions["price"] == pytest.approx(2 / 6)


# how firm


def test_what_unseats_the_winner_does() -> None:
    """Weights and values at their tipping point make it level; a little beyond, another leads."""
    found = rank(MODELS, SPEC)
    assert found.weight_tipping
    for tip in found.weight_tipping:
        others = 1 - tip.weight
        beyond = tip.at + math.copysign(1e-6, tip.change)
        weights = {each.name: found.weights[each.name] * (1 - beyond) / others for each in CRITERIA}
        weights[tip.criterion] = beyond
        criteria = tuple(replace(each, weight=weights[each.name]) for each in CRITERIA)
        assert rank(MODELS, replace(SPEC, criteria=criteria)).ranking[0].name == tip.by
    assert [abs(tip.change) for tip in found.weight_tipping] == sorted(abs(tip.change) for tip in found.weight_tipping)


@pytest.mark.parametrize("method", METHODS)
def test_a_value_at_its_tipping_point_unseats_the_winner(method: Method) -> None:
    asked = replace(SPEC, method=method, samples=0)
    found = rank(MODELS, asked)
    winner = found.ranking[0].name
    row = MODELS.names.index(winner)
    assert found.value_tipping
    for tip in found.value_tipping:
        for step, leads in ((-1e-4, True), (1e-4, False)):
            columns = {name: list(cells) for name, cells in MODELS.columns.items()}
            columns[tip.criterion][row] = tip.at + step * tip.change
            other = rank(Candidates(names=MODELS.names, columns=columns), asked)
            assert (other.ranking[0].name == winner) == leads
        assert tip.relative == pytest.approx(tip.at / tip.value - 1)


def test_a_clear_lead_and_none() -> None:
    clear = rank(table([[1, 1, 0.9], [0.1, 0.2, 1], [0, 0, 0]]), spec("+++", samples=1_000, weightings="order"))
    assert clear.lead.clear
    assert clear.lead.share > 0.9

    close = rank(table([[1, 0, 0.5], [0, 1, 0.45], [0.1, 0.1, 0]]), spec("+++", samples=1_000))
    assert not close.lead.clear
    assert close.lead.rivals == ("A1",)
    assert close.lead.margin < 0.1


def test_robustness_by_name() -> None:
    found = rank(MODELS, replace(SPEC, weightings="order"))
    robust = found.robustness

    assert robust.samples == 500
    assert set(robust.rank_acceptability) == set(MODELS.names)
    assert found.lead.share == robust.rank_acceptability["small"][0]
    assert sum(robust.central_weights["small"].values()) == pytest.approx(1)
    never = [name for name, ranks in robust.rank_acceptability.items() if ranks[0] == 0]
    assert all(robust.central_weights[name] is None for name in never)
    assert rank(MODELS, replace(SPEC, samples=0)).robustness is None


def test_how_many_methods_agree() -> None:
    found = agreement(table([[9, 9, 8], [5, 6, 9], [1, 2, 3]]), spec("+++"))

    assert (found.name, found.count, found.of) == ("A0", 6, 6)
    assert found.refused == {}


def test_a_method_that_cannot_take_the_values_has_no_vote() -> None:
    found = agreement(table([[-1, 5], [3, 4], [2, 1]]), spec("++"))

    assert set(found.refused) == {"weighted_product", "waspas"}
    assert found.of == 4


def test_sum_and_product_can_disagree() -> None:
    """Good on average, but poor in one thing: the product minds."""
    found = agreement(table([[10, 1], [5, 5]]), spec("++"), methods=("weighted_sum", "weighted_product"))

    assert found.winners["weighted_product"] == ("A1",)
    assert found.winners["weighted_sum"] == ("A0", "A1")
    assert (found.name, found.count) == ("A1", 2)


NUMBERS = st.none() | st.sampled_from([0, 1, 1, 2, -1, 0.5, 1e-9, 1e9]) | st.floats(-1e6, 1e6)


@given(st.data(), st.sampled_from(METHODS), st.sampled_from([None, "vector", "min_max", "sum", "max", "none"]))
def test_whatever_the_values_every_number_is_finite(data, method: Method, normalisation) -> None:
    width = data.draw(st.integers(1, 4))
    rows = data.draw(st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1, max_size=6))
    directions = "".join(data.draw(st.sampled_from("+-")) for _ in range(width))
    asked = spec(
        directions,
        data.draw(st.lists(st.sampled_from([0, 1, 2, 5]), min_size=width, max_size=width)),
        method=method, normalisation=normalisation, samples=20, unknown="range",
    )  # fmt: skip
    try:
        found: RankResult = rank(table(rows), asked)
    except Refusal:
        return
    plain = msgspec.to_builtins(found)
    assert all(math.isfinite(x) for x in leaves(plain) if isinstance(x, float))
    assert len(found.ranking) + len(found.excluded) == len(rows)
    assert found.ranking[0].rank == 1
