"""The brief of this session: found again by the token in the address, saved as soon as anything in it has changed.

With it go the forms of Lifecycle and Ethics and what was typed on other pages, so that a refresh, another device or a
server that was started again goes on where one was.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import streamlit as st

from aipm.governance.forms import Opened as Forms
from aipm.tables import Refusal
from aipm.ui import clock, drafts, governance_state, results
from aipm.ui.state import key

if TYPE_CHECKING:
    from aipm.brief.brief import Brief
    from aipm.brief.json_file import Opened
    from aipm.brief.stale import Now
    from aipm.brief.store import Briefs, Kept

TOKEN = "brief"  # noqa: S105 - what the token is called in the address
KEPT = key("brief", "kept")
NEW_BRIEFS, TEN_MINUTES = 600, timedelta(minutes=10)
"""Briefs that one address may begin in TEN_MINUTES: a firm's whole network may have one address."""
FORMS, DRAFTS = "forms.", "drafts"
FINAL = frozenset({"no_brief", "read_only"})
"""Refusals that stay; anything else may work a moment later."""


@dataclass(slots=True)
class Held:
    """What a session holds of its brief. `entries` is the brief without its forms, which governance_state holds."""

    token: str | None = None
    entries: "Brief | None" = None
    unread: dict[str, Any] = field(default_factory=dict)
    written: tuple[Any, ...] = ()
    """What was saved last; the same objects again need no saving."""
    client_key: str = field(default_factory=lambda: uuid4().hex)
    number: int = 0
    saved: datetime | None = None
    crossed: bool = False
    """Somebody else saved in between, under the same address: theirs is an earlier version now."""
    problem: Refusal | None = None
    """Why it could not be opened or saved; what is typed stays in the session until it can."""
    refused: str | None = None
    """The token of a brief that could not be opened."""
    left: str | None = None
    """The token of a brief that could not be reached, when something was typed meanwhile."""
    page: str | None = None


def held() -> Held:
    return cast("Held", st.session_state.setdefault(KEPT, Held()))


def briefs() -> "Briefs":
    """Where briefs are kept. Raises Refusal where the settings or the database do not allow it."""
    from aipm.brief.settings import read

    told = read()
    return _briefs(told.url, told.keep_days)


@cache
def _briefs(url: str, keep_days: int) -> "Briefs":
    from aipm.brief.database import shared
    from aipm.brief.store import Briefs

    return Briefs(shared(url), keep_days=keep_days)


def brief() -> "Brief":
    """The whole brief as it stands in this session."""
    return replace(_entries(), forms=dict(governance_state.filled()))


def put(changed: "Brief") -> None:
    """The brief is so now. Forms that changed can be undone as on their own page."""
    held().entries = replace(changed, forms={})
    if changed.forms != governance_state.filled():
        governance_state.take(dict(changed.forms))


def now() -> "Now":
    """What is known today, to hold the brief against."""
    from aipm.brief.stale import Now
    from aipm.ui.versions import versions

    return Now(today=clock.today(), latest=dict(cast("dict[str, Any]", results.latest())), versions=versions())


def along() -> dict[str, str]:
    """What an address of this app has to carry along so that it finds the brief again."""
    token = held().token
    return {TOKEN: token} if token else {}


def begin(page: str) -> None:
    """Begin a run: open the brief that the address names, save what was changed before this run.

    The token is put into the address when a page is come to, not at every run: the browser's way back would end there.
    """
    mine, asked = held(), st.query_params.get(TOKEN)
    if asked and asked != mine.token and (asked != mine.refused or (_reachable_later(mine) and not any(_there()))):
        _open(mine, asked)
    elif mine.token is not None and page != mine.page:
        _catch_up(mine)
    if mine.token is not None and asked != mine.token and page != mine.page:
        st.query_params[TOKEN] = mine.token
    mine.page = page
    save()


def save() -> None:
    """Keep what has changed since it was kept last. What cannot be kept stays in the session, and is tried again."""
    mine = held()
    there = _there()
    if mine.written and _same(there, mine.written):
        return
    if mine.token is None and not any(there):
        mine.written = there
        return
    try:
        store = briefs()
        if mine.token is None:
            _limited()
            mine.token, mine.left = store.create(), mine.refused if _reachable_later(mine) else None
        mine.crossed = mine.crossed or store.number(mine.token) > mine.number
        mine.number = store.save(mine.token, _plain(), client_key=mine.client_key)
    except Refusal as problem:
        mine.problem = problem
        return
    mine.written, mine.client_key, mine.problem, mine.saved = there, uuid4().hex, None, clock.now()
    if st.query_params.get(TOKEN) != mine.token:
        st.query_params[TOKEN] = mine.token


def open_kept(kept: "Kept", token: str | None) -> None:
    """This session goes on with a brief that was kept."""
    from aipm.brief.json_file import from_plain

    plain = dict(kept.state)
    typed = plain.pop(DRAFTS, {})
    opened = from_plain(plain) if plain else None
    mine = held()
    mine.token, mine.number, mine.saved = token, kept.number, kept.saved
    mine.entries = None if opened is None else replace(opened.brief, forms={})
    mine.unread, lost = _apart({} if opened is None else opened.unread)
    governance_state.begin({} if opened is None else dict(opened.brief.forms), lost)
    drafts.put(typed if isinstance(typed, dict) else {})
    mine.written, mine.crossed, mine.problem, mine.refused = _there(), False, None, None


def open_file(opened: "Opened") -> None:
    """What a file held takes the place of the brief; what stood here stays as an earlier version."""
    unread, lost = _apart(opened.unread)
    mine = held()
    mine.entries, mine.unread = replace(opened.brief, forms={}), unread
    governance_state.open_file(Forms(forms=dict(opened.brief.forms), unread=lost))


def unread() -> dict[str, Any]:
    """What could not be read when this brief was opened: the next file holds it as it was."""
    forms = {f"{FORMS}{place}": value for place, value in governance_state.kept().unread.items()}
    return {**held().unread, **forms}


def keep_anew() -> None:
    """Keep what stands here under an address of its own: the one before opens nothing any more."""
    mine = held()
    mine.refused, mine.token, mine.number, mine.written, mine.problem = mine.token, None, 0, (), None


def open_left() -> None:
    """Open the brief that could not be reached; what stands here stays under its own address."""
    mine = held()
    if mine.left is not None:
        _open(mine, mine.left)
        mine.left = mine.left if mine.problem else None
        if mine.problem is None and mine.token is not None:
            st.query_params[TOKEN] = mine.token


def start_again() -> None:
    """A new, empty brief in this session; the old one stays where it is kept."""
    st.session_state[KEPT] = Held(page=held().page, refused=st.query_params.get(TOKEN))
    st.query_params.pop(TOKEN, None)
    governance_state.begin({}, {})
    drafts.put({})


def _entries() -> "Brief":
    from aipm.brief.brief import Brief

    mine = held()
    if mine.entries is None:
        mine.entries = Brief()
    return mine.entries


def _there() -> tuple[Any, ...]:
    """Everything that is kept, in parts that are falsy while they are empty."""
    mine, forms = held(), governance_state.kept()
    filled = forms.forms if governance_state.filled() else None
    entries = mine.entries if mine.entries is not None and _says_anything(mine.entries) else None
    return entries, filled, mine.unread or None, forms.unread or None, drafts.typed() or None


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(each is kept or each == kept for each, kept in zip(one, other, strict=True))


def _says_anything(entries: "Brief") -> bool:
    return any((entries.entries, entries.history, entries.notes, entries.decisions, entries.mind))


def _plain() -> dict[str, Any]:
    from aipm.brief.json_file import to_plain

    typed = drafts.typed()
    return {**to_plain(brief(), unread=unread()), **({DRAFTS: typed} if typed else {})}


def _apart(unread: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What could not be read of the brief, and what of its forms."""
    lost = {place.removeprefix(FORMS): value for place, value in unread.items() if place.startswith(FORMS)}
    return {place: value for place, value in unread.items() if not place.startswith(FORMS)}, lost


def _reachable_later(mine: Held) -> bool:
    return mine.refused is not None and mine.problem is not None and mine.problem.code not in FINAL


def _open(mine: Held, token: str) -> None:
    try:
        kept = briefs().load(token)
        if kept.read_only:
            raise Refusal("read_only", "This address only shows the brief.", advice="Open it on the page Brief.")  # noqa: TRY301 - told as any other refusal
        open_kept(kept, token)
    except Refusal as problem:
        mine.problem, mine.refused = problem, token


def _catch_up(mine: Held) -> None:
    """What another device or tab has saved since, where nothing is waiting to be saved here."""
    if mine.token is None or not _same(_there(), mine.written):
        return
    try:
        if briefs().number(mine.token) > mine.number:
            open_kept(briefs().load(mine.token), mine.token)
        mine.problem = None
    except Refusal as problem:
        mine.problem = problem


def _limited() -> None:
    from aipm.brief.database import shared
    from aipm.brief.settings import read

    wait = shared(read().url).allowed(f"brief-from/{origin()}", most=NEW_BRIEFS, within=TEN_MINUTES)
    if wait is not None:
        minutes = max(1, round(wait.total_seconds() / 60))
        raise Refusal("too_often", "Too many briefs were begun in a short time.", advice=f"Wait about {minutes} min.")


def origin() -> str:
    """Where this visitor comes from, to count attempts by; only a hash of it is kept, for a while."""
    return st.context.ip_address or "this machine"
