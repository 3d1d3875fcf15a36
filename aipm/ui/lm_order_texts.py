"""content/lm_order.yaml, typed: the part on the order of words of the Language models page."""

from dataclasses import dataclass

from aipm import content
from aipm.ui.lm_pieces import GuessTexts, SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTexts:
    title: str
    sentence: str
    place: str
    token: str
    column: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTexts:
    title: str
    sentence: str
    length: str
    dimensions: str
    base: str
    caption: str
    across: str
    down: str
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearTexts:
    title: str
    sentence: str
    caption: str
    said: str
    up: str
    axis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShuffleTexts:
    title: str
    sentence: str
    label: str
    start: str
    press: str
    back: str
    now: str
    as_is: str
    same: str
    empty: str
    word: str
    moved_from: str
    without: str
    within: str
    arrow: str
    caption: str
    told: str
    real: str
    real_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTexts:
    """All of content/lm_order.yaml."""

    title: str
    sentences: tuple[str, ...]
    guess: GuessTexts
    places: PlaceTexts
    map: MapTexts
    near: NearTexts
    shuffle: ShuffleTexts
    so_what: dict[str, str]
    notes_title: str
    notes: tuple[str, ...]
    sources_title: str
    sources: tuple[SourceText, ...]


def order_texts() -> OrderTexts:
    """What the file holds. Raises ContentError."""
    found: OrderTexts = content.load("lm_order", OrderTexts)
    return found
