"""Around the pages: no forced garbage collection, uploads in memory, headers, a log without data."""

import gc
import json
import logging
import re
from pathlib import Path

import pytest
from starlette.formparsers import MultiPartParser
from streamlit import config
from streamlit.runtime.scriptrunner import RerunData, RerunException
from streamlit.runtime.state import SafeSessionState
from streamlit.testing.v1 import AppTest

from aipm.ui import server

ROOT = Path(__file__).parents[2]
PERSON = "Ada Lovelace, diabetes"


@pytest.fixture
def project_config(monkeypatch):
    """Streamlit's settings as they are when it runs in the project's folder."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(config, "_main_script_path", str(ROOT / "app.py"))
    config.get_config_options(force_reparse=True)
    yield config.get_option
    monkeypatch.undo()
    config.get_config_options(force_reparse=True)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("client.toolbarMode", "viewer"),
        ("server.address", "localhost"),
        ("server.enableStaticServing", False),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("server.fileWatcherType", "none"),
        ("server.maxUploadSize", 200),
        ("server.enableAgentApi", False),
        ("runner.postScriptGC", False),
    ],
)
def test_safe_settings_are_in_force(project_config, option, value):
    assert project_config(option) == value


def test_uploads_are_not_spooled_to_the_disk(monkeypatch):
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1024)
    server.keep_uploads_in_memory()
    assert MultiPartParser.spool_max_size == 0


def test_every_answer_carries_a_policy_that_names_no_other_host():
    async def page(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"hello"})

    sent = []

    async def remember(message):
        sent.append(message)

    with pytest.raises(StopIteration):  # by hand: a browser test in the same process has an event loop running
        server.Guard(page)({"type": "http"}, None, remember).send(None)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; script-src 'self' 'sha256-")
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    assert "script-src 'self' 'unsafe-inline'" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-type"] == "text/plain"


def test_the_policy_allows_exactly_the_scripts_of_the_page():
    # Computed with: printf 'let a = 1' | openssl dgst -sha256 -binary | base64
    policy = server.content_security_policy("<script>let a = 1</script><script src='x.js'></script>")
    assert "script-src 'self' 'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ=';" in policy


def failure(message=PERSON):
    with pytest.raises(KeyError) as caught:
        {}[message]
    return caught.value


def test_the_log_says_where_and_never_what(caplog):
    log = logging.getLogger("test")
    log.addFilter(server.place_only)
    error = failure()
    log.error("Uncaught %s", PERSON, exc_info=error)
    assert re.fullmatch(
        rf"{server.reference(error)}: KeyError at tests/ui/test_server\.py:\d+ in failure", caplog.messages[0]
    )
    assert PERSON not in caplog.text
    assert "Traceback" not in caplog.text


def test_other_messages_pass_unchanged(caplog):
    log = logging.getLogger("test.other")
    log.addFilter(server.place_only)
    log.warning("ready in %d s", 3)
    assert caplog.messages == ["ready in 3 s"]


def test_the_same_error_at_the_same_place_has_the_same_reference():
    assert server.reference(failure("one")) == server.reference(failure("two"))
    assert server.reference(failure()) != server.reference(ValueError())


def test_the_place_is_the_deepest_of_ours():
    with pytest.raises(ValueError, match="Expecting") as caught:
        json.loads("{")
    assert re.match(r"tests/ui/test_server\.py:\d+ in test_the_place", server.place(caught.value.__traceback__))


def test_warm_up_imports_what_is_named_and_frees_it_from_collection(monkeypatch):
    monkeypatch.setattr(server, "HEAVY", ("colorsys",))
    try:
        server.warm_up()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_everything_to_warm_up_exists():
    from importlib.util import find_spec

    assert all(find_spec(name) for name in server.HEAVY)


def test_an_error_is_explained_without_data():
    page = AppTest.from_function(_explain, default_timeout=300).run()
    assert re.search(r"E-[0-9A-F]{6}", page.error[0].value)
    assert PERSON not in page.error[0].value


def _explain():
    from aipm.ui import server

    server.explain_error(KeyError("Ada Lovelace, diabetes"))


class Pressed(dict):
    """A session's state in which a press does something with what is kept there."""

    def on_script_will_rerun(self, *_states, **_options):
        self["done"] = self["wrapper"]["pressed"]


def test_what_was_pressed_is_done_although_another_run_was_asked_for(monkeypatch):
    def gives_way():
        raise RerunException(RerunData())

    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", SafeSessionState.on_script_will_rerun)
    state = Pressed(pressed="Open")
    state["wrapper"] = wrapper = SafeSessionState(state, gives_way)
    with pytest.raises(RerunException):
        wrapper.on_script_will_rerun(None)  # Streamlit's own way
    assert "done" not in state
    server.finish_callbacks()
    wrapper.on_script_will_rerun(None)
    assert state["done"] == "Open"
    with pytest.raises(RerunException):  # everywhere else the run gives way as before
        wrapper["pressed"]
