"""Starts the real app on a free port and drives a real browser; watches that no request leaves for another host."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 120_000  # a loaded machine is slow, not broken; whoever waits for the thing itself loses nothing by it
expect.set_options(timeout=PATIENCE_MS)
READY = "html:not([data-awaits-run]) [data-testid=stApp][data-test-script-state=notRunning]"
FIELDS = {
    "rerun_script": BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number,
    "new_session": ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number,
    "script_finished": ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number,
    "early": ForwardMsg.FINISHED_EARLY_FOR_RERUN,
}
RUNS = f"({(Path(__file__).parent / 'runs.js').read_text(encoding='utf-8')})({json.dumps(FIELDS)})"

STILL = """() => !document.documentElement.hasAttribute("data-awaits-run") &&
  !document.getAnimations().some((each) => each.constructor === Animation && each.playState === "running" &&
    isFinite(each.effect.getComputedTiming().endTime) && each.effect.target.checkVisibility())"""
"""True once no run is awaited and nothing moves. What moves inside a folded expander would do so for ever."""


@dataclass(frozen=True)
class Server:
    """A running app: its address, its process, the folder it has for temporary files, what it printed."""

    url: str
    pid: int
    temporary: Path
    output: Path


@contextmanager
def running(
    script: Path, *, data: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run an app as README says, on a free port of this machine only, until the tests are through with it.

    `data`: a data directory that outlives it; `environment`: settings that it is given besides.
    """
    with tempfile.TemporaryDirectory() as folder:
        temporary, output = Path(folder) / "tmp", Path(folder) / "output.txt"
        temporary.mkdir()
        told = {
            **os.environ,
            "TMPDIR": str(temporary),
            "PYTHONPATH": str(ROOT),
            "STREAMLIT_SERVER_HEADLESS": "true",
            "AIPM_KEEP": "disk",
            "AIPM_DATA_DIR": str(data or Path(folder) / "data"),
            **(environment or {}),
        }
        with output.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", script, "--server.port=0", "--server.address=127.0.0.1"],
                cwd=ROOT,
                env=told,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Server(_address(process, output), process.pid, temporary, output)
            finally:
                process.terminate()
                process.wait(timeout=PATIENCE_MS / 1000)


def _address(process: subprocess.Popen[bytes], output: Path) -> str:
    """What the app says its address is, once it answers."""
    for _ in range(2_400):
        printed = output.read_text(errors="replace")
        if found := re.search(r"http://127\.0\.0\.1:\d+", printed):
            return found.group()
        if process.poll() is not None:
            break
        time.sleep(0.05)
    pytest.fail(f"the app did not start:\n{output.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium on the PATH, else Playwright's own; without either the tests skip, or fail where one is required."""
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        chromium = playwright.chromium.launch(executable_path=installed, args=list(ARGUMENTS))
    except PlaywrightError as problem:
        reason = f"no browser: neither Chromium on the PATH nor Playwright's own ({str(problem).splitlines()[0]})"
        if os.environ.get("AIPM_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def scenes(browser: Browser) -> Iterator[Server]:  # noqa: ARG001 - without a browser there is no need for an app
    """An app beside these tests that does what the product never does: /?scene=faulty and so on."""
    with running(Path(__file__).parent / "apps" / "scenes.py") as server:
        yield server


@pytest.fixture(scope="session")
def app(browser: Browser) -> Iterator[Server]:  # noqa: ARG001
    """The product itself."""
    with running(ROOT / "app.py") as server:
        yield server


@dataclass
class Watch:
    """What a page did besides being looked at: requests to other hosts, complaints in the console."""

    left: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Visit = Callable[..., Page]


def fresh(browser: Browser, **options: Any) -> Page:
    """A page in a fresh browser profile that tells, for `ready`, whether a run of the script is awaited."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(RUNS)
    return context.new_page()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: each worker is dealt whole files of browser tests, then quick ones to end with.

    Workers get as many tests each, in this order, and take from one another what is left.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            files.setdefault(item.path, []).append(item)
    dealt: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for path in sorted(files, key=lambda path: path.name != "test_workshop_whole.py"):
        min(dealt, key=len).extend(files[path])
    quick = (item for item in items if item.path not in files)
    most = len(items) // workers
    items[:] = [item for own in dealt for item in (*own, *islice(quick, max(0, most - len(own))))] + list(quick)


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """Presses and typing wait until no run is awaited and nothing moves, as a person's do.

    What a run draws, or an expander that is opening, moves what stands below: a button can slip away between the press
    of the mouse and its release.
    """

    def waiting(act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def wait_then_act(self: Locator, *args: Any, **options: Any) -> Any:
            self.page.wait_for_function(STILL)
            return act(self, *args, **options)

        return wait_then_act

    with pytest.MonkeyPatch.context() as patch:
        for name in ("check", "click", "fill", "hover", "press", "press_sequentially", "select_option", "uncheck"):
            patch.setattr(Locator, name, waiting(getattr(Locator, name)))
        yield


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def visit(browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a page of an app in a fresh browser profile. A request to another host fails the test, whoever made it."""
    contexts, outputs = [], set()

    def open_page(
        server: Server, path: str = "/", *, scheme: str = "light", width: int = 1280, wait: bool = True
    ) -> Page:
        page = fresh(browser, color_scheme=scheme, viewport={"width": width, "height": 900})
        contexts.append(page.context)
        outputs.add(server.output)
        home = urlsplit(server.url).netloc
        page.on("request", lambda sent: watch.left.append(sent.url) if _leaves(sent.url, home) else None)
        page.on("console", lambda said: watch.complaints.append(_complaint(said)) if _is_ours(said) else None)
        page.on("pageerror", lambda problem: watch.complaints.append(str(problem)))
        page.goto(server.url + path)
        if wait:
            drawn(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    for output in outputs:
        request.node.add_report_section("call", "app", output.read_text(errors="replace"))
    assert not watch.left, "requests left for another host"


def _leaves(url: str, home: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob"} and parts.netloc != home


def _is_ours(said: ConsoleMessage) -> bool:
    """Streamlit finds the app's root by asking below every folder of the address for its health: that is no fault."""
    return said.type == "error" and "/_stcore/" not in said.location["url"]


def _complaint(said: ConsoleMessage) -> str:
    return f"{said.text} {said.location['url']}"


def listening(chart: Locator) -> None:
    """Wait until a Plotly chart hears clicks: its points are drawn a moment before."""
    hears = "chart => chart._ev && chart._ev.listenerCount('plotly_selected') > 0"
    chart.page.wait_for_function(hears, arg=chart.element_handle())


@pytest.fixture(scope="session")
def ready() -> Callable[[Page], None]:
    return drawn


def drawn(page: Page) -> None:
    """Wait until every run that was asked for has ended and everything of it is drawn."""
    page.wait_for_selector(READY)
    expect(page.locator("[data-stale=true], [data-testid=stSkeleton]")).to_have_count(0)
