"""Text -> the ids that GPT models read: OpenAI's tokenizers from rank files that ship with the project, offline."""

import base64
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, get_args

from aipm.encoder.weights import checked

if TYPE_CHECKING:
    from tiktoken import Encoding

VocabularyName = Literal["o200k_base", "cl100k_base", "p50k_base"]
VOCABULARIES: tuple[VocabularyName, ...] = get_args(VocabularyName)
"""The newest first."""
FOLDER = Path(__file__).parent / "ranks"
SHA256: dict[VocabularyName, str] = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    "p50k_base": "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069",
}
"""The sums that tiktoken expects of its own downloads (tiktoken_ext.openai_public)."""

_CAPITALS, _SMALL = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_ENDINGS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
PATTERNS: dict[VocabularyName, str] = {
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
    "p50k_base": r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s",
}
"""How each tokenizer cuts a text before it merges (tiktoken, MIT licence)."""

_ONE_AT_A_TIME = Lock()
"""A room that opens the page at once reads a file once."""


def ranks(name: VocabularyName) -> Mapping[bytes, int]:
    """Every piece of a vocabulary with its rank, which is its id: the lower, the earlier it was learned.

    Raises ModelFileError where the file is not the published one.
    """
    with _ONE_AT_A_TIME:
        return _ranks(name)


def vocabulary(name: VocabularyName) -> "Encoding":
    """The tokenizer over these ranks, without special tokens: what is pasted is text. Nothing is ever fetched.

    Raises ModelFileError.
    """
    with _ONE_AT_A_TIME:
        return _vocabulary(name)


@cache
def _ranks(name: VocabularyName) -> dict[bytes, int]:
    path = FOLDER / f"{name}.tiktoken"
    data = checked(path.read_bytes(), name=path.name, sha256=SHA256[name])
    return {base64.b64decode(piece): int(rank) for piece, rank in (line.split() for line in data.splitlines())}


@cache
def _vocabulary(name: VocabularyName) -> "Encoding":
    from tiktoken import Encoding

    return Encoding(name, pat_str=PATTERNS[name], mergeable_ranks=_ranks(name), special_tokens={})
