"""The part of the Language models page on attention: a guess, one head by hand, real heads, brains."""

from typing import Any

from aipm.ui import lm_by_hand, lm_heads, page
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.lm_address import PAGE
from aipm.ui.lm_attention_texts import AttentionTexts, attention_texts
from aipm.ui.lm_pieces import guess, paragraphs, so_what, sources
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup

IT, PARCEL, LOCKER = "it", "parcel", "locker"
BIG, SMALL = "big", "small"


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = attention_texts()
    page.section(texts.title)
    page.draw(paragraphs(texts.sentences))
    favour, other, heads = once(PAGE, "attention.guess", texts.real.start, lambda: _favour(texts.real.start))
    guess(
        "guess_attention",
        texts.guess,
        answer="few" if favour <= 10 else "half" if favour < 60 else "most" if favour < heads else "all",
        count=str(favour),
        all=str(heads),
        other=str(other),
    )
    lm_by_hand.draw(texts.example)
    lm_heads.draw(texts)
    _context(texts)
    so_what(texts.so_what["title"], texts.so_what["text"])
    page.link("bias_audit", texts.so_what["link"])
    _brain(texts)
    page.draw(sources(texts.sources_title, texts.sources))


def _favour(sentence: str) -> tuple[int, int, int]:
    """In how many heads "it" looks more at "parcel" than at "locker"; so with the meaning turned; and of how many."""
    from aipm import encoder

    counts = []
    for said in (sentence, sentence.replace(BIG, SMALL)):
        found = encoder.attention(said)
        it, parcel, locker = (found.tokens.texts.index(word) for word in (IT, PARCEL, LOCKER))
        counts.append(int((found.weights[:, :, it, parcel] > found.weights[:, :, it, locker]).sum()))
        heads = found.weights.shape[0] * found.weights.shape[1]
    return counts[0], counts[1], heads


def _context(texts: AttentionTexts) -> None:
    said = texts.context
    page.section(said.title, sentence=said.sentence)
    alike = once(PAGE, "attention.context", said.texts, lambda: _alike(said.texts, said.word))
    numbers = [said.number.format(number=place + 1) for place in range(len(said.texts))]
    heads = (
        Column(name=said.sentence_column),
        *(Column(name=said.column.format(number=number), number=True) for number in numbers),
    )
    rows = [
        (f"{number}. {sentence}", *(f"{share:.0f}" for share in row))
        for number, sentence, row in zip(numbers, said.texts, alike, strict=True)
    ]
    same = (alike[0][1], alike[2][3])
    across = (alike[0][2], alike[0][3], alike[1][2], alike[1][3])
    told = said.told.format(
        same=f"{min(same):.0f}", most=f"{max(same):.0f}", least=f"{min(across):.0f}", other=f"{max(across):.0f}"
    )
    page.draw(table(heads, rows, caption=said.caption), paragraphs((told,)))


def _alike(sentences: tuple[str, ...], word: str) -> list[list[float]]:
    """Cosines, in percent, between the vectors of one word where it stands in each sentence."""
    from aipm import encoder

    vectors: list[Any] = []
    for sentence, found in zip(sentences, encoder.in_context(sentences), strict=True):
        vector = found[encoder.tokens(sentence).texts.index(word)]
        vectors.append(vector / (vector @ vector) ** 0.5)
    return [[100 * float(one @ other) for other in vectors] for one in vectors]


def _brain(texts: AttentionTexts) -> None:
    said = texts.brain
    page.section(said.title, sentence=said.sentence)
    heads = "".join(f'<th scope="col">{markup(name)}</th>' for name in (said.aspect, said.transformer, said.person))
    rows = "".join(
        f'<tr><th scope="row">{markup(aspect)}</th>'
        f"<td>{markup(transformer, limit=LONG)}</td><td>{markup(person, limit=LONG)}</td></tr>"
        for aspect, transformer, person in said.rows
    )
    page.draw(
        page.quiet(said.caption),
        Html(f'<table class="pair"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'),
        page.quiet(said.note),
    )
    so_what(texts.so_what["title"], said.told)
