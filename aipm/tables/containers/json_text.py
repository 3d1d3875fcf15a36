"""JSON text as values, one after the other, so that a long list never stands in memory as a whole."""

import json
import re
from collections.abc import Iterator
from typing import Any

from aipm.tables.containers.refusals import damaged
from aipm.tables.model import ReadError

SPACE = re.compile(r"[ \t\r\n\x1e]*")


class Number(str):
    """A number as it is written in the file: 00501, 1e400 and NaN among them."""

    __slots__ = ()


class JsonReader:
    """Walks through a text; counts what other readers pass over in silence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.repeated_keys = 0
        self.not_finite = 0
        self._decode = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=Number,
            parse_float=Number,
            parse_constant=self._constant,
            strict=False,
        ).raw_decode

    def peek(self) -> str:
        """The next character that is no white space; "" at the end."""
        match = SPACE.match(self.text, self.position)
        assert match
        self.position = match.end()
        return self.text[self.position : self.position + 1]

    def take(self, expected: str) -> bool:
        """Step over a character, if it is the next."""
        found = self.peek() == expected
        self.position += found
        return found

    def value(self) -> Any:
        """The next value, whole. Raises ReadError where there is none."""
        self.peek()
        try:
            value, self.position = self._decode(self.text, self.position)
        except json.JSONDecodeError as problem:
            raise self.broken(problem.pos, problem.msg) from None
        return value

    def items(self) -> Iterator[Any]:
        """The items of the list that is next, one by one."""
        self.take("[")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if self.take("]"):
                return
            if not self.take(","):
                raise self.broken(self.position)

    def values(self) -> Iterator[Any]:
        """All values to the end of the text, one by one."""
        while self.peek():
            yield self.value()

    def object_keys(self) -> Iterator[str]:
        """The keys of the object that is next; the caller takes each value before it asks for the next key."""
        self.take("{")
        if self.take("}"):
            return
        while True:
            if self.peek() != '"':
                raise self.broken(self.position)
            key = self.value()
            if not self.take(":"):
                raise self.broken(self.position)
            yield key
            if self.take("}"):
                return
            if not self.take(","):
                raise self.broken(self.position)

    def broken(self, position: int, message: str = "") -> ReadError:
        """What is wrong there, by line."""
        line = self.text.count("\n", 0, position) + 1
        if message.startswith("Unterminated") or not self.text[position : position + 1_000].strip():
            return damaged("The JSON file is cut off: its end is missing.", line=line)
        return damaged(f"Line {line:,}: the JSON text is broken there.", line=line)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        self.repeated_keys += len(pairs) - len(found)
        return found

    def _constant(self, name: str) -> Number:
        self.not_finite += 1
        return Number(name)


def as_json(value: Any) -> str:
    """A value as JSON again, its numbers as they were written."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_json(str(key))}: {as_json(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
