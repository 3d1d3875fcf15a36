"""Where nothing is worse: how often the search says so all the same, with weights and with several rows a person."""

from dataclasses import replace

import numpy as np
import pytest

from aipm.fairness.worst import beside_chance, halves, search
from aipm.fairness.worst_search import tally, worse_chance
from aipm.fairness.worst_spec import WorstSpec
from tests.fairness.build import table
from tests.fairness.worst_tables import asked, made_ready, searched

COLUMNS = ("a", "b", "c")
LISTS = 60


def weighted(rows, *, seed, sizes=(2, 3, 4), spread=1.0, planted=None):
    """Random people with weights that tell nothing: the same for those hired and those not. `planted`: of value a0."""
    rng = np.random.default_rng(seed)
    values = {name: rng.integers(0, size, rows) for name, size in zip(COLUMNS, sizes, strict=False)}
    rate = 0.4 if planted is None else np.where(values["a"] == 0, planted, 0.4)
    return table(
        {
            **{name: [f"{name}{value}" for value in each] for name, each in values.items()},
            "hired": np.where(rng.random(rows) < rate, "yes", "no"),
            "w": rng.lognormal(0, spread, rows),
        }
    )


def several_rows(persons, *, seed):
    """Persons with four rows each that say the same, outcome and all."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(persons), 4)
    values = {name: rng.integers(0, size, persons)[who] for name, size in zip(COLUMNS, (2, 3, 4), strict=True)}
    return table(
        {
            **{name: [f"{name}{value}" for value in each] for name, each in values.items()},
            "hired": np.where(rng.random(persons) < 0.4, "yes", "no")[who],
            "who": who,
        }
    )


@pytest.mark.parametrize(
    ("made", "role"), [(weighted, {"weight": "w"}), (several_rows, {"cluster": "who"})], ids=["weights", "persons"]
)
def test_chance_alone_is_rarely_found_and_rarely_called_rare(made, role):
    # 1 list in 20 may hold something, and 1 worst group in 20 be called rare; of 60 at most 8, three standard errors.
    found, rare = 0, 0
    spec = asked(**role)
    for seed in range(LISTS):
        on = made_ready(made(700, seed=seed), COLUMNS, **role)
        answer = beside_chance(on, search(on, WorstSpec(metric="selection_rate", columns=COLUMNS), spec), spec)
        found += answer.found > 0
        rare += any(each.shuffles_at_least <= 0.05 * answer.shuffles for each in answer.subgroups)
    assert found <= 8
    assert rare <= 8


def test_a_half_has_the_weight_of_rows_that_a_coin_was_thrown_for():
    # Each row comes to the first half with chance ½: a mean of Σw / 2 and a variance of Σw² / 4.
    on = made_ready(weighted(200, seed=1, sizes=(1,)), "a", weight="w")
    whole, squares = on.cube.weight.sum(), on.cube.square.sum()
    first = []
    for seed in range(1_500):
        one, other = halves(on, seed)
        assert (one.cube.weight + other.cube.weight).sum() == pytest.approx(whole)
        assert (one.cube.square + other.cube.square).sum() == pytest.approx(squares)
        assert ((one.cube.weight >= 0) & (one.cube.weight <= on.cube.weight)).all()
        first.append(one.cube.weight.sum())
    spread = np.sqrt(squares / 4)
    assert abs(np.mean(first) - whole / 2) < 4 * spread / np.sqrt(1_500)
    assert np.std(first) == pytest.approx(spread, rel=4 / np.sqrt(2 * 1_500))


def test_what_weights_do_in_one_half_says_nothing_of_the_other():
    # Where nothing is true the gaps of both halves are two independent draws; a heavy row in both would tie them.
    gaps, agree = [], 0
    for seed in range(150):
        sides = halves(made_ready(weighted(400, seed=seed, sizes=(2,)), "a", weight="w"), seed)
        tallies = [tally(side.sums, "selection_rate", plain=False) for side in sides]
        gaps.append([each.value[1] - each.value[2] for each in tallies])
        place = 1 if gaps[-1][0] < 0 else 2  # the worse one of the first half
        here = tallies[1][np.array([place])]
        agree += bool(worse_chance(here, tallies[1][np.array([0])] - here, -1)[0] < 0.05)
    assert abs(np.corrcoef(np.array(gaps).T)[0, 1]) < 3 / np.sqrt(150)
    assert agree <= 150 * 0.05 + 3 * np.sqrt(150 * 0.05 * 0.95)


def test_with_weights_the_other_half_confirms_what_was_planted():
    found = searched(weighted(4_000, seed=2, planted=0.15), COLUMNS, weight="w", wanted={"hold_out": True})
    worst = found.subgroups[0]
    assert dict(worst.here.group) == {"a": "a0"}
    assert worst.confirmation.confirmed is True
    everybody = searched(weighted(4_000, seed=2, planted=0.15), COLUMNS, weight="w").subgroups[0]
    assert worst.here.denominator + worst.confirmation.here.denominator == pytest.approx(everybody.here.denominator)


def test_a_single_heavy_row_lies_in_one_half_only():
    data = table({"a": ["x", "y"] * 50, "hired": ["yes", "no"] * 50, "w": [1] * 99 + [1_000]})
    on = made_ready(data, "a", weight="w")
    alone = replace(on.cube, rows=np.minimum(on.cube.rows, 1.0))
    one, other = halves(replace(on, cube=alone), 0)
    assert (one.cube.weight * other.cube.weight == 0).all()


def test_weights_too_small_or_large_for_a_square_still_make_halves():
    for weight in ("1e-139", "1e90"):
        on = made_ready(
            table({"a": ["x", "y"] * 50, "hired": ["yes", "no"] * 50, "w": [weight] * 100}), "a", weight="w"
        )
        one, other = halves(on, 0)
        assert np.isfinite(one.cube.weight).all()
        assert (one.cube.weight + other.cube.weight).sum() == pytest.approx(on.cube.weight.sum())
