"""What comparing like with like says in words: content/audit_like.yaml, typed, and sentences made of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from aipm.content import load, number
from aipm.fairness import texts as words
from aipm.fairness.result import Estimate
from aipm.fairness.simpson import Change, Driver, Story, difference, story
from aipm.fairness.spec import Favourable, Group
from aipm.fairness.strata_result import REST, LikeComparison, LikeWithLike, Side, Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A question to the person and what stands behind its question mark."""

    label: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    factors: Field
    placeholder: str
    none: str
    reason: Field
    reason_example: str
    standard: Field
    standards: dict[Standard, str]
    pair: Field
    pair_option: str
    metric: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    title: str
    lines: tuple[str, ...]
    weighted: str = ""
    clustered: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    label: str
    about: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    first: str
    part: str
    join: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTexts:
    title: str
    caption: str
    head: tuple[str, ...]
    counted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeTexts:
    """All of content/audit_like.yaml."""

    title: str
    choose: Choose
    caution: Lines
    no_reason: str
    no_reason_report: str
    reason_report: str
    example: Example
    names: dict[str, str]
    changes: dict[Change, str]
    certain: str
    uncertain: str
    strata: str
    strata_same: str
    drivers: Drivers
    left_out: str
    hidden: str
    one_column: str
    all_hidden: str
    differ: str
    disagree: str
    agree: str
    too_few_test: str
    facts: dict[str, str]
    picture: dict[str, str]
    overview: TableTexts
    table: TableTexts
    method: Lines
    sources: tuple[tuple[str, str], ...]


def like_texts() -> LikeTexts:
    found: LikeTexts = load("audit_like", LikeTexts)
    return found


def people(group: Group) -> str:
    """A group within a sentence."""
    return like_texts().names["rest"] if group == REST else words.people(group)


def short(group: Group) -> str:
    """A group's or stratum's name where its columns are said beside it."""
    return like_texts().names["rest_short"] if group == REST else words.short(group)


def factors(names: Iterable[str]) -> str:
    return like_texts().names["and"].join(words.cut(name) for name in names)


def part(stratum: Group) -> str:
    """A stratum within a sentence: "department = A and grade = 3"."""
    say = words.texts().sentences
    named = (
        say.no_value.format(column=words.cut(column))
        if value is None
        else say.value.format(column=words.cut(column), value=words.cut(value))
        for column, value in stratum
    )
    return like_texts().names["and"].join(named)


def answer(of: LikeComparison, told: Story, names: Iterable[str], favourable: Favourable) -> str:
    """What comparing like with like changes, in one or two sentences with the data's own numbers."""
    return (
        like_texts()
        .changes[told.change]
        .format(
            crude=_relation(of, of.crude, favourable),
            standardised=_relation(of, of.standardised, favourable),
            factors=factors(names),
            group=people(of.group),
            reference=people(of.reference),
        )
    )


def _relation(of: LikeComparison, side: Side, favourable: Favourable) -> str:
    """The two rates in words, to stand within a sentence."""
    finding = words.texts().metrics[of.metric].finding
    assert finding is not None
    said = finding.of(favourable).format(
        value=words.formatted(of.metric, side.group.value),
        reference_value=words.formatted(of.metric, side.reference.value),
        group=people(of.group),
        reference=people(of.reference),
    )
    return said[:1].lower() + said[1:]


def why(of: LikeComparison, told: Story, *, hidden: bool = False) -> list[str]:
    """How sure, in how many parts which way, who is where, and who has nobody to be compared with.

    Where parts are `hidden`, the last two are not said: they would tell of those parts.
    """
    say = like_texts()
    if told.change == "nothing":
        return [] if hidden else left_out(of)
    names = {"group": people(of.group), "reference": people(of.reference)}
    found = [say.certain if told.certain else say.differ if told.unclear else say.uncertain]
    counts = {name: number.count(getattr(told, name)) for name in ("higher", "lower", "compared")}
    found.append((say.strata if told.higher or told.lower else say.strata_same).format(**names, **counts))
    if told.drivers and not hidden:
        parts = say.drivers.join.join(_driver(of, each) for each in told.drivers)
        found.append(say.drivers.first.format(parts=parts))
    if of.odds_ratio.status == "strata_disagree":
        found.append(say.disagree)
    elif of.odds_ratio.status == "ok" and told.compared > 1:
        found.append(say.agree)
    return found if hidden else found + left_out(of)


def _driver(of: LikeComparison, each: Driver) -> str:
    return like_texts().drivers.part.format(
        spread=number.rate(each.spread),
        other_spread=number.rate(each.other_spread),
        group=people(of.group),
        reference=people(of.reference),
        stratum=part(each.stratum),
        rate=number.rate(each.rate),
    )


def left_out(of: LikeComparison) -> list[str]:
    """Who has nobody to be compared with, where there is anybody."""
    if not any(of.left_out):
        return []
    own, other = (number.count(each) for each in of.left_out)
    return [
        like_texts().left_out.format(
            own=own,
            other=other,
            group=people(of.group),
            reference=people(of.reference),
            covered=number.rate(of.covered),
        )
    ]


TELLING: tuple[Change, ...] = ("reversed", "explained", "appears", "uncertain", "stays", "open", "no_gap", "nothing")


def telling(of: LikeComparison) -> tuple[int, float]:
    """For putting the most telling pair first: by what changes, then by how much."""
    return TELLING.index(story(of).change), -abs(difference(of) - (of.standardised.difference or 0.0))


def rate(of: Estimate) -> str:
    """A rate with its interval, as numbers are written; in few words why not, where it is not to be relied on."""
    say = like_texts().picture
    if of.reason == "too_few_rows":
        return say["unrated"]
    shown = f"{number.rate(of.value)} {number.interval(of.low, of.high, form=number.rate)}".strip()
    return f"{shown} {say['thin']}" if of.status == "not_enough_data" else shown


def ratio(side: Side) -> str:
    """A ratio with its interval, as numbers are written."""
    return f"{number.ratio(side.ratio)} {number.interval(side.low, side.high, form=number.ratio)}".strip()


def points(difference: float | None, low: float | None, high: float | None) -> str:
    """A difference with its interval, as numbers are written."""
    return f"{number.points(difference)} {number.interval(low, high, form=number.points)}".strip()


def counted(of: Estimate) -> str:
    return like_texts().table.counted.format(
        numerator=number.count(of.numerator), denominator=number.count(of.denominator)
    )


def method(of: LikeWithLike) -> list[str]:
    """How it was worked out, with what holds for weights and clusters where there are any."""
    say = like_texts().method
    return [*say.lines, *([say.weighted] if of.weighted else []), *([say.clustered] if of.clustered else [])]


def strata_rows(of: LikeComparison) -> list[tuple[str, ...]]:
    """The numbers of every part as text, the columns of `table.head`."""
    return [
        (
            short(each.stratum),
            counted(each.group),
            rate(each.group),
            counted(each.reference),
            rate(each.reference),
            points(each.difference, each.difference_low, each.difference_high)
            if each.share is not None
            else like_texts().picture["nobody"],
            number.rate(each.share),
        )
        for each in of.each()
    ]


def overview_row(of: LikeComparison) -> tuple[str, ...]:
    """A group both ways as text, the columns of `overview.head`."""
    return (
        people(of.group),
        short(of.reference),
        ratio(of.crude),
        ratio(of.standardised),
        number.p_value(of.standardised.p_adjusted),
        words.texts().verdicts[of.standardised.verdict].name,
    )
