"""Mapping on the page: each statement once a session, many of them with progress."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import streamlit as st

from aipm.content import number
from aipm.mapping.result import MappingResult, MappingSpec, Output
from aipm.ui.mapper_state import answers, held, line
from aipm.ui.registry import registry

BATCH = 50
SHOWN = 100
"""From more statements than this on, progress is shown."""
MOST_KEPT = 2_500
Question = tuple[str, Output | None]


def mapped(texts: Sequence[str], *, answered: bool = True, working: str = "") -> list[MappingResult]:
    """A result for each text, with what its person said should come out where `answered`. Raises Refusal.

    `working` is a sentence with {done} and {count}, shown while many are mapped.
    """
    from aipm.mapping.mapper import map_statements  # numpy and what was learned: loaded by the server before

    given = answers() if answered else {}
    questions: list[Question] = [(said, given.get(said)) for said in map(line, texts)]
    known: dict[Question, MappingResult] = held("mapped", {})
    new = [question for question in dict.fromkeys(questions) if question not in known]
    bar = st.progress(0.0) if len(new) > SHOWN and working else None
    for start in range(0, len(new), BATCH):
        if bar is not None:
            said = working.format(done=number.count(start), count=number.count(len(new)))
            bar.progress(start / len(new), text=said)
        batch = new[start : start + BATCH]
        found = map_statements([MappingSpec(text=text, output=output) for text, output in batch])
        known.update(zip(batch, found, strict=True))
    if bar is not None:
        bar.empty()
    results = [known[question] for question in questions]
    if len(known) > MOST_KEPT:
        known.clear()
        known.update(zip(questions, results, strict=True))
    return results


def today() -> date:
    return datetime.now(UTC).date()


def made_by() -> str:
    """Who signs what is taken away."""
    return registry().product.name
