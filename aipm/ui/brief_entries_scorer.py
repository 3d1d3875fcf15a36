"""What the Model scorer puts into a brief: the kind of model, the ranking, the bill."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from aipm.brief.entry import Entry, Figure
from aipm.content.chart import MOST_SERIES, Series, written
from aipm.content.day import MONTHS
from aipm.selection.approaches import Recommendation, Spec
from aipm.selection.cost import Cost, Workload
from aipm.selection.needs import Needs
from aipm.selection.ranked import RankResult
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.brief_entries_parts import chart, made, short

FIRST = 5
MOST_BARS = 12
DOLLAR = "$"


def approach(found: Recommendation, *, spec: Spec) -> Entry:
    """The kinds of models on the shortlist."""
    return made(
        "model_scorer.approach",
        spec={"asked": spec.to_dict(), "shortlist": [each.key for each in found.shortlist]},
        versions=("rules",),
    )


def ranking(
    found: RankResult, *, needs: Needs, asked: Workload, costs: Mapping[str, Cost], warnings: Iterable[str]
) -> Entry:
    """Who is how far, what the first ones cost, and how firm the first place is."""
    said, lead = brief_add_texts().scorer, found.lead
    scored = [(each.name, round(100 * each.score, 1)) for each in found.ranking if each.score is not None]
    figures = [Figure(name=_named(said["points"], name), value=value) for name, value in scored[:FIRST]]
    if lead.share is not None:
        figures.append(Figure(name=said["firm"], value=round(100 * lead.share, 1), unit="%"))
    figures += [figure for name, _ in scored[:FIRST] if name in costs if (figure := _monthly(name, costs[name]))]
    title = said["ranking"].format(first=lead.first[0]) if lead.clear else said["ranking_open"]
    drawn = chart(
        "bars",
        title=title,
        labels=[name for name, _ in scored[:MOST_BARS]],
        series=[Series(name=said["score"], values=tuple(value for _, value in scored[:MOST_BARS]))],
        alternative=said["ranking_alternative"],
        named=said["model"],
    )
    return made(
        "model_scorer",
        spec={"needs": needs.to_dict(), "weights": dict(found.weights), "workload": asked.to_plain()},
        figures=figures,
        charts=[drawn if len(scored) > 1 else None],
        warnings=warnings,
        versions=("catalogue", "prices"),
    )


def cost(bills: Mapping[str, Cost], *, asked: Workload, warnings: Iterable[str]) -> Entry:
    """What a month costs with each model, with its range, and the months ahead."""
    monthly = {name: each.monthly.likely for name, each in bills.items() if each.monthly is not None}
    ordered = sorted(monthly, key=lambda name: monthly[name])
    priced = {name: bills[name] for name in ordered}
    return made(
        "model_scorer.cost",
        spec={"workload": asked.to_plain(), "models": list(bills)},
        figures=[figure for name in ordered if (figure := _monthly(name, priced[name]))],
        charts=[_months(ordered, priced, asked) or _bill(ordered, priced)],
        warnings=warnings,
        versions=("catalogue", "prices"),
    )


def _named(template: str, name: str) -> str:
    return template.format(name=short(name))


def _monthly(name: str, bill: Cost) -> Figure | None:
    if bill.monthly is None:
        return None
    low, high = bill.monthly.bounds
    ranged = low != high
    return Figure(
        name=_named(brief_add_texts().scorer["monthly"], name),
        value=_cents(bill.monthly.likely),
        low=_cents(low) if ranged else None,
        high=_cents(high) if ranged else None,
        unit=DOLLAR,
    )


def _cents(amount: Decimal) -> float:
    """Money as a number: cents, or six decimals where there are none."""
    return float(round(amount, 2 if abs(amount) >= 1 else 6))


def _months(ordered: Sequence[str], priced: Mapping[str, Cost], asked: Workload) -> Any:
    """A line a model; None where the plan has a single month."""
    said, shown = brief_add_texts().scorer, [name for name in ordered if priced[name].months][:MOST_SERIES]
    if asked.months < 2 or not shown:
        return None
    starts = [month.start for month in priced[shown[0]].months]
    lines = [
        Series(name=short(name), values=tuple(_cents(each.usd.likely) for each in priced[name].months))
        for name in shown
    ]
    return chart(
        "line",
        title=said["months"],
        labels=[f"{MONTHS[each.month - 1][:3]} {each.year}" for each in starts],
        series=lines,
        alternative=said["months_alternative"],
        values=[
            f"{each.name} {written(each.values[0], DOLLAR)} → {written(each.values[-1], DOLLAR)}" for each in lines
        ],
        unit=DOLLAR,
        named=said["month"],
    )


def _bill(ordered: Sequence[str], priced: Mapping[str, Cost]) -> Any:
    said = brief_add_texts().scorer
    monthly = [estimate for name in ordered if (estimate := priced[name].monthly) is not None]
    return chart(
        "bars",
        title=said["bill"],
        labels=ordered,
        series=[Series(name=said["bill"], values=tuple(_cents(each.likely) for each in monthly))],
        alternative=said["bill_alternative"],
        unit=DOLLAR,
        named=said["model"],
    )
