"""The part of the Language models page on tokens: a guess, own text, merging step by step, languages, glitch tokens."""

from collections.abc import Sequence

import streamlit as st

from aipm.content.visible import visible
from aipm.encoder.vocabularies import VOCABULARIES, VocabularyName
from aipm.labs.bpe import LONGEST_WORD, MOST_CHARACTERS, Piece, merges, readable, tokenize, words
from aipm.ui import lm_languages, page
from aipm.ui.fragments import LONG, Column, facts, join, scrolling, table
from aipm.ui.lm_address import PAGE, choice, held
from aipm.ui.lm_pieces import guess, paragraphs, so_what, sources
from aipm.ui.lm_tokens_texts import TokensTexts, tokens_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key

SENTENCE = "My name is Pawel"
DEFAULT: VocabularyName = "o200k_base"
MOST_PIECES = 400


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = tokens_texts()
    page.section(texts.title)
    page.draw(paragraphs(texts.sentences), path(texts), page.quiet(texts.parallel))
    found = tokenize(SENTENCE, DEFAULT)
    if guess("guess_tokens", texts.guess, answer=str(len(found)), count=str(len(found))):
        page.draw(pieces(found, texts, name=DEFAULT))
    name = _own(texts)
    so_what(texts.so_what["title"], texts.so_what["pieces"])
    lm_languages.draw(texts, name=name)
    _glitch(texts)
    page.draw(sources(texts.sources_title, texts.sources))


def path(texts: TokensTexts) -> Html:
    """The way of a sentence through a model, in six stages."""
    steps = join(
        Html(f"<li><b>{markup(each.name)}</b><span>{markup(each.text, limit=LONG)}</span></li>") for each in texts.path
    )
    return Html(f'<h3>{markup(texts.path_title)}</h3><ol class="path">{steps}</ol>')


def pieces(found: Sequence[Piece], texts: TokensTexts, *, name: VocabularyName) -> Html:
    """The tokens of a text with their numbers, one after another."""
    said = texts.pieces
    drawn = join(
        Html(f"<li><b>{markup(readable(each.bytes))}</b><i>{each.id}</i></li>") for each in found[:MOST_PIECES]
    )
    left = len(found) - MOST_PIECES
    more = f'<p class="quiet">{markup(said.more.format(count=f"{left:,}"))}</p>' if left > 0 else ""
    caption = markup(said.caption.format(name=texts.own.vocabularies[name].name))
    return Html(f'<p class="quiet caption">{caption}</p><ol class="tokens" aria-label="{caption}">{drawn}</ol>{more}')


def _own(texts: TokensTexts) -> VocabularyName:
    said = texts.own
    page.section(said.title, sentence=said.sentence)
    first = next(iter(said.examples))
    example = choice("example", tuple(said.examples), default=first)
    box, applied = kept(PAGE, "text"), key(PAGE, "text.example")
    if st.session_state.get(applied) != example:
        st.session_state[applied], st.session_state[box["key"]] = example, said.examples[example].text
    st.pills(
        said.examples_label,
        tuple(said.examples),
        format_func=lambda each: said.examples[each].name,
        required=True,
        **held("example", example, default=first),
    )
    typed: str = st.text_area(said.label, max_chars=MOST_CHARACTERS, height=100, **box)
    name = choice("vocabulary", VOCABULARIES, default=DEFAULT)
    st.segmented_control(
        said.vocabulary,
        VOCABULARIES,
        format_func=lambda each: said.vocabularies[each].name,
        required=True,
        **held("vocabulary", name, default=DEFAULT),
    )
    chosen = said.vocabularies[name]
    page.draw(
        page.quiet(said.used_by.format(name=chosen.name, year=chosen.year, size=chosen.size, used_by=chosen.used_by))
    )
    if not typed.strip():
        page.draw(page.quiet(said.empty))
        return name
    found = tokenize(typed, name)
    pairs = [
        (said.tokens, f"{len(found):,}"),
        (said.characters, f"{len(typed):,}"),
        (said.ratio, f"{len(typed) / len(found):.1f}"),
        *(
            (said.elsewhere.format(name=said.vocabularies[other].name), f"{len(tokenize(typed, other)):,}")
            for other in VOCABULARIES
            if other != name
        ),
    ]
    page.draw(facts(pairs), pieces(found, texts, name=name))
    if any("⟨" in readable(each.bytes) for each in found):
        page.draw(page.quiet(said.broken))
    _merging(typed, texts, name=name)
    return name


def _merging(typed: str, texts: TokensTexts, *, name: VocabularyName) -> None:
    from aipm.encoder.vocabularies import ranks

    said = texts.merges
    page.draw(Html(f"<h3>{markup(said.title)}</h3>"), page.quiet(said.sentence))
    found = {
        word: len(tokenize(word, name))
        for word in dict.fromkeys(words(typed[:MOST_CHARACTERS], name))
        if 2 < len(word.encode("utf-8", "replace")) <= LONGEST_WORD
    }
    if not found:
        page.draw(page.quiet(said.no_word))
        return
    box = key(PAGE, "word")
    if st.session_state.get(box) not in found:
        st.session_state[box] = max(found, key=found.__getitem__)
    word: str = st.selectbox(said.label, tuple(found), format_func=visible, key=box)
    steps = merges(word.encode("utf-8", "replace"), ranks(name))
    rows = []
    for place, step in enumerate(steps):
        marked = "".join(
            f'<b class="{"new" if here == step.place else "old"}">{markup(readable(piece))}</b>'
            for here, piece in enumerate(step.pieces)
        )
        joined = " + ".join(markup(readable(each)) for each in step.joined) if step.joined else markup(said.start)
        number = "" if step.rank is None else f"{step.rank:,}"
        rows.append(
            f'<tr><th scope="row">{place}</th><td class="parts">{marked}</td><td>{joined}</td>'
            f'<td class="number">{number}</td></tr>'
        )
    heads = f'<th scope="col">{markup(said.step)}</th><th scope="col">{markup(said.pieces)}</th>'
    heads += f'<th scope="col">{markup(said.joined)}</th><th scope="col" class="number">{markup(said.number)}</th>'
    caption = said.caption.format(
        word=visible(word), bytes=len(steps[0].pieces), count=len(steps[-1].pieces), steps=len(steps) - 1
    )
    page.draw(
        scrolling(
            Html(f'<table class="merges"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'),
            label=caption,
        ),
        page.quiet(said.told),
    )


def _glitch(texts: TokensTexts) -> None:
    said = texts.glitch
    page.section(said.title)
    found = {name: tokenize(said.word, name) for name in VOCABULARIES}
    told = said.told.format(id=f"{found['p50k_base'][0].id}", newer=len(found[DEFAULT]))
    page.draw(paragraphs((said.sentence, told, said.correction)))
    heads = (Column(name=said.vocabulary), Column(name=said.pieces), Column(name=said.count, number=True))
    rows = [
        (texts.own.vocabularies[name].name, " | ".join(readable(each.bytes) for each in some), str(len(some)))
        for name, some in found.items()
    ]
    page.draw(table(heads, rows, caption=said.caption))
    so_what(texts.so_what["title"], texts.so_what["glitch"])
