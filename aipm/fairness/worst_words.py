"""The search for the worst-served people in words, made of the texts in content/audit_worst.yaml."""

from collections.abc import Mapping

from aipm.content import number
from aipm.fairness.report_findings import named
from aipm.fairness.spec import AuditSpec
from aipm.fairness.texts import cut, people, texts
from aipm.fairness.worst_spec import Parent, Rated, Subgroup, Worst
from aipm.fairness.worst_texts import worst_texts

RARELY = 0.05
"""Share of shuffles up to which chance is said to do something rarely."""


def answer(found: Worst, spec: AuditSpec) -> str:
    """The answer and what it rests on, in one breath."""
    return f"{headline(found, spec)} {basis(found)}".strip()


def headline(found: Worst, spec: AuditSpec) -> str:
    """Who fares worst."""
    say = worst_texts()
    if not found.subgroups:
        template = say.none_worse if found.looked else say.nothing_looked
        return template.format(support=number.count(found.spec.support), looked=number.count(found.looked))
    worst = found.subgroups[0]
    template = say.none_found
    if worst.found:
        template = say.found if worst.verdict != "within_tolerance" else say.found_small_gap
    return template.format(finding=finding(worst, found.spec.metric, spec), looked=number.count(found.looked))


def basis(found: Worst) -> str:
    """On how many people the answer rests, and what chance does."""
    if not found.subgroups:
        return ""
    worst = found.subgroups[0]
    few = worst_texts().few if worst.found and not worst.enough else ""
    return " ".join(filter(None, (counted(worst), few, chance(worst, found.shuffles))))


def finding(each: Subgroup, metric: str, spec: AuditSpec) -> str:
    """A subgroup's rate beside everybody else's, within a sentence."""
    words = texts().metrics[metric].finding
    assert words is not None
    text = words.of(spec.favourable).format(
        value=number.rate(each.here.value),
        group=people(each.here.group),
        reference_value=number.rate(each.others.value),
        reference=worst_texts().page.everybody,
    )
    return text[:1].lower() + text[1:]


def counted(each: Subgroup) -> str:
    say = worst_texts()
    template = say.counted if each.found else say.counted_open
    bound = number.points(each.bound).lstrip("+")
    return template.format(here=hits(each.here), others=hits(each.others), bound=bound)


def hits(rate: Rated) -> str:
    """149 of 405."""
    return worst_texts().of.format(hits=number.count(rate.numerator), people=number.count(rate.denominator))


def chance(each: Subgroup, shuffles: int) -> str:
    """How often chance alone makes some subgroup stand out as far; nothing before that is known."""
    count = each.shuffles_at_least
    if count is None:
        return ""
    say = worst_texts()
    template = say.shuffles_much if count > RARELY * shuffles else say.shuffles_some if count else say.shuffles_never
    return template.format(times=number.count(shuffles), count=number.count(count))


def confirmation(each: Subgroup) -> str:
    """What the other half says; nothing where nothing was confirmed or nothing was to be."""
    found, say = each.confirmation, worst_texts()
    if found is None or not each.found:
        return ""
    if found.confirmed is None or found.here is None or found.others is None:
        return say.not_testable
    template = say.confirmed if found.confirmed else say.not_confirmed
    return template.format(here=_rate(found.here), others=_rate(found.others))


def state(each: Subgroup) -> str:
    """How sure, as one of `states` in the texts."""
    said = worst_texts().states
    if not each.found:
        return said["open" if each.enough else "thin"]
    found = said["small" if each.verdict == "within_tolerance" else "found"]
    return found if each.enough else f"{found}; {said['few']}"


def verdict(each: Subgroup) -> str:
    """The verdict, by the rule of the whole audit; what may be chance and is thin is no more than that."""
    return each.verdict if each.found or each.enough else "not_enough_data"


def detail(each: Subgroup, found: Worst) -> tuple[str, ...]:
    """How a subgroup was found, what its parents look like, and what else it is."""
    say = worst_texts()
    how = (say.how if each.found else say.how_open).format(
        looked=number.count(found.looked),
        p_value=number.p_value(each.p_value),
        adjusted=number.p_value(each.p_adjusted),
    )
    lines = [how, chance(each, found.shuffles), confirmation(each)]
    lines += [parent(one) for one in each.parents] or [say.parent_none]
    lines += [said] if (said := same(each)) else []
    lines += [say.carries.format(groups="; ".join(map(named, each.carries)))] if each.carries else []
    return tuple(line for line in lines if line)


def parent(one: Parent) -> str:
    say = worst_texts()
    text = say.parent.format(group=named(one.rate.group), value=number.rate(one.rate.value), counts=hits(one.rate))
    if one.p_value is None:
        return say.parent_open.format(parent=text)
    template = say.parent_worse if one.p_value < RARELY else say.parent_not_worse
    return template.format(parent=text, p_value=number.p_value(one.p_value))


def same(each: Subgroup) -> str:
    """Other descriptions of the same people."""
    return worst_texts().same.format(groups="; ".join(map(named, each.same))) if each.same else ""


def looked(found: Worst, *, weighted: bool, clustered: bool) -> tuple[str, ...]:
    """What was searched, and how many there were."""
    say = worst_texts()
    names = {
        "looked": number.count(found.looked),
        "small": number.count(found.small),
        "depth": say.depth_words[min(found.spec.depth, len(found.spec.columns))],
        "columns": ", ".join(cut(column) for column in found.spec.columns),
        "support": number.count(found.spec.support),
        "found": number.count(found.found),
        "explained": number.count(found.explained),
        "unlisted": number.count(found.unlisted),
    }
    lines = [line.format(**names) for line in say.looked]
    lines += [say.explained.format(**names)] if found.explained else []
    lines += [say.unlisted.format(**names)] if found.unlisted else []
    lines += [
        say.folded.format(column=column, count=number.count(count), rows=number.count(rows))
        for column, (count, rows) in found.folded.items()
    ]
    if found.halves is not None:
        lines.append(say.halves.format(first=number.count(found.halves[0]), second=number.count(found.halves[1])))
    lines += [say.weights] if weighted else []
    lines += [say.clusters] if clustered else []
    return tuple(lines)


def left_out(columns: Mapping[str, str]) -> str:
    """Columns by the reason why they are not searched."""
    reasons = dict[str, list[str]]()
    for column, code in columns.items():
        reasons.setdefault(code, []).append(cut(column))
    why = worst_texts().left_out
    return "; ".join(f"{', '.join(names)} ({why[code]})" for code, names in reasons.items())


def _rate(rate: Rated) -> str:
    return worst_texts().rate_of.format(value=number.rate(rate.value), hits=hits(rate))
