"""Looking before the test is over, the rule that allows it, and the guardrail that must not give way."""

from typing import Any

import streamlit as st

from aipm.governance.ab_looks import Bounds, bounds, false_alarms
from aipm.governance.ab_plan import Plan, corrected, not_worse_size
from aipm.governance.ab_test import AbTest
from aipm.governance.metric_sheet import MetricSheet
from aipm.ui import governance_fields as fields
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.governance_state import form
from aipm.ui.lifecycle_numbers import amount, count_field, field, per_cent, share, small, whole
from aipm.ui.lifecycle_test_form import options, switch, to
from aipm.ui.lifecycle_test_texts import AbTexts, LookTexts
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup

PAGE = "lifecycle_test"
MOST_LOOKS = 60
SHOWN = (1, 2, 3, 5, 10, 20)


def draw(test: AbTest, found: Plan | None, texts: AbTexts) -> None:
    said = texts.looks
    page.section(said.title, sentence=said.sentence)
    left, right = st.columns((1, 2), gap="large")
    with left:
        count_field(said.looks, name="ab_test.looks", value=test.looks, put=to("looks"), low=1, high=MOST_LOOKS)
    with right:
        options("spending", said.spending, said.spendings, test.spending)
    level = per_cent(test.significance)
    rates = once(PAGE, "alarms", (test.significance, test.looks), lambda: _rates(test))
    told = said.once if test.looks == 1 else said.told
    told = told.format(looks=test.looks, level=level, rate=share(rates[test.looks]))
    page.draw(
        Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p></div>'), _bars(rates, test.looks, level, said)
    )
    page.draw(page.quiet(said.about[test.spending]))
    if test.spending != "none" and test.looks > 1:
        rule = bounds(test.looks, test.spending, alpha=corrected(test), two_sided=test.sides == "two")
        page.draw(_rule(test, found, rule, said))


def _rates(test: AbTest) -> dict[int, float]:
    looks = sorted({*SHOWN, test.looks})
    return {each: false_alarms(each, significance=test.significance) for each in looks}


def _bars(rates: dict[int, float], now: int, level: str, said: LookTexts) -> Html:
    """The chance of a false alarm by number of looks, as bars with their numbers beside them."""
    widest = max(rates.values())
    rows = []
    for looks, rate in rates.items():
        width = f"{rate / widest:.1%}"
        mark = ' class="now"' if looks == now else ""
        rows.append(
            f"<li{mark}><span>{looks}</span><i><b style='width:{width}'></b></i><em>{markup(share(rate))}</em></li>"
        )
    return Html(
        f"<h3>{markup(said.chart)}</h3>"
        f'<p class="quiet">{markup(said.axis.format(level=level))}</p><ul class="alarms">{"".join(rows)}</ul>'
    )


def _rule(test: AbTest, found: Plan | None, rule: Bounds, said: LookTexts) -> Html:
    users = [whole(found.measured * look / test.looks) if found else "" for look in range(1, test.looks + 1)]
    rows = [
        (str(look), users[look - 1], small(p), f"{z:.2f}", small(spent))
        for look, (z, p, spent) in enumerate(zip(rule.z, rule.p, rule.spent, strict=True), start=1)
    ]
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(said.columns)]
    caption = said.caption.format(
        looks=test.looks, level=per_cent(corrected(test)), times=amount(found.inflation) if found else "1"
    )
    return table(columns, rows, caption=caption)


def guard(test: AbTest, found: Plan | None, texts: AbTexts) -> None:
    said = texts.guard
    page.section(said.title, sentence=said.sentence)
    first, second, third, fourth = st.columns((1, 1, 1.2, 1.6), gap="medium", vertical_alignment="bottom")
    with first:
        fields.text(
            said.name,
            name="ab_test.guardrail",
            value=test.guardrail,
            put=to("guardrail"),
            placeholder=_hint(),
        )
    with second:
        field(
            said.share,
            name="ab_test.guardrail_share",
            value=test.guardrail_share,
            put=to("guardrail_share"),
            high=1.0,
            per_cent=True,
        )
    with third:
        field(said.margin, name="ab_test.margin", value=test.margin, put=to("margin"), high=1.0, per_cent=True)
    with fourth:
        switch("guardrail_bad", said.bad, said.bads, test.guardrail_bad)
    users = not_worse_size(test)
    if users is None:
        page.draw(page.quiet(said.lacks))
        return
    enough = found is not None and found.users >= users
    told = said.told.format(users=whole(users), more=said.enough if enough else said.more)
    page.draw(Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p></div>'))


def _hint() -> Any:
    from aipm.content.visible import visible

    named = form(MetricSheet).guardrail.name
    return visible(named, limit=60) if named else None
