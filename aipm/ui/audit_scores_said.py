"""What the part on scores says in words: shared by the page and the report, free of Streamlit."""

import math
from collections.abc import Iterable, Sequence

from aipm.content import number
from aipm.fairness import texts as words
from aipm.fairness.compare import LEVEL
from aipm.fairness.result import Comparison, Estimate
from aipm.fairness.spec import Group
from aipm.fairness.thresholds_equal import EQUAL, Policy, Prices
from aipm.fairness.thresholds_identity import Implied
from aipm.ui.audit_scores_texts import PriceTexts, ScoresTexts, WhyTexts, scores_texts
from aipm.ui.fragments import outward
from aipm.ui.safe import Html, markup

Row = tuple[str, ...]
COUNTED = ("count", "true_positives", "false_positives", "true_negatives", "false_negatives")
RATES = ("selection_rate", "true_positive_rate", "false_positive_rate", "precision")
NEEDED = ("base_rate", "precision", "false_negative_rate", "false_positive_rate")
"""Of these four, three settle the last."""


def threshold(value: float, texts: ScoresTexts) -> str:
    """A threshold as it is read."""
    return texts.film.nobody if math.isinf(value) else number.on_scale(value)


def rate(estimate: Estimate) -> str:
    """A rate with its interval; in few words why not, where it is not to be relied on."""
    said = scores_texts().film
    if estimate.reason == "no_denominator":
        return said.unknown
    if estimate.reason == "too_few_rows":
        return said.unrated
    shown = f"{number.rate(estimate.value)} {number.interval(estimate.low, estimate.high, form=number.rate)}".strip()
    return f"{shown} · {said.thin}" if estimate.status == "not_enough_data" else shown


def lead(edge: float, groups: Sequence[Group], measured: dict[str, list[Estimate]], texts: ScoresTexts) -> list[str]:
    """The answer at one threshold: everybody, who comes first, then the lowest and the highest group on each rate."""
    said, together = texts.answer, measured["selection_rate"][0].value
    lines = []
    if together is not None:
        lines.append(said.lead.format(threshold=threshold(edge, texts), value=number.rate(together)))
    ranges = []
    for name, text in said.range.items():
        rated = [
            (each.value, group)
            for each, group in zip(measured.get(name, [])[1:], groups[1:], strict=False)
            if each.status == "ok" and each.value is not None
        ]
        if len(rated) > 1:
            (low, low_group), (high, high_group) = min(rated, key=_first), max(rated, key=_first)
            ranges.append(
                text.format(
                    low=number.rate(low),
                    low_group=words.short(low_group),
                    high=number.rate(high),
                    high_group=words.short(high_group),
                )
            )
    return lines + (ranges or [said.thin])


def _first(pair: tuple[float, Group]) -> float:
    return pair[0]


def count_rows(
    groups: Sequence[Group], measured: dict[str, list[Estimate]], *, rates: bool = True
) -> tuple[Row, list[Row]]:
    """Heading and rows: the confusion counts and, where asked for, the rates of each group."""
    named = words.texts().metrics
    names = [name for name in (*COUNTED, *(RATES if rates else ())) if name in measured]
    rows = [
        (
            words.short(group),
            *(number.count(measured[name][k].value) if name in COUNTED else rate(measured[name][k]) for name in names),
        )
        for k, group in enumerate(groups)
    ]
    return ("", *(named[name].name for name in names)), rows


def price_rows(prices: Prices, texts: ScoresTexts, *, rounded: bool = False) -> list[Row]:
    """One set of thresholds a row: errors, cost, and what lies beyond the cheapest common threshold."""
    said = texts.price
    places: list[tuple[str, Policy]] = [
        (said.chosen.format(threshold=threshold(prices.chosen.thresholds[0], texts)), prices.chosen)
    ]
    if prices.cheapest is not None:
        places.append(
            (said.cheapest.format(threshold=threshold(prices.cheapest.thresholds[0], texts)), prices.cheapest)
        )
    places += [(said.equal.format(name=said.names[name]), policy) for name, policy in prices.equal.items()]

    def whole(value: float | None) -> str:
        return number.count(round(value, -1) if rounded and value is not None else tidy(value))

    return [
        (
            name,
            *(whole(each) for each in (policy.false_positives, policy.false_negatives, policy.errors, policy.cost)),
            extra(policy, rounded=rounded),
        )
        for name, policy in places
    ]


def tidy(value: float | None) -> float | None:
    """A sum without the dust of adding weights."""
    return None if value is None else round(value, 1)


def signed(value: float, *, rounded: bool = False) -> str:
    """A difference of sums with its sign: whole from ten on, in tens where totals are rounded."""
    text = number.count(abs(round(value, -1 if rounded else 0 if abs(value) >= 10 else 1)))
    return text if text == "0" else f"{'+' if value > 0 else number.MINUS}{text}"


def extra(policy: Policy, *, rounded: bool = False) -> str:
    if policy.extra is None:
        return number.NONE
    value, low, high = policy.extra
    if low is None or high is None:
        return signed(value, rounded=rounded)
    if low == high == value == 0:
        return "0"
    return f"{signed(value, rounded=rounded)} ({signed(low, rounded=rounded)} to {signed(high, rounded=rounded)})"


def price_lines(prices: Prices, texts: ScoresTexts) -> list[str]:
    """The answer on price in a sentence or two."""
    said, cheapest = texts.price, prices.cheapest
    if cheapest is None:
        return []
    lines = [
        said.answer.format(
            threshold=threshold(cheapest.thresholds[0], texts),
            errors=number.count(tidy(cheapest.errors)),
            cost=number.count(tidy(cheapest.cost)),
        )
    ]
    usable = {name: policy for name, policy in prices.equal.items() if not all(policy.thin)}
    if usable:
        name, best = min(usable.items(), key=lambda pair: pair[1].cost or 0.0)
        lines.append(
            said.cheapest_equal.format(
                name=said.names[name], cost=number.count(tidy(best.cost)), difference=_beyond(best, said)
            )
        )
        if best.extra is not None and best.extra[2] is not None and best.extra[2] < 0:
            lines.append(said.cheaper_note)
    return lines


def _beyond(policy: Policy, said: PriceTexts) -> str:
    if policy.extra is None or not round(policy.extra[0], 1):
        return said.same
    value, low, high = policy.extra
    interval = ""
    if low is not None and high is not None:
        low, high = (low, high) if value > 0 else (-high, -low)
        interval = said.interval.format(low=signed(low).lstrip("+"), high=signed(high).lstrip("+"))
    text = said.dearer if value > 0 else said.cheaper
    return text.format(amount=number.count(abs(round(value, 1))), interval=interval)


def group_rows(policy: Policy, texts: ScoresTexts) -> list[Row]:
    """Each group's own threshold and the rates it leads to."""
    return [
        (
            words.short(group),
            texts.price.kept.format(threshold=threshold(policy.thresholds[k], texts))
            if policy.thin[k]
            else threshold(policy.thresholds[k], texts),
            *(rate(policy.rates[name][k]) for name in EQUAL if name in policy.rates),
        )
        for k, group in enumerate(policy.groups)
    ]


def implied_rows(rows: Iterable[Implied], said: WhyTexts) -> list[Row]:
    def forced(each: Implied) -> str:
        if each.value is None or each.base_rate.status != "ok":
            return number.NONE
        if each.value > 1:
            return said.over
        high = each.high if each.high is None else min(each.high, 1.0)
        return f"{number.rate(each.value)} {number.interval(each.low, high, form=number.rate)}"

    return [
        (
            words.short(each.group),
            rate(each.base_rate),
            forced(each),
            *map(rate, (each.false_positive_rate, each.precision, each.false_negative_rate)),
        )
        for each in rows
    ]


def why_lines(
    rows: Sequence[Implied],
    comparisons: Iterable[Comparison],
    *,
    precision: float,
    misses: float,
    said: WhyTexts,
) -> list[str]:
    """What equal precision and equal misses would force, and whether base rates differ by more than chance."""
    known = [each for each in rows if each.value is not None and each.base_rate.status == "ok"]
    if len(known) < 2:
        return [said.thin]
    low, high = (pick(known, key=lambda each: each.value or 0.0) for pick in (min, max))
    apart = number.rate(low.value) != number.rate(high.value)
    lines = [
        (said.answer if apart else said.same).format(
            precision=number.rate(precision),
            misses=number.rate(misses),
            low=number.rate(low.value),
            low_group=words.short(low.group),
            low_base=number.rate(low.base_rate.value),
            high=number.rate(high.value),
            high_group=words.short(high.group),
            high_base=number.rate(high.base_rate.value),
        )
    ]
    over = [words.short(each.group) for each in known if (each.value or 0.0) > 1]
    if over:
        lines.append(said.impossible.format(groups=", ".join(over)))
    groups = {each.group for each in known}
    chances = [c.p_adjusted for c in comparisons if c.metric == "base_rate" and c.group in groups]
    told = [chance for chance in chances if chance is not None]
    if told and min(told) >= LEVEL:
        return [said.alike, *lines]
    return [*lines, said.differ if told else said.unknown]


def sources(names: Iterable[str], texts: ScoresTexts) -> Html:
    """Where the methods come from, as links."""
    known = words.texts().sources
    links = ", ".join(outward(known[name].link, known[name].title) for name in names)
    return Html(f'<p class="quiet">{markup(texts.sources)}: {links}</p>')
