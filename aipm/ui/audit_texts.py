"""content/bias_audit.yaml, typed: what the Bias audit page says around the findings."""

from dataclasses import dataclass

from aipm import content


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    title: str
    points: tuple[str, ...]
    privacy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTexts:
    """How a file was read, and how to read it differently."""

    working: str
    title: str
    settings: str
    delimiter: str
    encoding: str
    header: str
    sheet: str
    automatic: str
    other_delimiters: dict[str, str]
    header_none: str
    header_row: str
    preview: str
    types: str
    type_columns: tuple[str, ...]
    kinds: dict[str, str]
    type_note: str
    says: dict[str, str]
    signs: dict[str, str]
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A question to the person and what stands behind its question mark."""

    label: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTexts:
    title: str
    sentence: str
    groups: Field
    prediction: Field
    prediction_yes: Field
    label: Field
    label_yes: Field
    score: Field
    threshold: Field
    favourable: Field
    favourable_options: dict[str, str]
    worse: Field
    worse_options: dict[str, str]
    more: str
    reference: Field
    reference_options: dict[str, str]
    named: Field
    tolerance: Field
    depth: Field
    depth_options: dict[int, str]
    bins: Field
    weight: Field
    cluster: Field
    none: str
    most_groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeeperTexts:
    title: str
    sentence: str
    parts: dict[str, str]
    about: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """All of content/bias_audit.yaml."""

    upload: str
    invitation: str
    empty: Empty
    sample_planted: str
    sample_finds: str
    reading: ReadingTexts
    roles: RoleTexts
    answers: dict[str, str]
    picture: dict[str, str]
    matrix: dict[str, str]
    intersections: dict[str, str]
    spread: dict[str, str]
    counts: dict[str, str]
    definitions: dict[str, str]
    deeper: DeeperTexts
    download: dict[str, str]
    next: dict[str, str]


def audit_page() -> AuditPage:
    found: AuditPage = content.load("bias_audit", AuditPage)
    return found
