"""How sure: how often each of the leading models takes which place, and what one would have to believe for another."""

from collections.abc import Mapping

from aipm.content import number
from aipm.selection.needs import need_texts
from aipm.selection.ranked import RankResult, Robustness
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_weights_texts import SureTexts

LEADING = 5
CLASSES = ("first", "second", "third")
ROOM = 0.08
"""Share of the bar that a figure needs to be read in it."""
SELDOM = 0.005
"""A model that leads in fewer sets is not told as one that may lead."""


def how_firm(result: RankResult, text: ScorerPage) -> None:
    """Draw it where there was anything to draw weights for."""
    firm = result.robustness
    if firm is None or len(result.ranking) < 2 or len(result.weights) < 2:
        return
    said = text.sure
    template = said.order if firm.weightings == "order" else said.stated
    page.section(said.title, sentence=template.format(samples=number.count(firm.samples)))
    names = leading(result)
    page.draw(picture(names, firm, said), _table(names, firm, said))
    lines = beliefs(result, firm, said)
    if lines:
        page.draw(Html(f"<h3>{markup(said.central_title)}</h3>"), notes(lines))


def leading(result: RankResult) -> list[str]:
    """The models to speak of, at most five: the first three by rank, then whoever takes a first place most often."""
    assert result.robustness is not None
    shares = result.robustness.rank_acceptability
    often = sorted(shares, key=lambda name: shares[name][:3], reverse=True)
    seen = [name for name in often if sum(shares[name][:3]) >= SELDOM]
    return list(dict.fromkeys([*(each.name for each in result.ranking[:3]), *seen]))[:LEADING]


def picture(names: list[str], firm: Robustness, said: SureTexts) -> Html:
    """A bar a model: the shares of first, second and third place; the rest is empty."""
    rows, parts = [], []
    for name in names:
        shares = _three(firm, name)
        bars = "".join(
            f'<b class="{kind}" style="width:{share * 100:.2f}%">{_percent(share) if share >= ROOM else ""}</b>'
            for kind, share in zip(CLASSES, shares, strict=True)
            if share > 0
        )
        rows.append(f'<div class="row"><span>{markup(name)}</span><span class="bar">{bars}</span></div>')
        first, second, third = map(number.rate, shares)
        parts.append(said.part.format(name=name, first=first, second=second, third=third))
    alt = said.alt.format(count=len(names), parts=" ".join(parts))
    marks = zip((*CLASSES, "lower"), (*said.ranks, said.lower), strict=True)
    key = "".join(f'<span><i class="{kind}"></i>{markup(label)}</span>' for kind, label in marks)
    return Html(
        f'<div class="places" role="img" aria-label="{markup(alt, limit=LONG)}">'
        f'<div class="key"><span></span><div>{key}</div></div>{"".join(rows)}</div>'
    )


def _table(names: list[str], firm: Robustness, said: SureTexts) -> Html:
    heads = (Column(name=said.name), *(Column(name=rank, number=True) for rank in (*said.ranks, said.lower)))
    rows = []
    for name in names:
        shares = _three(firm, name)
        rows.append((name, *map(number.rate, shares), number.rate(max(0.0, 1 - sum(shares)))))
    drawn = table(heads, rows, caption=said.table)
    return Html(f'<details class="figures"><summary>{markup(said.table)}</summary>{drawn}</details>')


def beliefs(result: RankResult, firm: Robustness, said: SureTexts) -> list[str]:
    """For each leading model but the first: the mean of the weights under which it leads, in words."""
    first = result.ranking[0].name
    lines, never = [], []
    for name in leading(result):
        central, share = firm.central_weights[name], firm.rank_acceptability[name][0]
        if name == first:
            continue
        if central is None or share < SELDOM:
            never.append(name)
            continue
        what = _believed(central, result.weights, said)
        template = said.central if what else said.central_same
        lines.append(template.format(name=name, what=what, share=number.rate(share)))
    if never:
        template = said.never_one if len(never) == 1 else said.never
        lines.append(template.format(names=", ".join(never)))
    return lines


def _believed(central: Mapping[str, float], now: Mapping[str, float], said: SureTexts) -> str:
    """The two criteria whose weight differs most from what it is now, with about how much each would count."""
    words = need_texts().criteria
    apart = sorted(now, key=lambda name: -abs(central[name] - now[name]))[:2]
    parts = [
        said.counts.format(criterion=words[name].name, share=_about(central[name], said), now=number.rate(now[name]))
        for name in apart
        if _about(central[name], said) != _about(now[name], said)
    ]
    return said.both.join(parts)


def _about(weight: float, said: SureTexts) -> str:
    return said.shares[min(said.shares, key=lambda share: abs(share - weight))]


def _three(firm: Robustness, name: str) -> list[float]:
    shares = firm.rank_acceptability[name][:3]
    return [*shares, *[0.0] * (3 - len(shares))]


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"
