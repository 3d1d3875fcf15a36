"""What an audit says in words: verdicts, warnings, names of groups, made of the texts in content/fairness.yaml."""

from collections.abc import Sequence

from aipm.content import number
from aipm.fairness.result import Comparison, VerdictKind
from aipm.fairness.spec import AuditSpec, Group
from aipm.fairness.vocabulary import Unanswered, texts

__all__ = ["formatted", "metrics_of", "people", "short", "texts", "unanswered", "verdict", "warning"]


def metrics_of(question: str, spec: AuditSpec) -> tuple[str, ...]:
    """The metrics that answer a question, the one that carries its verdict first.

    For errors that is the one the person said hurts more; otherwise the one that falls on the person.
    """
    asked = texts().questions[question]
    first = asked.decides.of(spec.favourable)
    if question == "who_wrong" and spec.worse_error is not None:
        first = f"{spec.worse_error}_rate"
    return (first, *(metric for metric in asked.metrics if metric != first))


def warning(code: str, count: int | None = None) -> str:
    """A warning in words. Without a count it holds no number."""
    said = texts().warnings[code]
    text = said.text
    if count is not None:
        singular, plural = texts().units[said.unit]
        text = f"{text.removesuffix('.')} ({number.count(count)} {singular if count == 1 else plural})."
    return f"{text} {said.advice}".strip()


def unanswered(codes: Sequence[str]) -> tuple[Unanswered, ...]:
    """What this data cannot answer, and what none can."""
    said = texts()
    known = [code for code in codes if not {"no_label", "no_prediction"} <= {*codes} or code == "no_score"]
    lacking = ["neither", *known] if len(known) < len(codes) else known
    return (*(said.unanswered[code] for code in lacking), *said.never_answered)


def short(group: Group) -> str:
    """A group's name where its columns are said beside it: "female · North"."""
    say = texts().sentences
    return " · ".join(say.missing_short if value is None else cut(value) for _, value in group) or say.everyone_short


def cut(name: str) -> str:
    """A column's or a group's name, as long as names are at most."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def people(group: Group) -> str:
    """A group within a sentence: "people with sex = female and region = North"."""
    say = texts().sentences
    if not group:
        return say.everyone
    conditions = (
        say.no_value.format(column=cut(column))
        if value is None
        else say.value.format(column=cut(column), value=cut(value))
        for column, value in group
    )
    return say.people_with.format(conditions=say.and_.join(conditions))


def formatted(metric: str, value: float | None) -> str:
    """A metric's value as its unit is written."""
    form = {"count": number.count, "share": number.rate, "number": number.decimal}[texts().metrics[metric].unit]
    return form(value)


MOST_NAMED = 4
LONGEST_NAME = 60
FOUR_FIFTHS = 0.8


def verdict(
    question: str,
    kind: VerdictKind,
    metric: str,
    about: Sequence[Comparison],
    columns: Sequence[str],
    spec: AuditSpec,
) -> str:
    """The answer to a question in plain sentences. `about` holds the comparisons that it rests on, worst first."""
    say = texts().sentences
    subject = _subject(metric, spec)
    lowered = subject[:1].lower() + subject[1:]
    summary = texts().verdicts[kind].summary
    by = say.and_.join(map(cut, columns))
    sentences = [summary.format(subject=subject, subject_lower=lowered, columns=by)]
    unrated = [c for c in about if c.reason == "too_few_rows"]
    rated = [c for c in about if c.reason not in ("too_few_rows", "no_denominator", "suppressed")]
    if kind == "not_computable" or not about:
        sentences.append(say.nothing_to_compare)
    elif not rated:
        sentences.append(say.all_unrated)
    else:
        sentences += _first(kind, metric, rated[0], spec)
        if len(rated) > 1 and kind == "within_tolerance":
            sentences.append(say.others_closer)
        elif len(rated) > 1:
            others = _several([c.group for c in rated[1:]])
            sentences.append((say.other_gaps if kind == "gap" else say.also_open).format(others=others))
        if unrated:
            sentences.append(say.unrated.format(others=_several([c.group for c in unrated])))
    if question == "who_wrong" and spec.worse_error is not None and metric == f"{spec.worse_error}_rate":
        sentences.append(say.worse_error[spec.worse_error])
    return " ".join(sentences)


def _first(kind: VerdictKind, metric: str, c: Comparison, spec: AuditSpec) -> list[str]:
    """What there is to say of the comparison that stands for the others."""
    say = texts().sentences
    floor, ceiling = spec.tolerance, 1 / spec.tolerance
    four_fifths = (
        metric in ("selection_rate", "scoring_rate")
        and spec.favourable == "positive"
        and abs(floor - FOUR_FIFTHS) < 1e-9
    )
    below = c.ratio is not None and c.ratio < floor
    if kind == "gap":
        side = "without_ratio" if c.ratio is None else "below" if below else "above"
        rule = getattr(say, f"gap_{side}_four_fifths" if four_fifths and c.ratio is not None else f"gap_{side}")
        found = [rule, say.beyond_chance, say.disadvantage if _worse_off(metric, c, spec) is not None else ""]
    elif kind == "within_tolerance":
        found = [say.within_tolerance]
    elif below or (c.ratio is not None and c.ratio > ceiling):
        found = [say.inconclusive_four_fifths if below and four_fifths else say.inconclusive_outside]
    else:
        found = [say.inconclusive_inside]
    if kind == "inconclusive" and c.more_rows:
        found.append(say.more_rows)
    names = {
        "floor": number.ratio(floor),
        "ceiling": number.ratio(ceiling),
        "group": people(c.group),
        "reference": people(c.reference),
        "more_rows": number.count(c.more_rows),
        "worse_off": people(_worse_off(metric, c, spec) or ()),
    }
    return [*_relation(metric, c, spec), *(template.format(**names) for template in found if template)]


def _subject(metric: str, spec: AuditSpec) -> str:
    text = texts().metrics[metric]
    return text.subject.of(spec.favourable) if text.subject is not None else text.name


def _worse_off(metric: str, c: Comparison, spec: AuditSpec) -> Group | None:
    """On whom a gap falls; None where the metric does not say, or the reference is everybody."""
    better = texts().metrics[metric].better.of(spec.favourable)
    if better == "none" or c.difference is None:
        return None
    worse = c.group if (c.difference < 0) == (better == "higher") else c.reference
    return worse or None


def _several(groups: Sequence[Group]) -> str:
    """A few groups by name, the rest as a number."""
    say = texts().sentences
    shown = ", ".join(short(group) for group in groups[:MOST_NAMED])
    more = len(groups) - MOST_NAMED
    return say.more_groups.format(shown=shown, more=more) if more > 0 else shown


def _telling(ratio: float, tolerance: float) -> str:
    """A ratio with as many digits as it takes not to read as the edge of the tolerance it lies beyond."""
    text = number.ratio(ratio)
    for edge in (tolerance, 1 / tolerance):
        if text == number.ratio(edge) and ratio != edge:
            return f"{ratio:.3f}"
    return text


def _relation(metric: str, c: Comparison, spec: AuditSpec) -> tuple[str, ...]:
    """The two values and their ratio in words, where both are known."""
    say, finding = texts().sentences, texts().metrics[metric].finding
    if finding is None or c.difference is None or (c.ratio is not None and abs(c.ratio - 1) < 1e-9):
        return ()
    reference = 0.0 if c.ratio is None else c.difference / (c.ratio - 1)
    words = finding.of(spec.favourable).format(
        value=formatted(metric, reference + c.difference),
        reference_value=formatted(metric, reference),
        group=people(c.group),
        reference=people(c.reference),
    )
    if c.ratio is None:
        return (say.relation_without_ratio.format(finding=words, difference=number.points(c.difference)),)
    ratio = _telling(c.ratio, spec.tolerance)
    if c.low is None or c.high is None:
        return (say.relation_without_interval.format(finding=words, ratio=ratio),)
    low, high = _telling(c.low, spec.tolerance), _telling(c.high, spec.tolerance)
    return (say.relation.format(finding=words, ratio=ratio, low=low, high=high),)
