"""What keeps an AI product going: kept current, joined to the product, quick, up, watched, and faced honestly."""

import streamlit as st

from aipm.ui import page
from aipm.ui.fragments import LONG, join, outward
from aipm.ui.lifecycle_cycle_picture import onward
from aipm.ui.lifecycle_cycle_texts import CycleTexts, GroupText, ItemText, SourceText
from aipm.ui.safe import Html, markup


def draw(texts: CycleTexts) -> None:
    said = texts.running
    page.section(said.title, sentence=said.sentence)
    for place, group in enumerate(said.groups):
        page.draw(
            Html(f'<h3 class="further">{markup(group.name)}</h3>'),
            page.quiet(group.sentence),
            Html(f'<ul class="cycle-cards">{join(_card(each, texts) for each in group.items)}</ul>'),
        )
        _ways(group, place)


def cited(text: SourceText) -> Html:
    return outward(text.url, text.name)


def _card(item: ItemText, texts: CycleTexts) -> Html:
    sources = "; ".join(cited(texts.sources[each]) for each in item.sources)
    read = f' <small class="source">({sources})</small>' if sources else ""
    return Html(f"<li><h4>{markup(item.name)}</h4><p>{markup(item.text, limit=LONG)}{read}</p></li>")


def _ways(group: GroupText, place: int) -> None:
    """The ways on of a group: those of its parts first."""
    own = [each.onward for each in group.items if each.onward is not None]
    with st.container(horizontal=True, vertical_alignment="center"):
        for number, way in enumerate((*own, *group.onward)):
            onward(way, name=f"running.{place}.{number}")
