"""The questions of a datasheet for data (Gebru et al. 2021), once for all who fill one in: content/datasheet.yaml."""

from dataclasses import dataclass
from functools import cache

from aipm import content


@dataclass(frozen=True, slots=True)
class Question:
    """`known` is the key by which an answer is filled in."""

    text: str
    known: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasheetTexts:
    """`about` says what a datasheet is, `open` stands where nothing is known."""

    about: str
    source: str
    link: str
    open: str
    sections: tuple[Section, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.known for section in self.sections for each in section.questions)


@cache
def datasheet_texts() -> DatasheetTexts:
    """Read once. Raises ContentError."""
    found: DatasheetTexts = content.load("datasheet", DatasheetTexts)
    if len(set(found.keys)) < len(found.keys):
        raise content.ContentError("datasheet.yaml: sections: no key may stand twice")
    return found
