"""What to weigh, how a model is made, how it is judged: the guide beside the families."""

from collections.abc import Iterable
from functools import cache

from aipm.selection.families import Guide, Point, approach_texts
from aipm.ui.fragments import LONG, join, notes, outward
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_approach_texts import GuideTexts, page_texts


@cache  # our own texts only
def guide() -> Html:
    said, about = page_texts().guide, approach_texts().guide
    steps = ((step.name, step.text, None) for step in about.training)
    return join(
        (
            _title(said.training),
            _list(steps, tag="ol"),
            _title(said.measures),
            _measures(about, said),
            _title(said.language_models),
            _points(about.language_models),
            _title(said.factors),
            _points(about.factors),
            _title(said.axes),
            Html(f"<p>{markup(about.axes.text, limit=LONG)}</p>"),
            _points(about.axes.list),
            _title(said.notes),
            notes(about.notes),
        )
    )


def _title(text: str) -> Html:
    return Html(f'<h3 class="further">{markup(text)}</h3>')


def _measures(about: Guide, said: GuideTexts) -> Html:
    rows = "".join(
        f"<li><b>{markup(each.name)}.</b> {markup(each.means, limit=LONG)}{_source(each.source)}"
        f"<br><b>{markup(said.fits)}</b> {markup(each.fits, limit=LONG)}"
        f"<br><b>{markup(said.limit)}</b> {markup(each.limit, limit=LONG)}</li>"
        for each in about.measures
    )
    return Html(f'<ul class="notes">{rows}</ul>')


def _points(found: Iterable[Point]) -> Html:
    return _list(((each.name, each.text, each.source) for each in found), tag="ul")


def _list(found: Iterable[tuple[str, str, str | None]], *, tag: str) -> Html:
    rows = "".join(
        f"<li><b>{markup(name)}.</b> {markup(text, limit=LONG)}{_source(source)}</li>" for name, text, source in found
    )
    return Html(f'<{tag} class="notes">{rows}</{tag}>')


def _source(name: str | None) -> str:
    source = approach_texts().sources[name] if name else None
    return f" {outward(source.url, source.title)}" if source and source.url else ""
