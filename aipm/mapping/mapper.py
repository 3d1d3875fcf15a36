"""A statement -> capabilities in order, how strong the lead is, and what can be checked of it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aipm import encoder
from aipm.mapping.capabilities import KEYS, Key, capabilities
from aipm.mapping.examples import LABELS, NONE
from aipm.mapping.features import gaps_between, words
from aipm.mapping.heads import Floats, Heads, heads, lesson_vectors, lessons
from aipm.mapping.result import Candidate, MappingResult, MappingSpec, Near, Phrase, Strength
from aipm.mapping.statement import MOST_CHARACTERS, checked, remarks
from aipm.mapping.texts import UNLIKELY, mapping_texts
from aipm.mapping.vectors import Vectors

NEAREST = 3
PHRASES, LONGEST_PHRASE = 4, 4
UNREADABLE = frozenset({"not_english", "no_words"})
"""Remarks on a text that the mapper cannot be sure of, whatever its lead."""
SPEAKS = 0.15
"""A word that moves the lead by less, in logits, is not named."""


def warm_up() -> None:
    """Load the encoder and train the heads now rather than for the first person who asks. Raises ContentError."""
    map_statement(MappingSpec(text="Sort the tickets"))


def map_statement(spec: MappingSpec) -> MappingResult:
    """Map one statement. Raises Refusal where it is empty or in no language the mapper knows."""
    return map_statements([spec])[0]


def map_statements(specs: Sequence[MappingSpec]) -> list[MappingResult]:
    """Map statements at once: far quicker than one by one. Raises Refusal at the first that cannot be read."""
    texts = [checked(spec.text) for spec in specs]
    learned = heads()
    tokens = encoder.in_context([text[:MOST_CHARACTERS] for text in texts])
    means = np.stack([each.mean(axis=0) for each in tokens]) if tokens else np.empty((0, encoder.DIMENSIONS))
    meanings = means / np.linalg.norm(means, axis=1, keepdims=True)
    logits = learned.logits(texts, meanings)
    near = _nearest(meanings)
    return [
        _result(spec, text, each, learned, logits=row, near=found)
        for spec, text, each, row, found in zip(specs, texts, tokens, logits, near, strict=True)
    ]


def _result(
    spec: MappingSpec, text: str, tokens: Vectors, learned: Heads, *, logits: Floats, near: tuple[Near, ...]
) -> MappingResult:
    said = mapping_texts()
    if spec.output is not None:
        logits = logits + np.log([said.question.answers[spec.output].weights.get(label, UNLIKELY) for label in LABELS])
    seven = logits[: len(KEYS)]
    order = np.argsort(-seven, kind="stable")
    first, second = int(order[0]), int(order[1])
    lead = float(seven[first] - seven[second])
    no_ai_lead = float(logits[LABELS.index(NONE)] - seven[first])
    notes = remarks(text)
    strength: Strength = "weak" if UNREADABLE & set(notes) else strength_of(lead)
    shares = np.exp(seven - seven[first])
    direction = np.zeros(len(LABELS))
    direction[first], direction[second] = 1, -1
    weights = by_word(text, tokens, learned, direction)
    return MappingResult(
        spec=spec,
        ranking=tuple(Candidate(capability=KEYS[place], score=float(shares[place] / shares.sum())) for place in order),
        strength=strength,
        may_not_need_ai=no_ai_lead >= said.edges.no_ai,
        lead=lead,
        no_ai_lead=no_ai_lead,
        phrases=_phrases(text, weights, KEYS[first]),
        against=_phrases(text, -weights, KEYS[second]),
        examples=near,
        question=said.question.text if strength == "weak" and spec.output is None else None,
        confused_with=capabilities()[KEYS[first]].confused_with.get(KEYS[second]),
        remarks=notes,
    )


def strength_of(lead: float) -> Strength:
    edges = mapping_texts().edges
    return "strong" if lead >= edges.strong else "moderate" if lead >= edges.moderate else "weak"


def by_word(text: str, tokens: Vectors, learned: Heads, direction: Floats) -> Floats:
    """What each word (see `features.words`) adds to logits @ direction, by both heads.

    The meaning head is linear in the mean of the tokens, each of which belongs to a word (Devlin's pieces); the rest
    (marks, and the two tokens at the ends) belongs to nobody.
    """
    weights = learned.by_word(text, direction)
    shares = tokens @ (learned.meaning_coefficients @ direction)
    shares /= len(tokens) * np.linalg.norm(tokens.mean(axis=0))
    gaps, said = gaps_between(text), words(text)
    place = 1  # behind the token that marks the beginning
    for number, (gap, word) in enumerate(zip(gaps, said, strict=False)):
        place += _pieces(gap)
        pieces = _pieces(word)
        weights[number] += shares[place : place + pieces].sum()
        place += pieces
    return weights


def _pieces(text: str) -> int:
    """How many tokens a text takes, apart from the two at its ends."""
    return len(encoder.tokens(text).ids) - 2 if text.strip() else 0


def _phrases(text: str, weights: Floats, capability: Key) -> tuple[Phrase, ...]:
    """The words with the largest weights; neighbours that both speak are one phrase."""
    said = words(text)
    found: list[Phrase] = []
    start = 0
    while start < len(said):
        end = start
        while end < len(said) and end < start + LONGEST_PHRASE and weights[end] >= SPEAKS:
            end += 1
        if end > start and not all(word.lower() in mapping_texts().function_words for word in said[start:end]):
            together = " ".join(said[start:end])
            found.append(Phrase(text=together, capability=capability, weight=float(weights[start:end].sum())))
        start = max(end, start + 1)
    return tuple(sorted(found, key=lambda phrase: -phrase.weight)[:PHRASES])


def _nearest(meanings: NDArray[np.float32]) -> list[tuple[Near, ...]]:
    """The lessons closest in meaning to each statement."""
    taught = lessons()
    cosines = meanings @ lesson_vectors().T
    best = np.argsort(-cosines, axis=1, kind="stable")[:, :NEAREST]
    return [
        tuple(
            Near(
                text=taught[place].text,
                label=taught[place].label,
                source=taught[place].source,
                cosine=float(row[place]),
            )
            for place in places
        )
        for row, places in zip(cosines, best, strict=True)
    ]
