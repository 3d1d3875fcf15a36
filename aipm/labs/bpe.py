"""Byte-pair encoding, step by step: how a text becomes the numbers a language model reads, and what that costs.

Sennrich, Haddow & Birch 2016, "Neural machine translation of rare words with subword units", on bytes as in Radford et
al. 2019 (GPT-2). The word split and the ranks are those of `aipm.encoder.vocabularies`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aipm.encoder.vocabularies import PATTERNS, VocabularyName, vocabulary

MOST_CHARACTERS = 2_000
"""Of a text that is cut on the page."""
LONGEST_WORD = 60
"""Bytes of a word that is merged step by step: the work grows with the square."""
MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One token: its bytes, which need not be whole letters, and its number in the vocabulary."""

    bytes: bytes
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The pieces of a word after `joined`, the pair of lowest rank, has become the piece at `place`.

    `rank` is the new piece's number too. The first step has no pair: the bytes as they came.
    """

    pieces: tuple[bytes, ...]
    place: int | None = None
    joined: tuple[bytes, bytes] | None = None
    rank: int | None = None


def tokenize(text: str, name: VocabularyName) -> tuple[Piece, ...]:
    """The tokens of a text. Raises ModelFileError."""
    tokenizer = vocabulary(name)
    return tuple(
        Piece(bytes=tokenizer.decode_single_token_bytes(each), id=each)
        for each in tokenizer.encode_ordinary(text[:MOST_CHARACTERS])
    )


def words(text: str, name: VocabularyName) -> list[str]:
    """The parts within which pieces are merged, never across: roughly words with the blank before them."""
    import regex

    return [found.group() for found in regex.finditer(PATTERNS[name], text)]


def merges(word: bytes, ranks: Mapping[bytes, int]) -> tuple[Step, ...]:
    """From single bytes to tokens: the pair that was learned first is joined first, the leftmost of equals.

    One step joins one pair. `word` as `words` gives it, encoded as UTF-8, of at most `LONGEST_WORD` bytes.
    """
    if len(word) > LONGEST_WORD:
        raise ValueError(f"a word of at most {LONGEST_WORD} bytes is wanted")
    parts = [bytes([each]) for each in word]
    steps = [Step(pieces=tuple(parts))]
    while len(parts) > 1:
        found = [
            (ranks[pair], place)
            for place in range(len(parts) - 1)
            if (pair := parts[place] + parts[place + 1]) in ranks
        ]
        if not found:
            break
        rank, place = min(found)
        joined = (parts[place], parts[place + 1])
        parts[place : place + 2] = [joined[0] + joined[1]]
        steps.append(Step(pieces=tuple(parts), place=place, joined=joined, rank=rank))
    return tuple(steps)


def readable(piece: bytes) -> str:
    """A piece as text; where its bytes are no whole letters, the bytes in brackets: ⟨E2 82⟩."""
    try:
        return piece.decode()
    except UnicodeDecodeError:
        return f"⟨{piece.hex(' ').upper()}⟩"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What the same sentence takes in one language: tokens, as a multiple of the first one's, and for all messages."""

    tokens: int
    times: float
    cost: Decimal


def bills(texts: Sequence[str], name: VocabularyName, *, price_per_million: Decimal, messages: int) -> tuple[Bill, ...]:
    """The input tokens of each text times the price. No texts, no bills. Raises ModelFileError."""
    counts = [len(tokenize(text, name)) for text in texts]
    return tuple(
        Bill(tokens=count, times=count / counts[0], cost=count * messages * price_per_million / MILLION)
        for count in counts
    )
