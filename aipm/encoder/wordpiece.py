"""Text -> the pieces the model knows: BERT's uncased WordPiece (Devlin et al. 2019).

Control characters go, accents are stripped, letters become small, punctuation marks and Chinese characters stand
alone; then each word is cut into the longest pieces of the vocabulary, from the left. Equal to the reference
(Hugging Face's tokenizers) but for a few hundred signs of rare scripts newer than its Unicode 8.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

MOST_TOKENS = 256
"""What the model was trained to read, [CLS] and [SEP] included."""
MOST_CHARACTERS = 20_000
"""No more is looked at: the bound on a hostile text, far above what 256 tokens take."""
LONGEST_WORD = 100
"""A longer word is unknown as a whole."""
_SPECIAL = re.compile(r"(\[(?:PAD|UNK|CLS|SEP|MASK)\])")
_ASCII_SYMBOLS = frozenset("$+<=>^`|~")
_CHINESE = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of a text; "##" marks one that continues a word. `truncated`: there was more than the model reads."""

    texts: tuple[str, ...]
    ids: tuple[int, ...]
    truncated: bool


class WordPiece:
    """A vocabulary, and how to cut a text by it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._ids["[UNK]"]

    def tokens(self, text: str) -> Tokens:
        """Cut a text into tokens, the first 256 at most."""
        room = MOST_TOKENS - 2
        pieces = list(islice(self._pieces(text[:MOST_CHARACTERS]), room + 1))
        truncated = len(pieces) > room or len(text) > MOST_CHARACTERS
        ids = (self._ids["[CLS]"], *pieces[:room], self._ids["[SEP]"])
        return Tokens(tuple(self._vocabulary[piece] for piece in ids), ids, truncated)

    def _pieces(self, text: str) -> Iterator[int]:
        for part in _SPECIAL.split(text):
            if _SPECIAL.fullmatch(part):
                yield self._ids[part]
            else:
                for word in part.translate(_NORMALISED).split():
                    yield from self._split(word)

    def _split(self, word: str) -> list[int]:
        """The longest known pieces of a word from the left; [UNK] alone where some part of it fits none."""
        found: list[int] = []
        start = 0
        while start < len(word) <= LONGEST_WORD:
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                piece = self._ids.get(mark + word[start:end])
                if piece is not None:
                    break
            else:
                return [self._unknown]
            found.append(piece)
            start = end
        return found or [self._unknown]


class _Normalised(dict[int, str]):
    """What becomes of each character, worked out when it is first met.

    One at a time: normalising a whole text would sort long runs of accents, which takes quadratic time.
    """

    def __missing__(self, code: int) -> str:
        text = "".join(map(_normalised, unicodedata.normalize("NFD", chr(code))))
        if code < 1 << 16:  # the rarer ones would be kept for ever by one odd text
            self[code] = text
        return text


def _normalised(character: str) -> str:
    """What becomes of a character without its accents (BERT's clean, Chinese, accent, case and punctuation steps)."""
    kind = unicodedata.category(character)
    if character in "\t\n\r" or kind[0] == "Z":
        return " "
    if kind in {"Cc", "Cf", "Co", "Cs", "Mn"} or character == "\ufffd":
        return ""
    code = ord(character)
    if kind[0] == "P" or character in _ASCII_SYMBOLS or any(first <= code <= last for first, last in _CHINESE):
        return f" {character} "
    return character.lower()


_NORMALISED = _Normalised()
