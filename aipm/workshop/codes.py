"""Room codes: six characters that can be read out, typed on a phone and taken for nothing else.

A code names a room; it lets nobody do anything that needs a token.
"""

import secrets
import unicodedata
from collections.abc import Callable, Sequence

ALPHABET = "DHJKMNPQRTVWX679"
"""No two that look alike (0 O, 1 I L, 5 S, 2 Z, 8 B, 6 G, C G, U V); no vowels and few digits, so that hardly a word
comes about, and none of C, F, G, Y, 3 and 4, with which rude ones are abbreviated."""
LENGTH = 6
_NEVER = ("69",)


def new_code(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A code by chance: one of about sixteen million."""
    while True:
        code = "".join(choose(ALPHABET) for _ in range(LENGTH))
        if not any(each in code for each in _NEVER) and not any(sign * 3 in code for sign in ALPHABET):
            return code


def normalised(typed: str) -> str | None:
    """The code somebody meant, however it was typed in capitals, blanks and dashes; None where it can be none."""
    signs = unicodedata.normalize("NFKC", typed[:64]).upper()
    code = "".join(sign for sign in signs if unicodedata.category(sign)[0] not in "ZPC")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def shown(code: str) -> str:
    """The code in two groups of three, as it stands on the screen."""
    return f"{code[:3]} {code[3:]}"
