"""The part of the Language models page on kinds of models: a map of two axes to click, the third as a filter, cards."""

from collections.abc import Sequence

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG, notes, outward
from aipm.ui.lm_address import PAGE, choice, held, link
from aipm.ui.lm_kinds_texts import Architecture, AxisText, KindsTexts, Mask, Stage, kinds_texts
from aipm.ui.lm_pieces import guess, paragraphs, so_what, sources
from aipm.ui.safe import Html, markup

WORDS = 6
"""Words of the small picture of who sees whom."""
ALL = "all"


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = kinds_texts()
    page.section(texts.title)
    page.draw(paragraphs(texts.sentences))
    guess("guess_kind", texts.guess, answer="architecture")
    _map(texts)
    page.draw(Html(f'<h3 class="apart">{markup(texts.lists_title)}</h3>'), notes(texts.lists))
    so_what(texts.so_what_title, texts.so_what)
    page.link("model_scorer", texts.links["compare"], view="approach")
    page.link("model_scorer", texts.links["models"], view="model")
    page.draw(sources(texts.sources_title, texts.sources))


def _map(texts: KindsTexts) -> None:
    page.section(texts.map, sentence=texts.map_sentence)
    modality = choice("modality", (ALL, *texts.modalities), default=ALL)
    st.segmented_control(
        texts.modality_label,
        (ALL, *texts.modalities),
        format_func=lambda each: texts.all if each == ALL else texts.modalities[each].name,
        required=True,
        **held("modality", modality, default=ALL),
    )
    shown = tuple(name for name, each in texts.models.items() if modality in (ALL, each.modality))
    chosen = choice("model", shown, default=shown[0])
    head = st.columns([1.25, 1, 1], gap="medium")
    with head[0]:
        page.draw(Html(f'<p class="quiet">{markup(texts.architecture)} ↓ {markup(texts.stage)} →</p>'))
    for column, stage in zip(head[1:], texts.stages.values(), strict=True):
        with column:
            page.draw(Html(f'<h3 class="axis">{markup(stage.name)}</h3>'), page.quiet(stage.text))
    for architecture, row in texts.architectures.items():
        with st.container(key=f"{PAGE}-kinds-{architecture}".replace("_", "-")):
            columns = st.columns([1.25, 1, 1], gap="medium")
            with columns[0]:
                page.draw(_axis(row))
            for column, stage_name in zip(columns[1:], texts.stages, strict=True):
                with column:
                    _cell(texts, architecture, stage_name, shown=shown, chosen=chosen)
            if texts.models[chosen].architecture == architecture:  # beside what was pressed, on a small screen, too
                page.draw(_card(texts, chosen))


def _cell(texts: KindsTexts, architecture: Architecture, stage: Stage, *, shown: Sequence[str], chosen: str) -> None:
    """The models of one square of the map, each a link to its card."""
    found = {
        name: texts.models[name]
        for name in shown
        if (texts.models[name].architecture, texts.models[name].stage) == (architecture, stage)
    }
    page.draw(Html(f'<p class="stage-here">{markup(texts.stages[stage].name)}</p>'))
    if not found:
        page.draw(page.quiet(texts.nobody))
        return
    with st.container(horizontal=True):
        for name, text in found.items():
            link(
                f"{text.name} ({text.year})",
                icon=":material/check_circle:" if name == chosen else None,
                model=name,
            )


def _axis(row: AxisText) -> Html:
    return Html(
        f'<div class="axis-row">{seen(row.mask)}<div><h3 class="axis">{markup(row.name)}</h3>'
        f'<p class="quiet">{markup(row.text, limit=LONG)}</p></div></div>'
    )


def seen(mask: Mask) -> Html:
    """Which words each word can see, as a small picture; the words beside it say the same."""
    if mask == "none":
        return Html("")
    half = WORDS // 2
    squares = []
    for down in range(WORDS):
        for across in range(WORDS):
            reads = across < half
            inside = {
                "full": True,
                "behind": across <= down,
                "both": reads if down < half else reads or across <= down,
            }[mask]
            squares.append(f'<i class="{"seen" if inside else "hidden"}"></i>')
    return Html(f'<span class="mask" aria-hidden="true">{"".join(squares)}</span>')


def _card(texts: KindsTexts, chosen: str) -> Html:
    text, said = texts.models[chosen], texts.card
    axes = (
        (texts.architecture, texts.architectures[text.architecture].name),
        (texts.stage, texts.stages[text.stage].name),
        (texts.modality, texts.modalities[text.modality].name),
    )
    places = "".join(f"<div><dt>{markup(name)}</dt><dd>{markup(value)}</dd></div>" for name, value in axes)
    source = f"{outward(text.url, text.source)} ({markup(said[text.checked])})"
    made = said["made"].format(maker=text.maker, year=text.year)
    return Html(
        f'<div class="model-card" role="status"><h3>{markup(text.name)}</h3><p class="quiet">{markup(made)}</p>'
        f'<dl class="facts">{places}</dl><p>{markup(text.text, limit=LONG)}</p>'
        f"<p><b>{markup(said['note'])}:</b> {markup(text.note, limit=LONG)}</p>"
        f'<p class="quiet">{markup(said["source"])}: {source}</p>'
        "</div>"
    )
