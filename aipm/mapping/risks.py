"""Plain questions on where AI is used and on whom -> areas of law to raise with legal, and what to find out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, get_args

from msgspec import Meta

from aipm import content
from aipm.content.law import Law, Month, laws
from aipm.mapping.capabilities import Text
from aipm.tables import Refusal

Answer = Literal["yes", "no", "unsure"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a yes points to: an area of a law, why, and keys of content/law.yaml: since when it applies, which law."""

    area: Text
    why: Text
    applies: Text
    source: Text
    as_of: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    question: Text
    examples: Text
    flags: Annotated[tuple[Rule, ...], Meta(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTexts:
    """The part `risks` of content/canvas.yaml."""

    title: Text
    sentence: Text
    note: Text
    as_of: Month
    answers: dict[Answer, Text]
    advice: Text
    task: Text
    questions: dict[str, Question]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    risks: RiskTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """An area of law that may matter: a reason to ask, never a verdict."""

    key: str
    """Of the question that raised it."""
    area: str
    why: str
    applies: str
    advice: str
    source: Law
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What somebody has to find out, because the answer was "not sure"."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    flags: tuple[Flag, ...]
    tasks: tuple[Task, ...]


@cache
def risk_texts() -> RiskTexts:
    """The questions and what they point to, read once. Raises ContentError."""
    found: RiskTexts = content.load("canvas", _File).risks
    if tuple(found.answers) != ANSWERS:
        raise content.ContentError(f"canvas.yaml: risks.answers: must be {', '.join(ANSWERS)}")
    for key, asked in found.questions.items():
        for place, rule in enumerate(asked.flags):
            where = f"canvas.yaml: risks.questions.{key}.flags[{place}]"
            if rule.applies not in laws().applies:
                raise content.ContentError(f"{where}.applies: {rule.applies!r} is not under applies in law.yaml")
            if rule.source not in laws().laws:
                raise content.ContentError(f"{where}.source: {rule.source!r} is not under laws in law.yaml")
    return found


def flags(answers: Mapping[str, Answer]) -> Flags:
    """What the answers point to, in the order of the questions. A question without an answer gives nothing.

    Raises Refusal for an answer that is none, or to no question.
    """
    said = risk_texts()
    if not (set(answers) <= set(said.questions) and set(answers.values()) <= set(ANSWERS)):
        raise Refusal("bad_answer", "This is not an answer to one of the questions.", advice="Say yes, no or unsure.")
    return Flags(
        flags=tuple(
            Flag(
                key=key,
                area=rule.area,
                why=rule.why,
                applies=laws().sentence(rule.applies),
                advice=said.advice,
                source=laws().laws[rule.source],
                as_of=rule.as_of,
            )
            for key, asked in said.questions.items()
            if answers.get(key) == "yes"
            for rule in asked.flags
        ),
        tasks=tuple(
            Task(key=key, text=said.task.format(question=asked.question))
            for key, asked in said.questions.items()
            if answers.get(key) == "unsure"
        ),
    )


def open_questions(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Keys of the questions that nobody has answered yet."""
    return tuple(key for key in risk_texts().questions if key not in answers)
