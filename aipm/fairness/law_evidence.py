"""Evidence for Article 10 of the AI Act: what an audit shows of each of its points, and what a person has to say."""

from collections.abc import Iterable
from dataclasses import dataclass

from aipm.content import number
from aipm.fairness.disclosure import REASON
from aipm.fairness.law_data import special
from aipm.fairness.law_texts import FoundTexts, law_texts
from aipm.fairness.report_tables import missingness
from aipm.fairness.result import AuditResult
from aipm.fairness.spec import Group
from aipm.fairness.texts import metrics_of, short, unanswered
from aipm.tables import Reading

MOST_NAMED = 12
PREPARING = frozenset(
    {"spellings_folded", "whitespace_trimmed", "numeric_group_binned", "score_comma", "score_percent"}
    | {"positive_inferred", "threshold_default"}
)
"""Warnings that tell of something done to the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A point of the article: what was found, and the questions left to a person, by name with their answers."""

    key: str
    name: str
    article: str
    asks: str
    found: tuple[str, ...]
    said: tuple[tuple[str, str, str], ...]
    """Name, question and answer ("": to be filled in)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    points: tuple[Evidence, ...]

    @property
    def shown(self) -> int:
        """Points of which the data shows something."""
        return sum(bool(point.found) for point in self.points)

    @property
    def questions(self) -> int:
        return sum(len(point.said) for point in self.points)

    @property
    def open(self) -> int:
        """Questions that nobody has answered yet."""
        return sum(not answer.strip() for point in self.points for _, _, answer in point.said)


def evidence(
    result: AuditResult,
    *,
    file_name: str,
    reading: Reading | None = None,
    columns: int | None = None,
    answers: dict[str, str] | None = None,
) -> Sheet:
    """The sheet of an audit, drawn as it is: suppress it before. `answers` are what people said, by question."""
    given = answers or {}
    found = {
        "design": _design(result),
        "origin": _origin(result, file_name, reading, columns),
        "preparation": _preparation(result),
        "assumptions": _assumptions(result),
        "quantity": _quantity(result),
        "examination": _examination(result),
        "measures": (law_texts().ai_act.found.detection,),
        "gaps": _gaps(result),
        "quality": _quality(result),
        "context": (),
        "special": _special(result),
    }
    return Sheet(
        points=tuple(
            Evidence(
                key=point.key,
                name=point.name,
                article=point.article,
                asks=point.asks,
                found=found[point.key],
                said=tuple((name, field.label, given.get(name, "").strip()) for name, field in point.fields.items()),
            )
            for point in law_texts().ai_act.points
        )
    )


def _say() -> FoundTexts:
    return law_texts().ai_act.found


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _design(result: AuditResult) -> tuple[str, ...]:
    say, spec = _say(), result.spec
    roles = [
        say.role.format(role=name, column=column)
        for role, name in say.role_names.items()
        if (column := getattr(spec, role)) is not None
    ]
    compared = say.compared.format(
        columns=_listed(spec.groups),
        favourable=say.favourable[spec.favourable],
        tolerance=number.ratio(spec.tolerance),
        reference=say.reference[spec.reference_rule]
        if not spec.reference
        else _listed(short((pair,)) for pair in spec.reference),
    )
    return (compared, *((say.roles.format(roles=_listed(roles)),) if roles else ()))


def _origin(result: AuditResult, file_name: str, reading: Reading | None, columns: int | None) -> tuple[str, ...]:
    say = _say()
    rows = number.count(result.rows)
    data = (say.data_short if columns is None else say.data).format(
        file=file_name, rows=rows, columns=columns, fingerprint=result.fingerprint
    )
    if reading is None:
        return (data,)
    details = "".join(
        template.format(**{name: value})
        for template, name, value in (
            (say.encoding, "encoding", reading.encoding),
            (say.delimiter, "delimiter", reading.delimiter and repr(reading.delimiter)),
        )
        if value
    )
    read = say.read.format(container=reading.container, details=details, warnings=len(reading.warnings))
    return data, read


def _preparation(result: AuditResult) -> tuple[str, ...]:
    say, spec = _say(), result.spec
    found = [each.message for each in result.warnings if each.code in PREPARING]
    if spec.bins:
        found.append(say.bins.format(columns=_listed(column for column, _ in spec.bins)))
    if spec.where:
        found.append(say.where.format(where=_listed(f"{column} = {value}" for column, value in spec.where)))
    return tuple(found)


def _assumptions(result: AuditResult) -> tuple[str, ...]:
    say, spec = _say(), result.spec
    found = [
        say.taken.format(role=say.role_names[role], values=_listed(values))
        for role, values in (("label", spec.label_positive), ("prediction", spec.prediction_positive))
        if values
    ]
    return (*found, say.label_true if spec.label is not None else say.no_label)


def _quantity(result: AuditResult) -> tuple[str, ...]:
    """How many groups have enough people for the metric that leads."""
    say = _say()
    lead = _lead(result)
    groups = result.groups[1:]
    hidden = [each.group for each in groups if each.metrics[lead].reason == REASON]
    thin = [each.group for each in groups if each.metrics[lead].status != "ok" and each.metrics[lead].reason != REASON]
    found = [say.enough.format(groups=len(groups), enough=len(groups) - len(thin) - len(hidden))]
    if thin:
        template = say.thin if len(thin) <= MOST_NAMED else say.thin_many
        found.append(template.format(count=number.count(len(thin)), groups=_listed(map(_named, thin[:MOST_NAMED]))))
    if hidden:
        found.append(say.hidden.format(count=number.count(len(hidden))))
    return tuple(found)


def _lead(result: AuditResult) -> str:
    """The metric that carries the first verdict; where there is none, the number of rows."""
    decided = (verdict.metric for verdict in result.verdicts if verdict.metric is not None)
    return next(decided, metrics_of("representation", result.spec)[0])


def _named(group: Group) -> str:
    return " · ".join(f"{column} = {short(((column, value),))}" for column, value in group)


def _examination(result: AuditResult) -> tuple[str, ...]:
    say = _say()
    looks = len(result.comparisons)
    gaps = sum(each.verdict == "gap" for each in result.comparisons)
    counted = say.looks.format(looks=number.count(looks), gaps=number.count(gaps))
    return (*((counted,) if looks else ()), *(verdict.text for verdict in result.verdicts))


def _gaps(result: AuditResult) -> tuple[str, ...]:
    missing = [each.message for each in result.warnings if each.code.startswith(("missing_", "score_missing"))]
    lacking = [_say().cannot.format(title=each.title) for each in unanswered(result.unanswered)]
    return (*missing, *missingness(result), *lacking)


def _quality(result: AuditResult) -> tuple[str, ...]:
    """The share of every group of single columns whose groups are all shown."""
    say, found = _say(), []
    everybody = result.groups[0].metrics["count"].value
    for column in result.spec.groups if everybody else ():
        sizes = {
            each.group: each.metrics["count"].value
            for each in result.groups
            if [name for name, _ in each.group] == [column]
        }
        known = {group: size for group, size in sizes.items() if size is not None}
        if len(known) < len(sizes) or everybody is None:
            continue
        shares = [
            say.share.format(group=short(group), share=number.rate(size / everybody))
            for group, size in sorted(known.items(), key=lambda pair: -pair[1])
        ]
        more = [say.more_shares.format(count=len(shares) - MOST_NAMED)] if len(shares) > MOST_NAMED else []
        found.append(say.shares.format(column=column, shares=_listed([*shares[:MOST_NAMED], *more])))
    return tuple(found)


def _special(result: AuditResult) -> tuple[str, ...]:
    columns = special(result.spec.groups)
    return (_say().special.format(columns=_listed(columns)) if columns else _say().no_special,)
