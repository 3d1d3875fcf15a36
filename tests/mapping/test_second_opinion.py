"""A second opinion from a stub server: only what was asked for is taken, and the key is never shown."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from aipm.mapping.examples import LABELS
from aipm.mapping.second_opinion import LONGEST_REASON, LONGEST_TEXT, Endpoint, ask, configured, opinion_texts
from aipm.tables import Refusal

PAIN = "Nobody can tell me when my parcel comes."
KEY = "sk-very-secret-4711"


def answering(said):
    """The body of a chat completion whose message is `said`."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": said}}]}).encode()


def opinion(capability="regression", reason="A time is wanted.", **more):
    return answering(json.dumps({"capability": capability, "reason": reason, **more}))


@contextmanager
def serving(*answers, delay=0.0, drip=0.0, headers=()):
    """A server that gives (status, body) in turn, the last again and again. Yields its endpoint and what was asked."""
    asked = []
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, dict(self.headers), json.loads(body)))
            status, answer = answers[min(len(asked), len(answers)) - 1]
            stop.wait(delay)
            try:
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                for start in range(0, len(answer), 1 if drip else len(answer)):
                    self.wfile.write(answer[start:] if not drip else answer[start : start + 1])
                    if stop.wait(drip):
                        return
            except OSError:
                pass  # the other side has gone, as it should

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        host, port = server.server_address
        yield Endpoint(secure=False, host=host, port=port, path="/v1/chat/completions", model="tiny", key=KEY), asked
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def refused(endpoint, **options):
    with pytest.raises(Refusal) as found:
        ask(PAIN, endpoint, **options)
    said = found.value
    assert KEY not in f"{said} {said.advice} {said!r} {said.__cause__!r} {said.__context__!r}"
    assert PAIN not in said.message
    return said.code


def test_a_right_answer_is_taken_and_only_the_text_was_sent():
    with serving((200, opinion(reason=" A time is wanted. "))) as (endpoint, asked):
        found = ask(PAIN, endpoint)
    assert (found.capability, found.reason, found.model) == ("regression", "A time is wanted.", "tiny")
    (path, headers, question), = asked  # fmt: skip
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert question["model"] == "tiny"
    assert question["messages"][1] == {"role": "user", "content": PAIN}
    prompt = question["messages"][0]["content"]
    assert all(f"- {label}: " in prompt for label in LABELS)
    assert question["response_format"]["json_schema"]["schema"]["properties"]["capability"]["enum"] == list(LABELS)


@pytest.mark.parametrize("label", LABELS)
def test_each_of_the_eight_is_an_answer(label):
    with serving((200, opinion(label))) as (endpoint, _):
        assert ask(PAIN, endpoint).capability == label


def test_without_a_key_none_is_sent():
    with serving((200, opinion())) as (endpoint, asked):
        ask(PAIN, Endpoint(secure=False, host=endpoint.host, port=endpoint.port, path=endpoint.path, model="tiny"))
    assert "Authorization" not in asked[0][1]


def test_markup_in_the_reason_stays_plain_text():
    reason = '<script>alert(1)</script> **now** [x](http://x)\nand "more"'
    with serving((200, opinion(reason=reason))) as (endpoint, _):
        assert ask(PAIN, endpoint).reason == reason


def test_a_server_that_knows_no_schema_is_asked_in_words_alone():
    with serving((400, b'{"error": "response_format"}'), (200, opinion())) as (endpoint, asked):
        assert ask(PAIN, endpoint).capability == "regression"
    assert ["response_format" in question for _, _, question in asked] == [True, False]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "opinion_not_json"),
        (b"<html>busy</html>", "opinion_not_json"),
        (b"\xff\xfe\xff", "opinion_not_json"),
        (b"[" * 100_000, "opinion_not_json"),
        (b'{"choices": []}', "opinion_not_json"),
        (b'{"error": "no"}', "opinion_not_json"),
        (b'{"choices": [{"message": {"content": null}}]}', "opinion_not_json"),
        (answering("I think it is regression."), "opinion_not_json"),
        (answering('```json\n{"capability": "regression", "reason": "x"}\n```'), "opinion_not_json"),
        (answering('["regression", "x"]'), "opinion_not_json"),
        (answering('{"capability": "regression"}'), "opinion_not_json"),
        (opinion(sure=True), "opinion_not_json"),
        (opinion("magic"), "opinion_label"),
        (opinion("Regression"), "opinion_label"),
        (opinion(["regression"]), "opinion_label"),
        (opinion(None), "opinion_label"),
        (opinion(reason=""), "opinion_reason"),
        (opinion(reason=" \n"), "opinion_reason"),
        (opinion(reason=7), "opinion_reason"),
        (opinion(reason="\ud800"), "opinion_reason"),
        (opinion(reason="x" * (LONGEST_REASON + 1)), "opinion_reason"),
    ],
)
def test_anything_else_is_refused(body, code):
    with serving((200, body)) as (endpoint, _):
        assert refused(endpoint) == code


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_an_error_of_the_server_is_said_without_what_it_wrote(status):
    with serving((status, f"wrong key {KEY}".encode())) as (endpoint, asked):
        assert refused(endpoint) == "opinion_status"
    assert len(asked) == 1


def test_a_slow_answer_is_not_waited_for():
    with serving((200, opinion()), delay=30) as (endpoint, _):
        assert refused(endpoint, seconds=0.2) == "opinion_slow"


def test_an_answer_that_comes_a_byte_at_a_time_is_not_waited_for():
    with serving((200, opinion()), drip=0.05) as (endpoint, _):
        assert refused(endpoint, seconds=0.3) == "opinion_slow"


def test_a_huge_answer_is_not_read_to_its_end():
    with serving((200, b" " * 50_000_000)) as (endpoint, _):
        assert refused(endpoint) == "opinion_too_long"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status):
    with (
        serving((200, opinion())) as (other, asked_there),
        serving((status, b""), headers=[("Location", f"http://127.0.0.1:{other.port}/v1/chat/completions")]) as (
            endpoint,
            _,
        ),
    ):
        assert refused(endpoint) == "opinion_redirect"
        assert asked_there == []


def test_nobody_there_is_said():
    with serving((200, b"")) as (endpoint, _):
        pass
    assert refused(endpoint) == "opinion_unreachable"


def test_what_is_no_http_is_said():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)

        def hello():
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"220 mail.example ESMTP\r\n")

        thread = threading.Thread(target=hello)
        thread.start()
        endpoint = Endpoint(
            secure=False, host="127.0.0.1", port=listening.getsockname()[1], path="/", model="m", key=KEY
        )
        assert refused(endpoint) == "opinion_unreachable"
        thread.join()


@pytest.mark.parametrize("text", ["", " \n", "x" * (LONGEST_TEXT + 1)])
def test_a_text_that_is_none_or_too_long_is_not_sent(text):
    with serving((200, opinion())) as (endpoint, asked), pytest.raises(Refusal):
        ask(text, endpoint)
    assert asked == []


def environment(url="", model="tiny", key=""):
    return {"AIPM_LLM_URL": url, "AIPM_LLM_MODEL": model, "AIPM_LLM_KEY": key}


def test_it_is_off_unless_it_is_set_up():
    assert configured({}) is None
    assert configured(environment(key=KEY)) is None
    assert "AIPM_LLM_URL" in opinion_texts().not_set_up


@pytest.mark.parametrize(
    ("url", "secure", "host", "port", "path"),
    [
        ("https://api.example.com/v1", True, "api.example.com", 443, "/v1/chat/completions"),
        ("https://api.example.com", True, "api.example.com", 443, "/v1/chat/completions"),
        ("https://api.example.com:8443/openai/v1/", True, "api.example.com", 8443, "/openai/v1/chat/completions"),
        ("https://api.example.com/v1/chat/completions", True, "api.example.com", 443, "/v1/chat/completions"),
        ("http://localhost:11434/v1", False, "localhost", 11434, "/v1/chat/completions"),
        ("http://127.0.0.1:8080", False, "127.0.0.1", 8080, "/v1/chat/completions"),
        ("http://[::1]:1234/v1", False, "::1", 1234, "/v1/chat/completions"),
    ],
)
def test_an_endpoint_is_known_by_its_address(url, secure, host, port, path):
    found = configured(environment(url, key=KEY))
    assert found == Endpoint(secure=secure, host=host, port=port, path=path, model="tiny", key=KEY)
    assert KEY not in repr(found)


@pytest.mark.parametrize(
    "wrong",
    [
        environment("https://api.example.com", model=" "),
        environment("http://api.example.com/v1"),
        environment("http://192.168.0.7:11434/v1"),
        environment("http://localhost.example.com/v1"),
        environment("http://127.0.0.1@evil.example/v1"),
        environment(f"https://user:{KEY}@api.example.com/v1"),
        environment("https://api.example.com/v1?key=x"),
        environment("https://api.example.com:port/v1"),
        environment("https://api.example.com/v 1"),
        environment("https:///v1"),
        environment("ftp://localhost/v1"),
        environment("api.example.com/v1"),
        environment("https://[::1/v1"),
        environment("https://api.example.com/v1", key=f"{KEY}\nX-Other: 1"),
        environment("https://api.example.com/v1", key=f"{KEY}é"),
    ],
)
def test_a_half_or_unsafe_setting_is_refused_without_repeating_it(wrong):
    with pytest.raises(Refusal) as found:
        configured(wrong)
    assert found.value.code == "opinion_setup"
    assert KEY not in found.value.message + found.value.advice
