"""What the web server does around the pages: headers, uploads in memory, errors without data, a warm start."""

import asyncio
import base64
import gc
import hashlib
import importlib
import logging
import pkgutil
import re
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.state import SafeSessionState

from aipm.tables import Refusal
from aipm.ui import room_live

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = __name__.rpartition(".")[0]
HOUR = 3600  # seconds
STATISTICS = ("statsmodels.stats.power", "statsmodels.stats.proportion")
HEAVY = ("numpy", "pandas", "pyarrow", "duckdb", "aipm.selection.ranking", "genai_prices", *STATISTICS)
"""What tool pages need besides the modules of this package; loaded at start so that no visitor waits for it."""

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0B5A82"/>'
    '<path d="M5 10h13M11 22h16M16 4v24" stroke="#FDFCFA" stroke-width="2.5"/>'
    '<circle cx="11.5" cy="10" r="4" fill="#FDFCFA"/><circle cx="19" cy="22" r="4" fill="#FDFCFA"/></svg>'
)
"""Ours, in place of Streamlit's: a page icon set in the script costs every run the work of an image, and for a Material
icon Streamlit has the browser ask another host.
"""


def content_security_policy(index_html: str) -> str:
    """The browser may load and call this server and nothing else, whatever a page or a cell in it asks for.

    Scripts written into Streamlit's own index.html are allowed by their hash; its styles are made at run time.
    """
    inline = re.findall(r"<script>(.*?)</script>", index_html, flags=re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline)
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *(f"'sha256-{value}'" for value in hashes))),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "frame-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class Guard:
    """ASGI middleware: adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        index = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
        self.headers = [
            (b"content-security-policy", content_security_policy(index).encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self.headers]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def middleware() -> list[Middleware]:
    return [Middleware(Guard)]


def routes() -> list[Route]:
    return [Route("/favicon.png", favicon), Route(f"/{room_live.PATH}/{{channel}}/{{what}}", room_live.news)]


async def favicon(_request: Request) -> Response:
    return Response(ICON, media_type="image/svg+xml", headers={"cache-control": "max-age=86400"})


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Before the first visitor: uploads stay in memory, the log is made safe, libraries load in the background."""
    keep_uploads_in_memory()
    finish_callbacks()
    # The folder pages/ alone must not make pages: until the first visitor has come, a deep link would find none.
    PagesManager.uses_pages_directory = False
    logging.getLogger("streamlit.error_util").addFilter(place_only)
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    threading.Thread(target=sweep_for_ever, name="sweep", daemon=True).start()
    if not config.get_option("server.headless"):
        asyncio.get_running_loop().call_later(0.5, _open_browser)
    yield


def keep_uploads_in_memory() -> None:
    """Stop the form parser from writing parts over 1 MB into the temporary folder.

    0 means "never" to SpooledTemporaryFile; the size of an upload stays limited by server.maxUploadSize, which
    Streamlit enforces while the bytes arrive.
    """
    MultiPartParser.spool_max_size = 0


def finish_callbacks() -> None:
    """Let what was pressed be done even where the next run was asked for already.

    Streamlit gives way to a run that was asked for meanwhile before the callbacks of a press, and wherever one of them
    touches the session's state. The browser sends a press once: it would be lost, or half done.
    """
    begin = SafeSessionState.on_script_will_rerun

    def to_the_end(self: SafeSessionState, *args: Any, **options: Any) -> None:
        gives_way = self._yield_callback
        object.__setattr__(self, "_yield_callback", lambda: None)  # its own way of setting writes into the session
        try:
            begin(self, *args, **options)
        finally:
            object.__setattr__(self, "_yield_callback", gives_way)

    SafeSessionState.on_script_will_rerun = to_the_end  # type: ignore[method-assign]


def warm_up() -> None:
    """Load what tool pages need, then exempt it all from garbage collection: it lives as long as the process."""
    own = (f"{PACKAGE}.{module.name}" for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    for name in (*HEAVY, *own):
        importlib.import_module(name)
    from aipm.encoder import vocabularies
    from aipm.mapping import mapper, search
    from aipm.ui import search_index

    mapper.warm_up()
    for name in vocabularies.VOCABULARIES:
        vocabularies.vocabulary(name)
    search.load()
    search_index.load()
    gc.collect()
    gc.freeze()


def sweep_for_ever() -> None:
    """Once an hour: delete for good what has expired."""
    while True:
        sweep()
        time.sleep(HOUR)


def sweep() -> None:
    """Delete briefs and rooms that have expired, if any were ever kept. What goes wrong is said in the log."""
    from aipm.brief import settings
    from aipm.ui import brief_state, room_state
    from aipm.workshop import rooms

    try:
        told = settings.read()
        if told.data_directory is None or (told.data_directory / settings.FILE).exists():
            brief_state.briefs().sweep()
            rooms.sweep(room_state.database())
    except Refusal as problem:
        logging.getLogger(__name__).warning("Nothing could be deleted that has expired: %s", problem.message)


def _open_browser() -> None:
    from streamlit import cli_util

    cli_util.open_browser(f"http://localhost:{config.get_option('server.port')}")


def place(trace: TracebackType | None) -> str:
    """Where an exception arose: file, line and function of the deepest frame that is ours (else of the deepest)."""
    found = "unknown place"
    while trace is not None:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        ours = path.is_relative_to(ROOT) and "site-packages" not in path.parts
        if ours or found == "unknown place":
            name = path.relative_to(ROOT) if ours else path.name
            found = f"{name}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next
    return found


def reference(error: BaseException) -> str:
    """A short name for an error: the same error at the same place has the same one, in the log and on the page."""
    digest = hashlib.sha256(f"{type(error).__qualname__} {place(error.__traceback__)}".encode()).hexdigest()
    return f"E-{digest[:6].upper()}"


def place_only(record: logging.LogRecord) -> bool:
    """Logging filter: an exception's type and place, never its message or traceback, which may quote people's data."""
    error: Any = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.msg = f"{reference(error)}: {type(error).__qualname__} at {place(error.__traceback__)}"
        record.args, record.exc_info, record.exc_text = None, None, None
    return True


def explain_error(error: Exception) -> bool:
    """Error boundary of pages, callbacks and fragments: says what to do, and the reference that the log has too."""
    st.error(
        f"**This step did not work, and the fault is ours.** Your data has not left this session. Undo your last "
        f"change and try again, or reload the page to start afresh. If it happens again, give the reference "
        f"**{reference(error)}** to whoever runs this app; it holds none of your data.",
        icon=":material/error:",
    )
    return True
