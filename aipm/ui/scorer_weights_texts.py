"""The parts `weights`, `methods` and `sure` of content/model_scorer.yaml, typed."""

from dataclasses import dataclass

from aipm.selection.weighing import Measure, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class WayTexts:
    """A way to say what matters: on its button, what to do, and where the weights come from (for the record)."""

    name: str
    help: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    name: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SliderTexts:
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingTexts:
    first: str
    move: str
    others: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTexts:
    """`words` are the answers by how many times as much one counts as the other."""

    count: str
    question: str
    same: str
    how_much: str
    words: dict[int, str]
    back: str
    next: str
    forget: str
    given: str
    pair: str
    answer: str
    counts: str
    equal: str
    fits: str
    contradicts: str
    misfit: str
    open: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTexts:
    name: str
    name_missing: str
    zero: str
    name_taken: str
    most: str
    add: str
    points: str
    added: str
    several: str
    file: str
    paste: str
    paste_help: str
    read: str
    template: str
    heading: str
    unused: str
    replaced: str
    refused: str
    who: str
    remove: str
    back: str
    table: str
    columns: tuple[str, str, str]
    apart: str
    winners: str
    winner: str
    winner_tied: str
    agree: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTexts:
    title: str
    sentence: str
    label: str
    ways: dict[Way, WayTexts]
    measure: str
    measures: dict[Measure, NamedText]
    caution: str
    instead: str
    unreliable: str
    used: str
    refused: str
    sliders: SliderTexts
    swing: SwingTexts
    pairs: PairTexts
    people: PeopleTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodTexts:
    """What is said of other methods of ranking."""

    title: str
    sentence: str
    agree: str
    differ: str
    split: str
    ours: str
    table: str
    columns: tuple[str, ...]
    methods: dict[str, NamedText]
    normalisations: dict[str, str]
    line: str
    ends: str
    refused: str
    alike: str
    explain: str
    parameters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SureTexts:
    """What is said of how firm the ranking is."""

    title: str
    order: str
    stated: str
    alt: str
    part: str
    ranks: tuple[str, str, str]
    lower: str
    table: str
    name: str
    central_title: str
    central: str
    counts: str
    both: str
    central_same: str
    never: str
    never_one: str
    shares: dict[float, str]
