"""What is asked of the mapper, and what it answers."""

from dataclasses import dataclass
from typing import Literal

from aipm.mapping.capabilities import Key

Strength = Literal["weak", "moderate", "strong"]
Output = Literal["suggestion", "order", "label", "number", "groups", "alert", "content", "fix"]
"""What should come out: the answers to the one question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingSpec:
    """A pain or an idea in somebody's words, and what they said should come out of it, if they were asked."""

    text: str
    output: Output | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A capability and its share of what speaks for the seven: for the order only, never a probability."""

    capability: Key
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words of the statement that spoke for `capability`: `weight` is what they add to its lead, in logits."""

    text: str
    capability: Key
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A statement of the content that means something close. `label` is a capability or "none"; cosine in [-1, 1]."""

    text: str
    label: str
    source: str | None
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingResult:
    """The answer to one statement, with what it rests on.

    `ranking` holds all seven, best first. `lead` is the first one's logit above the second's, `no_ai_lead` that of
    "no AI" above the first's; bands and the flag are edges on them (content/mapping.yaml). `phrases` spoke for the
    first, `against` for the second; `confused_with` says how to tell the two. `remarks` are codes of what to know of
    the text itself.
    """

    spec: MappingSpec
    ranking: tuple[Candidate, ...]
    strength: Strength
    may_not_need_ai: bool
    lead: float
    no_ai_lead: float
    phrases: tuple[Phrase, ...]
    against: tuple[Phrase, ...]
    examples: tuple[Near, ...]
    question: str | None
    confused_with: str | None
    remarks: tuple[str, ...]
