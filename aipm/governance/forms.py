"""Every form of the Lifecycle and Ethics pages by name, and the one file they are kept in.

A file from an older or a newer version, or one that somebody edited, is opened as far as it can be read: what cannot
is named and kept as it was, so that the next file holds it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from aipm.governance.ab_test import AbTest
from aipm.governance.dpia import Dpia
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.fields import MOST
from aipm.governance.gates import Gates
from aipm.governance.harms import HarmCanvas
from aipm.governance.incident import IncidentPlan
from aipm.governance.metric_sheet import MetricSheet
from aipm.governance.notice import Notice
from aipm.governance.practices import Practices
from aipm.governance.privacy import PrivacyByDesign
from aipm.governance.product import Product
from aipm.governance.register import Register
from aipm.governance.roles import Raci
from aipm.governance.stack import StackNeeds
from aipm.governance.triage import Triage
from aipm.tables import Refusal

FORMS: dict[str, type] = {
    "product": Product,
    "stack": StackNeeds,
    "gates": Gates,
    "metrics": MetricSheet,
    "ab_test": AbTest,
    "feedback": FeedbackPlan,
    "practices": Practices,
    "roles": Raci,
    "triage": Triage,
    "register": Register,
    "harms": HarmCanvas,
    "dpia": Dpia,
    "privacy": PrivacyByDesign,
    "notice": Notice,
    "incident": IncidentPlan,
}
"""Frozen dataclasses of plain values whose fields all have defaults."""
KIND, VERSION = "aipm-governance", 1
FILE = "aipm-governance.json"
"""What the file is called."""
LARGEST = 10_000_000
"""Bytes of a file: more than five hundred rows of every list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a file held: the forms, and what could not be read, as it was."""

    forms: dict[str, Any]
    unread: dict[str, Any] = field(default_factory=dict)
    """By the place in the file ("register.risks[3]"), or the name of a form that this version does not have."""
    newer: bool = False
    """Whether a later version wrote it."""


def to_json(forms: Mapping[str, Any], *, unread: Mapping[str, Any] | None = None, saved: str) -> bytes:
    """The file: what was filled in, and what an earlier file held that could not be read. `saved`: when, as text."""
    filled = {name: form for name, form in forms.items() if form != FORMS[name]()}
    whole = {"kind": KIND, "version": VERSION, "saved": saved, "forms": filled, "unread": dict(unread or {})}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)


def from_json(data: bytes) -> Opened:
    """What such a file holds. Raises Refusal where it is none at all."""
    if len(data) > LARGEST:
        raise _refusal(f"It is larger than {LARGEST // 1_000_000} MB.")
    try:
        plain = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as problem:
        raise _refusal("It is not written in JSON, or it was cut off.") from problem
    if not isinstance(plain, dict) or plain.get("kind") != KIND or not isinstance(plain.get("forms"), dict):
        raise _refusal("It was written by something else.")
    earlier = plain.get("unread")
    unread: dict[str, Any] = dict(earlier) if isinstance(earlier, dict) else {}
    forms = {}
    for name, raw in plain["forms"].items():
        if name in FORMS and isinstance(raw, dict):
            forms[name] = _read(FORMS[name], raw, name, unread)
        else:
            unread[name] = raw
    version = plain.get("version")
    return Opened(forms=forms, unread=unread, newer=isinstance(version, int) and version > VERSION)


def _read(kind: type, raw: Mapping[str, Any], where: str, unread: dict[str, Any]) -> Any:
    """A form, field by field; a field, or a row of it, that does not fit goes to `unread`."""
    hints = get_type_hints(kind, include_extras=True)
    known = {each.name for each in fields(kind)}
    found = {}
    for name, value in raw.items():
        place = f"{where}.{name}"
        if name not in known:
            unread[place] = value
            continue
        if isinstance(value, list) and (row := _row(hints[name])) is not None:
            found[name] = _rows(row, value, place, unread)
            continue
        try:
            found[name] = msgspec.convert(value, hints[name], strict=True)
        except msgspec.ValidationError:
            unread[place] = value
    return kind(**found)


def _row(hint: Any) -> Any:
    """What a row of a list is; None where the field is no list."""
    for bare in (hint, *get_args(hint)):
        if get_origin(bare) is tuple and get_args(bare)[-1] is Ellipsis:
            return get_args(bare)[0]
    return None


def _rows(kind: Any, value: list[Any], place: str, unread: dict[str, Any]) -> tuple[Any, ...]:
    """The rows of a list that fit. Of rows with the same id the first stays: a page tells them apart by it."""
    found: list[Any] = []
    known: set[str] = set()
    for index, raw in enumerate(value):
        if len(found) == MOST:
            unread[f"{place}[{index}:]"] = value[index:]
            break
        try:
            row = msgspec.convert(raw, kind, strict=True)
        except msgspec.ValidationError:
            unread[f"{place}[{index}]"] = raw
            continue
        name = getattr(row, "id", None)
        if name is not None and name in known:
            unread[f"{place}[{index}]"] = raw
            continue
        known.add(name or "")
        found.append(row)
    return tuple(found)


def _refusal(why: str) -> Refusal:
    return Refusal(
        "bad_governance_file",
        f"This is not a file of the Lifecycle and Ethics pages. {why}",
        advice="Choose a JSON file that one of these pages has written. What is on the page stays as it is.",
    )
