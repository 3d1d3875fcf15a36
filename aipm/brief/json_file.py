"""A brief as plain data and as one file that opens again, also in an older or a newer version, and after it was edited.

What cannot be read is named and kept as it was, so that the next file holds it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args

import msgspec

from aipm.brief.brief import HISTORY, Brief, ChapterKey, Decision
from aipm.brief.entry import Entry, EntryError, check
from aipm.governance import forms as governance
from aipm.governance.fields import MOST, Typed
from aipm.tables import Refusal

KIND, VERSION = "aipm-brief", 1
FILE = "aipm-brief.json"
"""What the file is called."""
LARGEST = 20_000_000
"""Bytes of a file."""
PARTS = frozenset({"kind", "version", "saved", "unread", *(each.name for each in fields(Brief))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a file held; `unread`: by the place in the file ("entries[3]", "forms.register.risks[2]")."""

    brief: Brief
    unread: dict[str, Any] = field(default_factory=dict)
    newer: bool = False
    """Whether a later version wrote it."""


def to_plain(brief: Brief, *, unread: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """As plain data, for a store; empty parts are left out."""
    built = msgspec.to_builtins(brief)
    plain = {name: value for name, value in built.items() if value}
    return {"kind": KIND, "version": VERSION, **plain, "unread": dict(unread or {})}


def to_json(brief: Brief, *, saved: str, unread: Mapping[str, Any] | None = None) -> bytes:
    """The file. `saved`: when, as text."""
    return msgspec.json.format(msgspec.json.encode({**to_plain(brief, unread=unread), "saved": saved}), indent=1)


def from_json(data: bytes) -> Opened:
    """What such a file holds. Raises Refusal where it is none at all."""
    if len(data) > LARGEST:
        raise _refusal(f"It is larger than {LARGEST // 1_000_000} MB.")
    try:
        plain = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as problem:
        raise _refusal("It is not written in JSON, or it was cut off.") from problem
    return from_plain(plain)


def from_plain(plain: object) -> Opened:
    """What plain data holds. Raises Refusal where they are no brief at all."""
    if not isinstance(plain, dict) or plain.get("kind") != KIND:
        raise _refusal("It was written by something else.")
    earlier = plain.get("unread")
    unread: dict[str, Any] = dict(earlier) if isinstance(earlier, dict) else {}
    _keep(unread, {name: value for name, value in plain.items() if name not in PARTS})
    found: dict[str, Any] = {
        "entries": _entries(plain, "entries", unread, once=True),
        "history": _entries(plain, "history", unread, once=False)[-HISTORY:],
        "decisions": _list(plain, "decisions", Decision, unread),
        "mind": _list(plain, "mind", Typed, unread),
        "notes": _notes(plain, unread),
        "forms": _forms(plain, unread),
    }
    version = plain.get("version")
    return Opened(brief=Brief(**found), unread=unread, newer=isinstance(version, int) and version > VERSION)


def _list(plain: Mapping[str, Any], name: str, kind: Any, unread: dict[str, Any]) -> tuple[Any, ...]:
    raw = plain.get(name, [])
    if not isinstance(raw, list):
        _keep(unread, {name: raw})
        return ()
    found: list[Any] = []
    for index, each in enumerate(raw):
        if len(found) == MOST:
            _keep(unread, {f"{name}[{index}:]": raw[index:]})
            break
        try:
            found.append(msgspec.convert(each, kind, strict=True))
        except (msgspec.ValidationError, ValueError):
            _keep(unread, {f"{name}[{index}]": each})
    return tuple(found)


def _entries(plain: Mapping[str, Any], name: str, unread: dict[str, Any], *, once: bool) -> tuple[Entry, ...]:
    """Entries that a brief may keep; what this version does not know of one is kept beside it."""
    known = {each.name for each in fields(Entry)}
    found: list[Entry] = []
    for index, each in enumerate(_list(plain, name, Any, unread)):
        place = f"{name}[{index}]"
        try:
            entry = check(msgspec.convert(each, Entry, strict=True))
        except (msgspec.ValidationError, EntryError, ValueError, RecursionError):
            _keep(unread, {place: each})
            continue
        if once and any(entry.tool == other.tool for other in found):
            _keep(unread, {place: each})
            continue
        _keep(unread, {f"{place}.{key}": value for key, value in each.items() if key not in known})
        found.append(entry)
    return tuple(found)


def _notes(plain: Mapping[str, Any], unread: dict[str, Any]) -> dict[ChapterKey, str]:
    raw = plain.get("notes", {})
    if not isinstance(raw, dict):
        _keep(unread, {"notes": raw})
        return {}
    found: dict[ChapterKey, str] = {}
    for key, text in raw.items():
        try:
            found[msgspec.convert(key, ChapterKey)] = msgspec.convert(text, Typed, strict=True)
        except msgspec.ValidationError:
            _keep(unread, {f"notes.{key}": text})
    return {key: found[key] for key in get_args(ChapterKey) if key in found}


def _forms(plain: Mapping[str, Any], unread: dict[str, Any]) -> dict[str, Any]:
    """The forms, read by the rules of their own file."""
    raw = plain.get("forms", {})
    if not isinstance(raw, dict):
        _keep(unread, {"forms": raw})
        return {}
    file = {"kind": governance.KIND, "version": governance.VERSION, "forms": raw, "unread": {}}
    opened = governance.from_json(msgspec.json.encode(file))
    _keep(unread, {f"forms.{place}": value for place, value in opened.unread.items()})
    return opened.forms


def _keep(unread: dict[str, Any], found: Mapping[str, Any]) -> None:
    """Put aside what could not be read; what an earlier file had put aside from the same place stays beside it."""
    for place, value in found.items():
        name, again = place, 1
        while name in unread and unread[name] != value:
            again += 1
            name = f"{place} ({again})"
        unread[name] = value


def _refusal(why: str) -> Refusal:
    return Refusal(
        "bad_brief_file",
        f"This is not a file of a brief. {why}",
        advice="Choose a JSON file that the page Brief has written. What is on the page stays as it is.",
    )
