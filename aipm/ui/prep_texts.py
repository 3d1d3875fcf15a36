"""content/data_prep.yaml, typed: what the Data prep page says around the engines, and steps in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aipm import content
from aipm.content import number
from aipm.content.visible import visible
from aipm.prep.operation_texts import operation_texts
from aipm.prep.recipe import Step
from aipm.ui.audit_texts import Empty, Field, ReadingTexts, audit_page

MOST_NAMED = 3
LONGEST = 60
LONGEST_FORMULA = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTexts:
    size: str
    ready: str
    safe: str
    decisions: str
    mixed: str
    failed: str
    count: dict[str, str]
    target: Field
    no_target: str
    group: Field
    no_group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanTexts:
    """The findings: their groups, what stands on a card, and what can be done with it."""

    title: str
    groups: dict[str, str]
    about: dict[str, str]
    empty: str
    file: str
    rows: str
    values: str
    proposal: str
    accept: str
    change: str
    own: str
    ignore: str
    heed: str
    more: str
    done: str
    done_title: str
    ignored_title: str
    all_safe: str
    all_safe_title: str
    severities: dict[str, str]
    stages: dict[str, tuple[str, ...]]
    alternatives: dict[str, tuple[str, ...]]
    for_kinds: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTexts:
    operation: str
    column: str
    columns: str
    add: str
    save: str
    cancel: str
    reason: Field
    preview: str
    heavy: str
    none: str
    old: str
    new: str
    unit: str
    worth: str
    list_help: str
    value: str
    costs: str
    not_yet: str
    which: str
    insert_column: str
    insert_function: str
    functions: dict[str, str]
    shown_when: dict[str, dict[str, dict[str, tuple[str, ...]]]]
    heavy_operations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTexts:
    title: str
    cells: str
    cell_columns: tuple[str, ...]
    missing: str
    counts: str
    count_columns: tuple[str, ...]
    distributions: str
    before: str
    after: str
    rows: str
    blank: str
    blank_new: str
    other: str
    sampled: str
    groups: str
    group_columns: tuple[str, ...]
    first: str
    cannot: str
    nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTexts:
    title: str
    empty: str
    undo: str
    redo: str
    menu: str
    actions: dict[str, str]
    editing: str
    looking: str
    close: str
    order: str
    mend: str
    failed: str
    switched_off: str
    earlier: str
    earlier_text: str
    earlier_use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeTexts:
    title: str
    sentence: str
    purpose: str
    purposes: dict[str, str]
    operations: dict[str, tuple[str, ...]]
    choose: str
    back: str
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTexts:
    title: str
    sentence: str
    as_is: str
    columns: tuple[str, ...]
    parts: dict[str, str]
    formats: Field
    format_names: dict[str, str]
    contents: str
    files: dict[str, str]
    all: str
    single: str
    run: str
    failed: str
    open_title: str
    open_text: str
    open_label: str
    open_refused: str
    mapping: str
    map_label: str
    map_none: str
    dry_run: str
    dry_columns: tuple[str, ...]
    statuses: dict[str, str]
    use: str
    use_partly: str
    replaced: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepPage:
    """The sections of content/data_prep.yaml that the frame, Clean, Shape and the downloads use."""

    upload: str
    invitation: str
    empty: Empty
    sample_about: str
    sample_planted: str
    sample_columns: str
    sample_finds: str
    refused: str
    working: str
    steps: dict[str, str]
    steps_label: str
    step_open: str
    summary: SummaryTexts
    clean: CleanTexts
    form: FormTexts
    preview: PreviewTexts
    history: HistoryTexts
    shape: ShapeTexts
    take: TakeTexts
    next: dict[str, str]


def prep_page() -> PrepPage:
    found: PrepPage = content.load("data_prep", PrepPage)
    return found


def reading_texts() -> ReadingTexts:
    """How a file was read is said in the same words on every page."""
    return audit_page().reading


def counted(what: str, count: int) -> str:
    """A count with its word: 1 row, 3 rows."""
    one, more = prep_page().summary.count[what].split("|")
    return (one if count == 1 else more).format(count=number.count(count))


def operation_name(op: str) -> str:
    found = operation_texts().get(op)
    return found.name if found else visible(op)


def sentence(step: Step) -> str:
    """A step in a line: what is done, to which columns, how. For a surface that draws text as it is."""
    columns = _some([visible(name, limit=LONGEST) for name in step.columns])
    settings = settings_in_words(step)
    return operation_name(step.op) + (f": {columns}" if columns else "") + (f" ({settings})" if settings else "")


def settings_in_words(step: Step) -> str:
    """The settings that were chosen, as a person would say them; seeds and the like are left to the recipe."""
    known = operation_texts()[step.op].params if step.op in operation_texts() else {}
    told = []
    for name, value in step.params.items():
        text = known.get(name)
        if name in ("seed", "rows") or text is None or value in ("", None):
            continue
        said = _value(value, text.choices, limit=LONGEST_FORMULA if name in ("expression", "condition") else LONGEST)
        if isinstance(value, bool):
            told += [text.label] if value else []
        elif said:
            told.append(
                said if text.choices or isinstance(value, str | list | tuple | Mapping) else f"{text.label}: {said}"
            )
    return "; ".join(told)


def _value(value: Any, choices: Mapping[str, str], *, limit: int) -> str:
    if isinstance(value, Mapping):
        return _some(
            [f"{visible(str(old), limit=30)} → {visible(str(new), limit=30) or '∅'}" for old, new in value.items()]
        )
    if isinstance(value, list | tuple):
        return _some([_choice(choices, each) or visible(str(each), limit=30) for each in value])
    return _choice(choices, value) or visible(str(value), limit=limit)


def _choice(choices: Mapping[str, str], value: Any) -> str:
    """The name of a choice, without what explains it."""
    return choices.get(str(value), "").partition(": ")[0].partition(" (")[0]


def _some(names: list[str]) -> str:
    shown = names[:MOST_NAMED]
    return ", ".join(shown) + (f" +{number.count(len(names) - MOST_NAMED)}" if len(names) > MOST_NAMED else "")
