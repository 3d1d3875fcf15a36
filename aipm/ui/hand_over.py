"""What each tool hands over to be evidence elsewhere: its answer in a sentence, and fingerprints of what it rests on.

No cell of anybody's file and no number of a group goes into a sentence: evidence is shown, kept and exported without
the protection that the tool's own report has. Only small things are hashed; a file's own sha256 is known already.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aipm.content import number
from aipm.content.visible import visible
from aipm.fairness.texts import texts as audit_texts
from aipm.governance.evidence import Result
from aipm.mapping.texts import mapping_texts
from aipm.ui import clock, results
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.governance_texts import governance_texts
from aipm.ui.results import digest

if TYPE_CHECKING:
    from aipm.fairness.result import AuditResult
    from aipm.mapping.result import MappingResult
    from aipm.selection.ranked import RankResult

LABEL_ITSELF = "base_rates"
"""The question about the outcome, not about the system: a difference there does not speak against the system."""


def bias_audit(found: "AuditResult", *, data_name: str) -> None:
    """In how many questions there is a gap, and in which."""
    said, questions = governance_texts().handed, audit_texts().questions
    asked = dict.fromkeys(each.question for each in found.verdicts)
    kinds = {name: {each.verdict for each in found.verdicts if each.question == name} for name in asked}
    gaps = [name for name in asked if "gap" in kinds[name]]
    told = {"count": number.count(len(gaps)), "of": number.count(len(asked))}
    against: bool | None = None
    if gaps:
        named = "; ".join(questions[name].title.rstrip("?").lower() for name in gaps)
        sentence = said.audit_gap.format(**told, questions=named)
        against = True if set(gaps) - {LABEL_ITSELF} else None
    elif asked and all(each == {"within_tolerance"} for each in kinds.values()):
        sentence, against = said.audit_within.format(**told), False
    else:
        sentence = said.audit_open.format(**told) if asked else said.audit_nothing
    groups = visible(", ".join(found.spec.groups), limit=200)
    _keep(
        tool="bias_audit",
        said=f"{sentence} {said.audit_groups.format(groups=groups)}",
        settings=digest(replace(found.spec, threshold=None)),
        data=found.fingerprint or None,
        data_name=data_name,
        threshold=found.spec.threshold,
        against=against,
    )


def data_prep(sentence: str, *, asked: object, data: str, data_name: str, ready: bool) -> None:
    """Whether the data is ready; `asked` is the recipe, and what a person decided to leave as it is."""
    _keep(
        tool="data_prep",
        said=sentence,
        settings=digest(asked),
        data=data or None,
        data_name=data_name,
        against=not ready,
    )


def model_scorer(sentence: str, *, found: "RankResult", asked: object) -> None:
    """Who leads, and as the model the one that clearly does; `asked` holds the needs, their weights and the load."""
    lead = found.lead
    settled = lead.clear or lead.second is None
    _keep(
        tool="model_scorer",
        said=sentence,
        settings=digest(asked),
        model=lead.first[0] if settled else None,
        against=False if settled else None,
    )


def approach(sentence: str, *, asked: object, found_one: bool) -> None:
    """The kind of model to begin with."""
    _keep(tool="model_scorer.approach", said=sentence, settings=digest(asked), against=not found_one)


def use_case_mapper(found: "MappingResult", *, names: Mapping[str, str]) -> None:
    """The capability and how strongly the words point at it, never the words."""
    said = governance_texts().handed
    if found.may_not_need_ai:
        sentence = said.no_ai
    else:
        sentence = said.capability.format(
            name=names[found.ranking[0].capability], strength=mapping_texts().strengths[found.strength].name.lower()
        )
    unsure = found.strength == "weak" and found.spec.output is None
    _keep(
        tool="use_case_mapper",
        said=sentence,
        settings=digest(found.spec),
        against=True if found.may_not_need_ai else None if unsure else False,
    )


def pain(words: str) -> None:
    """That there is a pain; its words are known here by their digest alone."""
    _keep(tool="use_case_mapper.pain", said=brief_add_texts().mapper["pain"], settings=digest(words))


def journey(sentence: str, *, asked: object) -> None:
    """The journey's picture in a sentence; `asked` are its stages and pains."""
    _keep(tool="use_case_mapper.journey", said=sentence, settings=digest(asked))


def cost(sentence: str, *, asked: object) -> None:
    """What a month costs; `asked` are the load, the models compared and the team's own numbers."""
    _keep(tool="model_scorer.cost", said=sentence, settings=digest(asked))


def _keep(**parts: Any) -> None:
    results.keep(Result(at=clock.now(), **parts))
