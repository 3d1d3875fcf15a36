"""content/data_prep_{collect,format,guard}.yaml, typed: what three steps of the Data prep page say."""

from dataclasses import dataclass

from aipm import content
from aipm.ui.audit_texts import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeTexts:
    title: str
    what: Field
    example: str
    capability: Field
    no_capability: str
    noted: str
    known: str
    mapper: str
    unit: Field
    period: Field
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginTexts:
    title: str
    choose: Field
    good_for: str
    beware: str
    examples: str
    places: str
    sources: str
    kinds: dict[str, str]
    answer: str
    none: str
    done: str
    not_legal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnoughTexts:
    title: str
    sentence: str
    by: Field
    one: str
    single: str
    empty: str
    missing: str
    few: str
    caption: str
    first: str
    columns: tuple[str, ...]
    none: str
    no_target: str
    gaps: str
    to_audit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveTexts:
    title: str
    start: str
    again: str
    stop: str
    stopped: str
    working: str
    axis_rows: str
    scores: dict[str, str]
    chance: str
    spread: str
    alt: str
    point: str
    rests: str
    all_rows: str
    sampled: str
    left_out: str
    leaks: str
    owners: str
    numbers: str
    columns: tuple[str, ...]
    limits: str
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectTexts:
    purpose: PurposeTexts
    origin: OriginTexts
    enough: EnoughTexts
    curve: CurveTexts
    advice: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTexts:
    title: str
    sentence: str
    no_target: str
    classes: str
    numbers: str
    absent: str
    caption: str
    columns: tuple[str, ...]
    rename: str
    add: str
    rename_reason: str
    create: str
    create_help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTexts:
    title: str
    sentence: str
    sheet: str
    go_by: Field
    labels: Field
    guideline: Field
    rows: Field
    download: str
    needs: str
    agree: str
    columns: Field
    upload: str
    upload_help: str
    not_read: str
    none: str
    observed: str
    confused: str
    confused_columns: tuple[str, ...]
    disputed: str
    more: str
    download_joined: str
    joined_help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorsTexts:
    title: str
    start: str
    again: str
    stop: str
    stopped: str
    working: str
    found: str
    nothing: str
    how: dict[str, str]
    sampled: str
    rare: str
    caption: str
    row: str
    label: str
    likely: str
    doubt: str
    correct: str
    accept: str
    accept_none: str
    reason: str
    look: str
    look_caption: str
    look_columns: tuple[str, ...]
    changed: str
    download: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitTexts:
    title: str
    how: Field
    advised: str
    because: dict[str, str]
    group: Field
    label: Field
    time: Field
    validation: Field
    test: Field
    seed: Field
    add: str
    change: str
    same: str
    other: str
    reason: str
    preview: str
    part: str
    names: dict[str, str]
    caption_plain: str
    columns: tuple[str, ...]
    alt: str
    chart: str
    needs: str
    apart: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureTexts:
    title: str
    sentence: str
    good: str
    open: str
    caption: str
    columns: tuple[str, ...]
    kinds: dict[str, str]
    names: str
    tidy: str
    tidy_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatTexts:
    target: TargetTexts
    people: PeopleTexts
    errors: ErrorsTexts
    split: SplitTexts
    structure: StructureTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalTexts:
    title: str
    sentence: str
    none: str
    open: str
    all_done: str
    kinds: dict[str, str]
    ways: dict[str, str]
    advised: str
    done: dict[str, str]
    by_step: str
    failed: str
    take_back: str
    leave: str
    left: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretTexts:
    title: str
    label: str
    help: str
    make: str
    made: str
    missing: str
    short: str
    set: str
    script: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdTexts:
    title: str
    known: Field
    sensitive: Field
    none: str
    k: Field
    l: Field  # noqa: E741 - the name of the measure
    choose: str
    facts: tuple[str, ...]
    find: str
    working: str
    accept: str
    reason: str
    all_gone: str
    not_now: str
    caption: str
    columns: tuple[str, ...]
    as_is: str
    gone: str
    limits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiversityTexts:
    title: str
    column: Field
    how: Field
    ways: dict[str, str]
    group: str
    share: str
    table_help: str
    upload: str
    empty: str
    caption: str
    columns: tuple[str, ...]
    here: str
    there: str
    alt: str
    verdicts: dict[str, str]
    missing: str
    to_collect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceTexts:
    title: str
    no_target: str
    numbers: str
    fine: str
    rare: str
    ways: dict[str, str]
    way: Field
    first: str
    try_: str
    add: str
    needs_split: str
    to_split: str
    reason: dict[str, str]
    caption: str
    columns_after: tuple[str, ...]
    alt: str
    before: str
    after: str
    weighted: str
    there: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardTexts:
    personal: PersonalTexts
    secret: SecretTexts
    crowd: CrowdTexts
    diversity: DiversityTexts
    balance: BalanceTexts


def collect_texts() -> CollectTexts:
    found: CollectTexts = content.load("data_prep_collect", CollectTexts)
    return found


def format_texts() -> FormatTexts:
    found: FormatTexts = content.load("data_prep_format", FormatTexts)
    return found


def guard_page_texts() -> GuardTexts:
    found: GuardTexts = content.load("data_prep_guard", GuardTexts)
    return found
