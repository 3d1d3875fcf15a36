"""A word and the words it is explained with, drawn as a tree that grows to the right: one step, then two."""

from collections.abc import Iterable
from functools import cache

from aipm.content.glossary import glossary, neighbours
from aipm.ui.fragments import scrolling
from aipm.ui.resources_texts import GlossaryTexts
from aipm.ui.safe import Html, markup

NEAR, FAR = 6, 3
"""Words of the first step, and of the second behind each."""


def family(chosen: str, texts: GlossaryTexts) -> Html:
    """The picture under its title. It is a list of lists, so whoever cannot see it hears which word leads where."""
    return scrolling(_picture(chosen), label=texts.family.format(name=glossary().terms[chosen].name))


def steps(chosen: str) -> dict[str, tuple[str, ...]]:
    """The nearest words, each with words one step further that have not come up yet."""
    seen = {chosen, *neighbours(chosen)[:NEAR]}
    found: dict[str, tuple[str, ...]] = {}
    for near in neighbours(chosen)[:NEAR]:
        far = tuple(each for each in neighbours(near) if each not in seen)[:FAR]
        seen |= set(far)
        found[near] = far
    return found


@cache  # our own texts only
def _picture(chosen: str) -> Html:
    near = (_branch(each, (_branch(other) for other in far)) for each, far in steps(chosen).items())
    return Html(f'<ul class="tree">{_branch(chosen, near)}</ul>')


def _branch(key: str, leads_to: Iterable[str] = ()) -> str:
    inner = "".join(leads_to)
    return f"<li><b>{markup(glossary().terms[key].name)}</b>{f'<ul>{inner}</ul>' if inner else ''}</li>"
