"""Families of models as cards that open: what each is, what it takes, and the rules that put it where it stands."""

from collections.abc import Iterable, Sequence

from aipm.selection.approaches import Approach, Change, Recommendation
from aipm.selection.families import Family, approach_texts
from aipm.selection.rules import Reason, Source
from aipm.ui.fragments import LONG, join, notes, outward
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_approach_texts import page_texts


def shortlist(found: Recommendation) -> Html:
    """In order, from the baseline on."""
    said = page_texts().list
    places = approach_texts().places
    return join(
        (
            Html('<ol class="cards">'),
            *(
                card(each, word=said.baseline if each.key == found.baseline.key else places[each.place], number=place)
                for place, each in enumerate(found.shortlist, start=1)
            ),
            Html("</ol>"),
        )
    )


def others(found: Iterable[Approach]) -> Html:
    """Those that would work but nothing speaks for, or those that are ruled out."""
    places = approach_texts().places
    cards = [card(each, word=places[each.place]) for each in found]
    return join((Html('<ul class="cards">'), *cards, Html("</ul>")))


def card(each: Approach, *, word: str, number: int | None = None) -> Html:
    """`word` says where it stands; of one that is ruled out, the reasons are seen without opening it."""
    family = approach_texts().families[each.key]
    rank = f'<span class="rank">{number}</span>' if number else '<span class="rank"></span>'
    seen = each.reasons if each.place == "ruled_out" else ()
    why = "".join(f'<span class="why">{_long(reason.text)}</span>' for reason in seen)
    return Html(
        f'<li><details class="card is-{each.place.replace("_", "-")}"><summary>{rank}<span class="head">'
        f'<b>{markup(family.name)}</b> <span class="place">{markup(word)}</span>'
        f'<span class="plain">{_long(family.plain)}</span>{why}</span></summary>'
        f'<div class="inside">{_inside(each, family)}</div></details></li>'
    )


def reasons(found: Sequence[Reason]) -> Html:
    """Rules that spoke, each with where it comes from and how good that source is."""
    rows = "".join(f'<li>{_long(each.text)} <span class="quiet">{_source(each.source)}</span></li>' for each in found)
    return Html(f'<ul class="notes">{rows}</ul>')


def _source(source: Source) -> Html:
    said = approach_texts()
    grade = page_texts().card.grade.format(
        grade=source.grade, means=said.grades[source.grade], checked=said.checked[source.checked]
    )
    return Html(f"{_link(source)} {_long(grade)}")


def _link(source: Source) -> Html:
    return outward(source.url, source.title) if source.url else Html(f"{_long(source.title)}.")


def _inside(each: Approach, family: Family) -> Html:
    said = page_texts().card
    out = each.place == "ruled_out"
    needs = (f"{said.need[name]}: {getattr(family.needs, name)}" for name in said.need)
    rows = [
        (said.reasons_out if out else said.reasons, reasons(each.reasons) if each.reasons else _p(said.reasons_none)),
        *([(said.against, reasons(each.against))] if each.against else []),
        (said.changes, _changes(each.changes)),
        (said.good_for, notes(family.good_for)),
        (said.needs, notes(needs)),
        (said.costs, _p(family.costs)),
        (said.risks, notes(family.risks)),
        (said.explainability, _p(family.explainability)),
        (said.latency, _p(family.latency)),
        (said.when_not, _p(family.when_not)),
        (said.read, _read(family)),
    ]
    return Html("<dl>" + "".join(f"<dt>{markup(name)}</dt><dd>{what}</dd>" for name, what in rows) + "</dl>")


def _changes(found: Sequence[Change]) -> Html:
    said, asked = page_texts().card, approach_texts().questions
    if not found:
        return _p(said.changes_none)
    groups: dict[tuple[str, str], list[str]] = {}
    for each in found:
        groups.setdefault((each.question, said.becomes[each.becomes]), []).append(
            f"“{asked[each.question].answers[each.answer]}”"
        )
    return notes(
        said.change.format(question=asked[question].question, answers=said.either.join(names), becomes=becomes)
        for (question, becomes), names in groups.items()
    )


def _read(family: Family) -> Html:
    sources = approach_texts().sources
    return Html(
        '<ul class="notes">' + "".join(f"<li>{_source(sources[name])}</li>" for name in family.sources) + "</ul>"
    )


def _p(text: str) -> Html:
    return Html(f"<p>{_long(text)}</p>")


def _long(text: str) -> Html:
    return markup(text, limit=LONG)
