"""How many tokens a pasted text has: OpenAI's tokenizers, offline, with the range that other vendors' ones may give."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args

from aipm.selection.assumptions import RangeEntry, cost_texts
from aipm.tables import Refusal

if TYPE_CHECKING:
    from tiktoken import Encoding

EncodingName = Literal["o200k_base", "cl100k_base"]
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


def _encoding(name: EncodingName) -> "Encoding":
    from aipm.encoder.vocabularies import vocabulary
    from aipm.encoder.weights import ModelFileError

    try:
        return vocabulary(name)
    except ModelFileError as problem:
        raise Refusal("rank_file", str(problem), advice="Install the project anew.") from problem


ENCODINGS: tuple[EncodingName, ...] = get_args(EncodingName)
