"""An answer of the mapper as pieces of the page: the sentence, a capability with its reasons, the nearest examples."""

from collections.abc import Iterable
from functools import cache

from aipm.mapping.capabilities import Key, capabilities, no_ai
from aipm.mapping.examples import NONE
from aipm.mapping.result import MappingResult, Near, Phrase
from aipm.mapping.texts import mapping_texts
from aipm.ui.fragments import LONG, join, outward
from aipm.ui.mapper_texts import AnswerTexts, mapper_page
from aipm.ui.safe import Html, markup


@cache
def names() -> dict[str, str]:
    """What each answer is called: the seven by key, and none."""
    return {**{key: each.name for key, each in capabilities().items()}, NONE: no_ai().name}


def sentence(result: MappingResult) -> Html:
    """The answer in one plain sentence under its strength, as word and sign, and how sure."""
    said, seven = mapper_page().answer, capabilities()
    first, second = (each.capability for each in result.ranking[:2])
    settled = result.spec.output is not None
    if result.may_not_need_ai:
        told = said.settled_none if settled else said.none
        return _answer("plain", said.none_name, told, said.none_detail)
    band = mapping_texts().strengths[result.strength]
    template = said.settled if settled else getattr(said, result.strength)
    told = template.format(
        first=_inside(seven[first].name), second=_inside(seven[second].name), out=seven[first].comes_out
    )
    return _answer(result.strength, band.name, told, said.settled_detail if settled else band.means)


def _answer(kind: str, word: str, told: str, detail: str) -> Html:
    return Html(
        f'<div class="answer is-{kind}" role="status"><span class="verdict is-{kind}"><span class="sign"></span>'
        f"{markup(word)}</span><p>{markup(told, limit=LONG)}</p><p>{markup(detail, limit=LONG)}</p></div>"
    )


def _inside(name: str) -> str:
    """A name within a sentence."""
    return name[:1].lower() + name[1:]


def candidate(key: Key, phrases: Iterable[Phrase]) -> Html:
    """One of the two that fit best: what comes out, what it is, and the person's own words that spoke for it."""
    said, about = mapper_page().answer, capabilities()[key]
    words = "".join(f"<li>“{markup(phrase.text)}”</li>" for phrase in phrases)
    spoke = (
        f'<p class="quiet">{markup(said.spoke)}</p><ul class="phrases">{words}</ul>'
        if words
        else f'<p class="quiet">{markup(said.spoke_none)}</p>'
    )
    out = said.comes_out.format(out=about.comes_out)
    return Html(
        f"<h3>{markup(about.name)}</h3><p><b>{markup(out)}</b> {markup(about.definition, limit=LONG)}</p>{spoke}"
    )


def rest(result: MappingResult) -> str:
    others = ", ".join(_inside(capabilities()[each.capability].name) for each in result.ranking[2:])
    return mapper_page().answer.rest.format(names=others)


def apart(result: MappingResult) -> Html:
    """How to tell the two that fit best."""
    said, seven = mapper_page().answer, capabilities()
    first, second = (seven[each.capability] for each in result.ranking[:2])
    template = said.confused if result.confused_with else said.seldom
    told = template.format(
        first=first.name, second=_inside(second.name), first_out=first.comes_out, second_out=second.comes_out
    )
    more = f"<p>{markup(result.confused_with, limit=LONG)}</p>" if result.confused_with else ""
    return Html(f'<h3 class="further">{markup(said.apart)}</h3><p>{markup(told, limit=LONG)}</p>{more}')


def nearest(found: Iterable[Near]) -> Html:
    """The examples that come closest, each with what it calls for and, for a case, the way there."""
    said = mapper_page().answer
    close = [each for each in found if each.cosine >= said.near_least]
    if not close:
        return Html(f'<h3 class="further">{markup(said.near)}</h3><p class="quiet">{markup(said.near_none)}</p>')
    return join(
        (
            Html(f'<h3 class="further">{markup(said.near)}</h3><ul class="near">'),
            *(_near(each, said) for each in close),
            Html(f'</ul><p class="quiet">{markup(said.near_note, limit=LONG)}</p>'),
        )
    )


def _near(each: Near, said: AnswerTexts) -> Html:
    link = f" {outward(each.source, said.case)}" if each.source else ""
    return Html(f"<li><b>{markup(names()[each.label])}</b> <span>“{markup(each.text, limit=LONG)}”{link}</span></li>")
