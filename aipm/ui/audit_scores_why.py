"""Why the definitions cannot all hold at once, on the data at hand: two shares to assume, and what they force."""

from collections.abc import Iterable, Sequence

import streamlit as st

from aipm.fairness.result import Comparison, Estimate
from aipm.fairness.section import Table
from aipm.fairness.spec import Group
from aipm.fairness.thresholds_identity import implied
from aipm.ui import page
from aipm.ui.audit_deeper import PAGE
from aipm.ui.audit_scores_said import NEEDED, implied_rows, sources, why_lines
from aipm.ui.audit_scores_texts import ScoresTexts
from aipm.ui.audit_table import drawn
from aipm.ui.fragments import LONG, join, notes
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept


def possible(measured: dict[str, list[Estimate]]) -> bool:
    """Whether everybody together has the rates to begin with."""
    return all(name in measured and measured[name][0].value is not None for name in NEEDED)


def draw(
    groups: Sequence[Group],
    measured: dict[str, list[Estimate]],
    comparisons: Iterable[Comparison],
    texts: ScoresTexts,
    *,
    token: str,
) -> None:
    """`measured`: everybody first, then the groups. `token` names the threshold: at a new one the shares begin anew."""
    said = texts.why
    together = [float(measured[name][0].value or 0.0) for name in ("precision", "false_negative_rate")]
    assumed = []
    for where, label, name, value, least in zip(
        st.columns(2), (said.precision, said.misses), ("precision", "misses"), together, (1, 0), strict=True
    ):
        with where:
            percent = st.slider(
                label,
                min_value=least,
                max_value=100 - (1 - least),
                value=min(max(round(value * 100), least), 100 - (1 - least)),
                format="%d%%",
                help=said.assumed_help,
                **kept(PAGE, f"scores.why.{name}.{token}"),
            )
        # Until somebody moves it, the share is everybody's own, to the last digit.
        assumed.append(value if percent == round(value * 100) else percent / 100)
    precision, misses = assumed
    own = {name: measured[name][1:] for name in NEEDED}
    rows = implied(groups, own, precision=precision, false_negative_rate=misses)
    lines = why_lines(rows, comparisons, precision=precision, misses=misses, said=said)
    page.draw(
        join(Html(f"<p>{markup(line, limit=LONG)}</p>") for line in lines),
        drawn(Table(caption=said.caption, head=said.head, rows=tuple(implied_rows(rows, said)))),
        notes(said.notes),
        sources(("chouldechova", "kleinberg"), texts),
    )
