"""What counts to a room: everybody's points first, then the mean, and how far people agree."""

from aipm.content import number
from aipm.ui.fragments import join
from aipm.ui.room_results_parts import (
    NOTHING,
    Row,
    Told,
    bar,
    flag,
    heading,
    listed,
    quiet,
    quoted,
    rows,
    sentence,
    small,
    value,
)
from aipm.ui.room_results_strips import from_zero, legend, marks, reach, scale, strip
from aipm.ui.room_results_texts import result_texts
from aipm.ui.safe import Html, markup
from aipm.workshop.snapshot import ActivityView
from aipm.workshop.specs import Weights
from aipm.workshop.texts import room_texts
from aipm.workshop.weights import WeightsResult

MODERATE, STRONG = 0.3, 0.7
"""Kendall's W from which agreement is called moderate and strong, after Schmidt (1997), Decision Sciences 28(3)."""


def weights(view: ActivityView, found: WeightsResult) -> Told:
    """The heaviest first, with every voice; then agreement."""
    say = result_texts().weights
    if not found.spreads:
        return Told(first=NOTHING, main=NOTHING)
    ordered = isinstance(view.spec, Weights) and view.spec.way == "order"
    shown = [heading(say.spread), legend(mean=True), _strips(found), quiet(say.order) if ordered else NOTHING]
    return Told(first=_first(found), main=join(shown), aside=join([heading(say.agreement), _agreement(found)]))


def _first(found: WeightsResult) -> Html:
    say = result_texts().weights
    names = [found.names[each] for each in found.leading]
    told = say.first if len(names) == 1 else say.tied
    if not names:
        return NOTHING
    weight = number.rate(found.weights[found.leading[0]])
    return sentence(told.format(name=quoted(names[0]), names=listed(names), weight=weight))


def _ordered(found: WeightsResult) -> list[str]:
    return sorted(found.spreads, key=lambda each: -found.weights.get(each, 0.0))


def _strips(found: WeightsResult) -> Html:
    say = result_texts().weights
    axis = from_zero(max(each.high for each in found.spreads.values()))
    alike = marks(found.spreads.values(), axis)
    held = [
        Row(
            name=found.names[key],
            drawn=strip(found.spreads[key], axis, stacked=alike, mean=True, name=found.names[key]),
            value=join(
                [
                    value(number.rate(found.weights.get(key)), say.mean, f"· {reach(found.spreads[key])}"),
                    flag(say.disputed) if key in found.disputed else NOTHING,
                ]
            ),
            first=key in found.leading,
        )
        for key in _ordered(found)
    ]
    return rows([*held, Row(name="", drawn=scale(axis), value=NOTHING)])


def _agreement(found: WeightsResult) -> Html:
    say, words = result_texts().weights, room_texts().exports
    parts: list[Html] = []
    if found.agreement is None:
        parts.append(quiet(words.no_agreement))
    else:
        told = say.weak if found.agreement < MODERATE else say.moderate if found.agreement < STRONG else say.strong
        drawn = f'<div class="out-agree">{bar(found.agreement)}<p>{small(say.none)}{small(say.full)}</p></div>'
        parts += [
            Html(f"<p>{markup(told)}</p>{drawn}"),
            quiet(words.agreement.format(value=number.ratio(round(found.agreement, 2)))),
        ]
    if found.disputed:
        parts.append(quiet(words.disputed.format(names=listed(found.names[each] for each in found.disputed))))
    return join(parts)


def weights_brief(found: WeightsResult) -> Html:
    """A table's mean weights."""
    most = max(found.weights.values(), default=1.0)
    return rows(
        (
            Row(
                name=found.names[key],
                drawn=bar(found.weights.get(key, 0.0) / most),
                value=value(number.rate(found.weights.get(key))),
                first=key in found.leading,
            )
            for key in _ordered(found)
        ),
        stacked=True,
    )
