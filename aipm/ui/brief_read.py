"""A brief to read only: one that somebody shared, or the worked example. The session's own brief is not touched."""

from dataclasses import replace
from typing import Any

from aipm.brief.brief import Brief
from aipm.brief.json_file import from_plain
from aipm.brief.stale import Now
from aipm.content.day import day
from aipm.tables import Refusal
from aipm.ui import address, brief_state, brief_story, brief_take, clock, page
from aipm.ui.brief_example import example
from aipm.ui.brief_page_texts import brief_page_texts
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup
from aipm.ui.versions import versions

PAGE = "brief"
READ, EXAMPLE = "read", "example"


def shared(token: str) -> None:
    """The latest version under this token."""
    texts = brief_page_texts()
    try:
        kept = brief_state.briefs().load(token)
        brief = read(kept.state)
    except Refusal as problem:
        advice = texts.read.advice if problem.code == "no_brief" else problem.advice
        page.refused(texts.read.refused, Refusal(problem.code, problem.message, advice=advice))
        _leave(texts.read.own)
        return
    at = kept.saved.astimezone(clock.zone())
    _said(texts.read.said.format(day=day(at), time=f"{at:%H:%M}"))
    _leave(texts.read.own)
    _draw(brief, Now(today=clock.today(), latest={}, versions=versions()))


def read(state: dict[str, Any]) -> Brief:
    """The brief of a kept state, without what was taken out of it. Raises Refusal where it is none."""
    if not state:
        return Brief()
    return replace(from_plain({**state, brief_state.DRAFTS: None}).brief, history=())


def worked() -> None:
    """The worked example."""
    texts, brief = brief_page_texts().example, example()
    _said(texts.said)
    _leave(texts.back)
    latest = {each.tool: each.result for each in brief.entries}
    _draw(brief, Now(today=clock.today(), latest=latest, versions={}))


def _draw(brief: Brief, now: Now) -> None:
    brief_story.to_read(brief, now=now)
    page.section(brief_page_texts().take.title, sentence=brief_page_texts().take.sentence)
    brief_take.files(brief, now=now)


def _said(text: str) -> None:
    page.draw(Html(f'<div class="answer is-reference" role="status"><p>{markup(text, limit=LONG)}</p></div>'))


def _leave(text: str) -> None:
    to: dict[str, str | None] = dict(brief_state.along())
    address.goes(PAGE, text, to, name="own", icon=":material/arrow_back:", whole=True)
