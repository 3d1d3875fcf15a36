"""A second opinion on one statement from a language model that somebody set up: off unless asked, never trusted.

Any endpoint that speaks the chat completions of OpenAI will do, local servers too. One connection straight to the host
that was named: no proxy, no redirect, nothing kept, nothing logged.
"""

import ipaddress
import json
import os
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from typing import Any
from urllib.parse import urlsplit

from aipm import content
from aipm.mapping.capabilities import Text, capabilities, no_ai
from aipm.mapping.examples import LABELS, NONE
from aipm.mapping.plain import is_text
from aipm.tables import Refusal

SECONDS = 20.0
MOST_BYTES = 200_000
LONGEST_TEXT = 5_000
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where to ask. The key is left out of what is printed of it."""

    secure: bool
    host: str
    port: int
    path: str
    model: str
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the model said: one of the seven or "none", and why. The reason is untrusted text: escape it."""

    capability: str
    reason: str
    model: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionTexts:
    """The part `second_opinion` of content/canvas.yaml. `offer` and `prompt` are templates."""

    title: Text
    offer: Text
    not_set_up: Text
    prompt: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    second_opinion: OpinionTexts


@cache
def opinion_texts() -> OpinionTexts:
    """Read once. Raises ContentError."""
    found: OpinionTexts = content.load("canvas", _File).second_opinion
    return found


def configured(environment: Mapping[str, str] = os.environ) -> Endpoint | None:
    """The endpoint that AIPM_LLM_URL, AIPM_LLM_MODEL and AIPM_LLM_KEY name; None where none is set up.

    The URL is the service's base (https://api.example.com/v1) or the full address of its chat completions. Raises
    Refusal where it is half set up, or would send the text over an open line to another machine.
    """
    url, model, key = (environment.get(f"AIPM_LLM_{name}", "").strip() for name in ("URL", "MODEL", "KEY"))
    if not url:
        return None
    if not model:
        raise _setup("AIPM_LLM_URL is set, but AIPM_LLM_MODEL is not.")
    if any(not "!" <= character <= "~" for character in key):
        raise _setup("AIPM_LLM_KEY holds characters that no key has.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _setup("AIPM_LLM_URL is not an address.") from None
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable() or " " in url:
        raise _setup("AIPM_LLM_URL is not an address that begins with https:// or http://.")
    if parts.username is not None or parts.query or parts.fragment:
        raise _setup("AIPM_LLM_URL holds more than an address; a key belongs in AIPM_LLM_KEY.")
    secure = parts.scheme == "https"
    if not secure and not _is_this_machine(host):
        raise _setup("AIPM_LLM_URL would send texts unencrypted to another machine; http is for this one only.")
    return Endpoint(
        secure=secure,
        host=host,
        port=port or (443 if secure else 80),
        path=_path(parts.path),
        model=model,
        key=key or None,
    )


def ask(text: str, endpoint: Endpoint, *, seconds: float = SECONDS) -> Opinion:
    """Send `text`, and nothing else of the person's, and return what the model answers within `seconds`.

    Raises Refusal where there is no answer in time, or one that is not exactly what was asked for.
    """
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise Refusal(
            "opinion_text",
            f"A second opinion is asked on a text of 1 to {LONGEST_TEXT:,} characters.",
            advice="Write the problem in a few sentences.",
        )
    ends = time.monotonic() + seconds
    status, body = _post(endpoint, _question(text, endpoint, schema=True), ends)
    if status in (400, 422):  # some servers know no schema; the prompt asks for the same in words
        status, body = _post(endpoint, _question(text, endpoint, schema=False), ends)
    if 300 <= status < 400:
        raise _failed("opinion_redirect", endpoint, "points to another address, which is not followed")
    if status != 200:
        raise _failed("opinion_status", endpoint, f"answered with status {status}")
    return _opinion(body, endpoint)


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _path(path: str) -> str:
    base = path.rstrip("/")
    if base.endswith("/chat/completions"):
        return base
    return f"{base or '/v1'}/chat/completions"


def _question(text: str, endpoint: Endpoint, *, schema: bool) -> bytes:
    kinds = {key: (each.comes_out, each.definition) for key, each in capabilities().items()}
    known = "\n".join(f"- {key}: {out}. {definition}" for key, (out, definition) in kinds.items())
    known += f"\n- {NONE}: {no_ai().comes_out}. {no_ai().definition}"
    prompt = opinion_texts().prompt.format(kinds=known, keys=", ".join(LABELS), longest=LONGEST_REASON)
    asked: dict[str, Any] = {
        "model": endpoint.model,
        "messages": [{"role": "system", "content": prompt}, {"role": "user", "content": text}],
        "stream": False,
    }
    if schema:
        form = {
            "type": "object",
            "properties": {"capability": {"type": "string", "enum": list(LABELS)}, "reason": {"type": "string"}},
            "required": ["capability", "reason"],
            "additionalProperties": False,
        }
        wanted = {"name": "second_opinion", "strict": True, "schema": form}
        asked["response_format"] = {"type": "json_schema", "json_schema": wanted}
    return json.dumps(asked).encode()


def _post(endpoint: Endpoint, question: bytes, ends: float) -> tuple[int, bytes]:
    """Status and body, by a thread of its own: a server that answers a byte a second cannot hold up the person."""
    answer: list[tuple[int, bytes] | Refusal] = []
    left = max(ends - time.monotonic(), 0.001)
    kind = HTTPSConnection if endpoint.secure else HTTPConnection
    connection = kind(endpoint.host, endpoint.port, timeout=left)
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if endpoint.key is not None:
        headers["Authorization"] = f"Bearer {endpoint.key}"

    def exchange() -> None:
        try:
            connection.request("POST", endpoint.path, body=question, headers=headers)
            with connection.getresponse() as response:
                body = response.read(MOST_BYTES + 1)
                answer.append((response.status, body))
        except TimeoutError:
            pass  # said below, like any other answer that does not come in time
        except (OSError, HTTPException, ValueError):
            answer.append(_failed("opinion_unreachable", endpoint, "cannot be reached or breaks off"))
        finally:
            connection.close()

    work = threading.Thread(target=exchange, daemon=True)
    work.start()
    work.join(left)
    if not answer:
        with suppress(OSError, AttributeError):  # not connected yet, or closed by now
            connection.sock.shutdown(SHUT_RDWR)
        raise _failed("opinion_slow", endpoint, "did not answer in time")
    if isinstance(answer[0], Refusal):
        raise answer[0]
    if len(answer[0][1]) > MOST_BYTES:
        raise _failed("opinion_too_long", endpoint, "sent far more than an answer")
    return answer[0]


def _opinion(body: bytes, endpoint: Endpoint) -> Opinion:
    try:
        said = json.loads(json.loads(body)["choices"][0]["message"]["content"])
    except (ValueError, LookupError, TypeError, RecursionError):
        raise _failed("opinion_not_json", endpoint, "did not answer in the form that was asked for") from None
    if not isinstance(said, dict) or set(said) != {"capability", "reason"}:
        raise _failed("opinion_not_json", endpoint, "did not answer in the form that was asked for")
    capability, reason = said["capability"], said["reason"]
    if capability not in LABELS:
        raise _failed("opinion_label", endpoint, "named none of the eight answers")
    if not is_text(reason) or not reason.strip() or len(reason) > LONGEST_REASON:
        raise _failed("opinion_reason", endpoint, f"gave no reason of at most {LONGEST_REASON} characters")
    return Opinion(capability=capability, reason=reason.strip(), model=endpoint.model, host=endpoint.host)


def _setup(why: str) -> Refusal:
    return Refusal("opinion_setup", why, advice="Correct the setting where the app is started, and start it again.")


def _failed(code: str, endpoint: Endpoint, what: str) -> Refusal:
    return Refusal(
        code,
        f"The service at {endpoint.host} {what}.",
        advice="The mapper's own answer does not depend on it. Try once more, or ask whoever set it up.",
    )
