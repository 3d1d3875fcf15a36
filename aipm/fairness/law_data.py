"""What the rules ask about, made of an audit's counts: the favourable outcome of people by the columns a rule names."""

import re
from dataclasses import replace

import numpy as np

from aipm.fairness.answers import folded, trimmed
from aipm.fairness.audit import DEFAULT_THRESHOLD, audit
from aipm.fairness.counts import Counts, answers
from aipm.fairness.groups import population
from aipm.fairness.law_texts import Measure, law_texts
from aipm.fairness.measure import NO, UNKNOWN, YES, known
from aipm.fairness.result import AuditResult
from aipm.fairness.roles import name_words
from aipm.fairness.spec import AuditSpec, Group

SELECTED = "selected"
"""The column that holds the favourable outcome in the counts made here."""
CELLS = ("yes", "no", "")


def measures(counts: Counts, spec: AuditSpec) -> tuple[Measure, ...]:
    """What can be compared: the share selected, the share above the median score; the likelier one first."""
    found: list[Measure] = []
    if spec.prediction is not None or threshold_of(counts, spec) is not None:
        found.append("selection_rate")
    if counts.scale is not None and counts.median is not None:
        found.insert(0 if spec.prediction is None else len(found), "scoring_rate")
    return tuple(found)


def selected_first(can: tuple[Measure, ...]) -> Measure:
    """What the four-fifths rule compares: who was selected, wherever that is known."""
    return "selection_rate" if "selection_rate" in can else can[0]


def ruled(
    counts: Counts,
    spec: AuditSpec,
    *,
    columns: tuple[str, ...],
    measure: Measure,
    depth: int,
    unknown: Group = (),
    reference: Group = (),
) -> AuditResult:
    """An audit of the favourable outcome alone by these columns, each group beside the highest, or the one named.

    `unknown` are values that mean that nobody knows: those people become a part of the missing ones. The result holds
    numbers of people and `measure`, nothing more: what is not there need not be protected. Raises Refusal.
    """
    people = _by(counts, columns, unknown)
    asked = replace(
        spec,
        groups=columns,
        label=None,
        label_positive=(),
        favourable="positive",
        worse_error=None,
        depth=depth,
        reference=reference,
        reference_rule="highest",
        tolerance=0.8,
        bins=tuple(pair for pair in spec.bins if pair[0] in columns),
    )
    if measure == "selection_rate":
        people = _decided(people, spec)
        asked = replace(asked, prediction=SELECTED, prediction_positive=("yes",), score=None, threshold=None)
    else:
        asked = replace(asked, prediction=None, prediction_positive=())
    people = replace(people, labels=(), label=np.zeros_like(people.label))
    return _only(audit(people, asked), measure)


def _only(result: AuditResult, measure: Measure) -> AuditResult:
    kept = ("count", measure)
    return replace(
        result,
        groups=tuple(replace(each, metrics={name: each.metrics[name] for name in kept}) for each in result.groups),
        comparisons=tuple(each for each in result.comparisons if each.metric == measure),
        verdicts=(),
        overall={},
    )


def by_columns(spec: AuditSpec, columns: tuple[str, ...]) -> AuditSpec:
    """What to count where an audit does not compare by the columns that a rule names."""
    return replace(
        spec,
        groups=columns,
        label=None,
        label_positive=(),
        reference=(),
        depth=len(columns),
        bins=tuple(pair for pair in spec.bins if pair[0] in columns),
    )


def suggest(columns: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The columns that probably hold sex and race or ethnicity, by their names."""
    words = law_texts().words
    return _first(columns, words.sex), _first(columns, words.race)


def special(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns whose names hint at special categories of personal data (Article 9 GDPR)."""
    return tuple(column for column in columns if name_words(column) & law_texts().words.special)


def unknown_values(counts: Counts, columns: tuple[str, ...]) -> Group:
    """Values of these columns that usually mean that nobody knows."""
    words = law_texts().words.unknown
    return tuple(
        (column, value)
        for column in columns
        for value in counts.values[counts.columns.index(column)]
        if value is not None
        and (folded(value) is None or " ".join(re.findall(r"[^\W_]+", trimmed(value).casefold())) in words)
    )


def _first(columns: tuple[str, ...], words: frozenset[str]) -> str | None:
    return next((column for column in columns if name_words(column) & words), None)


def _by(counts: Counts, columns: tuple[str, ...], unknown: Group) -> Counts:
    """The same counts by some of their columns, in this order."""
    places = [counts.columns.index(column) for column in columns]
    missing = set(unknown)

    def value(cell: tuple[str | None, ...], place: int, column: str) -> str | None:
        return None if (column, cell[place]) in missing else cell[place]

    cells = [
        tuple(value(cell, place, column) for place, column in zip(places, columns, strict=True))
        for cell in counts.groups
    ]
    groups = tuple(dict.fromkeys(cells))
    index = {cell: k for k, cell in enumerate(groups)}
    values = []
    for place, column in zip(places, columns, strict=True):
        kept = [each for each in counts.values[place] if each is not None and (column, each) not in missing]
        values.append((*kept, None) if len(kept) < len(counts.values[place]) else tuple(kept))
    return replace(
        counts,
        columns=columns,
        values=tuple(values),
        groups=groups,
        group=np.array([index[cell] for cell in cells], dtype=np.int64)[counts.group],
        cluster_factor={
            tuple((column, dict(group)[column]) for column in columns if column in dict(group)): factor
            for group, factor in counts.cluster_factor.items()
            if {column for column, _ in group} <= set(columns)
        },
    )


def threshold_of(counts: Counts, spec: AuditSpec) -> float | None:
    """From which score on the decision is yes, where no column holds the decision."""
    if spec.threshold is not None or counts.scale is None:
        return spec.threshold if counts.scale is not None else None
    return DEFAULT_THRESHOLD if counts.scale.is_probability else None


def _decided(counts: Counts, spec: AuditSpec) -> Counts:
    """Counts whose only decision is the outcome that is good for the person: yes, no, or not known."""
    _, prediction = answers(counts, replace(spec, label=None))
    threshold = None if prediction is not None else threshold_of(counts, spec)
    said = known(counts, population(counts, 1), None, prediction, threshold).prediction
    good = {YES: 0, NO: 1, UNKNOWN: 2} if spec.favourable == "positive" else {YES: 1, NO: 0, UNKNOWN: 2}
    return replace(
        counts,
        predictions=CELLS,
        prediction=np.array([good[YES], good[NO], good[UNKNOWN]])[said],
        scale=None,
        median=None,
        threshold=None,
    )
