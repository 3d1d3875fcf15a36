"""Plain data as YAML that every reader reads alike: what might be taken for something other than text is in quotes."""

import json
import re
from collections.abc import Mapping
from typing import Any

WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
"""What some readers take for something other than text."""
_PLAIN = re.compile(r"[^\W\d_][\w ./()%+-]*")
_LIST_ON_A_LINE = 100
"""Characters up to which a list of single values stands on one line."""


def written(plain: Mapping[str, Any]) -> str:
    """A mapping as YAML."""
    return "".join(f"{line}\n" for line in _lines(plain))


def _lines(value: Any) -> list[str]:
    if isinstance(value, Mapping) and value:
        found = []
        for key, inner in value.items():
            found += _under(f"{_scalar(key)}:", inner, indent="  ")
        return found
    if isinstance(value, list | tuple) and value:
        found = []
        for inner in value:
            lines = _lines(inner) if isinstance(inner, Mapping) and inner else [_inline(inner)]
            found += [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
        return found
    return [_inline(value)]


def _under(key: str, value: Any, *, indent: str) -> list[str]:
    single = not isinstance(value, Mapping | list | tuple) or not value
    if isinstance(value, list | tuple) and not any(isinstance(inner, Mapping | list | tuple) for inner in value):
        single = single or len(_inline(value)) <= _LIST_ON_A_LINE
    if single:
        return [f"{key} {_inline(value)}"]
    return [key, *(f"{indent}{line}" for line in _lines(value))]


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = repr(value)
        return text.replace("e", ".0e") if "e" in text and "." not in text else text
    text = str(value)
    if _PLAIN.fullmatch(text) and text.isprintable() and text.casefold() not in WORDS and not text.endswith(" "):
        return text
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    """What cannot be seen is written as a code."""
    if character.isprintable():
        return json.dumps(character, ensure_ascii=False)[1:-1]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
