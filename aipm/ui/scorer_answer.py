"""The answer of "Which model?": one sentence, the bars behind it, why the first is ahead, and what would change it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct
from aipm.selection.cost import Workload
from aipm.selection.needs import need_texts
from aipm.selection.ranked import Agreement, Ranked, RankResult
from aipm.ui import page
from aipm.ui.fragments import notes
from aipm.ui.scorer_methods import verdict
from aipm.ui.scorer_state import PAGE
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_weighting import Weighting
from aipm.ui.scorer_words import amount, in_unit, joined, measured, points, said_so
from aipm.ui.state import kept

Plain = Mapping[str, Mapping[str, Any]]
ALONE = 1 - 1e-9
"""The weight of a criterion that alone counts: whoever shares the winner's value is level then, which tells nothing."""
WHOLE = 1_000
"""From here on a value that would unseat the winner is said without decimals."""


def answer(result: RankResult, agreed: Agreement, asked: Workload, text: ScorerPage, weighting: Weighting) -> None:
    """Who leads, by how much, and how sure that is."""
    said = text.answer
    page.section(said["title"])
    warning = "" if weighting.reliable else text.weights.unreliable
    page.draw(said_so(*sentence(result, text), warning, how_sure(result, text)))
    told = weighting.sentence.removesuffix(warning).rstrip()  # the box above has said so
    lines = [told] if weighting.kind != "order" or weighting.refused else []
    if agreed.of and len(result.ranking) > 1:
        lines.append(verdict(result, agreed, text))
    if "quality" not in result.weights:
        lines.append(said["no_quality"])
    if "cost" in result.weights:
        basis = {
            "requests": amount(asked.requests_per_month.likely),
            "input": amount(asked.input_tokens.likely),
            "output": amount(asked.output_tokens.likely),
        }
        lines.append(said["cost_basis"].format(**basis))
    page.draw(notes(lines))


def sentence(result: RankResult, text: ScorerPage) -> tuple[str, str, str]:
    """Kind, word and sentence."""
    said, lead = text.answer, result.lead
    first = lead.first[0]
    if lead.second is None:
        return "reference", said["only_word"], said["only"].format(first=first)
    if lead.clear:
        told = said["clear"].format(first=first, second=lead.second, margin=number.rate(lead.margin))
        return "strong", said["clear_word"], told
    rivals = joined(list(dict.fromkeys((first, *lead.rivals))), said["or"])
    return "weak", said["unclear_word"], said["unclear"].format(rivals=rivals)


def how_sure(result: RankResult, text: ScorerPage) -> str:
    said, lead = text.answer, result.lead
    if lead.second is None:
        return ""
    first = lead.first[0]
    lines = []
    if not lead.clear and lead.margin:
        lines.append(said["margin"].format(first=first, second=lead.second, margin=number.rate(lead.margin)))
    if lead.share is not None:
        template = said["share" if result.spec.weightings == "order" else "share_stated"]
        lines.append(template.format(first=first, share=number.rate(lead.share)))
    return " ".join(lines)


def why(result: RankResult, by_name: Plain, text: ScorerPage) -> None:
    """The first against another, criterion by criterion, in words."""
    if len(result.ranking) < 2:
        return
    said = text.why
    page.section(said["title"])
    first = result.ranking[0]
    others = {each.name: each for each in result.ranking[1:]}
    widget = kept(PAGE, "against")
    if st.session_state.get(widget["key"]) not in others:
        st.session_state[widget["key"]] = result.ranking[1].name
    chosen = st.selectbox(said["against"], tuple(others), format_func=distinct(others), **widget)
    other = others[chosen or result.ranking[1].name]
    told = said["sentence"].format(
        first=first.name, second=other.name, a=points(first.score or 0.0), b=points(other.score or 0.0)
    )
    page.draw(page.quiet(told), notes(against(result, other, by_name, text)))


def against(result: RankResult, other: Ranked, by_name: Plain, text: ScorerPage) -> list[str]:
    """Where the first is ahead of another, where behind, and by how much: a sentence a criterion that counts."""
    said, words, first = text.why, need_texts().criteria, result.ranking[0]
    mine, theirs = first.contributions or {}, other.contributions or {}
    gaps = {name: mine[name] - theirs[name] for name in mine if name in theirs and (mine[name] or theirs[name])}
    lines = []
    for name in sorted(gaps, key=lambda each: -gaps[each]):
        kind = "same" if abs(gaps[name]) < 5e-4 else "ahead" if gaps[name] > 0 else "behind"
        lines.append(
            said[kind].format(
                criterion=words[name].name,
                value=measured(name, by_name[first.name]),
                other=measured(name, by_name[other.name]),
                points=points(abs(gaps[name])),
            )
        )
    return lines


def fragile(result: RankResult, text: ScorerPage) -> None:
    """The smallest change of each weight, and of each value of the winner, that would unseat it."""
    said, words = text.fragile, need_texts().criteria
    if len(result.ranking) < 2:
        return
    page.section(said["title"], sentence=said["sentence"])
    first = result.ranking[0].name
    lines = [
        said["weight"].format(
            criterion=words[tip.criterion].name,
            at=number.rate(abs(tip.at)),
            weight=number.rate(tip.weight),
            by=tip.by,
            first=first,
        )
        for tip in sorted(result.weight_tipping, key=lambda each: abs(each.change))
        if tip.at < ALONE
    ]
    lines += [
        said["value"].format(
            criterion=words[each.criterion].name,
            first=first,
            at=in_unit(each.criterion, round(each.at) if abs(each.at) >= WHOLE else each.at),
            value=in_unit(each.criterion, each.value),
            change="" if each.relative is None else f"{each.relative:+.0%}".replace("-", number.MINUS),
            by=each.by,
        )
        for each in result.value_tipping
        if words[each.criterion].levels is None
    ]
    tied = said["tied"].format(names=joined(list(result.lead.first), text.answer["or"]))
    page.draw(notes([tied] if len(result.lead.first) > 1 else lines or [said["nothing"]]))
