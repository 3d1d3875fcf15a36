"""What every command says, and how: one object a line, refusals as the contract has them."""

import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from aipm.tables import Refusal

DONE, REFUSED, INTERRUPTED = 0, 1, 130


def shown(path: Path) -> str:
    """A path as text, whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace")


def refused(refusal: Refusal) -> dict[str, Any]:
    """A refusal as the contract says it."""
    error: dict[str, Any] = {"code": refusal.code, "message": refusal.message, "advice": refusal.advice}
    if refusal.line is not None:
        error["line"] = refusal.line
    return {"ok": False, "error": error}


def say(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()
