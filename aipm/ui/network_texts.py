"""content/neural_networks.yaml, typed: what the Neural networks page says."""

from dataclasses import dataclass
from typing import Literal

from aipm import content
from aipm.labs.network import Activation
from aipm.labs.network_reading import Goal, Measure, Outcome
from aipm.labs.network_spec import Penalty
from aipm.labs.points import DataSet, Feature

View = Literal["guess", "lab", "learn", "limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One answer to a guess: what it says, and from where on it is the right one."""

    text: str
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """`setting` and `then` are parts of a setting; `right` is the band that `told` explains."""

    title: str
    situation: str
    question: str
    measure: Measure
    bands: tuple[Band, ...]
    setting: dict[str, str]
    right: int
    told: str
    so_what: str
    then: dict[str, str]
    then_link: str
    page: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessTexts:
    title: str
    sentence: str
    place: str
    label: str
    right: str
    wrong: str
    guessed: str
    measured: dict[Measure, str]
    so_what: str
    change: str
    next: str
    before: str
    score: str
    lab: str
    points_alt: str
    working: str
    rounds: dict[str, Guess]


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    title: str
    text: str
    hint: str
    goal: Goal
    start: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeTexts:
    title: str
    sentence: str
    done: str
    open: str
    start: str
    hint: str
    solved: str
    list: dict[str, Challenge]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    upload: str
    sentence: str
    ask: str
    x: str
    y: str
    label: str
    one: str
    read: str
    no_numbers: str
    one_value: str
    rest: str
    used: str
    refused: str
    most_megabytes: int
    too_large: str
    too_large_advice: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabTexts:
    title: str
    sentence: str
    tabs: tuple[str, str, str]
    data: str
    datasets: dict[DataSet, str]
    points: str
    noise: str
    wrong: str
    learn_from: str
    again: str
    again_help: str
    features: str
    feature: dict[Feature, str]
    depth: str
    neurons: str
    activation: str
    activations: dict[Activation, str]
    rate: str
    penalty: str
    penalties: dict[Penalty, str]
    strength: str
    batch: str
    epochs: str
    reset: str
    help: dict[str, str]
    share: str
    working: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmTexts:
    """`names` are those of class 0 and class 1; `says` goes to the browser."""

    names: tuple[str, str]
    axes: str
    alt: str
    net_alt: str
    says: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTexts:
    outcomes: dict[Outcome, str]
    sure: str
    stop: str
    short: str
    confusion: str
    confusion_sentence: str
    confusion_columns: tuple[str, str]
    says: str
    caption: str
    mistakes: str
    weights: str
    weights_sentence: str
    weights_caption: str
    weights_columns: tuple[str, str, str]
    strongest: str
    bias: str
    answer: str
    neuron: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of learning: its name and what happens; `figure` says which picture or number stands with it."""

    title: str
    text: str
    figure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnTexts:
    title: str
    sentence: str
    constructed: str
    x: str
    y: str
    label: str
    labels: tuple[str, str]
    rate: str
    neurons_caption: str
    neurons_columns: tuple[str, str, str, str, str, str]
    weights_caption: str
    weights_columns: tuple[str, str, str, str]
    said: dict[str, str]
    curves_axes: str
    curves_alt: str
    stages: dict[str, Stage]
    playground: str
    playground_link: str
    playground_url: str
    lab: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitTexts:
    title: str
    sentence: str
    size_title: str
    size_question: str
    words: str
    vocabulary: str
    size_answer: str
    size_rows: tuple[str, str]
    size_columns: tuple[str, str, str]
    size_caption: str
    size_bars: str
    size_note: str
    neurons: int
    side: int
    order_title: str
    order: str
    sentences: tuple[str, str]
    order_caption: str
    order_columns: tuple[str, str, str]
    order_told: str
    far_title: str
    far: str
    factor: str
    far_answer: str
    far_alt: str
    far_axis: str
    far_told: str
    then: str
    then_title: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Something a product manager takes from the page, and the tool to go on with."""

    text: str
    page: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """All of content/neural_networks.yaml."""

    label: str
    views: dict[View, str]
    guess: GuessTexts
    lab: LabTexts
    own: OwnTexts
    film: FilmTexts
    result: ResultTexts
    challenges: ChallengeTexts
    learn: LearnTexts
    limits: LimitTexts
    so_what: str
    so_what_sentence: str
    onwards: tuple[Onward, ...]


def network_page() -> NetworkPage:
    """What the file holds. Raises ContentError."""
    found: NetworkPage = content.load("neural_networks", NetworkPage)
    return found
