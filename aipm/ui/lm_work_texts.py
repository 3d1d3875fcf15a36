"""content/lm_work.yaml, typed: the part on language models at work of the Language models page."""

from dataclasses import dataclass, field

from aipm import content
from aipm.ui.lm_pieces import GuessTexts, SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class UseText:
    """A use with the kind of answer it asks for (a capability's key)."""

    name: str
    works: str
    watch: str
    capability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointText:
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitText:
    name: str
    text: str
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitText:
    """A limit, what to do about it, and the page of this app that helps (none where there is none)."""

    name: str
    text: str
    todo: str
    page: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionText:
    """An answer, and what it means for the model scorer: musts by question of needs.yaml, preferences in order."""

    name: str
    must: dict[str, str] = field(default_factory=dict)
    prefer: tuple[str, ...] = ()
    capability: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    name: str
    help: str
    options: dict[str, OptionText]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTexts:
    """All of the file."""

    title: str
    sentences: tuple[str, ...]
    guess: GuessTexts
    uses_title: str
    watch: str
    kind: str
    uses: tuple[UseText, ...]
    business_title: str
    business: tuple[PointText, ...]
    pm_title: str
    pm: tuple[PointText, ...]
    benefits_title: str
    only_if: str
    benefits: tuple[BenefitText, ...]
    limits_title: str
    todo: str
    limits: tuple[LimitText, ...]
    check_title: str
    check_sentence: str
    unanswered: str
    checks: dict[str, CheckText]
    answered: str
    taken: str
    nothing: str
    advice: str
    go: str
    so_what_title: str
    so_what: str
    sources_title: str
    sources: tuple[SourceText, ...]


def work_texts() -> WorkTexts:
    """What the file holds. Raises ContentError."""
    found: WorkTexts = content.load("lm_work", WorkTexts)
    return found
