"""Where is it worst: the subgroups that fare worst on a metric, beyond chance, each said once."""

from dataclasses import dataclass, replace

import numpy as np

from aipm.fairness.metrics import RATES
from aipm.fairness.significance import holm
from aipm.fairness.spec import AuditSpec
from aipm.fairness.texts import metrics_of, texts
from aipm.fairness.worst_cube import DEEPEST, Cube
from aipm.fairness.worst_lattice import Lattice, lattice
from aipm.fairness.worst_list import Entry, Setting, listed, rates, walked
from aipm.fairness.worst_search import LEVEL, Array, Sums, look, sums, tally, worse_chance
from aipm.fairness.worst_shuffle import shuffles_for, worst_by_chance
from aipm.fairness.worst_spec import Confirmation, Subgroup, Worst, WorstSpec
from aipm.tables import Refusal

FEWEST_TO_CONFIRM = 10
OFFERED = (
    "selection_rate",
    "false_negative_rate",
    "false_positive_rate",
    "precision",
    "error_rate",
    "base_rate",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A cube with its subgroups added up: any metric, support and depth is answered from it."""

    cube: Cube
    lattice: Lattice
    sums: Sums


def ready(cube: Cube) -> Ready:
    found = lattice(cube.codes, cube.sizes, DEEPEST)
    return Ready(cube=cube, lattice=found, sums=sums(found, cube))


def halves(whole: Ready, seed: int) -> tuple[Ready, Ready]:
    """The people in two random halves: every row goes to either side with the same chance. Raises Refusal.

    Rows of one cell and state differ in nothing but their weights, so that their number is split instead of them. The
    weight of those on one side is drawn with the mean and variance that the sum of a random part has (Cochran 1977,
    Sampling Techniques, ch. 2); split in proportion, a heavy row would weigh in both halves and confirm itself.
    """
    cube = whole.cube
    if cube.clustered:
        raise Refusal(
            "hold_out_of_clusters",
            "Rows of one person would come to lie in both halves.",
            advice="Confirm what was found on new data.",
        )
    rng = np.random.default_rng(seed)
    first = rng.binomial(cube.rows.astype(np.int64), 0.5).astype(np.float64)
    part = _share_of_weight(first, cube, rng) if cube.weighted else None
    sides = []
    for rows, kept in ((first, part), (cube.rows - first, None if part is None else 1 - part)):
        weight, square = (rows, rows) if kept is None else (cube.weight * kept, cube.square * kept)
        side = replace(cube, rows=rows, weight=weight, square=square, persons=rows.sum(axis=1))
        sides.append(Ready(cube=side, lattice=whole.lattice, sums=sums(whole.lattice, side)))
    return sides[0], sides[1]


def _share_of_weight(first: Array, cube: Cube, rng: np.random.Generator) -> Array:
    """A draw, by cell and state, of the share of the weight that so many of the rows have."""
    with np.errstate(all="ignore"):  # none of the rows, or a single one, has its share without a draw
        part = np.nan_to_num(first / cube.rows)
        spread = np.maximum(cube.square / cube.weight**2 - 1 / cube.rows, 0.0)
        variance = part * (1 - part) * cube.rows / (cube.rows - 1) * spread
        drawn = part + np.sqrt(variance) * rng.standard_normal(part.shape)
    share: Array = np.where((part > 0) & (part < 1) & np.isfinite(drawn), np.clip(drawn, 0.0, 1.0), part)
    return share


def searchable(cube: Cube) -> tuple[str, ...]:
    """The metrics that the cube can answer, those that a page offers."""
    needs = {"label"} if cube.has_label else set[str]()
    needs |= {"prediction"} if cube.has_decision else set()
    needs |= {"confusion"} if len(needs) == 2 else set()
    return tuple(name for name in OFFERED if next(each for each in RATES if each.name == name).need in needs)


def first_metric(offered: tuple[str, ...], spec: AuditSpec) -> str | None:
    """What to search by where nobody said: the error that hurts more, else who is selected, else the base rate."""
    error = metrics_of("who_wrong", spec)[0]
    if spec.worse_error is not None and error in offered:
        return error
    return offered[0] if offered else None


def worse_sign(metric: str, spec: AuditSpec) -> int:
    """1 where a higher rate is worse for the person, −1 where a lower one is.

    Where the vocabulary takes no side: of errors more are worse, and outcomes follow whether a yes is good.
    """
    better = texts().metrics[metric].better.of(spec.favourable)
    if better != "none":
        return 1 if better == "lower" else -1
    if metric == "base_rate":
        return -1 if spec.favourable == "positive" else 1
    return 1 if metric.startswith("false_") else -1


def search(on: Ready, asked: WorstSpec, spec: AuditSpec) -> Worst:
    """The answer, not yet compared with chance. Raises Refusal."""
    if not 1 <= asked.depth <= DEEPEST:
        raise Refusal("bad_search_depth", f"Subgroups of 1 to {DEEPEST} columns can be searched.")
    here, there = halves(on, asked.seed) if asked.hold_out else (on, None)
    sign = worse_sign(asked.metric, spec)
    all_ = tally(here.sums, asked.metric, plain=not (on.cube.weighted or on.cube.clustered))
    looks = look(here.lattice, all_, sign=sign, support=asked.support, share=asked.share, depth=asked.depth)
    on_ = Setting(cube=here.cube, lattice=here.lattice, all_=all_, looks=looks, sign=sign, tolerance=spec.tolerance)
    walk = walked(on_)
    subgroups = listed(on_, walk.entries)
    if there is not None:
        subgroups = _confirmed(there, walk.entries, subgroups, asked.metric, sign)
    found = int((looks.p_adjusted < LEVEL).sum())
    shown = sum(each.found for each in subgroups)
    return Worst(
        spec=asked,
        everybody=rates(all_[np.array([0])], [()])[0] if all_.totals[0] > 0 else None,
        higher_is_worse=sign > 0,
        looked=int(looks.looked.sum()),
        small=looks.small,
        found=found,
        explained=walk.explained if found else 0,
        unlisted=max(found - walk.explained - shown, 0) if found else 0,
        shuffles=0,
        subgroups=subgroups,
        folded=on.cube.folded,
        halves=None if there is None else (here.cube.size, there.cube.size),
    )


def beside_chance(on: Ready, answer: Worst, spec: AuditSpec) -> Worst:
    """The answer with how often chance alone makes some subgroup stand out as far as each listed one.

    Rows are dealt out as they are; weights and persons count in how far a subgroup really stands out.
    """
    asked = answer.spec
    if not answer.subgroups:
        return answer
    here = halves(on, asked.seed)[0] if asked.hold_out else on
    sign = worse_sign(asked.metric, spec)
    plain = not (on.cube.weighted or on.cube.clustered)
    all_ = tally(here.sums, asked.metric, plain=plain)
    looks = look(here.lattice, all_, sign=sign, support=asked.support, share=asked.share, depth=asked.depth)
    raw = Sums(weight=here.cube.rows, square=here.cube.rows, rows=here.cube.persons, persons=here.cube.persons)
    cells = tally(raw, asked.metric, plain=True)
    used = cells.totals > 0
    times = shuffles_for(here.lattice, int(used.sum()), asked.shuffles)
    most = worst_by_chance(
        here.lattice, cells.totals, float(cells.hits.sum()), looks.looked, sign=sign, times=times, seed=asked.seed
    )
    return replace(
        answer,
        shuffles=times,
        subgroups=tuple(
            replace(each, shuffles_at_least=int((most >= each.stands_out).sum())) for each in answer.subgroups
        ),
    )


def _confirmed(
    there: Ready, entries: list[Entry], subgroups: tuple[Subgroup, ...], metric: str, sign: int
) -> tuple[Subgroup, ...]:
    """What was found in one half, tested on the other; Holm's correction for as many as were found."""
    all_ = tally(there.sums, metric, plain=not there.cube.weighted)
    places = np.array([entry.subgroup for entry in entries], dtype=np.int64)
    here = all_[places]
    others = all_[np.zeros(len(places), dtype=np.int64)] - here
    tested = (here.size >= FEWEST_TO_CONFIRM) & (others.size >= FEWEST_TO_CONFIRM)
    tested &= np.array([each.found for each in subgroups], dtype=bool)
    chance = holm(np.where(tested, worse_chance(here, others, sign), np.nan))
    first = rates(here, [each.here.group for each in subgroups])
    second = rates(others, [()] * len(places))
    return tuple(
        replace(
            each,
            confirmation=Confirmation(
                here=first[k] if here.totals[k] > 0 else None,
                others=second[k] if others.totals[k] > 0 else None,
                p_adjusted=float(chance[k]) if tested[k] else None,
                confirmed=bool(chance[k] < LEVEL) if tested[k] else None,
            ),
        )
        for k, each in enumerate(subgroups)
    )
