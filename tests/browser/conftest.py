"""Starts the real app on a free port and drives a real browser; watches that no request leaves for another host."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

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
expect.set_options(timeout=15_000)  # a loaded machine is slow, not broken
READY = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass(frozen=True)
class Server:
    """A running app: its address, its process, the folder it has for temporary files, what it printed."""

    url: str
    pid: int
    temporary: Path
    output: Path


@contextmanager
def running(script: Path) -> Iterator[Server]:
    """Run an app as README says, on a free port of this machine only, until the tests are through with it."""
    with tempfile.TemporaryDirectory() as folder:
        temporary, output = Path(folder) / "tmp", Path(folder) / "output.txt"
        temporary.mkdir()
        environment = {
            **os.environ,
            "TMPDIR": str(temporary),
            "PYTHONPATH": str(ROOT),
            "STREAMLIT_SERVER_HEADLESS": "true",
        }
        with output.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", script, "--server.port=0", "--server.address=127.0.0.1"],
                cwd=ROOT,
                env=environment,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Server(_address(process, output), process.pid, temporary, output)
            finally:
                process.terminate()
                process.wait(timeout=20)


def _address(process: subprocess.Popen[bytes], output: Path) -> str:
    """What the app says its address is, once it answers."""
    for _ in range(600):
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
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        contexts.append(context)
        outputs.add(server.output)
        page = context.new_page()
        home = urlsplit(server.url).netloc
        page.on("request", lambda sent: watch.left.append(sent.url) if _leaves(sent.url, home) else None)
        page.on("console", lambda said: watch.complaints.append(_complaint(said)) if _is_ours(said) else None)
        page.on("pageerror", lambda problem: watch.complaints.append(str(problem)))
        page.goto(server.url + path)
        if wait:
            _ready(page)
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


@pytest.fixture(scope="session")
def ready() -> Callable[[Page], None]:
    return _ready


def _ready(page: Page) -> None:
    """Wait until the script has run and everything of it is drawn."""
    page.wait_for_selector(READY, timeout=30_000)
    expect(page.locator("[data-stale=true], [data-testid=stSkeleton]")).to_have_count(0, timeout=30_000)
