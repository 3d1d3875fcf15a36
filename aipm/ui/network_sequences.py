"""Where a plain network stops: text has too many places, an order, and things far apart that belong together."""

import streamlit as st

from aipm.content import number
from aipm.labs.network_limits import counted, influence, of_picture, of_text
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, join, notes, table
from aipm.ui.network_address import asked, held
from aipm.ui.network_pictures import bars, fading
from aipm.ui.network_texts import LimitTexts, NetworkPage
from aipm.ui.safe import Html, markup

WORDS = (1, 10, 50, 100, 200, 500, 1000)
VOCABULARIES = (1_000, 10_000, 50_000, 200_000)
FACTORS = (0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
FAR = tuple(range(61))


def limits(text: NetworkPage) -> None:
    said = text.limits
    page.section(said.title, sentence=said.sentence)
    _size(said)
    _order(said)
    _far(said)
    page.section(said.then_title, sentence=said.then)
    page.link("language_models", said.link)


def _size(said: LimitTexts) -> None:
    page.draw(Html(f"<h3>{markup(said.size_title)}</h3><p>{markup(said.size_question, limit=LONG)}</p>"))
    one, two = st.columns(2)
    words, vocabulary = asked("words", WORDS, 100), asked("vocabulary", VOCABULARIES, 50_000)
    with one:
        st.select_slider(said.words, WORDS, format_func=lambda each: f"{each:,}", **held("words", words, default=100))
    with two:
        st.selectbox(
            said.vocabulary,
            VOCABULARIES,
            format_func=lambda each: f"{each:,}",
            **held("vocabulary", vocabulary, default=50_000),
        )
    letter = of_picture(side=said.side, neurons=said.neurons)
    paragraph = of_text(words=words, vocabulary=vocabulary, neurons=said.neurons)
    names = (said.size_rows[0], said.size_rows[1].format(words=f"{words:,}"))
    told = said.size_answer.format(
        letter=f"{letter.inputs:,}",
        words=f"{words:,}",
        paragraph=f"{paragraph.inputs:,}",
        times=f"{paragraph.inputs / letter.inputs:,.0f}",
    )
    rows = [
        (name, f"{each.inputs:,}", f"{each.weights:,}") for name, each in zip(names, (letter, paragraph), strict=True)
    ]
    heads = [Column(name=name, number=place > 0) for place, name in enumerate(said.size_columns)]
    page.draw(
        Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p></div>'),
        bars(
            [(name, each.inputs, f"{each.inputs:,}") for name, each in zip(names, (letter, paragraph), strict=True)],
            caption=said.size_bars,
        ),
        table(heads, rows, caption=said.size_caption.format(neurons=said.neurons)),
        page.quiet(said.size_note),
    )


def _order(said: LimitTexts) -> None:
    one, other = map(dict, map(counted, said.sentences))
    heads = [Column(name=name, number=place > 0) for place, name in enumerate(said.order_columns)]
    rows = [(word, str(one.get(word, 0)), str(other.get(word, 0))) for word in sorted(one | other)]
    page.draw(
        Html(f"<h3>{markup(said.order_title)}</h3><p>{markup(said.order, limit=LONG)}</p>"),
        join((notes(said.sentences), table(heads, rows, caption=said.order_caption))),
        Html(f"<p>{markup(said.order_told, limit=LONG)}</p>"),
    )


def _far(said: LimitTexts) -> None:
    page.draw(Html(f"<h3>{markup(said.far_title)}</h3><p>{markup(said.far, limit=LONG)}</p>"))
    factor = asked("factor", FACTORS, 0.9)
    st.select_slider(said.factor, FACTORS, **held("factor", factor, default=0.9))
    left = influence(factor, FAR)
    told = said.far_answer.format(five=number.rate(left[5]), twenty=number.rate(left[20]), fifty=number.rate(left[50]))
    page.draw(
        Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p></div>'),
        fading(left, axis=said.far_axis, alt=said.far_alt.format(factor=factor)),
        Html(f"<p>{markup(said.far_told, limit=LONG)}</p>"),
    )
