"""Everything that is handed on, read once: all forms, the tools' latest results, and what follows from them today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from aipm.governance import board as gate_board
from aipm.governance import dpia as privacy_assessment
from aipm.governance import feedback_reading, harms, incident, metric_sheet, notice, risk, roles_rules, triage
from aipm.governance.board import Board, stage_texts
from aipm.governance.evidence import Evidence, Result, Standing, Tool, standing
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.form_texts import Gap
from aipm.governance.forms import FORMS
from aipm.governance.gates import Gates
from aipm.governance.product import Product
from aipm.governance.question_bank import Asked, Bank, applying, bank
from aipm.governance.register import Register
from aipm.governance.roles import Raci
from aipm.governance.triage import Tag, Triage, TriageResult

F = TypeVar("F")
NAMES = {kind: name for name, kind in FORMS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A piece of evidence and where it stands: in which form, for which row, and how it stands today."""

    form: str
    row: str
    place: str
    """The row as people find it: its number in the register, the name of its stage."""
    about: str
    evidence: Evidence
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """`notes`: what was said in Data prep, by the key of the datasheet's question; `notes_of`: of which file."""

    forms: Mapping[str, Any]
    latest: Mapping[Tool, Result]
    today: date
    bank: Bank
    applies: Mapping[str, Asked]
    risks: risk.Assessment
    board: Board
    rules: TriageResult
    people: harms.Assessment
    privacy: privacy_assessment.Assessment
    notice: notice.Assessment
    incident: tuple[Gap, ...]
    feedback: feedback_reading.Assessment
    team: roles_rules.Checked
    metrics: tuple[metric_sheet.Gap, ...]
    proofs: tuple[Proof, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    notes_of: str | None = None

    def of(self, kind: type[F]) -> F:
        """The form of this kind; an empty one where nothing was filled in."""
        return cast("F", self.forms.get(NAMES[kind]) or kind())

    def filled(self, name: str) -> bool:
        return name in self.forms

    @property
    def stale(self) -> tuple[Proof, ...]:
        """Evidence that was given and no longer stands, or speaks against going on."""
        return tuple(each for each in self.proofs if each.standing.freshness in ("stale", "failed"))

    def found(self, tool: Tool) -> Proof | Result | None:
        """What a tool found: in this session; else as it was last put down as evidence."""
        if tool in self.latest:
            return self.latest[tool]
        held = [
            each
            for each in self.proofs
            if each.evidence.kind == "result" and each.evidence.result and each.evidence.result.tool == tool
        ]
        return max(held, key=lambda each: each.evidence.result.at if each.evidence.result else 0, default=None)


def held_tags(register: Register, of: Triage) -> frozenset[Tag] | None:
    """What is true of the product: as chosen in the register, else as the triage says; None where neither does."""
    if register.tags is not None:
        return frozenset(register.tags)
    return triage.tags(of) if of != Triage() else None


def dossier(
    forms: Mapping[str, Any],
    *,
    latest: Mapping[Tool, Result],
    today: date,
    capability: str | None = None,
    notes: Mapping[str, str] | None = None,
    notes_of: str | None = None,
) -> Dossier:
    """Read the forms. `capability`: as another tool has it, where the product's form does not say."""
    filled = {name: each for name, each in forms.items() if each != FORMS[name]()}

    def of(kind: type[F]) -> F:
        return cast("F", filled.get(NAMES[kind]) or kind())

    product, register, answers, sheet = of(Product), of(Register), of(Triage), of(metric_sheet.MetricSheet)
    kind = product.capability or capability
    questions = bank()
    applies = applying(questions, tags=held_tags(register, answers), capability=kind)
    risks = risk.assess(register, bank=questions, applies=applies, latest=latest, product=product, today=today)
    board = gate_board.board(of(Gates), latest=latest, product=product, today=today)
    return Dossier(
        forms=filled,
        latest=latest,
        today=today,
        bank=questions,
        applies=applies,
        risks=risks,
        board=board,
        rules=triage.assess(answers, today=today),
        people=harms.assess(of(harms.HarmCanvas), capability=kind),
        privacy=privacy_assessment.assess(of(privacy_assessment.Dpia), today=today),
        notice=notice.assess(of(notice.Notice), product, today=today),
        incident=incident.gaps(of(incident.IncidentPlan), today=today),
        feedback=feedback_reading.assess(filled.get("feedback") or FeedbackPlan(signals=())),
        team=roles_rules.check(of(Raci), triage=answers, today=today),
        metrics=metric_sheet.gaps(sheet, today=today, product_threshold=product.threshold),
        proofs=tuple(_proofs(risks, board, latest, product, today)),
        notes={key: text for key, text in (notes or {}).items() if text.strip()},
        notes_of=notes_of,
    )


def _proofs(
    risks: risk.Assessment, board: Board, latest: Mapping[Tool, Result], product: Product, today: date
) -> list[Proof]:
    from aipm.governance.risk_said import name_of

    found = [
        ("register", row.item.id, row.item.id, name_of(row), row.item.evidence)
        for row in risks.rows
        if row.item is not None
    ]
    found += [
        ("gates", each.id, stage_texts()[gate.stage].name, each.said, each.item.evidence)
        for gate in board.gates
        for each in gate.criteria
    ]
    return [
        Proof(
            form=form,
            row=row,
            place=place,
            about=about,
            evidence=evidence,
            standing=standing(evidence, latest=latest, product=product, today=today),
        )
        for form, row, place, about, evidence in found
        if evidence is not None
    ]
