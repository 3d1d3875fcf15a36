"""Why temperature 0 is no guarantee: the same numbers added up in many orders, on this machine, as somebody reads."""

import math
from decimal import Decimal

import numpy as np
import streamlit as st

from aipm.content.practices import practice_texts
from aipm.labs.decoder import decoder, prompt
from aipm.labs.sampling import next_logits
from aipm.labs.spread import flips, orders, products
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.lm_address import choice, held
from aipm.ui.lm_pieces import guess, paragraphs
from aipm.ui.lm_question import RETURN
from aipm.ui.lm_sampling_texts import sampling_texts
from aipm.ui.lm_twice_texts import TwiceTexts
from aipm.ui.safe import Html, markup

ORDERS, FLIPPED, SHOWN = 100, 200, 8


def zero(texts: TwiceTexts) -> None:
    page.section(texts.zero_title)
    page.draw(paragraphs(texts.zero))
    asked = sampling_texts().questions[RETURN]
    ids, _ = prompt(decoder(), asked.customer, begun=asked.shop)
    best = np.argsort(-next_logits(decoder(), ids))[:2]
    pair = products(decoder(), ids, best.tolist())
    sums = orders(pair[0], ORDERS, seed=1)
    different = len(set(sums))
    nearest = min(texts.zero_guess.options, key=lambda each: abs(int(each) - different))
    numbers = {"count": str(different), "low": f"{min(sums):.6f}", "high": f"{max(sums):.6f}"}
    if guess("guess_zero", texts.zero_guess, answer=nearest, **numbers):
        exact = math.fsum(pair[0])
        rows = [
            (texts.order.format(place=place), f"{each:.6f}", f"{(each - exact) * 1e6:+.1f}".replace("-", "−"))
            for place, each in enumerate(sums[:SHOWN], start=1)
        ]
        heads = [Column(name=name, number=place > 0) for place, name in enumerate(texts.order_columns)]
        page.draw(Html(f"<h3>{markup(texts.orders_title)}</h3>"), table(heads, rows, caption=texts.order_caption))
        tie = choice("tie", tuple(texts.ties), default="1e-06")
        st.segmented_control(
            texts.tie,
            tuple(texts.ties),
            format_func=lambda each: texts.ties[each],
            required=True,
            **held("tie", tie, default="1e-06"),
        )
        found = flips(pair, gap=None if tie == "real" else float(tie), count=FLIPPED, seed=1)
        one, other = (decoder().words[each] for each in best)
        told = texts.tie_told.format(
            one=one,
            other=other,
            gap=_plain(f"{found.gap:.2g}"),
            error=_plain(f"{found.error:.1g}"),
            flips=found.flips,
            orders=found.orders,
        )
        page.draw(
            Html(f'<div class="answer" role="status"><p>{markup(told, limit=LONG)}</p></div>'),
            paragraphs([texts.tie_flips if found.flips else texts.tie_safe]),
            page.quiet(texts.tie_note),
        )
    page.draw(paragraphs([practice_texts().evidence]))


def _plain(number: str) -> str:
    """0.000005 rather than 5e-06."""
    return f"{Decimal(number):f}"
