"""A heat map as a small picture: a pixel a value, blank at zero, so that it reads on a light and on a dark page."""

import base64
import struct
import zlib
from collections.abc import Sequence

from aipm.content.palette import HIGHER, LOWER
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup


def heat_map(values: Sequence[Sequence[float]], *, alt: str, across: str, down: str) -> Html:
    """Values in [-1, 1], a row a line: purple below zero, teal above, the stronger the further off."""
    picture = base64.b64encode(png(values)).decode()
    return Html(
        f'<div class="heat"><span class="down">{markup(down)}</span>'
        f'<img src="data:image/png;base64,{picture}" alt="{markup(alt, limit=LONG)}">'
        f'<span class="across">{markup(across)}</span></div>'
    )


def png(values: Sequence[Sequence[float]]) -> bytes:
    """PNG (W3C 2003), 8 bits of red, green, blue and opacity a pixel."""
    rows = b"".join(b"\0" + b"".join(_pixel(value) for value in row) for row in values)
    head = struct.pack(">IIBBBBB", len(values[0]), len(values), 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _pixel(value: float) -> bytes:
    tone = (HIGHER if value >= 0 else LOWER).mark
    return bytes.fromhex(tone.removeprefix("#")) + bytes([round(255 * min(abs(value), 1.0))])
