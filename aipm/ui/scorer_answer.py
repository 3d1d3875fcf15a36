"""The answer of "Which model?": one sentence, the bars behind it, why the first is ahead, and what would change it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.selection.cost import Workload
from aipm.selection.needs import need_texts
from aipm.selection.ranked import Agreement, RankResult
from aipm.ui import page
from aipm.ui.fragments import notes
from aipm.ui.scorer_charts import stacked
from aipm.ui.scorer_state import PAGE
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import amount, in_unit, joined, measured, points, said_so
from aipm.ui.state import kept, key

SHOWN = 10
Plain = Mapping[str, Mapping[str, Any]]


def answer(result: RankResult, agreed: Agreement, asked: Workload, text: ScorerPage) -> None:
    """Who leads, by how much, and how sure that is."""
    said = text.answer
    page.section(said["title"])
    page.draw(said_so(*sentence(result, text), how_sure(result, text)))
    lines = []
    if agreed.of and len(result.ranking) > 1:
        template = said["agree"] if agreed.name else said["disagree"]
        lines.append(template.format(count=agreed.count, of=agreed.of, name=agreed.name))
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
        lines.append(said["share"].format(first=first, share=number.rate(lead.share)))
    return " ".join(lines)


def bars(result: RankResult, by_name: Plain, text: ScorerPage) -> None:
    said = text.bars
    page.section(
        said["title"],
        sentence=said["caption"].format(count=min(SHOWN, len(result.ranking)), all=len(result.ranking)),
    )
    figure, alt = stacked(result, by_name, text, most=SHOWN)
    st.plotly_chart(figure, key=key(PAGE, "bars"), config={"displayModeBar": False}, alt=alt)


def why(result: RankResult, by_name: Plain, text: ScorerPage) -> None:
    """The first against another, criterion by criterion, in words."""
    if len(result.ranking) < 2:
        return
    said, words = text.why, need_texts().criteria
    page.section(said["title"])
    first = result.ranking[0]
    others = {each.name: each for each in result.ranking[1:]}
    widget = kept(PAGE, "against")
    if st.session_state.get(widget["key"]) not in others:
        st.session_state[widget["key"]] = result.ranking[1].name
    chosen = st.selectbox(said["against"], tuple(others), format_func=visible, **widget)
    other = others[chosen or result.ranking[1].name]
    told = said["sentence"].format(
        first=first.name, second=other.name, a=points(first.score or 0.0), b=points(other.score or 0.0)
    )
    mine, theirs = first.contributions or {}, other.contributions or {}
    gaps = {name: mine[name] - theirs[name] for name in mine}
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
    page.draw(page.quiet(told), notes(lines))


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
    ]
    lines += [
        said["value"].format(
            criterion=words[each.criterion].name,
            first=first,
            at=in_unit(each.criterion, each.at),
            value=in_unit(each.criterion, each.value),
            change="" if each.relative is None else f"{each.relative:+.0%}".replace("-", number.MINUS),
            by=each.by,
        )
        for each in result.value_tipping
        if words[each.criterion].levels is None
    ]
    tied = said["tied"].format(names=joined(list(result.lead.first), text.answer["or"]))
    page.draw(notes([tied] if len(result.lead.first) > 1 else lines or [said["nothing"]]))
