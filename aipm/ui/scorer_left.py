"""Who is left after every must, who is not and why, what giving up a filter brings back, and the engine's remarks."""

import re
from collections.abc import Iterable, Sequence

import streamlit as st

from aipm.content import number
from aipm.selection.candidates import Excluded
from aipm.selection.needs import need_texts
from aipm.selection.ranked import RankResult
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.fragments import Column, notes, table
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_work import Screened

MOST_NAMES = 2


def left(found: Screened, text: ScorerPage) -> None:
    said, screening = text.left, found.screening
    page.section(said["title"])
    page.draw(Html(f'<p class="lead" role="status">{markup(screening.sentence, limit=2_000)}</p>'))
    questions = need_texts().questions
    if screening.filters:
        rows = [
            (questions[each.question].question, number.count(each.left), names(each.brings_back, text))
            for each in screening.filters
        ]
        heads = (
            Column(name=said["column_filter"]),
            Column(name=said["column_left"], number=True),
            Column(name=said["column_back"]),
        )
        page.draw(table(heads, rows, caption=said["table"]))
    if not screening.left:
        for each in screening.relaxations:
            filters = " + ".join(f"“{questions[name].question}”" for name in each.questions)
            page.draw(page.quiet(said["relax"].format(filters=filters, names=names(each.brings_back, text))))
    if screening.excluded:
        with st.expander(said["excluded"].format(count=number.count(len(screening.excluded)))):
            lines = (
                said["out"].format(name=each.name, reasons="; ".join(one.text for one in each.failures))
                for each in screening.excluded
            )
            page.draw(notes(lines))


def unranked(excluded: Iterable[Excluded], text: ScorerPage) -> None:
    """Those who passed and cannot be ranked, because something that counts is not known of them."""
    lines = [text.left["unranked"].format(name=each.name, reason=why_unranked(each, text)) for each in excluded]
    if lines:
        page.draw(notes(lines))


def why_unranked(excluded: Excluded, text: ScorerPage) -> str:
    """What is not known of a candidate, by the names of the criteria."""
    words = need_texts().criteria
    lacking = (words[name].name if name in words else name for name in excluded.criteria)
    return f"{', '.join(lacking)}: {text.facts.unknown}"


def remarks(result: RankResult, text: ScorerPage) -> None:
    """Draw what to know of how the answer came about."""
    if lines := remarked(result, text):
        page.draw(notes(lines))


def remarked(result: RankResult, text: ScorerPage) -> list[str]:
    """What to know of how the answer came about: alike in something, beyond the ends of a scale, nothing to compare."""
    lines = []
    for each in result.remarks:
        template = text.left.get(f"remark_{each.code}", "")
        told = in_words(each.message)
        lines.append(template.format(names=", ".join(re.findall("“(.+?)”", told))) if template else told)
    return list(dict.fromkeys(lines))


def refused(refusal: Refusal, text: ScorerPage) -> None:
    """Why nobody can be ranked, and what to do about it, by the names that people see."""
    told = Refusal(refusal.code, in_words(refusal.message), advice=in_words(refusal.advice))
    page.refused(text.left["refused"], told)


def in_words(message: str) -> str:
    """An engine's message with the names of criteria and facts in place of their keys."""
    said = need_texts()
    words = said.facts | {key: each.name for key, each in said.criteria.items()}
    quoted = re.sub("“(\\w+)”", lambda found: f"“{words.get(found[1], found[1])}”", message)
    return re.sub(r"\b[a-z]+(?:_[a-z0-9]+)+\b", lambda found: words.get(found[0], found[0]), quoted)


def names(found: Sequence[str], text: ScorerPage) -> str:
    """The first few names and how many more."""
    if not found:
        return text.left["nobody"]
    listed = ", ".join(found[:MOST_NAMES])
    more = len(found) - MOST_NAMES
    return text.left["more"].format(names=listed, count=number.count(more)) if more > 0 else listed
