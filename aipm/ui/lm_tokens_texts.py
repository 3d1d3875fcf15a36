"""content/lm_tokens.yaml, typed: the part on tokens of the Language models page."""

from dataclasses import dataclass

from aipm import content
from aipm.encoder.vocabularies import VocabularyName
from aipm.ui.lm_pieces import GuessTexts, SourceText
from aipm.ui.lm_texts import View


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """A stage on the way of a sentence through a model, and the part of the page that shows it."""

    name: str
    text: str
    view: View


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceTexts:
    caption: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleText:
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyText:
    name: str
    used_by: str
    year: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    title: str
    sentence: str
    examples_label: str
    examples: dict[str, ExampleText]
    label: str
    vocabulary: str
    vocabularies: dict[VocabularyName, VocabularyText]
    used_by: str
    empty: str
    tokens: str
    characters: str
    ratio: str
    elsewhere: str
    broken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTexts:
    title: str
    sentence: str
    label: str
    step: str
    pieces: str
    joined: str
    number: str
    start: str
    caption: str
    no_word: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageTexts:
    """`texts`: the same sentence by language code, the first one what the others are compared with."""

    title: str
    sentence: str
    guess: GuessTexts
    texts: dict[str, str]
    price: str
    messages: str
    row: str
    first_row: str
    caption: str
    history: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlitchTexts:
    title: str
    sentence: str
    word: str
    told: str
    correction: str
    vocabulary: str
    pieces: str
    count: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensTexts:
    """All of content/lm_tokens.yaml."""

    title: str
    sentences: tuple[str, ...]
    path_title: str
    path: tuple[PathStep, ...]
    parallel: str
    guess: GuessTexts
    pieces: PieceTexts
    own: OwnTexts
    merges: MergeTexts
    so_what: dict[str, str]
    languages: LanguageTexts
    glitch: GlitchTexts
    sources_title: str
    sources: tuple[SourceText, ...]


def tokens_texts() -> TokensTexts:
    """What the file holds. Raises ContentError."""
    found: TokensTexts = content.load("lm_tokens", TokensTexts)
    return found
