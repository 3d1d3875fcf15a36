"""Q-learning against the best there is, and rewards that get something else than was meant."""

import random

import pytest

from aipm.labs import gridworld
from aipm.labs.gridworld import DOCK, SHELF, STAIRS, World, best_worth, learn, walk, warehouse


def test_value_iteration_gives_the_published_values_of_the_four_by_three_world():
    """Russell & Norvig, Artificial Intelligence: A Modern Approach, 3rd ed. 2010, figure 17.3: R = -0.04, discount 1.

    They pay a reward for being on a square; here it is paid for entering, so that each value is higher by one step.
    """
    world = World(
        rows=3,
        columns=4,
        start=(2, 0),
        walls=frozenset({(1, 1)}),
        ends=frozenset({(0, 3), (1, 3)}),
        paid=(((0, 3), 1.0), ((1, 3), -1.0)),
        step=-0.04,
        slip=0.2,
        discount=1.0,
    )
    published = {
        (0, 0): 0.812,
        (0, 1): 0.868,
        (0, 2): 0.918,
        (1, 0): 0.762,
        (1, 2): 0.660,
        (2, 0): 0.705,
        (2, 1): 0.655,
        (2, 2): 0.611,
        (2, 3): 0.388,
    }
    found = best_worth(world)
    assert {square: round(max(moves) - 0.04, 3) for square, moves in found.items()} == published


def test_a_corridor_by_hand():
    """Three steps from the end, each costs 1, the end pays 10, a reward counts 0.9 a step later."""
    world = World(
        rows=1,
        columns=4,
        start=(0, 0),
        walls=frozenset(),
        ends=frozenset({(0, 3)}),
        paid=(((0, 3), 10.0),),
        step=-1.0,
        discount=0.9,
    )
    assert max(best_worth(world)[0, 0]) == pytest.approx(-1 - 0.9 + 0.81 * 10)
    assert walk(world, best_worth(world)).squares == ((0, 0), (0, 1), (0, 2), (0, 3))


WORLDS = [(step, bonus) for step in (0.0, -0.1, -1.0, -4.0) for bonus in (0.0, 0.5, 1.0, 2.0)]


@pytest.mark.parametrize(("step", "bonus"), WORLDS)
def test_on_a_dry_floor_it_learns_what_is_best(step, bonus):
    world = warehouse(step=step, bonus=bonus, slip=0.0)
    learned, best = learn(world).seen[-1], best_worth(world)
    assert max(learned.worth[world.start]) == pytest.approx(max(best[world.start]), abs=0.01)
    assert learned.walk.end == walk(world, best).end


@pytest.mark.parametrize(("step", "bonus"), [(-0.1, 0.0), (-1.0, 0.0), (-0.1, 2.0), (-4.0, 0.0)])
def test_on_a_wet_floor_it_comes_close(step, bonus):
    world = warehouse(step=step, bonus=bonus, slip=0.2)
    learned, best = learn(world).seen[-1], best_worth(world)
    assert max(learned.worth[world.start]) == pytest.approx(max(best[world.start]), abs=0.7)
    assert learned.walk.end == walk(world, best).end


def test_rewards_get_what_they_pay_for():
    meant = learn(warehouse(step=-0.1, bonus=0.0, slip=0.0)).seen[-1].walk
    bonus = learn(warehouse(step=-0.1, bonus=1.0, slip=0.0)).seen[-1].walk
    dear = learn(warehouse(step=-4.0, bonus=0.0, slip=0.0)).seen[-1].walk
    assert meant.end == DOCK
    assert len(meant.squares) - 1 == 8
    assert bonus.end is None
    assert SHELF in bonus.squares[-3:]
    assert dear.end == STAIRS


def test_before_any_try_it_knows_nothing_and_later_it_delivers():
    world = warehouse(step=-0.1, bonus=0.0, slip=0.0)
    learned = learn(world)
    assert not any(any(moves) for moves in learned.seen[0].worth.values())
    assert len(learned.totals) == len(learned.ended) == gridworld.AFTER[-1]
    assert sum(learned.totals[-100:]) > sum(learned.totals[:100])
    assert sum(end == DOCK for end in learned.ended[-100:]) > sum(end == DOCK for end in learned.ended[:100])


def test_the_same_world_learns_the_same_and_another_seed_another_way():
    world = warehouse(step=-0.1, bonus=0.0, slip=0.2)
    again = learn.__wrapped__(world)
    assert again == learn(world)
    assert learn.__wrapped__(world, seed=6).totals != again.totals


def test_slips_go_sideways_as_often_as_they_should():
    world = warehouse(step=0.0, bonus=0.0, slip=0.2)
    ways = world.leads((2, 2), 0)
    assert {square: chance for chance, square in ways} == pytest.approx({(1, 2): 0.8, (2, 3): 0.1, (2, 2): 0.1})
    draw = random.Random(1)
    drawn = [gridworld._drawn(ways, draw) for _ in range(10_000)]
    for chance, square in ways:
        assert drawn.count(square) / len(drawn) == pytest.approx(chance, abs=0.015)


def test_walls_and_edges_lead_nowhere():
    world = warehouse(step=0.0, bonus=0.0, slip=0.0)
    assert world.beside((3, 0), 3) == (3, 0)
    assert world.beside((1, 0), 1) == (1, 0)
    assert world.beside((3, 0), 1) == (3, 1)
