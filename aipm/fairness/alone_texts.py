"""content/audit_alone.yaml, typed: what the audit says of the data by itself."""

from dataclasses import dataclass

from aipm.content import load

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    label: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    title: str
    ask: str
    number: str
    more: str
    more_help: str
    upload: str
    upload_help: str
    source: str
    source_help: str
    fill: str
    same: str
    differs: str
    lacks: str
    open: str
    fit: str
    missing: str
    caption: str
    plot: str
    columns: Lines
    alone_caption: str
    alone_columns: Lines
    compare: str
    beside: str
    few: str
    absent: str
    notes: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    title: str
    none: str
    differs: str
    others: str
    same: str
    same_one: str
    unsure: str
    caption: str
    columns: Lines
    label_title: str
    label_caption: str
    label_columns: Lines
    label_none: str
    label_note: str
    notes: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyTexts:
    title: str
    sentence: str
    together: str
    pairs: str
    pairs_many: str
    chance: str
    told: str
    told_weakly: str
    told_hardly: str
    alone_one: str
    alone_some: str
    alone_none: str
    by_missing: str
    carrier: str
    paired: str
    strengths: dict[str, str]
    plot: str
    caption: str
    columns: Lines
    carriers: str
    carrier_columns: Lines
    groups: str
    group_columns: Lines
    role: str
    details: str
    sampled: str
    whole: str
    groups_left_out: str
    failed: str
    notes: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    title: str
    none: str
    nothing: str
    learns: str
    gap: str
    fine: str
    open: str
    caption: str
    columns: Lines
    plot: str
    details: str
    sampled: str
    whole: str
    used: str
    failed: str
    notes: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class AloneTexts:
    """All of content/audit_alone.yaml."""

    views: Views
    column: str
    column_help: str
    how: str
    working: dict[str, str]
    kinds: dict[str, str]
    left_out: str
    left_out_because: dict[str, str]
    present: Present
    gaps: Gaps
    proxies: ProxyTexts
    labels: Labels
    report_title: str
    hidden: str
    hidden_cell: str
    population_source: str
    sources: tuple[tuple[str, str], ...]


def alone_texts() -> AloneTexts:
    """Read once. Raises ContentError."""
    found: AloneTexts = load("audit_alone", AloneTexts)
    return found
