"""The three metrics of the sheet: what each is called, why, its target and floor, and how it is measured."""

from dataclasses import replace
from typing import Any, get_args

import streamlit as st

from aipm.governance.metric_sheet import Measure, MetricSheet, Role
from aipm.governance.product import Product
from aipm.ui import governance_fields as fields
from aipm.ui import page
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_metrics_texts import GoalTexts, MetricsTexts
from aipm.ui.safe import Html, markdown, markup

PARTS = {"offline": "offline", "online": "product", "guardrail": "guardrail"}
"""Where content/capabilities.yaml keeps the metrics of each kind."""


def draw(sheet: MetricSheet, texts: MetricsTexts) -> None:
    said = texts.goals
    page.section(said.title, sentence=said.sentence)
    capability, suggestions = _suggested(said)
    roles: tuple[Role, ...] = get_args(Role)
    for column, role in zip(st.columns(3, gap="large"), roles, strict=True):
        with column:
            _one(role, getattr(sheet, role), suggestions[role], capability, said)


def _suggested(said: GoalTexts) -> tuple[str, dict[Role, tuple[str, ...]]]:
    """Metrics of the product's capability, or of any product."""
    known = form(Product).capability
    if known is not None:
        from aipm.mapping.capabilities import capabilities

        of = {str(name): each for name, each in capabilities().items()}.get(known)
        if of is not None:
            roles: tuple[Role, ...] = get_args(Role)
            return of.name, {role: tuple(each.name for each in getattr(of.metrics, PARTS[role])) for role in roles}
    return said.any, said.general


def _put(role: Role, **parts: Any) -> None:
    sheet = form(MetricSheet)
    put(replace(sheet, **{role: replace(getattr(sheet, role), **parts)}))


def _one(role: Role, now: Measure, suggestions: tuple[str, ...], capability: str, said: GoalTexts) -> None:
    text = said.roles[role]
    page.draw(Html(f'<h3>{markup(text.name)}</h3><p class="quiet">{markup(text.text, limit=400)}</p>'))
    st.pills(
        markdown(said.suggestions.format(capability=capability)),
        suggestions,
        format_func=markdown,
        wrap=True,
        **fields.held(
            f"metrics.{role}.suggested",
            now.name if now.name in suggestions else None,
            lambda name: _put(role, name=name),
        ),
    )
    fields.text(said.name, name=f"metrics.{role}.name", value=now.name, put=lambda name: _put(role, name=name))
    with st.expander(said.more):
        fields.text(said.why, name=f"metrics.{role}.why", value=now.why, put=lambda why: _put(role, why=why), long=True)
        fields.text(
            said.target,
            name=f"metrics.{role}.target",
            value=now.target,
            put=lambda target: _put(role, target=target),
            help=said.target_help,
        )
        fields.text(
            said.floor,
            name=f"metrics.{role}.floor",
            value=now.floor,
            put=lambda floor: _put(role, floor=floor),
            help=said.floor_help,
        )
        fields.text(
            said.how,
            name=f"metrics.{role}.how",
            value=now.how,
            put=lambda how: _put(role, how=how),
            help=said.how_help,
            long=True,
        )
        fields.day(said.since, name=f"metrics.{role}.since", value=now.since, put=lambda day: _put(role, since=day))
