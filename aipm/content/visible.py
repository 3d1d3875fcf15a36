"""Untrusted text with everything in it to be seen, before it is escaped for where it goes.

Control and direction marks are shown as a code such as [U+202E], blanks at the ends as ␣, line ends as ↵. What is too
long, or stacks too many combining marks, is shortened and says by how much.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

LIMIT = 80
ENDING = 30
"""Characters of its end that a choice shows as well where its beginning does not tell it from another."""
MARKS_IN_A_ROW = 4
"""Combining marks kept on one character; the most that living scripts stack is three."""

_SIGNS = {"\n": "↵", "\r": "↵", "\t": "⇥"}
_JOINERS = frozenset("\u200c\u200d\u3000\ufe0e\ufe0f")
"""Invisible, but spelling in Persian, Indic and Japanese text and in emoji: left alone between letters of such kind."""
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


_PLAIN = re.compile(r"(?:[!-~¡-¬®-ɏ‐-—‘-”•…−×≤≥→]|(?<=\S) (?=\S))*")
"""Text in which everything is to be seen already: most of what there is, and told at once."""


def visible(text: str, *, limit: int = LIMIT) -> str:
    """`text` on one line with everything in it visible, at most about `limit` characters of it."""
    if len(text) <= limit and _PLAIN.fullmatch(text):
        return text
    shown: list[str] = []
    taken = marks = 0
    head = text[: limit * 20]
    end = len(head)
    for position, character in enumerate(head):
        if unicodedata.category(character) in {"Mn", "Me"} and character not in _JOINERS:
            marks += 1
            if marks > MARKS_IN_A_ROW:
                continue
        elif taken == limit and len(text) - position > 1:
            end = position
            break
        else:
            shown.append(_dropped(marks))
            marks = 0
            taken += 1
        shown.append(_shown(character, before=text[position - 1 : position], after=text[position + 1 : position + 2]))
    shown.append(_dropped(marks))
    if end < len(text):
        shown.append(f"… (+{len(text) - end:,} characters)")
    line = "".join(shown)
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in line):
        return f"{_ISOLATE}{line}{_END_ISOLATE}"
    return line


def distinct(options: Iterable[Any], *, written: Callable[[Any], str] | None = None) -> Callable[[Any], str]:
    """What each choice of a list is called, no two alike: visible texts, or what `written` makes of them.

    Texts that would look alike also show their ends, then a number. A widget knows its choices by what is shown of
    them: of two that look alike, Streamlit takes one for the other.
    """
    choices, show = tuple(options), written or visible
    shown = [show(each) for each in choices]
    alike = Counter(shown)
    taken = {label for label, many in alike.items() if many == 1}
    numbers: Counter[str] = Counter()
    labels: dict[Any, str] = {}
    for choice, first in zip(choices, shown, strict=True):
        label = first
        if alike[first] > 1:
            own = label = first if written else f"{first} …{visible(choice[-ENDING:])}"
            while label in taken:
                numbers[own] += 1
                label = f"{own} ({numbers[own] + 1})"
            taken.add(label)
        labels[choice] = label
    return lambda choice: labels[choice] if choice in labels else show(choice)


def _dropped(marks: int) -> str:
    return f"[+{marks - MARKS_IN_A_ROW} marks]" if marks > MARKS_IN_A_ROW else ""


def _shown(character: str, *, before: str, after: str) -> str:
    if character in _SIGNS:
        return "" if character + after == "\r\n" else _SIGNS[character]
    if character == " ":
        return " " if before and after and before != " " else "␣"
    if character in _JOINERS and before and not before.isascii() and (after or character in "\ufe0e\ufe0f"):
        return character
    category = unicodedata.category(character)
    code = ord(character)
    hidden = category in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"} or character in _JOINERS
    nothing = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return f"[U+{code:04X}]" if hidden or nothing else character
