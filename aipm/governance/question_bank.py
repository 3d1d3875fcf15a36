"""The bank of questions and mitigations of the risk register: content/ethics_bank.yaml, typed and checked.

Which questions are asked depends on the tags of the triage and on the capability; what is not known is asked about.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Literal, get_args

from msgspec import Meta

from aipm import content
from aipm.governance.triage import Tag

Heading = Literal["racism", "privacy", "biases", "training_data", "security", "transparency", "reliability", "society"]
"""What a question is about; the first four are the ones people ask for by name."""
HEADINGS: tuple[Heading, ...] = get_args(Heading)
Step = Literal[1, 2, 3, 4]
"""Of severity and of likelihood."""
STEPS: tuple[Step, ...] = get_args(Step)
Reversible = Literal["easily", "partly", "hardly"]
REVERSIBLE: tuple[Reversible, ...] = get_args(Reversible)
Framework = Literal["ai_act", "gdpr", "nist", "deon", "linddun"]
MitigationKind = Literal["data", "model", "product", "process"]
Capability = Literal[
    "recommendations", "rankings", "classification", "regression", "clustering", "anomalies", "creation"
]
"""As content/capabilities.yaml names them; a test holds the two together."""
Text = Annotated[str, Meta(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the app something can be looked at: a page of the registry, and what its address says."""

    page: Text
    query: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigation:
    kind: MitigationKind
    name: Text
    text: Text
    check: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question whose "yes" is the good answer. `when`, `capabilities`: one of them is enough; empty: always.

    `who`, `harm`, `severity`, `likelihood`, `reversible` say what a "no" puts at risk, as a first guess.
    """

    heading: Heading
    question: Text
    why: Text
    who: Text
    harm: Text
    severity: Step
    likelihood: Step
    reversible: Reversible
    mitigations: Annotated[tuple[Text, ...], Meta(min_length=1)]
    check: Place
    refs: dict[Framework, tuple[Text, ...]]
    severe: bool = False
    when: tuple[Tag, ...] = ()
    capabilities: tuple[Capability, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A law or framework, as tags name it; `state` says how far it was checked, and when."""

    name: Text
    prefix: str
    title: Text
    url: Annotated[str, Meta(pattern=r"^https://\S+$")]
    state: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingText:
    name: Text
    sentence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """All of content/ethics_bank.yaml."""

    as_of: Text
    sources: dict[Framework, Source]
    frameworks: dict[str, Text]
    linddun: dict[str, Text]
    headings: dict[Heading, HeadingText]
    mitigations: dict[str, Mitigation]
    questions: dict[str, Question]


@cache
def bank() -> Bank:
    """Read once. Raises ContentError."""
    found: Bank = content.load("ethics_bank", Bank)
    for key, question in found.questions.items():
        where = f"ethics_bank.yaml: questions.{key}"
        for name in question.mitigations:
            if name not in found.mitigations:
                raise content.ContentError(f"{where}.mitigations: {name!r} is not under mitigations")
        known: Mapping[str, Collection[str]] = {"nist": found.frameworks, "linddun": found.linddun}
        for framework, tags in question.refs.items():
            for tag in tags:
                if tag not in known.get(framework, (tag,)):
                    raise content.ContentError(f"{where}.refs.{framework}: {tag!r} has no name")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Why a question is asked: these tags hold, this capability is meant; both empty: it is asked of everything.

    `unknown`: nothing was said of the product, or not of its capability, and so it is asked to be safe.
    """

    tags: tuple[Tag, ...] = ()
    capability: Capability | None = None
    unknown: bool = False


def applying(found: Bank, *, tags: Collection[Tag] | None, capability: str | None = None) -> dict[str, Asked]:
    """The questions that are asked, with the reason. `tags` None: nothing is known, so all that fit the capability.

    `capability`: None or anything but one of the seven ("none", an older name) takes no question away.
    """
    asked = {}
    for key, question in found.questions.items():
        held = tuple(tag for tag in question.when if tags is not None and tag in tags)
        if question.when and tags is not None and not held:
            continue
        meant = next((each for each in get_args(Capability) if each == capability), None)
        if question.capabilities and meant is not None and meant not in question.capabilities:
            continue
        asked[key] = Asked(
            tags=held,
            capability=meant if question.capabilities else None,
            unknown=bool((question.when and tags is None) or (question.capabilities and meant is None)),
        )
    return asked


def labels(found: Bank, refs: Mapping[Framework, Collection[str]]) -> tuple[str, ...]:
    """References as people read them: "AI Act Art. 10, 15", "NIST AI RMF: Measure", "LINDDUN: Linking"."""
    said = []
    for framework, tags in refs.items():
        source = found.sources[framework]
        named = [found.frameworks.get(tag) or found.linddun.get(tag) or tag for tag in tags]
        lead = f"{source.name} {source.prefix}".rstrip()
        joint = ": " if framework in ("nist", "linddun") else " "
        said.append(f"{lead}{joint}{', '.join(named)}")
    return tuple(said)
