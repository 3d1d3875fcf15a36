"""How many tokens a pasted text has: OpenAI's tokenizers, offline, with the range that other vendors' ones may give."""

import base64
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from aipm.selection.assumptions import RangeEntry, cost_texts
from aipm.tables import Refusal

if TYPE_CHECKING:
    from tiktoken import Encoding

EncodingName = Literal["o200k_base", "cl100k_base"]
FOLDER = Path(__file__).parent / "ranks"
SHA256: dict[EncodingName, str] = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}
"""The sums that tiktoken expects of its own downloads (tiktoken_ext.openai_public)."""

_CAPITALS, _SMALL = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_ENDINGS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
PATTERNS: dict[EncodingName, str] = {
    "o200k_base": "|".join(
        (
            rf"[^\r\n\p{{L}}\p{{N}}]?{_CAPITALS}*{_SMALL}+{_ENDINGS}",
            rf"[^\r\n\p{{L}}\p{{N}}]?{_CAPITALS}+{_SMALL}*{_ENDINGS}",
            r"\p{N}{1,3}",
            r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
            r"\s*[\r\n]+",
            r"\s+(?!\S)",
            r"\s+",
        )
    ),
    "cl100k_base": r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|"
    r"\s*[\r\n]|\s+(?!\S)|\s",
}
"""How each tokenizer cuts a text before it merges (tiktoken, MIT licence)."""

WINDOW = 10_000
"""Characters tokenized at once. A megabyte of blanks at once overflows tiktoken's matcher and ends the program."""
LONGEST = 2_000_000
"""Characters of a text that is counted at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCount:
    """The tokens of a text. `exact` is false where a long run without blanks had to be cut: then at most one token a
    cut too many or too few, give or take. `low` and `high`: what another vendor's tokenizer may make of it.
    """

    tokens: int
    encoding: EncodingName
    characters: int
    exact: bool
    low: int
    high: int


def token_range(provider: str | None) -> RangeEntry:
    """How far OpenAI's count may be off for the models of this provider."""
    texts = cost_texts().tokenizers
    return texts.ranges.get(provider or "", texts.others)


def count_tokens(text: str, *, encoding: EncodingName = "o200k_base", provider: str | None = "OpenAI") -> TokenCount:
    """Count the tokens of a text. Raises Refusal where it is longer than two million characters."""
    if len(text) > LONGEST:
        raise Refusal(
            "text_too_long",
            f"The text has more than {LONGEST:,} characters.",
            advice="Paste one typical prompt or answer, or type the number of tokens.",
        )
    pieces, exact = windows(text)
    encoder = _encoding(encoding)
    tokens = sum(len(encoder.encode_ordinary(piece)) for piece in pieces)
    spread = token_range(provider)
    low, high = (int(tokens * (1 + Decimal(each))) for each in (spread.low, spread.high))
    return TokenCount(tokens=tokens, encoding=encoding, characters=len(text), exact=exact, low=low, high=high)


def windows(text: str) -> tuple[list[str], bool]:
    """The text in pieces that can be counted one by one, and whether their tokens are exactly those of the whole.

    A cut before a single blank between two visible characters changes nothing: every tokenizer here cuts there too.
    """
    pieces, exact, start = [], True, 0
    while len(text) - start > WINDOW:
        cut = next(
            (
                place
                for place in range(start + WINDOW, start, -1)
                if text[place] == " " and not text[place - 1].isspace() and not text[place + 1 : place + 2].isspace()
            ),
            None,
        )
        exact = exact and cut is not None
        cut = cut or start + WINDOW
        pieces.append(text[start:cut])
        start = cut
    return [*pieces, text[start:]], exact


@cache
def _encoding(name: EncodingName) -> "Encoding":
    """A tokenizer from the rank file that ships with the project; nothing is ever fetched."""
    from tiktoken import Encoding

    data = (FOLDER / f"{name}.tiktoken").read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise Refusal("rank_file", f"{name}.tiktoken is not the published file.", advice="Install the project anew.")
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in data.splitlines())}
    return Encoding(name, pat_str=PATTERNS[name], mergeable_ranks=ranks, special_tokens={})


ENCODINGS: tuple[EncodingName, ...] = get_args(EncodingName)
