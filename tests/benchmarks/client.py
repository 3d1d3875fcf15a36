"""A Streamlit server, and visitors who talk to it as a browser's tab does, without the browser."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from measure import ROOT, end
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

HELLO = Path(__file__).with_name("hello.py")
PRODUCT = ROOT / "app.py"


class PageError(Exception):
    """The page showed an exception, or the server answered something no browser would accept."""


@dataclass(frozen=True, slots=True)
class Server:
    pid: int
    address: str
    healthy_after: float
    """Seconds from the start of the process to its first healthy answer."""
    log: Callable[[], str]
    """What the server has said so far."""


@contextlib.contextmanager
def serve(app: Path, **settings: str) -> Iterator[Server]:
    """Run an app on a free port, from the project's folder, so that its .streamlit/config.toml holds for every app.

    `settings` go on top, as Streamlit's command line calls them, with `_` for the point.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings |= {"server_port": str(port), "server_address": "127.0.0.1", "server_headless": "true"}
    options = [f"--{name.replace('_', '.')}={value}" for name, value in settings.items()]
    argv = [sys.executable, "-m", "streamlit", "run", str(app), *options]
    with tempfile.TemporaryFile() as said:

        def log() -> str:
            return os.pread(said.fileno(), os.fstat(said.fileno()).st_size, 0).decode(errors="replace")

        start = time.perf_counter()
        process = subprocess.Popen(argv, cwd=ROOT, stdout=said, stderr=said)
        try:
            _wait_until_healthy(process, f"http://127.0.0.1:{port}/_stcore/health")
            yield Server(process.pid, f"127.0.0.1:{port}", time.perf_counter() - start, log)
        except PageError as problem:
            raise PageError(f"{problem}\n{log()[-2000:]}".strip()) from None
        finally:
            end(process.pid)
            process.wait()


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.perf_counter() + 60
    while not _healthy(url):
        if process.poll() is not None or time.perf_counter() > deadline:
            raise PageError("the app did not start")
        time.sleep(0.005)


def _healthy(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310 - our own server
        return answer.status == 200
    return False


@dataclass(slots=True)
class Visitor:
    """One open tab: what its page shows, what was set on it, and the messages it keeps, as the real one does."""

    socket: ClientConnection
    server: Server
    query: str = ""
    page: str = ""
    """Hash of the page that is shown."""
    pages: dict[str, str] = field(default_factory=dict)
    """Path in the address -> hash."""
    session_id: str = ""
    shown: dict[tuple[int, ...], tuple[Any, str]] = field(default_factory=dict)
    """Place on the page -> (element, fragment it belongs to)."""
    values: dict[str, WidgetState] = field(default_factory=dict)
    kept: dict[str, tuple[ForwardMsg, int]] = field(default_factory=dict)
    again: tuple[float, str] | None = None
    """Seconds after which a fragment is to be run again by itself, and which."""
    runs: int = 0
    received: int = 0
    """Bytes of the last run."""

    async def run(
        self, *, page: str | None = None, name: str = "", change: WidgetState | None = None, fragment: str = ""
    ) -> float:
        """Ask for a run (a click, a page switch, the first view) and wait until it is done. Returns seconds."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.fragment_id = self.query, name, fragment
        state.page_script_hash = self.page if page is None else page
        if change is not None:
            self.values[change.id] = change
        state.widget_states.widgets.extend(self.values.values())
        state.cached_message_hashes.extend(self.kept)
        start = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await self._until_finished()
        seconds = time.perf_counter() - start
        self.runs += 1
        present = {element.id for element, _ in self.shown.values() if hasattr(element, "id")}
        # A browser forgets the state of widgets that are gone, and the messages that two runs did not use.
        self.values = {key: value for key, value in self.values.items() if key in present}
        self.values = {key: value for key, value in self.values.items() if not value.HasField("trigger_value")}
        self.kept = {key: kept for key, kept in self.kept.items() if kept[1] > self.runs - 2}
        for problem in (element for element, _ in self.of_kind("Exception", "Alert")):
            if problem.DESCRIPTOR.name == "Exception" or problem.format == Alert.ERROR:
                raise PageError(f"the page shows an error: {getattr(problem, 'message', '') or problem.body:.300}")
        return seconds

    async def _until_finished(self) -> None:
        self.received = 0
        while True:
            data = await asyncio.wait_for(self.socket.recv(decode=False), timeout=120)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                place = list(message.metadata.delta_path)
                message = ForwardMsg.FromString(self.kept[message.ref_hash][0].SerializeToString())
                message.metadata.delta_path[:] = place
                kind = message.WhichOneof("type")
            if message.metadata.cacheable:
                self.kept[message.hash] = (message, self.runs)
            # A run that stopped for another one says so and is followed by it.
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return
            self._take(kind, message)

    def _take(self, kind: str | None, message: ForwardMsg) -> None:
        if kind == "new_session":
            self.session_id = message.new_session.initialize.session_id
            self.page = message.new_session.page_script_hash
            rerun = set(message.metadata.run.fragment_ids)
            # A fragment draws into a container of its own: the fragments within it go with what it drew.
            outer = {min((place for place, one in self.shown.items() if one[1] == each), key=len) for each in rerun}
            inside = {place for place in self.shown for over in outer if place[: len(over)] == over and place != over}
            self.shown = {place: one for place, one in self.shown.items() if rerun and place not in inside}
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash
            self.pages = {one.url_pathname: one.page_script_hash for one in message.navigation.app_pages}
        elif kind == "auto_rerun":
            self.again = message.auto_rerun.interval, message.auto_rerun.fragment_id
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            drawn = getattr(message.delta, message.delta.WhichOneof("type"))
            if drawn.DESCRIPTOR.name == "Element":
                drawn = getattr(drawn, drawn.WhichOneof("type") or "empty")
            self.shown[tuple(message.metadata.delta_path)] = (drawn, message.delta.fragment_id)

    def of_kind(self, *kinds: str) -> list[tuple[Any, str]]:
        """What the page shows of these kinds ("Slider", "PlotlyChart"), with the fragment of each."""
        return [one for one in self.shown.values() if one[0].DESCRIPTOR.name in kinds]

    async def upload(self, path: Path) -> float:
        """Give a file to the page's file uploader. Returns seconds from letting go of it to the finished page."""
        uploader, fragment = next(iter(self.of_kind("FileUploader")), (None, ""))
        if uploader is None:
            raise PageError("the page has no file uploader")
        ask = BackMsg()
        ask.file_urls_request.request_id = "1"
        ask.file_urls_request.file_names.append(path.name)
        ask.file_urls_request.session_id = self.session_id
        body = await asyncio.to_thread(path.read_bytes)
        start = time.perf_counter()
        await self.socket.send(ask.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "file_urls_response":
            answer = ForwardMsg.FromString(await self.socket.recv(decode=False))
        urls = answer.file_urls_response.file_urls[0]
        await asyncio.to_thread(self._put, urls.upload_url, path.name, body)
        state = WidgetState(id=uploader.id)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = path.name, len(body), urls.file_id
        info.file_urls.CopyFrom(urls)
        await self.run(change=state, fragment=fragment)
        return time.perf_counter() - start

    def _put(self, url: str, name: str, body: bytes) -> None:
        base = f"http://{self.server.address}"
        with urllib.request.urlopen(f"{base}/_stcore/health") as answer:  # noqa: S310 - our own server
            cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
        line = "aipm-boundary"
        head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        multipart = f"{head}Content-Type: text/csv\r\n\r\n".encode() + body + f"\r\n--{line}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={line}",
            "Cookie": cookie,
            "X-Xsrftoken": cookie.partition("=")[2],
        }
        request = urllib.request.Request(f"{base}{url}", data=multipart, headers=headers, method="PUT")  # noqa: S310
        with urllib.request.urlopen(request):  # noqa: S310 - our own server
            pass


@contextlib.asynccontextmanager
async def visit(server: Server, *, name: str = "", query: str = "") -> Any:
    """Open a tab on a page (its path in the address) and wait for it; yields the visitor and the seconds that took."""
    start = time.perf_counter()
    async with connect(
        f"ws://{server.address}/_stcore/stream",
        origin=f"http://{server.address}",
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
        max_size=None,
        compression=None,
    ) as connection:
        visitor = Visitor(connection, server, query=query)
        await visitor.run(name=name)
        if visitor.pages.get(name) != visitor.page:
            raise PageError(f"there is no page {name!r}, only {', '.join(visitor.pages)}")
        yield visitor, time.perf_counter() - start
