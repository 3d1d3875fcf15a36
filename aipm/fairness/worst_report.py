"""The search for the worst-served people as the report prints it, and as plain data."""

from typing import Any

import msgspec

from aipm.content import number
from aipm.fairness.command import exact
from aipm.fairness.report_findings import named
from aipm.fairness.section import Section, Table
from aipm.fairness.spec import AuditSpec, Group
from aipm.fairness.texts import texts
from aipm.fairness.worst_spec import Rated, Subgroup, Worst, WorstSpec
from aipm.fairness.worst_texts import worst_texts
from aipm.fairness.worst_words import answer, confirmation, detail, hits, looked, state


def section(found: Worst, spec: AuditSpec, smallest: int) -> Section:
    """What was found. Subgroups that tell of fewer than `smallest` people are left out, and what is said of parents."""
    say = worst_texts()
    shown = [each for each in found.subgroups if _tells_nobody(each, smallest)]
    shown = [each for each in shown if not _gives_away(each, shown, smallest)]
    hidden = len(found.subgroups) - len(shown)
    lines = [] if hidden and (not shown or shown[0] is not found.subgroups[0]) else [answer(found, spec)]
    lines += [say.hidden.format(count=number.count(hidden), threshold=number.count(smallest))] if hidden else []
    if smallest <= 1:
        lines += [f"{named(each.here.group)}: {' '.join(detail(each, found))}" for each in shown]
    else:
        lines += [f"{named(each.here.group)}: {said}" for each in shown if (said := confirmation(each))]
    metric = texts().metrics[found.spec.metric].name
    table = Table(
        caption=say.caption.format(metric=metric.lower()), head=say.head, rows=tuple(_row(each) for each in shown)
    )
    notes = (
        *looked(found, weighted=spec.weight is not None, clustered=spec.cluster is not None),
        *say.method,
        *say.limits,
    )
    return Section(
        title=say.title,
        lines=tuple(lines),
        tables=(table,) if shown else (),
        notes=notes,
        sources=say.sources,
        options=_options(found.spec),
    )


def _options(asked: WorstSpec) -> tuple[str, ...]:
    return (
        f"--worst={asked.metric}",
        *(f"--search={column}" for column in asked.columns),
        f"--search-depth={asked.depth}",
        f"--search-support={asked.support}",
        *([f"--search-share={exact(asked.share)}"] if asked.share else []),
        *(["--search-hold-out"] if asked.hold_out else []),
    )


def _row(each: Subgroup) -> tuple[str, ...]:
    return (
        named(each.here.group),
        f"{number.rate(each.here.value)} ({hits(each.here)})",
        number.interval(each.here.low, each.here.high, form=number.rate).strip("()"),
        f"{number.rate(each.others.value)} ({hits(each.others)})",
        number.points(each.bound).lstrip("+"),
        state(each),
    )


def _tells_nobody(each: Subgroup, smallest: int) -> bool:
    """Whether all counts that a row shows, or lets anybody subtract, are none or enough."""
    rests = [_taken(one.rate, each.here) for one in each.parents]
    return all(_enough(*counts, smallest) for counts in (_counts(each.here), _counts(each.others), *rests))


def _gives_away(each: Subgroup, shown: list[Subgroup], smallest: int) -> bool:
    """Whether a listed group that holds this one, less this one, is too small."""
    return any(
        not _enough(*_taken(other.here, each.here), smallest)
        for other in shown
        if _within(each.here.group, other.here.group)
    )


def _within(smaller: Group, larger: Group) -> bool:
    return {*larger} < {*smaller}


def _counts(rate: Rated) -> tuple[float, float]:
    """Effective people with the outcome and without it."""
    return rate.value * rate.rows, (1 - rate.value) * rate.rows


def _taken(larger: Rated, smaller: Rated) -> tuple[float, float]:
    (a, b), (c, d) = _counts(larger), _counts(smaller)
    return max(a - c, 0.0), max(b - d, 0.0)


def _enough(hit: float, missed: float, smallest: int) -> bool:
    return smallest <= 1 or all(count < 1e-9 or count >= smallest for count in (hit, missed, hit + missed))


def plain(found: Worst) -> dict[str, Any]:
    """The answer for machines: plain snake_case keys, null where there is no number."""
    asked = msgspec.to_builtins(found.spec)
    made = {**asked, **msgspec.to_builtins(found)}
    del made["spec"], made["halves"]
    made["everybody"] = None if found.everybody is None else _plain_rate(found.everybody)
    made["folded"] = [
        {"column": column, "values": count, "rows": rows} for column, (count, rows) in found.folded.items()
    ]
    made["status"] = "ok" if found.looked else "not_enough_data"
    made["subgroups"] = [_plain_subgroup(each) for each in found.subgroups]
    return made


def _plain_subgroup(each: Subgroup) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(each)
    made |= _plain_rate(each.here) | {"others": _plain_rate(each.others)}
    made["status"] = "ok" if each.enough else "not_enough_data"
    made["parents"] = [{**_plain_rate(one.rate), "p_value": one.p_value} for one in each.parents]
    made["same"], made["carries"] = [dict(group) for group in each.same], [dict(group) for group in each.carries]
    del made["here"], made["enough"]
    if each.confirmation is not None:
        for side in ("here", "others"):
            rate = getattr(each.confirmation, side)
            made["confirmation"][side] = None if rate is None else _plain_rate(rate)
    return made


def _plain_rate(rate: Rated) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(rate)
    return {**made, "group": dict(rate.group)}
