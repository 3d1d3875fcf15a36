"""One constructed head of attention whose every number can be followed, with a mask, a scale, a stronger question."""

import streamlit as st

from aipm.labs.attention import Attended, Matrix, attend
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, scrolling, table
from aipm.ui.lm_address import held, whole, yes
from aipm.ui.lm_attention_texts import ExampleTexts
from aipm.ui.lm_pieces import paragraphs
from aipm.ui.safe import Html, markup

STRONGEST = 6


def draw(said: ExampleTexts) -> None:
    page.section(said.title)
    page.draw(Html(f'<p class="eyebrow">{markup(said.label, limit=LONG)}</p>'), paragraphs((said.sentence,)))
    last = len(said.words) - 1
    usual = int(said.queries[last][0])
    seeks = whole("asks", low=0, high=STRONGEST, default=usual)
    causal, scaled = yes("hide", default=True), yes("divide", default=True)
    looking = whole("looking", low=0, high=last, default=last)
    queries: Matrix = (*said.queries[:-1], (float(seeks), *said.queries[last][1:]))
    page.draw(_vectors(said, queries))
    left, right = st.columns(2)
    with left:
        st.segmented_control(
            said.looking,
            range(len(said.words)),
            format_func=lambda place: said.words[place],
            required=True,
            **held("looking", looking, default=last),
        )
        st.slider(said.seeks, 0, STRONGEST, **held("asks", seeks, default=usual))
    with right:
        st.toggle(said.causal, **held("hide", causal, default=True))
        st.toggle(said.scaled, **held("divide", scaled, default=True))
    found = attend(queries, said.keys, said.values, causal=causal, scaled=scaled)
    page.draw(_steps(said, queries, found, looking=looking))
    page.draw(_shares(said, found, looking=looking))
    told = said.told
    page.draw(
        page.quiet(told["causal"] if causal else told["open"]),
        page.quiet(told["scaled"] if scaled else told["unscaled"]),
    )


def _vectors(said: ExampleTexts, queries: Matrix) -> Html:
    heads = (Column(name=said.word), Column(name=said.query), Column(name=said.key), Column(name=said.value))
    rows = [
        (word, _named(query, said.features), _named(key, said.features), _named(value, said.gives))
        for word, query, key, value in zip(said.words, queries, said.keys, said.values, strict=True)
    ]
    return table(heads, rows, caption=said.vectors)


def _named(vector: tuple[float, ...], names: tuple[str, ...]) -> str:
    """A vector with the names of what is not zero: (4,0,0,0) a thing. Without blanks it stays on one line."""
    numbers = ",".join(f"{each:g}" for each in vector)
    meant = ", ".join(name for each, name in zip(vector, names, strict=True) if each)
    return f"({numbers}) {meant}" if meant else f"({numbers})"


def _steps(said: ExampleTexts, queries: Matrix, found: Attended, *, looking: int) -> Html:
    """From products to shares, a line a token looked at, and what is taken over in the end."""
    total = sum(found.powers[looking])
    heads = tuple(
        Column(name=name.format(divisor=f"{found.divisor:g}", total=f"{total:,.2f}"), number=place > 0)
        for place, name in enumerate(said.columns)
    )
    rows = []
    for there, word in enumerate(said.words):
        factors = zip(queries[looking], said.keys[there], strict=True)
        sums = " + ".join(f"{one:g}×{other:g}" for one, other in factors)
        product, score = found.products[looking][there], found.scores[looking][there]
        line = f"{sums} = {product:g}"
        if score is None:
            rows.append((word, line, said.hidden, "0", "0%"))
        else:
            power, share = found.powers[looking][there], found.shares[looking][there]
            rows.append((word, line, f"{score:g}", f"{power:,.2f}", f"{share:.1%}"))
    here = said.words[looking]
    taken = ", ".join(
        said.part.format(share=f"{share:.0%}", word=word)
        for word, share in zip(said.words, found.shares[looking], strict=True)
        if share >= 0.005
    )
    sums = ", ".join(
        said.sum.format(name=name, amount=f"{amount:.2f}")
        for name, amount in zip(said.gives, found.output[looking], strict=True)
    )
    told = markup(said.output.format(word=here, parts=taken, sums=sums), limit=LONG)
    return Html(
        f"{table(heads, rows, caption=said.steps.format(word=here))}"
        f'<div class="answer" role="status"><p>{told}</p></div>'
    )


def _shares(said: ExampleTexts, found: Attended, *, looking: int) -> Html:
    heads = "".join(f'<th scope="col" class="number">{markup(word)}</th>' for word in said.words)
    rows = "".join(
        f'<tr{" class=chosen" if here == looking else ""}><th scope="row">{markup(word)}</th>'
        + "".join(
            f'<td class="number" style="--share:{share * 100:.0f}%">{f"{share:.0%}" if share else ""}</td>'
            for share in row
        )
        + "</tr>"
        for here, (word, row) in enumerate(zip(said.words, found.shares, strict=True))
    )
    return scrolling(
        Html(
            f'<table class="shares"><thead><tr><th scope="col">{markup(said.word)}</th>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        ),
        label=said.all,
    )
