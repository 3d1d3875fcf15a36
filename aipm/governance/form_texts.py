"""The words of a form that is filled in step by step: its steps, fields, rows, and what is still missing in it."""

from dataclasses import dataclass, field
from typing import Literal

Known = Literal["yes", "no", "unsure"]
"""An answer where "does not apply" would make no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is missing or does not fit, named by its code; `row` is where, `values` fill in its sentence."""

    code: str
    row: str | None = None
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """Where a claim comes from, and how far and when that was checked."""

    name: str
    url: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A field: the question, a word of help, an example; `options` where it is one of a few answers."""

    label: str
    help: str | None = None
    example: str | None = None
    long: bool = False
    beside: bool = False
    """Whether it stands beside the field before it, where there is room."""
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsText:
    """A list of rows: what one is called, how one is added, and the fields of each."""

    title: str
    sentence: str
    one: str
    add: str
    remove: str
    empty: str
    fields: dict[str, FieldText]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepText:
    """A step of the form, the fields in it, and what to do there in a sentence."""

    name: str
    sentence: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapText:
    """What is missing, as a sentence; in which step it is mended."""

    text: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTexts:
    """All words of a form. `{…}` in them are values of the gap or the form that is spoken of."""

    title: str
    sentence: str
    start: str
    """In place of the answer while nothing is filled in."""
    done: str
    open: str
    steps: dict[str, StepText]
    fields: dict[str, FieldText]
    rows: dict[str, RowsText] = field(default_factory=dict)
    gaps: dict[str, GapText]
    as_of: str
    sources: tuple[SourceText, ...] = ()
    document: str
    """The title of the form as a document; {product} stands for the product's name."""
    unnamed: str
    """What stands for the product while it has no name."""

    def said(self, gap: Gap) -> str:
        return self.gaps[gap.code].text.format(**gap.values)
