"""Would another method say the same: the first three by six ways to add up, and what it means where they differ."""

import re

import streamlit as st

from aipm.content import number
from aipm.selection.methods import Method
from aipm.selection.needs import need_texts
from aipm.selection.ranked import Agreement, Compared, RankResult
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import joined

PLACES = 3


def other_methods(result: RankResult, agreed: Agreement, compared: Compared, text: ScorerPage) -> None:
    """Folded: a calm answer to a question that few ask first."""
    if len(result.ranking) < 2 or not agreed.of:
        return
    said = text.methods
    with st.expander(said.title):
        page.draw(Html(f"<p>{markup(verdict(result, agreed, text), limit=LONG)}</p>"), page.quiet(said.sentence))
        rows = [
            (said.methods[method].name, *_first(places, text), like_ours(result, compared, method))
            for method, places in compared.places.items()
        ]
        heads = tuple(Column(name=each, number=place == PLACES + 1) for place, each in enumerate(said.columns))
        lines = [*refusals(compared, text), *_explained(compared, text), said.parameters]
        page.draw(table(heads, rows, caption=said.table), page.quiet(said.explain), notes(lines))


def verdict(result: RankResult, agreed: Agreement, text: ScorerPage) -> str:
    """How many agree on whom; and whom this page goes by, where that is another."""
    said, ours = text.methods, result.lead.first
    if agreed.name is None:
        votes = [name for first in agreed.winners.values() for name in first]
        most = dict.fromkeys(name for name in votes if votes.count(name) == agreed.count)
        told = said.split.format(count=agreed.count, of=agreed.of, names=joined(list(most), text.answer["or"]))
    else:
        template = said.agree if agreed.count == agreed.of else said.differ
        told = template.format(count=agreed.count, of=agreed.of, name=agreed.name)
    if ours == (agreed.name,):
        return told
    return f"{told} {said.ours.format(name=joined(list(ours), text.answer['or']))}"


def like_ours(result: RankResult, compared: Compared, method: Method) -> str:
    """Spearman's correlation of a method's order with this page's."""
    from aipm.selection.ranking import rank_correlation

    places = {each.name: each.rank for each in result.ranking}
    return number.ratio(rank_correlation(places, {name: compared.places[method][name] for name in places}))


def refusals(compared: Compared, text: ScorerPage) -> list[str]:
    """The methods that cannot take these values, and why, with criteria by the names that people read."""
    said, words = text.methods, need_texts().criteria
    lines = []
    for method, why in compared.refused.items():
        told = re.sub("“([^”]+)”", lambda found: f"“{words[found[1]].name}”" if found[1] in words else found[0], why)
        lines.append(said.refused.format(method=said.methods[method].name, why=told))
    return lines


def _first(places: dict[str, int], text: ScorerPage) -> list[str]:
    """Who takes each of the first three places; equals share one, and then the next stays empty."""
    found = []
    for place in range(1, PLACES + 1):
        names = [name for name, each in places.items() if each == place]
        shown = ", ".join(names[:2])
        more = len(names) - 2
        found.append(text.left["more"].format(names=shown, count=more) if more > 0 else shown or text.methods.alike)
    return found


def _explained(compared: Compared, text: ScorerPage) -> list[str]:
    from aipm.selection.methods import TEXTBOOK

    said = text.methods
    lines = []
    for method in compared.places:
        named = said.methods[method]
        how = said.ends.format(help=named.help, normalisation=said.normalisations[TEXTBOOK[method]])
        lines.append(said.line.format(name=named.name, how=how))
    return lines
