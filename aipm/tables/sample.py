"""A text looked at in places: lines from its head, its middle and its tail, at a cost that does not grow with it."""

import io
import re
from dataclasses import dataclass
from typing import Protocol

from aipm.tables.model import Limits, ReadError

HEAD = 1 << 16
"""Bytes of the head that are always looked at; more where lines are long."""
_FURTHER = 1 << 15
_HEAD_LINES = 60
_LINE_END = re.compile(rb"\r\n|\n|\r")


class Source(Protocol):
    """Bytes that can be looked at in places."""

    @property
    def size(self) -> int: ...
    def read(self, offset: int, length: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Memory:
    """A text in memory as a source."""

    data: bytes | memoryview

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        return bytes(self.data[offset : offset + length])


@dataclass(frozen=True, slots=True)
class Sample:
    """Lines, with their ends, of a text in UTF-8; `whole`: the head is all there is."""

    head: list[str]
    middle: list[str]
    tail: list[str]
    whole: bool


def take_sample(source: Source, limits: Limits, *, start: int = 0) -> Sample:
    """Whole lines of a text that begins at byte `start`. Raises ReadError where the first line is too long."""
    length = HEAD
    while True:
        head = source.read(start, length)
        whole = start + len(head) >= source.size
        lines = len(_LINE_END.findall(head))
        if whole or lines >= _HEAD_LINES or length > limits.max_line_bytes:
            break
        length = min(4 * length, limits.max_line_bytes + 1)
    if whole:
        return Sample(_lines(head), [], [], whole=True)
    if not lines:
        raise ReadError(
            "line_too_long",
            f"Line 1 is longer than {limits.max_line_bytes:,} bytes.",
            advice="Check that the file is a table with line ends.",
            line=1,
        )
    middle, tail = further(source, start + len(head))
    return Sample(_lines(whole_lines(head, first=True)), _lines(middle), _lines(tail), whole=False)


def further(source: Source, seen: int) -> tuple[bytes, bytes]:
    """Whole lines from the middle and from the end of what lies behind the first `seen` bytes."""
    middle, tail = max(seen, source.size // 2), max(seen, source.size - _FURTHER)
    return (
        whole_lines(source.read(middle, min(_FURTHER, tail - middle))) if tail > middle else b"",
        whole_lines(source.read(tail, _FURTHER), last=True),
    )


def whole_lines(piece: bytes, *, first: bool = False, last: bool = False) -> bytes:
    """A piece of text without the line it begins in and the one it breaks off in; `first`, `last`: those are whole."""
    ends = [match.end() for match in _LINE_END.finditer(piece)]
    if not ends:
        return b""
    return piece[0 if first else ends[0] : None if last else ends[-1]]


def _lines(piece: bytes) -> list[str]:
    return list(io.StringIO(piece.decode("utf-8", "replace"), newline=""))
