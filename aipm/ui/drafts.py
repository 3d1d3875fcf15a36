"""What was typed on pages that keep no form: it goes with the brief, so that a reload loses nothing.

Words and settings, never a file: what came from an upload is not among them, and what stands in the address needs none.
A part of more than LARGEST bytes is left out, lists and tables from their oldest end on, so that all of it stays below
1 MB, half of what a brief may hold.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import msgspec
import streamlit as st

from aipm.tables import Refusal
from aipm.ui.state import key

V = TypeVar("V")
LARGEST = 60_000
"""Bytes of one part, as JSON."""
LONGEST = 20_000
"""Characters of one text; as in the fields of a form."""
SEEN = key("drafts", "seen")
"""In the session: things that were written before, by part and name, with their plain data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that is typed. `write` gives it as plain data, falsy where it is as at first; `read` takes it up.

    `write` runs several times in every run of every page: it looks first whether there is anything, and by name, as
    going through all that a session holds takes a hundred times as long.
    `read` meets whatever a file may hold, and leaves out what cannot be used. `clear` begins the page anew.
    """

    page: str
    name: str
    write: Callable[[], Any]
    read: Callable[[Any], None]
    alone: bool = True
    """Whether it is worth keeping by itself; otherwise it goes along with something that is kept."""


def typed() -> dict[str, Any]:
    """What is typed now, as plain data by page; empty where nothing is."""
    found: dict[str, Any] = {}
    worth = False
    for part in _parts():
        if plain := part.write():
            found.setdefault(part.page, {})[part.name] = plain
            worth = worth or part.alone
    return found if worth or (found and _kept_anyway()) else {}


def put(plain: dict[str, Any]) -> None:
    """What was kept is what is typed now. What cannot be used any more is left out."""
    from aipm.ui import drafts_mapper, drafts_scorer, drafts_words

    for begin_anew in (drafts_mapper.begin_anew, drafts_scorer.begin_anew, drafts_words.begin_anew):
        begin_anew()
    for part in _parts():
        of_page = plain.get(part.page)
        found = of_page.get(part.name) if isinstance(of_page, dict) else None
        if found:
            try:
                part.read(found)
            except (Refusal, TypeError, ValueError, KeyError, AttributeError, ArithmeticError, RecursionError):
                continue  # of a file that somebody edited: what it holds there is not what a page can show


@cache
def _parts() -> tuple[Part, ...]:
    from aipm.ui import drafts_mapper, drafts_scorer, drafts_words

    return (*drafts_mapper.PARTS, *drafts_scorer.PARTS, *drafts_words.PARTS)


def _kept_anyway() -> bool:
    from aipm.ui import brief_state  # which imports this module

    return brief_state.held().token is not None


# for the pages


def begin_anew(page: str, *, but: Iterable[str]) -> None:
    """Nothing is held of a page, but for these keys and what begins like one of them."""
    stay = tuple(but)
    for name in [str(each) for each in st.session_state]:
        if name.startswith(f"{page}.") and not name.startswith(stay):
            del st.session_state[name]


def text(value: object, *, most: int = LONGEST) -> str:
    """A text that may be shown, cut; nothing where it is none."""
    if not isinstance(value, str):
        return ""
    return value[:most].encode("utf-8", "replace").decode()


def texts(value: object, *, most: int, longest: int = LONGEST) -> list[str]:
    """The texts of a list, each once."""
    if not isinstance(value, list):
        return []
    return list(dict.fromkeys(said for each in value[:most] if (said := text(each, most=longest))))


def mapping(value: object, *, most: int) -> dict[str, Any]:
    """What a dictionary holds under texts, the first `most` of it."""
    if not isinstance(value, dict):
        return {}
    return {name: value[name] for name in list(value)[:most] if isinstance(name, str) and text(name) == name}


def once(part: str, question: object, write: Callable[[], V]) -> V:
    """What was written of this part before, as long as the question is the same."""
    seen = st.session_state.setdefault(SEEN, {})
    known = seen.get(part)
    if known is None or (known[0] is not question and known[0] != question):
        known = seen[part] = (question, write())
    written: V = known[1]
    return written


def fitting(part: str, things: Mapping[str, V], plain: Callable[[str, V], Any]) -> dict[str, Any]:
    """Things by name as plain data, the latest that fit into LARGEST; each is written once as long as it is the same.

    `plain` gives None for what need not be kept.
    """
    if not things:
        return {}
    seen: dict[str, tuple[Any, Any, int]] = st.session_state.setdefault(SEEN, {}).get(part, {})
    now: dict[str, tuple[Any, Any, int]] = {}
    found: dict[str, Any] = {}
    left = LARGEST
    for name in reversed(list(things)):
        thing = things[name]
        known = seen.get(name)
        if known is None or known[0] is not thing:
            written = plain(name, thing)
            known = (thing, written, 0 if written is None else _size(name) + _size(written))
        now[name] = known
        if known[1] is not None and known[2] <= left:
            left -= known[2]
            found[name] = known[1]
    st.session_state[SEEN][part] = now
    return dict(reversed(found.items()))


def _size(plain: object) -> int:
    try:
        return len(msgspec.json.encode(plain))
    except (UnicodeError, msgspec.MsgspecError, TypeError):
        return LARGEST + 1  # half a character, from a broken paste: it cannot be kept
