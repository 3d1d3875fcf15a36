"""Three ways to learn, one in view: what it is, a guess, the toy that runs, what follows for a PM."""

from typing import get_args

import streamlit as st

from aipm.ui import landscape_boundary, landscape_clusters, landscape_grid, page
from aipm.ui.fragments import LONG
from aipm.ui.landscape_address import asked, held
from aipm.ui.landscape_parts import cited, guess, onward, prose, so_what
from aipm.ui.landscape_texts import Cited, LearnTexts, Way, learn_texts
from aipm.ui.safe import Html, markup

LABS = {"supervised": landscape_boundary, "unsupervised": landscape_clusters, "reinforcement": landscape_grid}


def draw() -> None:
    texts = learn_texts()
    page.section(texts.title, sentence=texts.sentence)
    ways = {way: lab.name for way, lab in texts.labs.items()}
    way = asked("way", get_args(Way), "supervised")
    said = ways
    st.segmented_control(
        texts.label,
        tuple(said),
        format_func=lambda each: said[each],
        required=True,
        **held("way", way, default="supervised"),
    )
    lab, toy = texts.labs[way], LABS[way]
    page.draw(
        Html(f'<h3 class="apart">{markup(lab.title)}</h3>'),
        prose(f"{lab.plain} {lab.like}"),
        _example(lab.examples[0], texts),
    )
    toy.first(lab)
    if guess(way, lab.guess, figures=toy.figures()):
        toy.draw(lab)
        for each in lab.examples[1:]:  # it would have given the answer away
            page.draw(_example(each, texts))
        so_what(texts.so_what, lab.so_what)
        for place, to in enumerate(lab.onward):
            onward(to, name=f"lab.{place}")
    page.draw(Html(f'<p class="quiet">{markup(f"{texts.deep} {texts.self_supervised}", limit=LONG)}</p>'))


def _example(each: Cited, texts: LearnTexts) -> Html:
    return Html(f'<p class="quiet"><b>{markup(texts.example)}.</b> {cited(each, form=texts.cited)}</p>')
