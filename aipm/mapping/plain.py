"""Plain data out of files that people bring: what counts as text."""

import re
from typing import TypeGuard

_HALF = re.compile("[\ud800-\udfff]")


def is_text(value: object) -> TypeGuard[str]:
    """True for text that a file can keep. Half a character (a lone surrogate, which JSON can hold) is not."""
    return isinstance(value, str) and not _HALF.search(value)
