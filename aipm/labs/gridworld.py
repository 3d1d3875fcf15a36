"""Reinforcement learning in a world of squares: Q-learning from trial and error, and the best there is to compare with.

Watkins & Dayan (1992), "Q-learning", Machine Learning 8; value iteration as in Sutton & Barto, Reinforcement Learning,
2nd ed. 2018, section 4.4. A reward is paid for entering a square.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Square = tuple[int, int]
"""Row from the top, column from the left."""
Move = int
MOVES: tuple[Square, ...] = ((-1, 0), (0, 1), (1, 0), (0, -1))
"""Up, right, down, left."""
AFTER = (0, 1, 3, 10, 30, 100, 300, 1_000)
"""After how many tries there is something to see."""
MOST_STEPS = 50
RATE, CURIOSITY = 0.3, 0.3
"""How far one experience moves what was believed, and how often a move is tried at random while learning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Squares, rewards and what ends a try.

    `paid`: reward for entering a square in place of `step`; `ends`: squares after which the try is over. With
    the chance `slip` a move goes sideways, half of it to either side. `discount`: what a reward is worth a step later.
    """

    rows: int
    columns: int
    start: Square
    walls: frozenset[Square]
    ends: frozenset[Square]
    paid: tuple[tuple[Square, float], ...]
    step: float
    slip: float = 0.0
    discount: float = 0.95

    def squares(self) -> Iterator[Square]:
        for row in range(self.rows):
            for column in range(self.columns):
                if (row, column) not in self.walls:
                    yield row, column

    def reward(self, square: Square) -> float:
        return dict(self.paid).get(square, self.step)

    def beside(self, square: Square, move: Move) -> Square:
        """Where a move leads; into a wall or over the edge leads nowhere."""
        row, column = square[0] + MOVES[move][0], square[1] + MOVES[move][1]
        inside = 0 <= row < self.rows and 0 <= column < self.columns and (row, column) not in self.walls
        return (row, column) if inside else square

    def leads(self, square: Square, move: Move) -> tuple[tuple[float, Square], ...]:
        """Where a move may lead, each with its chance."""
        ways = ((1 - self.slip, move), (self.slip / 2, (move + 1) % 4), (self.slip / 2, (move + 3) % 4))
        return tuple((chance, self.beside(square, way)) for chance, way in ways if chance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What an agent does that always makes the move it thinks best: squares in order, and how it ends."""

    squares: tuple[Square, ...]
    end: Square | None
    """The square that ended it; None where it goes round and round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the agent believes after `after` tries: the worth of each move on each square, and what it does."""

    after: int
    worth: dict[Square, tuple[float, ...]]
    walk: Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """`seen` at the moments of AFTER; `totals`: the reward of each try while learning; `ended`: where each ended."""

    seen: tuple[Seen, ...]
    totals: tuple[float, ...]
    ended: tuple[Square | None, ...]


START, DOCK, STAIRS, SHELF = (3, 0), (0, 5), (3, 2), (0, 2)
DELIVERED, FALLEN = 10.0, -10.0


def warehouse(*, step: float, bonus: float, slip: float) -> World:
    """A robot that shall bring a parcel to the dock, past stairs; `bonus` is paid each time it passes a shelf."""
    return World(
        rows=4,
        columns=6,
        start=START,
        walls=frozenset({(1, 1), (2, 1), (1, 4), (2, 4)}),
        ends=frozenset({DOCK, STAIRS}),
        paid=((DOCK, DELIVERED), (STAIRS, FALLEN), (SHELF, step + bonus)),
        step=step,
        slip=slip,
    )


@lru_cache(maxsize=64)
def learn(world: World, *, seed: int = 5) -> Learned:
    """Q-learning over 1,000 tries of at most 50 steps; the same world always learns the same."""
    draw = random.Random(seed)  # noqa: S311 - a toy that anybody can repeat
    tables = {(square, move): world.leads(square, move) for square in world.squares() for move in range(4)}
    pay = {square: world.reward(square) for square in world.squares()}
    worth = {square: [0.0] * 4 for square in world.squares()}
    times = {square: [0] * 4 for square in world.squares()}
    seen, totals, ended = [_seen(world, worth, 0)], [], []
    for attempt in range(1, AFTER[-1] + 1):
        square, total, end = world.start, 0.0, None
        for _ in range(MOST_STEPS):
            move = draw.randrange(4) if draw.random() < CURIOSITY else _best(worth[square], draw)
            reached = _drawn(tables[square, move], draw) if world.slip else tables[square, move][0][1]
            total += pay[reached]
            over = reached in world.ends
            target = pay[reached] + (0.0 if over else world.discount * max(worth[reached]))
            times[square][move] += 1
            rate = max(RATE if not world.slip else 0.02, 1 / times[square][move] ** 0.7)
            worth[square][move] += rate * (target - worth[square][move])
            square = reached
            if over:
                end = reached
                break
        totals.append(total)
        ended.append(end)
        if attempt in AFTER:
            seen.append(_seen(world, worth, attempt))
    return Learned(seen=tuple(seen), totals=tuple(totals), ended=tuple(ended))


@lru_cache(maxsize=64)
def best_worth(world: World, *, exact: float = 1e-10) -> dict[Square, tuple[float, ...]]:
    """The worth of every move for whoever plays best from then on, by value iteration: what learning aims at."""
    value = dict.fromkeys(world.squares(), 0.0)
    while True:
        worth = {square: moves_worth(world, square, value) for square in value if square not in world.ends}
        change = max(abs(max(moves) - value[square]) for square, moves in worth.items())
        value |= {square: max(moves) for square, moves in worth.items()}
        if change < exact:
            return worth


def moves_worth(world: World, square: Square, value: dict[Square, float]) -> tuple[float, ...]:
    """Bellman's equation: the worth of each move, given what the squares are worth that it may lead to."""
    return tuple(
        sum(chance * (world.reward(to) + world.discount * value[to]) for chance, to in world.leads(square, move))
        for move in range(4)
    )


def walk(world: World, worth: dict[Square, tuple[float, ...]]) -> Walk:
    """Always the best move, and no slipping; it stops at an end, or where it begins to repeat itself."""
    squares = [world.start]
    while squares[-1] not in world.ends:
        moves = worth[squares[-1]]
        reached = world.beside(squares[-1], moves.index(max(moves)))
        again = reached in squares
        squares.append(reached)
        if again:
            return Walk(squares=tuple(squares), end=None)
    return Walk(squares=tuple(squares), end=squares[-1])


def _seen(world: World, worth: dict[Square, list[float]], after: int) -> Seen:
    now = {square: tuple(moves) for square, moves in worth.items() if square not in world.ends}
    return Seen(after=after, worth=now, walk=walk(world, now))


def _best(moves: list[float], draw: random.Random) -> Move:
    most = max(moves)
    return draw.choice([move for move, worth in enumerate(moves) if worth == most])


def _drawn(ways: tuple[tuple[float, Square], ...], draw: random.Random) -> Square:
    left = draw.random()
    for chance, to in ways:
        left -= chance
        if left < 0:
            return to
    return ways[-1][1]
