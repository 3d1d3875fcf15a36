"""The talks that the tiny decoder learns from: made from content/lm_training_text.yaml, the same ones every time."""

import random
import re
from dataclasses import dataclass

from aipm import content
from aipm.labs.decoder import CUSTOMER, END, SHOP, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a customer may ask, and what the shop may answer."""

    customer: tuple[str, ...]
    shop: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingText:
    """All of content/lm_training_text.yaml: its head says how the parts work together."""

    talks: int
    seed: int
    facts: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]
    talk: tuple[Topic, ...]


def training_text() -> TrainingText:
    """What the file holds. Raises ContentError."""
    found: TrainingText = content.load("lm_training_text", TrainingText)
    return found


def talks(text: TrainingText) -> list[list[str]]:
    """All talks, each as words."""
    chance = random.Random(text.seed)  # noqa: S311 - made-up talks, not secrets
    return [_talk(text, chance) for _ in range(text.talks)]


def some(count: int) -> list[list[str]]:
    """The first few talks: what all of them are like."""
    text = training_text()
    chance = random.Random(text.seed)  # noqa: S311
    return [_talk(text, chance) for _ in range(count)]


def _talk(text: TrainingText, chance: random.Random) -> list[str]:
    facts = {name: chance.choice(options) for name, options in text.facts.items()}
    topic = chance.choice(text.talk)

    def filled(sentence: str) -> str:
        def one(found: re.Match[str]) -> str:
            name = found[1]
            return facts[name] if name in facts else filled(chance.choice(text.phrases[name]))

        return re.sub(r"\{(\w+)\}", one, sentence)

    asked, said = filled(chance.choice(topic.customer)), filled(chance.choice(topic.shop))
    return [CUSTOMER, *words_of(asked), SHOP, *words_of(said), END]
