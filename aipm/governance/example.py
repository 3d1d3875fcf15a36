"""The worked example: every form of a made-up product, read as a file is."""

from functools import cache
from typing import Any

import msgspec
import yaml

from aipm.content import FOLDER, LOADER, ContentError
from aipm.governance.forms import KIND, VERSION, Opened, from_json

FILE = "governance_example.yaml"


@cache
def example() -> Opened:
    """All forms of content/governance_example.yaml. Raises ContentError where something in it cannot be read."""
    text = (FOLDER / FILE).read_text(encoding="utf-8")
    forms: Any = yaml.load(text, LOADER)  # noqa: S506 - both are safe loaders
    found = from_json(msgspec.json.encode({"kind": KIND, "version": VERSION, "forms": forms}))
    if found.unread:
        raise ContentError(f"{FILE}: cannot be read: {', '.join(found.unread)}")
    return found
