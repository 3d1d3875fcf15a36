"""The opportunity canvas: one pain on one page, with what is not known yet said as questions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from typing import Any, Literal, get_args

from aipm import content
from aipm.mapping.capabilities import Capability, Key, Text, capabilities, no_ai
from aipm.mapping.examples import LABELS, NONE
from aipm.mapping.plain import is_text
from aipm.mapping.risks import ANSWERS, Answer, open_questions, risk_texts
from aipm.tables import Refusal

DataHave = Literal["yes", "partly", "no", "not_known"]
"""Whether the data are there; `not_known` is an answer, None is none."""
ONLY_WITH_AI: frozenset[str] = frozenset(
    ("data_needed", "data_have", "metric_offline", "false_yes", "false_no", "human_fallback", "risks")
)
"""What nobody has to answer where no AI is needed."""
LONGEST = 20_000
"""Characters of one field."""
MOST_ASSUMPTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """One opportunity. None: not known yet. Text is never blank: make a canvas of what people type by `from_dict`.

    `capability` is one of the seven or "none". `risks` are the answers to the questions of `risks.py`, by key.
    """

    pain: str | None = None
    who_hurts: str | None = None
    how_often: str | None = None
    outcome: str | None = None
    capability: Key | Literal["none"] | None = None
    without_ai: str | None = None
    data_needed: str | None = None
    data_have: DataHave | None = None
    metric_offline: str | None = None
    metric_product: str | None = None
    metric_guardrail: str | None = None
    false_yes: str | None = None
    false_no: str | None = None
    human_fallback: str | None = None
    risks: tuple[tuple[str, Answer], ...] = ()
    assumptions: tuple[str, ...] = ()
    next_step: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` gives the same canvas back."""
        return asdict(self) | {"risks": dict(self.risks), "assumptions": list(self.assumptions)}

    @staticmethod
    def from_dict(plain: object) -> "Canvas":
        """The canvas that plain data hold; blank text is not known. Raises Refusal, naming the field."""
        if not isinstance(plain, Mapping):
            raise _refusal("It is not a set of named fields.")
        unknown = [name for name in plain if name not in FIELDS]
        if unknown:
            raise _refusal("It holds a field that no canvas has.")
        return Canvas(**{name: _read(name, plain[name]) for name in FIELDS if name in plain})


FIELDS = tuple(field.name for field in fields(Canvas))
"""In the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """What stands at a field: its label, a sentence of help, and what it could say."""

    label: Text
    help: Text
    placeholder: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasTexts:
    """The part `canvas` of content/canvas.yaml. `open` goes from the most important on."""

    title: Text
    sentence: Text
    fields: dict[str, FieldText]
    data_have: dict[DataHave, Text]
    open: dict[str, Text]
    data_unknown: Text
    error: Text
    mistakes: dict[str, Text]
    metric: Text
    assumptions: dict[str, tuple[Text, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    canvas: CanvasTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What is still to be answered: the field, and the question to ask."""

    field: str
    question: str


@cache
def canvas_texts() -> CanvasTexts:
    """The texts of the canvas, read once. Raises ContentError."""
    found: CanvasTexts = content.load("canvas", _File).canvas
    for where, names, wanted in (
        ("fields", tuple(found.fields), FIELDS),
        ("open", tuple(sorted(found.open)), tuple(sorted(FIELDS))),
        ("mistakes", tuple(found.mistakes), ("false_yes", "false_no")),
        ("data_have", tuple(found.data_have), get_args(DataHave)),
        ("assumptions", tuple(found.assumptions), LABELS),
    ):
        if names != wanted:
            raise content.ContentError(f"canvas.yaml: canvas.{where}: must be {', '.join(wanted)}")
    return found


def label(field: str, capability: str | None = None) -> str:
    """A field's label; of the two mistakes, by the name people give them where the capability is known."""
    said = canvas_texts()
    name = _error_name(field, capability)
    return said.fields[field].label if name is None else said.error.format(name=name)


def capability_name(key: str) -> str:
    """The name people see of one of the seven, or of none."""
    return no_ai().name if key == NONE else capabilities()[_KEYS[key]].name


def prefilled(pain: str | None, capability: Key | Literal["none"] | None) -> Canvas:
    """A canvas with what content/capabilities.yaml knows of a capability, to be changed by the people it is about."""
    said = canvas_texts()
    start = Canvas.from_dict({"pain": pain})
    if capability is None:
        return start
    start = replace(start, capability=capability, assumptions=said.assumptions[capability])
    if capability == "none":
        return replace(start, next_step=no_ai().next_steps[0])
    known: Capability = capabilities()[capability]

    def first(metrics: Any) -> str:
        return said.metric.format(name=metrics[0].name, means=metrics[0].means)

    return replace(
        start,
        without_ai=known.without_ai,
        data_needed="\n".join(known.data),
        metric_offline=first(known.metrics.offline),
        metric_product=first(known.metrics.product),
        metric_guardrail=first(known.metrics.guardrail),
        false_yes=known.errors.false_yes.costs,
        false_no=known.errors.false_no.costs,
        next_step=known.next_steps[0],
    )


def missing(canvas: Canvas) -> tuple[Open, ...]:
    """What is still open, most important first, as questions. What only matters with AI is left out without it."""
    said = canvas_texts()
    found = []
    for field, question in said.open.items():
        if canvas.capability == NONE and field in ONLY_WITH_AI:
            continue
        if field == "risks":
            count = len(open_questions(dict(canvas.risks)))
            if count:
                found.append(Open(field=field, question=question.format(count=count)))
        elif field == "data_have" and canvas.data_have == "not_known":
            found.append(Open(field=field, question=said.data_unknown))
        elif not getattr(canvas, field):
            error = _error_name(field, canvas.capability) or said.mistakes.get(field)
            found.append(Open(field=field, question=question.format(error=error)))
    return tuple(found)


_KEYS: dict[str, Key] = {key: key for key in get_args(Key)}


def _error_name(field: str, capability: str | None) -> str | None:
    if field not in ("false_yes", "false_no") or capability not in _KEYS:
        return None
    errors = capabilities()[_KEYS[capability]].errors
    return _lowered((errors.false_yes if field == "false_yes" else errors.false_no).name)


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def _read(name: str, value: object) -> Any:
    """One field of plain data, checked."""
    if name == "risks":
        if not isinstance(value, Mapping) or not all(
            key in risk_texts().questions and answer in ANSWERS for key, answer in value.items()
        ):
            raise _refusal("Its answers on law and people are not those of this page.")
        return tuple((key, value[key]) for key in risk_texts().questions if key in value)
    if name == "assumptions":
        if not isinstance(value, list | tuple) or len(value) > MOST_ASSUMPTIONS:
            raise _refusal(f"Its assumptions are not a list of at most {MOST_ASSUMPTIONS} texts.")
        return tuple(text for each in value if (text := _text(name, each)) is not None)
    text = _text(name, value)
    if text is not None and text not in {"capability": LABELS, "data_have": get_args(DataHave)}.get(name, (text,)):
        raise _refusal(f"The field {name} holds something that cannot be chosen there.")
    return text


def _text(name: str, value: object) -> str | None:
    if value is None:
        return None
    if not is_text(value):
        raise _refusal(f"The field {name} does not hold text.")
    if len(value) > LONGEST:
        raise _refusal(f"The field {name} is longer than {LONGEST:,} characters.")
    return value if value.strip() else None


def _refusal(why: str) -> Refusal:
    return Refusal(
        "bad_canvas",
        f"This is not an opportunity canvas that can be opened. {why}",
        advice="Choose a JSON file that the canvas was exported to, as it was.",
    )
