"""Which groups a suppressed audit must hide: the small ones, and as few others as keep them from being worked out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.feasible import Attacker, Line, Margin
from aipm.fairness.metrics import Need
from aipm.fairness.result import AuditResult, GroupResult
from aipm.fairness.spec import Group

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Hidden = dict[Need, Flags]

CONFUSION = ("true_positives", "false_positives", "true_negatives", "false_negatives")
SHARES: Mapping[Need, str] = {"prediction": "selection_rate", "label": "base_rate", "score": "scoring_rate"}
"""Where the yes and no of a part of the audit are counted."""
WITHIN: Mapping[Need, tuple[Need, ...]] = {
    "rows": ("prediction", "label", "score", "confusion", "label_score"),
    "prediction": ("confusion",),
    "label": ("confusion", "label_score"),
    "score": ("label_score",),
}
"""A group that is hidden in one part is hidden in these as well, because they would tell."""
MARGINS: Mapping[Need, tuple[tuple[Need, tuple[int, ...]], ...]] = {
    **dict.fromkeys(SHARES, (("rows", (0, 1)),)),
    "confusion": (("rows", (0, 1, 2, 3)), ("label", (0, 3)), ("prediction", (0, 1))),
}
"""Sums of outcomes that another part shows: of the confusion counts all, true + false negative …"""
PARTS: tuple[Need, ...] = ("rows", *WITHIN["rows"])
FEW_SMALL = 20
MOST_SMALL = 60
"""All groups of a depth are hidden where more are small than the first number and half of them, or than the second:
little could still be shown then, and proving it would take seconds."""
MOST_TRIED = 12
"""How many of the groups hidden for the sake of others are tried one by one, whether they could not be shown."""
TOTAL = 0.02
"""What hiding the whole population costs, as a share of its people: it is missed less than a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Population:
    """The groups of an audit and how they add up; the first is everybody."""

    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    people: Array
    """People a group (the effective number, where rows are weighted or clustered)."""
    price: Array
    """What hiding a group costs: its people, and more where others are compared with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One part of the audit: how many people of each group have each outcome, and what other parts show of that."""

    amounts: Array
    margins: tuple[Margin, ...]
    sensitive: Flags


def to_hide(result: AuditResult, *, threshold: int) -> Hidden:
    """For each part of an audit, which of `result.groups` must not be shown."""
    depths = np.array([len(each.group) for each in result.groups])
    small = _small(result, _population(result), threshold)
    for depth in range(2, int(depths.max()) + 1):
        if small[depths == depth].sum() > max(FEW_SMALL, min(MOST_SMALL, (depths == depth).sum() / 2)):
            shown = depths < depth
            rest = replace(result, groups=tuple(each for each, keep in zip(result.groups, shown, strict=True) if keep))
            found = {need: np.ones(len(shown), dtype=bool) for need in PARTS}
            for need, flags in _to_hide_together(rest, threshold).items():
                found[need][shown] = flags
            return found
    return _to_hide_together(result, threshold)


def _to_hide_together(result: AuditResult, threshold: int) -> Hidden:
    """Part by part; where one cannot be protected by itself, the groups concerned are hidden in wider parts as well."""
    people = _population(result)
    done: dict[tuple[Need, bytes], tuple[Flags, list[int]]] = {}
    also: Hidden = {need: np.zeros(len(people.groups), dtype=bool) for need in PARTS}
    while True:
        hidden = {need: flags.copy() for need, flags in also.items()}
        before = sum(int(flags.sum()) for flags in also.values())
        for need in PARTS:
            amounts = _amounts(result, need)
            if amounts is not None:
                part = _Part(
                    amounts=amounts,
                    margins=tuple(Margin(outcomes, ~hidden[other]) for other, outcomes in MARGINS.get(need, ())),
                    sensitive=hidden[need] | _sensitive(amounts, people, threshold),
                )
                asked = (need, part.sensitive.tobytes() + b"".join(margin.known.tobytes() for margin in part.margins))
                if asked not in done:
                    done[asked] = _protected(part, people, threshold)
                found, told = done[asked]
                hidden[need] = found.copy()
                wider = [other for other, within in WITHIN.items() if need in within]
                if told and all(hidden[other][told].all() for other in wider):  # nothing wider is left: hide all alike
                    columns = {_columns(people.groups[k]) for k in told}
                    told = [k for k, group in enumerate(people.groups) if _columns(group) in columns]
                for other in wider or ["rows"]:
                    also[other][told] = True
            for other in WITHIN.get(need, ()):
                hidden[other] |= hidden[need]
        if before == sum(int(flags.sum()) for flags in also.values()):
            return hidden


def _columns(group: Group) -> tuple[str, ...]:
    return tuple(column for column, _ in group)


def _population(result: AuditResult) -> _Population:
    groups = tuple(each.group for each in result.groups)
    index = {group: k for k, group in enumerate(groups)}
    by_columns: dict[tuple[str, ...], list[int]] = {}
    for k, group in enumerate(groups):
        by_columns.setdefault(_columns(group), []).append(k)
    children: dict[tuple[int, str], list[int]] = {}
    for columns, members in by_columns.items():
        for column in columns:
            for k in members:
                parent = index[tuple(pair for pair in groups[k] if pair[0] != column)]
                children.setdefault((parent, column), []).append(k)
    references = {index.get(comparison.reference) for comparison in result.comparisons}
    people = np.array([_people(each, result) for each in result.groups])
    return _Population(
        groups=groups,
        lines=tuple(Line(parent=parent, children=tuple(found)) for (parent, _), found in children.items()),
        people=people,
        price=np.where(np.arange(len(groups)) == 0, TOTAL, 1.0) * people
        + np.where([k in references for k in range(len(groups))], 10.0 * result.rows, 0.0),
    )


def _people(each: GroupResult, result: AuditResult) -> float:
    """How many people a group is, at most: its rows, or the effective number that its rates rest on."""
    count = each.metrics["count"].value or 0.0
    if result.spec.weight is None and result.spec.cluster is None:
        return count
    rows = [
        estimate.rows
        for name in SHARES.values()
        if (estimate := each.metrics.get(name)) is not None and estimate.rows is not None
    ]
    return max(rows, default=count * _scale(result))


def _scale(result: AuditResult) -> float:
    """Rows a unit of weight, so that weighted counts can be held against a number of people."""
    total = result.groups[0].metrics["count"].value
    return result.rows / total if total else 1.0


def _amounts(result: AuditResult, need: Need) -> Array | None:
    """Groups × outcomes: how many of each group, where this part of the audit exists."""
    names = CONFUSION if need == "confusion" else ("count",) if need == "rows" else (SHARES.get(need, ""),)
    if not set(names) <= set(result.groups[0].metrics):
        return None
    found: list[tuple[float, ...]] = []
    for each in result.groups:
        if need in SHARES:
            share = each.metrics[names[0]]
            yes, all_ = share.numerator or 0.0, share.denominator or 0.0
            found.append((yes, all_ - yes))
        else:
            found.append(tuple(each.metrics[name].value or 0.0 for name in names))
    return np.array(found) * _scale(result)


def _small(result: AuditResult, people: _Population, threshold: int) -> Flags:
    """Groups with anything sensitive."""
    found = np.zeros(len(people.groups), dtype=bool)
    for need in PARTS:
        amounts = _amounts(result, need)
        if amounts is not None:
            found |= _sensitive(amounts, people, threshold)
    return found


def _sensitive(amounts: Array, people: _Population, threshold: int) -> Flags:
    """Groups with an outcome of 1 to threshold − 1 people. Weighted amounts count no more people than there are."""
    whole = amounts.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        counted = np.where(whole > 0, np.minimum(amounts, amounts / whole * people.people[:, None]), 0.0)
    return np.asarray(((counted > 1e-9) & (counted < threshold - 1e-9)).any(axis=1))


def _protected(part: _Part, people: _Population, threshold: int) -> tuple[Flags, list[int]]:
    """What must be hidden of one part so that nothing hidden can be worked out, and where that could not be reached.

    Two ways are tried, with the whole population shown and without, and the one that costs less is taken.
    """
    if not part.sensitive.any():
        return part.sensitive, []
    everybody = np.arange(len(part.sensitive)) == 0
    starts = [part.sensitive] if part.sensitive[0] else [part.sensitive, part.sensitive | everybody]
    attacker = Attacker(amounts=part.amounts, lines=people.lines, margins=part.margins, width=threshold)
    ways = [_closed(attacker, start, people) for start in starts]
    found, told = min(ways, key=lambda way: float(people.price[way[0]].sum()))
    return (found if told else _thinned(attacker, found, part.sensitive, people)), told


def _closed(attacker: Attacker, start: Flags, people: _Population) -> tuple[Flags, list[int]]:
    """Hide more, the cheapest first, until every hidden amount is wide open."""
    found = start.copy()
    while True:
        for line in people.lines * 2:
            found[_next_in(line, attacker, found, people)] = True
        if any(_next_in(line, attacker, found, people) for line in people.lines):
            continue
        told = attacker.told(found)
        before = found.sum()
        helped: set[int] = set()
        for k in told:
            near = {member for line in people.lines if k in _members(line) for member in _members(line)} - {0}
            if not near & helped:  # one at a time: it may help all of them
                more = _cheapest(near, found, people)
                found[more] = True
                helped |= near if more else set()
        if found.sum() == before:
            return found, told


def _members(line: Line) -> tuple[int, ...]:
    return (line.parent, *line.children)


def _thinned(attacker: Attacker, found: Flags, sensitive: Flags, people: _Population) -> Flags:
    """Show again, the dearest first, what need not be hidden after all."""
    kept = found.copy()
    again = np.flatnonzero(found & ~sensitive)
    for k in sorted(again, key=lambda k: -float(people.price[k]))[:MOST_TRIED]:
        kept[k] = False
        kept[k] = bool(attacker.told(kept, only_first=True))
    return kept


def _next_in(line: Line, attacker: Attacker, found: Flags, people: _Population) -> list[int]:
    """The group to hide next so that this line gives nothing away: none or one."""
    hidden = [child for child in line.children if found[child]]
    if not hidden and not found[line.parent]:
        return []
    told = len(hidden) + int(found[line.parent]) == 1
    if not found[line.parent]:
        together = attacker.amounts[hidden].sum(axis=0)
        told |= bool(((together < attacker.width - 1e-9) & (attacker.amounts[line.parent] > 0)).any())
    if not told:
        return []
    return _cheapest(set(line.children), found, people) or _cheapest({line.parent} - {0}, found, people)


def _cheapest(members: set[int], found: Flags, people: _Population) -> list[int]:
    """The group whose hiding costs least, of those still shown: none or one."""
    return sorted((k for k in members if not found[k]), key=lambda k: float(people.price[k]))[:1]
