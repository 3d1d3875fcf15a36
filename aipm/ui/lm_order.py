"""The part of the Language models page on order: waves, their likeness by distance, and words shuffled."""

import streamlit as st

from aipm.content.visible import visible
from aipm.labs.bpe import readable, tokenize
from aipm.labs.positions import MOST_POSITIONS, MOST_WORDS, by_distance, encoding, moved, shuffled, wavelengths
from aipm.ui import page
from aipm.ui.address import put
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.lm_address import PAGE, choice, held, whole
from aipm.ui.lm_heat import heat_map
from aipm.ui.lm_order_texts import OrderTexts, order_texts
from aipm.ui.lm_pieces import guess, paragraphs, so_what, sources
from aipm.ui.lm_tokens import SENTENCE
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key

LENGTH, DIMENSIONS, BASE = 48, "64", "10000"
WIDTHS = ("8", "16", "32", "64", "128")
BASES = {"10": "10", "100": "100", "1000": "1,000", "10000": "10,000", "100000": "100,000"}
FEWEST_POSITIONS = 8
COLUMNS = 4
MOST_CHARACTERS = 160
MOST_SHUFFLES = 999


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = order_texts()
    page.section(texts.title)
    page.draw(paragraphs(texts.sentences))
    if guess("guess_order", texts.guess, answer="same"):
        _shuffle(texts)
    page.draw(_places(texts))
    _map(texts)
    so_what(texts.so_what["title"], texts.so_what["text"])
    page.draw(Html(f"<h3>{markup(texts.notes_title)}</h3>"), notes(texts.notes))
    page.draw(sources(texts.sources_title, texts.sources))


def _places(texts: OrderTexts) -> Html:
    said = texts.places
    found = tokenize(SENTENCE, "o200k_base")
    waves = encoding(len(found), dimensions=int(DIMENSIONS))
    heads = (
        Column(name=said.token),
        Column(name=said.place, number=True),
        *(Column(name=said.column.format(number=column + 1), number=True) for column in range(COLUMNS)),
    )
    rows = [
        (readable(piece.bytes), str(place + 1), *(_signed(value) for value in waves[place][:COLUMNS]))
        for place, piece in enumerate(found)
    ]
    return Html(
        f"<h2>{markup(said.title)}</h2>{paragraphs((said.sentence,))}{table(heads, rows, caption=said.caption)}"
    )


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _map(texts: OrderTexts) -> None:
    said = texts.map
    page.section(said.title, sentence=said.sentence)
    length = whole("places", low=FEWEST_POSITIONS, high=MOST_POSITIONS, default=LENGTH)
    dimensions = choice("columns", WIDTHS, default=DIMENSIONS)
    base = choice("base", tuple(BASES), default=BASE)
    left, middle, right = st.columns(3)
    with left:
        st.slider(said.length, FEWEST_POSITIONS, MOST_POSITIONS, **held("places", length, default=LENGTH))
    with middle:
        st.select_slider(said.dimensions, WIDTHS, **held("columns", dimensions, default=DIMENSIONS))
    with right:
        st.select_slider(
            said.base, tuple(BASES), format_func=lambda each: BASES[each], **held("base", base, default=BASE)
        )
    width, bottom = int(dimensions), float(base)
    waves = wavelengths(dimensions=width, base=bottom)
    caption = said.caption.format(length=length, dimensions=width, fast=f"{waves[0]:.0f}", slow=f"{waves[-1]:,.0f}")
    picture = heat_map(
        encoding(length, dimensions=width, base=bottom),
        alt=caption,
        across=said.across,
        down=said.down.format(length=length),
    )
    page.draw(picture, page.quiet(caption), page.quiet(said.formula.format(base=BASES[base], dimensions=width)))
    page.draw(_near(texts, length=length, dimensions=width, base=bottom))


def _near(texts: OrderTexts, *, length: int, dimensions: int, base: float) -> Html:
    said = texts.near
    alike = by_distance(length, dimensions=dimensions, base=base)
    bars = "".join(
        f'<b class="{"up" if each >= 0 else "under"}" style="--much:{abs(each) * 100:.1f}%"></b>' for each in alike
    )
    below = "" if min(alike) < 0 else " above"
    middle = length // 2
    told = said.said.format(
        one=_signed(alike[1]), middle=middle, half=_signed(alike[middle]), far=length - 1, last=_signed(alike[-1])
    )
    caption = markup(said.caption.format(said=told), limit=LONG)
    return Html(
        f'<h3 class="apart">{markup(said.title)}</h3><p>{markup(said.sentence, limit=LONG)}</p>'
        f'<p class="near-axis quiet"><span>{markup(said.up)}</span></p>'
        f'<div class="near{below}" role="img" aria-label="{caption}">{bars}</div>'
        f'<p class="near-axis quiet"><span>0</span><span>{markup(said.axis)}</span><span>{length - 1}</span></p>'
        f'<p class="quiet">{caption}</p>'
    )


def _shuffle(texts: OrderTexts) -> None:
    said = texts.shuffle
    page.draw(Html(f'<h3 class="apart">{markup(said.title)}</h3>'), page.quiet(said.sentence))
    box = kept(PAGE, "order.words")
    st.session_state.setdefault(box["key"], said.start)
    typed: str = st.text_input(said.label, max_chars=MOST_CHARACTERS, **box)
    words = typed.split()[:MOST_WORDS]
    seed = whole("shuffle", low=0, high=MOST_SHUFFLES, default=0)
    with st.container(horizontal=True):
        st.button(
            said.press,
            key=key(PAGE, "shuffle"),
            icon=":material/shuffle:",
            on_click=put,
            kwargs={"shuffle": str(seed % MOST_SHUFFLES + 1)},
        )
        if seed:
            st.button(said.back, key=key(PAGE, "unshuffle"), on_click=put, kwargs={"shuffle": None})
    if len(words) < 2:
        page.draw(page.quiet(said.empty))
        return
    order = shuffled(words, seed=seed)
    if list(order) == sorted(order):
        page.draw(page.quiet(said.same if seed else said.as_is))
        return
    now = [words[place] for place in order]
    heads = (
        Column(name=said.word),
        Column(name=said.moved_from, number=True),
        Column(name=said.without, number=True),
        Column(name=said.within, number=True),
    )
    rows = [
        (
            each.word,
            said.arrow.format(before=each.before + 1, after=each.after + 1),
            f"{each.without_positions:.3f}",
            f"{each.with_positions:.3f}",
        )
        for each in moved(words, order)
    ]
    page.draw(
        Html(f"<p><b>{markup(said.now.format(words=visible(' '.join(now))), limit=LONG)}</b></p>"),
        table(heads, rows, caption=said.caption),
        paragraphs((said.told,)),
    )
    share = once(PAGE, "order.alike", (tuple(words), order), lambda: _alike(" ".join(words), " ".join(now)))
    page.draw(paragraphs((said.real.format(share=f"{share:.0%}"), said.real_words)))


def _alike(one: str, other: str) -> float:
    from aipm import encoder

    first, second = encoder.encode([one, other])
    return min(1.0, max(0.0, float(first @ second)))
