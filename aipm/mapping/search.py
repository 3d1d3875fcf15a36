"""Find what others did: the passages of the content that are close to a text, by meaning and by word."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np

from aipm import encoder
from aipm.encoder.nearness import Nearness
from aipm.mapping.capabilities import Capability, Metric, NoAi, capabilities, no_ai
from aipm.mapping.cases import CaseStudy, cases
from aipm.mapping.examples import NONE, examples
from aipm.mapping.features import words
from aipm.mapping.texts import mapping_texts
from aipm.mapping.vectors import vectors

Kind = Literal["case", "entry", "statement"]
"""A case study; a passage of the seven entries or of the one on no AI; an example statement."""
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST_CHARACTERS = 500
"""Of a longer text only the beginning is read: a question, not a document."""
CLOSE = 0.38
"""Where not one passage scores as much, nothing here is about the text."""
LEAST: dict[Kind, float] = {"case": 0.3, "entry": 0.45, "statement": 0.38}
"""Otherwise a passage is worth showing from here on: cases are few and told tersely, entries are general and many.
These and CLOSE were set by looking at what thirty texts find, half of them about other things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text of the content. `label` is a capability or "none"; `part` the entry's field it stands in."""

    kind: Kind
    text: str
    label: str
    part: str | None = None
    case: CaseStudy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that is close: `score` is its cosine plus WORD_WEIGHT times the share of words in common."""

    passage: Passage
    score: float


def search(text: str, *, kinds: Collection[Kind] = KINDS, limit: int = 10) -> tuple[Hit, ...]:
    """The closest passages, best first, at most `limit` of each kind; none where nothing is close."""
    line = " ".join(text.split())[:MOST_CHARACTERS]
    if not line:
        return ()
    scores = _index().scores(line)
    if scores.max() < CLOSE:
        return ()
    found: list[Hit] = []
    left = dict.fromkeys(kinds, limit)
    for place in np.argsort(-scores, kind="stable"):
        passage, score = passages()[place], float(scores[place])
        if score < min(LEAST.values()) or not any(left.values()):
            break
        if left.get(passage.kind) and score >= LEAST[passage.kind]:
            left[passage.kind] -= 1
            found.append(Hit(passage=passage, score=score))
    return tuple(found)


def load() -> None:
    """Make ready now what the first search would wait for: the encoder, the vectors, the words."""
    encoder.load()
    _index()


def searchable() -> list[str]:
    """Every text whose vector a search needs."""
    return [passage.text for passage in passages()]


@cache
def passages() -> tuple[Passage, ...]:
    """Everything that can be found."""
    found = [
        Passage(kind="case", text=f"{case.title}. {case.line}", label=case.capability, case=case) for case in cases()
    ]
    for key, capability in capabilities().items():
        found += [Passage(kind="entry", text=text, label=key, part=part) for part, text in _parts(capability)]
    found += [Passage(kind="entry", text=text, label=NONE, part=part) for part, text in _parts_of_none(no_ai())]
    found += [Passage(kind="statement", text=each.text, label=each.label) for each in examples()]
    return tuple(found)


def _parts(entry: Capability) -> Iterator[tuple[str, str]]:
    """The sentences of an entry, each with its field; its products stand among the cases."""
    for part in ("definition", "known", "without_ai", "eu_ai_act"):
        yield part, getattr(entry, part)
    for part in ("inputs", "outputs", "data", "failure_modes", "questions", "signals", "next_steps"):
        for text in getattr(entry, part):
            yield part, text
    for family in entry.models:
        yield "models", f"{family.name}: {family.plain}"
    measures = (*entry.metrics.offline, *entry.metrics.product, *entry.metrics.guardrail)
    yield from (("metrics", _metric(each)) for each in measures)
    for error in (entry.errors.false_yes, entry.errors.false_no):
        yield "errors", f"{error.name}: {error.costs} {error.example}"
    yield from (("ethics", f"{each.risk} {each.question}") for each in entry.ethics)
    yield from (("confused_with", told) for told in entry.confused_with.values())


def _metric(metric: Metric) -> str:
    return f"{metric.name}: {metric.means}"


def _parts_of_none(entry: NoAi) -> Iterator[tuple[str, str]]:
    yield "definition", entry.definition
    for kind in entry.kinds.values():
        yield "kinds", f"{kind.name}: {kind.question} {kind.instead} {kind.example}"
    for part in ("signals", "speaks_for_ai", "not_yet", "next_steps"):
        for text in getattr(entry, part):
            yield part, text


@cache
def _index() -> Nearness:
    found = passages()
    said = [f"{each.text} {each.case.company} {each.case.industry}" if each.case else each.text for each in found]
    return Nearness.of(said, vectors([each.text for each in found]), _words)


def _words(text: str) -> frozenset[str]:
    """Words that say something, in small letters."""
    return frozenset(word.lower() for word in words(text)) - mapping_texts().function_words
