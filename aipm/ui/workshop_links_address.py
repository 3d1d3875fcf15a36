"""The addresses of a room, for the browser that asks, and their QR code."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

import streamlit as st

from aipm.ui.safe import Html, markup

PAGES = ("/workshop", "/room")
"""Where this can be asked, each the last part of its address."""
LONGEST_IMAGE = 100_000
"""Characters of a QR code's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Where the app is, as the browser sees it: empty where that is not known."""

    url: str

    @property
    def local(self) -> bool:
        """Only this computer can come by it."""
        name = urlsplit(self.url).hostname or ""
        return name == "localhost" or name.endswith(".localhost") or name == "::1" or name.startswith("127.")

    @property
    def shown(self) -> str:
        """Of the page Room, as people type it."""
        return f"{self.url.partition('://')[2]}/room"

    def join(self, code: str) -> str:
        return self._of("room", room=code)

    def screen(self, code: str, token: str) -> str:
        return self._of("room", room=code, screen=token)

    def host(self, code: str, token: str, screen: str | None) -> str:
        """With the token of the big screen, which the facilitator is told once and can otherwise not come by again."""
        return self._of("workshop", room=code, host=token, **({"screen": screen} if screen else {}))

    def _of(self, page: str, **parts: str) -> str:
        return f"{self.url}/{page}?{urlencode(parts)}" if self.url else f"{page}?{urlencode(parts)}"


def base() -> Base:
    """The browser knows by which address it came, through whatever stands between it and this server."""
    url = (st.context.url or "").rstrip("/")
    for page in PAGES:
        url = url.removesuffix(page)
    return Base(url=url)


@lru_cache(maxsize=64)
def square_code(text: str) -> str:
    """A QR code of `text` as the address of an image: black on white with its quiet zone, whatever the page's colours.

    Error correction level M: the next one reads with more of it out of sight, but its squares are smaller.
    """
    import segno

    return segno.make(text, error="m", micro=False).svg_data_uri(dark="#000", light="#fff", border=4, omitsize=True)


def image_of(at: str, *, said: str) -> Html:
    """An address as a QR code to scan."""
    return Html(f'<img class="square" alt="{markup(said)}" src="{markup(square_code(at), limit=LONGEST_IMAGE)}">')
