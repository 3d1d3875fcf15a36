"""Everything that was given in an activity, as its results are made from it."""

from collections.abc import Mapping

import sqlalchemy as sa

from aipm.workshop.entries import Card
from aipm.workshop.held import Activity, answers_of, cards_of, dots_of
from aipm.workshop.results import Given
from aipm.workshop.specs import SEEN_BY_HOST, Cards, Confidence, Dots, Scores, Weights
from aipm.workshop.weights import weights_result


def given_of(
    connection: sa.Connection,
    activity: Activity,
    known: Mapping[str, Activity],
    *,
    source: list[Card] | None = None,
) -> Given:
    """Everything of an activity, and what it takes from those it refers to, once those are closed."""
    spec = activity.spec
    if isinstance(spec, Cards):
        held = cards_of(connection, activity.id)
        return Given(cards=held, answers=answers_of(connection, activity.id) if spec.guess else ())
    if isinstance(spec, Dots):
        seen = source
        if seen is None and spec.source is not None and spec.source in known:
            seen = cards_of(connection, known[spec.source].id)
        found = answers_of(connection, activity.id) if spec.guess else []
        return Given(dots=dots_of(connection, activity.id), source=seen or (), answers=found)
    weights = before = None
    if isinstance(spec, Scores) and spec.weights is not None and spec.weights in known:
        other = known[spec.weights]
        if other.state in SEEN_BY_HOST and isinstance(other.spec, Weights):
            weights = weights_result(other.spec, answers_of(connection, other.id)).weights or None
    earlier = spec.before if isinstance(spec, Confidence) else None
    if earlier is not None and earlier in known and known[earlier].state in SEEN_BY_HOST:
        before = answers_of(connection, known[earlier].id)
    return Given(answers=answers_of(connection, activity.id), weights=weights, before=before, round=activity.round)
