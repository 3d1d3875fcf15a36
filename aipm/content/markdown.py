"""Any text -> Markdown that is drawn as the same characters: no link, picture, HTML, formula, and no broken table."""

import re
from collections.abc import Iterable, Sequence

from aipm.content.visible import visible

WORD_JOINER = "\u2060"
"""Takes no room; between two characters it keeps programs from making a link of them after Markdown was read."""
_START_OF_BLOCK = re.compile(r"\d+[.)](?=\s|$)|[-+=#]")
"""A list, a heading, a rule: only at the start of the line, and `visible` gives one line."""
_INLINE = re.compile(r"[\\`*\[\]<>$~]|&(?=[#\w]+;)|(?<![^\W_])_|_(?![^\W_])")
"""Code, emphasis, links, HTML, formulas, strikethrough, entities; an underscore within a word means nothing."""
_RECOGNISED_LATER = re.compile(r":(?=\S)|www(?=\.)|#(?=\d)|(?<=\w)\.(?=[^\W\d_]{2})", re.IGNORECASE)
_AT = re.compile(r"(?<=\S)@|@(?=\S)")
_LINE_END = re.compile(r"\r\n|[\r\n]")


def escaped(line: str) -> str:
    """A line in which every sign that would mean something to Markdown stands for itself, but for cells of a table."""
    lead = _START_OF_BLOCK.match(line)
    if not lead:
        return _INLINE.sub(r"\\\g<0>", line)
    rest = _INLINE.sub(r"\\\g<0>", line[lead.end() :])
    return f"{lead[0][:-1]}\\{lead[0][-1]}{rest}"


def drawn(text: str) -> str:
    """`text` on one line, also of a table. What cannot be seen is made visible.

    Addresses, mentions and issue numbers, which many programs link without being asked, are broken by a mark that takes
    no room: some look for them only after escapes are gone (https://github.com/github/cmark-gfm/issues/278).
    """
    line = visible(text, limit=max(len(text), 1))
    broken = _RECOGNISED_LATER.sub(rf"\g<0>{WORD_JOINER}", escaped(line).replace("|", "\\|"))
    return _AT.sub(f"{WORD_JOINER}@{WORD_JOINER}", broken)


def paragraph(text: str) -> str:
    """`text` with its lines kept; blank ones are left out."""
    return "\\\n".join(drawn(line.strip()) for line in _LINE_END.split(text) if line.strip())


def bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {drawn(text)}" for text in texts)


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of GitHub's kind, every cell on one line."""
    head, *lines = (f"| {' | '.join(map(drawn, line))} |" for line in (names, *rows))
    return "\n".join([head, f"|{' --- |' * len(names)}", *lines])
