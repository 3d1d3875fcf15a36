"""The seven things AI can do for a product, and when none is needed: content/capabilities.yaml, typed and checked.

A broken file fails at load with file, key and reason.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, get_args

from msgspec import Meta

from aipm import content

Key = Literal["recommendations", "rankings", "classification", "regression", "clustering", "anomalies", "creation"]
"""A capability by name. Content and results are ordered as here."""

NoAiKey = Literal[
    "fixed_rule",
    "exact_calculation",
    "missing_feature",
    "connection",
    "speed",
    "wording_layout",
    "policy_process",
    "own_task",
    "fully_explainable",
]
"""Why no AI may be needed."""

Evidence = Literal["index"]
"""How an example is known. `index`: the entry of a public index names it; the article behind it was not read."""

Text = Annotated[str, Meta(min_length=1)]
Texts = Annotated[tuple[Text, ...], Meta(min_length=2)]
Url = Annotated[str, Meta(pattern=r"^https://\S+$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFamily:
    """A kind of model: its name, what it does in plain words, and when nothing stronger is needed."""

    name: Text
    plain: Text
    enough_when: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measure of success and what it means in plain words."""

    name: Text
    means: Text


Metrics = Annotated[tuple[Metric, ...], Meta(min_length=2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How success shows: on past data before launch, in the product, and what must not get worse meanwhile."""

    offline: Metrics
    product: Metrics
    guardrail: Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """A kind of mistake under the name people give it here, what it costs, and an everyday example."""

    name: Text
    costs: Text
    example: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """The two ways to be wrong. `false_yes` says, shows or alarms too much; `false_no` too little."""

    false_yes: Error
    false_no: Error


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A real product: who built it, what it does, where that was found (title and link), and how far it was checked."""

    company: Text
    does: Text
    source: Text
    url: Url
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class EthicsRisk:
    """What could harm people, and the question that brings it to light."""

    risk: Text
    question: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One of the seven. Lists of models go from simple to strong; `comes_out` is a phrase such as "an order"."""

    name: Text
    definition: Text
    comes_out: Text
    known: Text
    inputs: Texts
    outputs: Texts
    data: Texts
    models: Annotated[tuple[ModelFamily, ...], Meta(min_length=4)]
    metrics: Measures
    errors: Errors
    examples: Annotated[tuple[Example, ...], Meta(min_length=6, max_length=6)]
    failure_modes: Annotated[tuple[Text, ...], Meta(min_length=3)]
    ethics: Annotated[tuple[EthicsRisk, ...], Meta(min_length=3)]
    eu_ai_act: Text
    questions: Annotated[tuple[Text, ...], Meta(min_length=5, max_length=8)]
    confused_with: Annotated[dict[Key, Text], Meta(min_length=2)]
    signals: Annotated[tuple[Text, ...], Meta(min_length=5)]
    without_ai: Text
    next_steps: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAiKind:
    """One reason why no AI may be needed: as a question, what to do instead, and an example."""

    name: Text
    question: Text
    instead: Text
    example: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAi:
    """The eighth answer. `not_yet` are signs that even a problem that suits AI should wait."""

    name: Text
    definition: Text
    comes_out: Text
    kinds: dict[NoAiKey, NoAiKind]
    signals: Annotated[tuple[Text, ...], Meta(min_length=5)]
    speaks_for_ai: Texts
    not_yet: Texts
    next_steps: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to find problems worth solving, and what to write down on it."""

    name: Text
    text: Text
    to_do: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A pain that a company saw among its customers, and what it built; `state` says how that is known."""

    company: Text
    pain: Text
    answer: Text
    capability: Key
    state: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How to use the seven: what to begin with, two ways to find problems, and what to check of each."""

    title: Text
    scope: Text
    problem_first: Text
    checklist: Text
    ways: Annotated[tuple[Way, ...], Meta(min_length=2)]
    stories: Annotated[tuple[Story, ...], Meta(min_length=2)]
    check: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that can age: what is said, how and when that was checked, and where it is to be read."""

    text: Text
    state: Text
    title: Text
    url: Url


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityTexts:
    """All of content/capabilities.yaml. `law` stands behind every `eu_ai_act`, `names` behind every `known`."""

    as_of: Text
    start: Start
    law: Claim
    names: Text
    capabilities: dict[Key, Capability]
    none: NoAi


KEYS: tuple[Key, ...] = get_args(Key)
NO_AI_KEYS: tuple[NoAiKey, ...] = get_args(NoAiKey)


@cache
def texts() -> CapabilityTexts:
    """Everything the file holds, read once. Raises ContentError."""
    found: CapabilityTexts = content.load("capabilities", CapabilityTexts)
    for key, names, wanted in (
        ("capabilities", tuple(found.capabilities), KEYS),
        ("none.kinds", tuple(found.none.kinds), NO_AI_KEYS),
    ):
        if names != wanted:
            raise content.ContentError(f"capabilities.yaml: {key}: must be {', '.join(wanted)}, in this order")
    for key, capability in found.capabilities.items():
        for other in capability.confused_with:
            if other == key or key not in found.capabilities[other].confused_with:
                where = f"capabilities.yaml: capabilities.{key}.confused_with.{other}"
                raise content.ContentError(f"{where}: {other} does not name {key} in turn")
    return found


def capabilities() -> dict[Key, Capability]:
    """The seven, by key, in order."""
    return texts().capabilities


def no_ai() -> NoAi:
    """The case for no AI."""
    return texts().none
