"""The weights that count now, with where they come from; the order stands in where a way cannot be used."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aipm.selection.needs import Needs
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import Way, Weighing, Weighted, weigh
from aipm.tables import Refusal
from aipm.ui.scorer_state import PAGE, held, hold
from aipm.ui.scorer_texts import scorer_page
from aipm.ui.state import Bound, key, shows

if TYPE_CHECKING:
    from aipm.selection.robustness import Weightings


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """`kind` is the way that gave the weights: "order" also where the one that was chosen is `refused`.

    `draws`: which other weights are plausible. `reliable`: not so where comparisons contradict each other.
    """

    kind: Way
    weights: dict[str, float]
    sentence: str
    draws: "Weightings"
    reliable: bool
    weighted: Weighted
    refused: Refusal | None = None


def weighing() -> Weighing:
    """What was given in each way, as it stands."""
    found: Weighing = held("weighing", Weighing())
    return found


def keep(changed: Weighing) -> None:
    hold("weighing", changed)


def weighting_of(asked: Weighing, needs: Needs, rows: Sequence[Mapping[str, Any]]) -> Weighting:
    said = scorer_page().weights
    try:
        found = weigh(asked, needs, rows)
    except Refusal as refusal:
        sentence = said.instead.format(way=said.ways[asked.way].name, why=refusal.message)
        order = Weighted(weights=of_order(needs))
        return Weighting(
            kind="order",
            weights=order.weights,
            sentence=sentence,
            draws="order",
            reliable=True,
            weighted=order,
            refused=refusal,
        )
    kind: Way = "order" if len(found.weights) < 2 else asked.way
    reliable = found.pairwise is None or found.pairwise.consistent
    sentence = said.ways[kind].sentence.format(
        measure=said.measures[asked.measure].name, people=len(found.people or ()), ratio=_ratio(found)
    )
    return Weighting(
        kind=kind,
        weights=found.weights,
        sentence=sentence if reliable else f"{sentence} {said.unreliable}",
        draws="order" if kind == "order" else "stated",
        reliable=reliable,
        weighted=found,
    )


def _ratio(found: Weighted) -> str:
    return "" if found.pairwise is None else f"{found.pairwise.consistency_ratio:.2f}"


def controlled(name: str, value: Any, take: Callable[[Any], None], *, may_be_none: bool = False) -> Bound:
    """Arguments of a widget that shows `value`, whoever set it, and hands a change to `take`."""

    def given(chosen: Any) -> None:
        if may_be_none or chosen is not None:
            take(chosen)

    return shows(key(PAGE, f"weights.{name}"), value, given)
