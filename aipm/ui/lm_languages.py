"""The same sentence in eight languages: how many tokens each takes, and what that comes to in a month."""

from decimal import Decimal

import streamlit as st

from aipm.encoder.vocabularies import VOCABULARIES, VocabularyName
from aipm.labs.bpe import bills, tokenize
from aipm.ui import page
from aipm.ui.fragments import LONG
from aipm.ui.lm_address import held, number, whole
from aipm.ui.lm_pieces import guess, so_what
from aipm.ui.lm_tokens_texts import TokensTexts
from aipm.ui.safe import Html, markup

PRICE, HIGHEST_PRICE = 1.0, 1_000.0
MESSAGES, MOST_MESSAGES = 1_000_000, 1_000_000_000


def draw(texts: TokensTexts, *, name: VocabularyName) -> None:
    said = texts.languages
    page.section(said.title, sentence=said.sentence)
    counts = {each: len(tokenize(text, name)) for each, text in said.texts.items()}
    most = max(counts, key=counts.__getitem__)
    first = next(iter(counts))
    guessed = guess(
        "guess_language",
        said.guess,
        answer=most,
        name=texts.own.vocabularies[name].name,
        language=said.guess.options[most],
        most=str(counts[most]),
        english=str(counts[first]),
    )
    if not guessed:
        return
    price = number("price", low=0.0, high=HIGHEST_PRICE, default=PRICE)
    messages = whole("messages", low=1, high=MOST_MESSAGES, default=MESSAGES)
    left, right = st.columns(2)
    with left:
        st.number_input(
            said.price, min_value=0.0, max_value=HIGHEST_PRICE, step=0.1, **held("price", price, default=PRICE)
        )
    with right:
        st.number_input(
            said.messages,
            min_value=1,
            max_value=MOST_MESSAGES,
            step=100_000,
            **held("messages", messages, default=MESSAGES),
        )
    page.draw(_bars(texts, name=name, price=price, messages=messages), page.quiet(said.note))
    so_what(texts.so_what["title"], texts.so_what["languages"])


def _bars(texts: TokensTexts, *, name: VocabularyName, price: float, messages: int) -> Html:
    said = texts.languages
    found = bills(tuple(said.texts.values()), name, price_per_million=Decimal(str(price)), messages=messages)
    longest = max(each.tokens for each in found)
    rows = []
    for (code, text), bill in zip(said.texts.items(), found, strict=True):
        line = said.first_row if code == next(iter(said.texts)) else said.row
        told = line.format(tokens=bill.tokens, times=f"{bill.times:.1f}", cost=f"{bill.cost:,.2f}")
        counts = " → ".join(str(len(tokenize(text, older))) for older in reversed(VOCABULARIES))
        history = markup(said.history.format(counts=counts), limit=LONG)
        rows.append(
            f'<li><div class="name"><b>{markup(said.guess.options[code])}</b>'
            f'<span lang="{markup(code)}" dir="auto">{markup(text)}</span></div>'
            f'<div class="much"><i style="width:{100 * bill.tokens / longest:.1f}%"></i></div>'
            f'<div class="told">{markup(told, limit=LONG)}<br><small>{history}</small></div></li>'
        )
    caption = said.caption.format(
        name=texts.own.vocabularies[name].name, messages=f"{messages:,}", price=f"{price:,.2f}"
    )
    return Html(
        f'<p class="quiet caption">{markup(caption, limit=LONG)}</p><ul class="bars-by-name">{"".join(rows)}</ul>'
    )
