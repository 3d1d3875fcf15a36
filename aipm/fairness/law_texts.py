"""content/audit_law.yaml, typed: what the reports for laws and rules say."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm.content import ContentError, load
from aipm.fairness.spec import Favourable
from aipm.fairness.texts import texts
from aipm.fairness.vocabulary import Law, Source

Rule = Literal["nyc", "four_fifths", "ai_act"]
Measure = Literal["selection_rate", "scoring_rate"]
Part = Literal["sex", "race", "both"]
RowKind = Literal["highest", "left_out", "ok", "few", "not_computable", "no_ratio", "ratio_hidden", "suppressed"]
Unrated = Literal["too_few", "nobody", "alone", "hidden"]
"""Why the four-fifths rule has no answer."""
Reading = Literal[
    "reference", "flag", "flag_chance", "beyond_chance", "no_flag", "not_rated", "not_computable", "suppressed"
]


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a person says, and what stands behind the question mark."""

    label: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTexts:
    choose: str
    more: str
    not_advice: str
    to_fill: str
    hidden: str
    none: str
    state: str
    measures: dict[Measure, str]
    rates: dict[Measure, str]
    threshold: str
    unhidden: str
    fields: str
    notes: str
    html: str
    csv: str
    no_measure: str
    hidden_note: str
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisTexts:
    """What a report rests on, by whether a yes is good for the person."""

    decision: dict[Favourable, str]
    threshold: dict[Favourable, str]
    score: dict[Favourable, str]
    median: str
    where: str
    weighted: str
    median_weighted: str
    clustered: str
    or_: str
    and_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LawWords:
    """Words in the name of a column, and values of a group that mean that nobody knows."""

    sex: frozenset[str]
    race: frozenset[str]
    special: frozenset[str]
    unknown: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NycTexts:
    title: str
    sex: Field
    race: Field
    nothing: str
    rate: Field
    unknown: Field
    leave_out: Field
    need_columns: str
    answer: str
    answer_equal: str
    answer_none: str
    answer_alone: str
    few_highest: str
    no_mark: str
    one_column: str
    same_column: str
    tables: dict[Part, str]
    head: dict[str, str]
    unknown_line: str
    unknown_hidden: str
    all_people: str
    people_hidden: str
    without: str
    what: dict[Measure, str]
    row_notes: dict[RowKind, str]
    asks_numbers: str
    numbers_help: str
    fields: dict[str, Field]
    method: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FourFifthsTexts:
    title: str
    answer: dict[Reading, str]
    unrated: dict[Unrated, str]
    verdicts: dict[Reading, str]
    more: str
    hidden: str
    table: str
    table_alone: str
    table_none: str
    head: dict[str, str]
    of_all: str
    mark: str
    unknown: str
    weighted: str
    readings: dict[Reading, str]
    one_person: str
    flips: str
    flips_down: str
    one_person_note: str
    method: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTexts:
    """Parts of what the data shows of a point of Article 10."""

    compared: str
    favourable: dict[str, str]
    reference: dict[str, str]
    roles: str
    role_names: dict[str, str]
    role: str
    data: str
    data_short: str
    read: str
    encoding: str
    delimiter: str
    where: str
    bins: str
    taken: str
    label_true: str
    no_label: str
    enough: str
    thin: str
    thin_many: str
    hidden: str
    looks: str
    detection: str
    cannot: str
    shares: str
    share: str
    more_shares: str
    context: str
    special: str
    no_special: str
    nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of the article: what it asks for, and what only a person can say of it."""

    key: str
    name: str
    article: str
    asks: str
    fields: dict[str, Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class AiActTexts:
    title: str
    answer: str
    caution: str
    head: tuple[str, ...]
    caption: str
    point: str
    overview: str
    overview_head: tuple[str, ...]
    nothing: str
    open: str
    said: str
    found: FoundTexts
    points: tuple[Point, ...]
    method: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawTexts:
    """All of content/audit_law.yaml."""

    names: dict[Rule, str]
    laws: dict[Rule, str]
    shared: SharedTexts
    basis: BasisTexts
    words: LawWords
    nyc: NycTexts
    four_fifths: FourFifthsTexts
    ai_act: AiActTexts

    def law(self, rule: Rule) -> tuple[Law, Source]:
        """What content/fairness.yaml says of the law behind a report, and where it is to be read."""
        law = next(each for each in texts().laws if each.source == self.laws[rule])
        return law, texts().sources[law.source]


@cache
def law_texts() -> LawTexts:
    """The texts, read once. Raises ContentError."""
    found: LawTexts = load("audit_law", LawTexts)
    known = {law.source for law in texts().laws}
    for rule, source in found.laws.items():
        if source not in known:
            raise ContentError(f"audit_law.yaml: laws.{rule}: {source!r} is no law of fairness.yaml")
    return found
