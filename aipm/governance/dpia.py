"""A short data protection impact assessment: what is done with personal data, why, and at what risk."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Literal, get_args

from aipm import content
from aipm.governance.fields import Rows, Typed
from aipm.governance.form_texts import FormTexts, Gap, Known

Case = Literal["evaluation", "special_large", "public_monitoring"]
CASES: tuple[Case, ...] = get_args(Case)
"""GDPR Article 35(3): in each of these an assessment is required."""
Criterion = Literal[
    "scoring",
    "automated",
    "monitoring",
    "sensitive",
    "large_scale",
    "matching",
    "vulnerable",
    "innovative",
    "blocks",
]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
"""The nine of the Article 29 Working Party's guideline WP 248 rev.01 (2017)."""
Threat = Literal[
    "linking", "identifying", "non_repudiation", "detecting", "disclosure", "unawareness", "non_compliance"
]
THREATS: tuple[Threat, ...] = get_args(Threat)
"""LINDDUN's seven."""
Basis = Literal["consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests"]
Level = Literal["low", "middle", "high"]
Decision = Literal["go", "go_after", "stop", "ask"]
Need = Literal["required", "likely", "think", "unlikely", "unknown"]
YesNo = Literal["yes", "no"]
ENOUGH = 2
"""Criteria of the nine from which an assessment is usually needed (WP 248 rev.01)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataKind:
    """One kind of data: whose, who sees it, where and how long."""

    id: str
    what: Typed | None = None
    whose: Typed | None = None
    special: YesNo | None = None
    why: Typed | None = None
    who_sees: Typed | None = None
    where: Typed | None = None
    how_long: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The answer to one of LINDDUN's seven questions; `id` is its name."""

    id: Threat
    applies: Known | None = None
    what: Typed | None = None
    severity: Level | None = None
    likelihood: Level | None = None
    measure: Typed | None = None
    after: Level | None = None
    """What of the risk is left once the measure is in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dpia:
    evaluation: Known | None = None
    special_large: Known | None = None
    public_monitoring: Known | None = None
    scoring: Known | None = None
    automated: Known | None = None
    monitoring: Known | None = None
    sensitive: Known | None = None
    large_scale: Known | None = None
    matching: Known | None = None
    vulnerable: Known | None = None
    innovative: Known | None = None
    blocks: Known | None = None
    why_none: Typed | None = None
    """Why none is made, where the answers do not call for one."""
    description: Typed | None = None
    purpose: Typed | None = None
    basis: Basis | None = None
    basis_why: Typed | None = None
    special_basis: Typed | None = None
    """What allows data of special categories (Article 9)."""
    necessary: Typed | None = None
    less_data: Known | None = None
    """Whether less data was tried or weighed."""
    less_data_how: Typed | None = None
    proportionate: Typed | None = None
    data: Annotated[tuple[DataKind, ...], Rows] = ()
    consulted: Typed | None = None
    consulted_on: date | None = None
    consulted_said: Typed | None = None
    risks: Annotated[tuple[Risk, ...], Rows] = ()
    officer: Typed | None = None
    officer_advice: Typed | None = None
    officer_on: date | None = None
    followed: YesNo | None = None
    not_followed_why: Typed | None = None
    decision: Decision | None = None
    decided_by: Typed | None = None
    decided_on: date | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatText:
    """One of LINDDUN's seven as a plain question, with an example."""

    name: str
    question: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DpiaTexts(FormTexts):
    """content/ethics_dpia.yaml"""

    needs: dict[Need, str]
    counted: str
    ask_authority: str
    names: dict[str, str]
    """Each of the twelve questions in a few words."""
    threats: dict[Threat, ThreatText]
    threat: str
    """What the list of the seven is called."""

    def said(self, gap: Gap) -> str:
        """As in any form; a risk is called by its name."""
        threat = gap.values.get("threat")
        named = {"threat": self.threats[threat].name} if threat in THREATS else {}
        return self.gaps[gap.code].text.format(**gap.values | named)


@cache
def dpia_texts() -> DpiaTexts:
    """Read once. Raises ContentError."""
    found: DpiaTexts = content.load("ethics_dpia", DpiaTexts)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Whether an assessment is needed, what is missing in it, and whether the authority has to be asked first."""

    need: Need
    cases: tuple[Case, ...]
    criteria: tuple[Criterion, ...]
    unsure: tuple[str, ...]
    """Questions answered with "not sure", or not at all."""
    gaps: tuple[Gap, ...]
    high: tuple[Threat, ...]
    """Risks that stay high after what is done about them."""

    @property
    def ask_authority(self) -> bool:
        """Whether Article 36 is a question for legal: a high risk stays, whatever was decided."""
        return bool(self.high)


def assess(dpia: Dpia, *, today: date) -> Assessment:
    """What the form says today. "Not sure" is never read as no."""
    cases = tuple(each for each in CASES if getattr(dpia, each) == "yes")
    criteria = tuple(each for each in CRITERIA if getattr(dpia, each) == "yes")
    unsure = tuple(each for each in (*CASES, *CRITERIA) if getattr(dpia, each) in (None, "unsure"))
    need = _need(dpia, cases, criteria, unsure)
    high = tuple(each.id for each in dpia.risks if each.applies == "yes" and each.after == "high")
    if need == "unknown":
        gaps: tuple[Gap, ...] = (Gap(code="not_begun"),)
    else:
        gaps = (*_open_questions(unsure), *(_missing(dpia, today) if need != "unlikely" else _why_none(dpia)))
    return Assessment(need=need, cases=cases, criteria=criteria, unsure=unsure, gaps=gaps, high=high)


def risk(dpia: Dpia, threat: Threat) -> Risk:
    """The answer to this question; an empty one where it was not given yet."""
    return next((each for each in dpia.risks if each.id == threat), Risk(id=threat))


def with_risk(dpia: Dpia, changed: Risk) -> tuple[Risk, ...]:
    """The seven answers, in their order, with this one in place of its earlier state."""
    known = {each.id: each for each in dpia.risks} | {changed.id: changed}
    return tuple(known[each] for each in THREATS if each in known)


def _need(dpia: Dpia, cases: tuple[Case, ...], criteria: tuple[Criterion, ...], unsure: tuple[str, ...]) -> Need:
    if cases:
        return "required"
    if len(criteria) >= ENOUGH:
        return "likely"
    if all(getattr(dpia, each) is None for each in (*CASES, *CRITERIA)):
        return "unknown"
    return "think" if criteria or unsure else "unlikely"


def _open_questions(unsure: tuple[str, ...]) -> tuple[Gap, ...]:
    return (Gap(code="unsure", values={"count": str(len(unsure))}),) if unsure else ()


def _why_none(dpia: Dpia) -> tuple[Gap, ...]:
    return () if dpia.why_none else (Gap(code="why_none"),)


def _missing(dpia: Dpia, today: date) -> tuple[Gap, ...]:
    gaps = [Gap(code=each) for each in ("description", "purpose", "basis", "necessary") if not getattr(dpia, each)]
    if dpia.basis == "legitimate_interests" and dpia.basis_why is None:
        gaps.append(Gap(code="balance"))
    if dpia.less_data in (None, "no", "unsure"):
        gaps.append(Gap(code="less_data"))
    if not dpia.data:
        gaps.append(Gap(code="no_data"))
    for each in dpia.data:
        named = {"what": each.what or each.id}
        gaps += [
            Gap(code=code, row=each.id, values=named)
            for code in ("who_sees", "how_long")
            if getattr(each, code) is None
        ]
    if dpia.special_basis is None and (
        any(each.special == "yes" for each in dpia.data) or "yes" in (dpia.sensitive, dpia.special_large)
    ):
        gaps.append(Gap(code="special_basis"))
    gaps += _risks(dpia)
    if dpia.consulted is None:
        gaps.append(Gap(code="consulted"))
    if dpia.officer_advice is None:
        gaps.append(Gap(code="officer_advice"))
    if dpia.followed == "no" and dpia.not_followed_why is None:
        gaps.append(Gap(code="not_followed_why"))
    return (*gaps, *_decision(dpia, today))


def _risks(dpia: Dpia) -> list[Gap]:
    gaps = []
    for threat in THREATS:
        each, named = risk(dpia, threat), {"threat": str(threat)}
        if each.applies in (None, "unsure"):
            gaps.append(Gap(code="threat_open", row=threat, values=named))
        elif each.applies == "yes":
            if each.measure is None:
                gaps.append(Gap(code="no_measure", row=threat, values=named))
            if each.after is None:
                gaps.append(Gap(code="no_after", row=threat, values=named))
            elif each.after == "high":
                gaps.insert(0, Gap(code="stays_high", row=threat, values=named))
    return gaps


def _decision(dpia: Dpia, today: date) -> list[Gap]:
    gaps = []
    if dpia.decision is None:
        gaps.append(Gap(code="decision"))
    elif dpia.decided_by is None or dpia.decided_on is None:
        gaps.append(Gap(code="decided_by"))
    if dpia.decision in ("go", "go_after") and any(
        each.applies == "yes" and each.after == "high" for each in dpia.risks
    ):
        gaps.insert(0, Gap(code="go_against"))
    if dpia.review_by is None:
        gaps.append(Gap(code="review_by"))
    elif dpia.review_by < today:
        gaps.append(Gap(code="review_past"))
    return gaps
