"""What a training run amounts to: the answer, how sure, the mistakes it makes, and its weights."""

import streamlit as st

from aipm.content import number
from aipm.labs.network_reading import Outlook
from aipm.labs.network_training import Trained
from aipm.ui import page
from aipm.ui.fragments import LONG, Column, join, notes, table
from aipm.ui.network_texts import NetworkPage, ResultTexts
from aipm.ui.safe import Html, markup

VERDICTS = {"fits": "within-tolerance", "by_heart": "gap", "too_little": "gap", "partly": "inconclusive"}
MOST_WEIGHTS = 60
NAME = 40


def answer(run: Trained, found: Outlook, text: NetworkPage) -> Html:
    """One sentence on what was learned; then how sure that is, and what else is worth a word."""
    said = text.result
    first = said.outcomes[found.outcome].format(
        train=number.rate(found.train), test=number.rate(found.test), gap=f"{100 * found.gap:.1f}"
    )
    more = [said.sure.format(low=number.rate(found.low), high=number.rate(found.high), count=found.tested)]
    if found.stop_at is not None:
        more.append(said.stop.format(epoch=found.stop_at))
    if run.cut_short:
        more.append(said.short.format(epochs=run.epochs[-1], asked=run.spec.epochs))
    return Html(
        f'<div class="answer is-{VERDICTS[found.outcome]}" role="status"><p>{markup(first, limit=LONG)}</p>'
        f"<p>{markup(' '.join(more), limit=LONG)}</p></div>"
    )


def numbers(run: Trained, names: tuple[str, str], text: NetworkPage) -> None:
    """The mistakes in words and as a table, and, folded away, every weight; `names` may be untrusted."""
    said = text.result
    page.section(said.confusion)
    page.draw(_confusion(run, names, said))
    with st.expander(said.weights):
        page.draw(_weights(run, text))


def _confusion(run: Trained, names: tuple[str, str], said: ResultTexts) -> Html:
    counts = run.test[-1].confusion
    zero, one = names
    rows = (
        (one, counts.one_one, counts.zero_one, zero),
        (zero, counts.zero_zero, counts.one_zero, one),
    )
    lines = [
        said.confusion_sentence.format(count=right + wrong, name=name, right=right, wrong=wrong, other=other)
        for name, right, wrong, other in rows
    ]
    heads = [
        Column(name=said.confusion_columns[0]),
        *(Column(name=said.says.format(name=name), number=True) for name in (one, zero)),
        Column(name=said.confusion_columns[1], number=True),
    ]
    cells = [
        (one, f"{counts.one_one:,}", f"{counts.zero_one:,}"),
        (zero, f"{counts.one_zero:,}", f"{counts.zero_zero:,}"),
    ]
    shares = [number.rate(right / (right + wrong) if right + wrong else None) for _, right, wrong, _ in rows]
    drawn = table(heads, [(*row, share) for row, share in zip(cells, shares, strict=True)], caption=said.caption)
    return join((notes(lines), drawn, page.quiet(said.mistakes)))


def _weights(run: Trained, text: NetworkPage) -> Html:
    """Every connection with its weight, the strongest first."""
    said, spec = text.result, run.spec
    given = [text.lab.feature[each] for each in spec.features]
    rows: list[tuple[str, str, float]] = []
    for depth, (weights, biases) in enumerate(run.shape.layers(run.vectors[-1])):
        last = depth == len(spec.layers)
        taken = [
            said.answer if last else said.neuron.format(layer=depth + 1, place=place + 1)
            for place in range(weights.shape[1])
        ]
        rows += [(one, other, float(weights[i, j])) for i, one in enumerate(given) for j, other in enumerate(taken)]
        rows += [(said.bias, other, float(biases[j])) for j, other in enumerate(taken)]
        given = taken
    rows.sort(key=lambda row: -abs(row[2]))
    one, other, weight = next(row for row in rows if row[0] != said.bias)
    first = said.strongest.format(count=len(rows), one=one, other=other, weight=number.decimal(weight))
    heads = [Column(name=name, number=place == 2) for place, name in enumerate(said.weights_columns)]
    cells = [(one, other, number.decimal(weight)) for one, other, weight in rows[:MOST_WEIGHTS]]
    left = len(rows) - MOST_WEIGHTS
    return join(
        (
            Html(f"<p>{markup(said.weights_sentence, limit=LONG)}</p><p>{markup(first, limit=LONG)}</p>"),
            table(heads, cells, caption=said.weights_caption),
            page.quiet(said.more.format(count=left)) if left > 0 else Html(""),
        )
    )
