"""How many runs on the part "Varying answers": from a share and an exactness to a number, and what more would cost."""

import streamlit as st

from aipm.content.number import rate
from aipm.governance.practices import NARROWEST, WIDEST, Practices, runs_needed
from aipm.governance.practices_paper import runs_said
from aipm.governance.practices_texts import repeat_texts
from aipm.ui import address, page
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.governance_state import change
from aipm.ui.lifecycle_numbers import amount, field
from aipm.ui.safe import Html, markup

WIDTHS = (0.1, 0.05, 0.03, 0.02, 0.01)


def draw(now: Practices) -> None:
    says = repeat_texts().runs
    page.section(says.title, sentence=says.sentence)
    found = runs_needed(now.share, now.half_width)
    more = says.perfect.format(runs=f"{found.runs:,}", low=rate(found.low)) if now.share == 1 else ""
    lines = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in (runs_said(now), more) if line)
    page.draw(Html(f'<div class="answer" role="status">{lines}</div>'))
    left, right = st.columns(2, gap="medium")
    with left:
        field(
            says.share,
            name="practices.share",
            value=now.share,
            put=lambda said: change(Practices, share=Practices().share if said is None else said),
            high=1.0,
            per_cent=True,
        )
    with right:
        field(
            says.half_width,
            name="practices.half_width",
            value=now.half_width,
            put=lambda said: change(Practices, half_width=said or Practices().half_width),
            low=NARROWEST,
            high=WIDEST,
            per_cent=True,
            help=says.half_width_help,
        )
    rows = []
    for width in sorted({*WIDTHS, now.half_width}, reverse=True):
        each = runs_needed(now.share, width)
        name = says.either.format(points=amount(width * 100))
        rows.append((name, f"{each.runs:,}", f"{rate(each.low)} – {rate(each.high)}"))
    heads = [Column(name=name, number=place > 0) for place, name in enumerate(says.columns)]
    caption = says.caption.format(share=f"{now.share * 100:g}%")
    page.draw(Html(f"<h3>{markup(says.ladder)}</h3>"), table(heads, rows, caption=caption), notes(says.notes))
    arrow = ":material/arrow_forward:"
    address.goes("lifecycle", says.test_link, {"view": "test"}, name="repeat.runs", icon=arrow, whole=True)
