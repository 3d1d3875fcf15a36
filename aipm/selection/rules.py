"""Rules as data: conditions over answers, where each rule comes from, and how far that source was looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from aipm import content

Text = Annotated[str, Meta(min_length=1)]
Texts = Annotated[tuple[Text, ...], Meta(min_length=1)]
Url = Annotated[str, Meta(pattern=r"^https://\S+$")]
Grade = Literal["A", "B", "C", "O"]
"""A documentation of a vendor or project, B book or paper, C trade page, O our own judgement."""
Checked = Literal["read", "relayed", "memory"]
"""The page or its abstract was read; others quote it; it was not looked at again."""
When = dict[str, tuple[str, ...]]
"""Question -> answers: every question must be met, by any of its answers. Without questions it is always met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    title: Text
    grade: Grade
    checked: Checked
    url: Url | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that spoke: its id, what it says, where that comes from and how good that source is."""

    id: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with its answers, in order: key -> what people see."""

    question: Text
    answers: Annotated[dict[str, Text], Meta(min_length=2)]
    help: str = ""


def meets(when: Mapping[str, tuple[str, ...]], answers: Mapping[str, str | None]) -> bool:
    """Whether every question under `when` is answered by one of its answers. What is not answered meets nothing."""
    return all(answers.get(question) in wanted for question, wanted in when.items())


def check_when(where: str, when: When, questions: Mapping[str, Question]) -> None:
    """Raises ContentError where a condition names a question or an answer that is none."""
    for question, wanted in when.items():
        check_known(where, [question], questions, "question")
        check_known(f"{where}.{question}", wanted, questions[question].answers, "answer")


def check_known(where: str, keys: Iterable[str], known: Mapping[str, object], what: str) -> None:
    """Raises ContentError where one of `keys` is not among `known`."""
    for key in keys:
        if key not in known:
            raise content.ContentError(f"{where}: {key!r} is no {what}")
