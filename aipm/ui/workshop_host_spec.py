"""An activity from what a facilitator typed into its form: lines into options, numbers and choices into a spec."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, get_args

from aipm.mapping.capabilities import capabilities, no_ai
from aipm.tables import Refusal
from aipm.ui.workshop_host_texts import Missing, host_texts
from aipm.workshop.specs import Cards, Check, CheckKind, Checks, Confidence, Match, Option, Spec, Weights

CHECK_KINDS: tuple[CheckKind, ...] = get_args(CheckKind)
SIGN = "="
"""Between a statement and what it calls for."""
Given = Mapping[str, Any]
"""What stands in the fields, by their names."""


def lines(text: object) -> list[str]:
    """What was typed, one a line, without blanks."""
    return [line for each in str(text or "").splitlines() if (line := each.strip())]


def known(specs: Iterable[Spec]) -> dict[str, str]:
    """Name -> key of what has a name in the room, and of the capabilities: the same name is the same thing."""
    found = {each.name: key for key, each in capabilities().items()} | {no_ai().name: "none"}
    for spec in specs:
        for field in ("options", "criteria", "candidates", "tags"):
            found |= {each.name: each.key for each in getattr(spec, field, ())}
    return found


def plain(kind: str, given: Given, *, others: Mapping[str, Spec], before: Spec | None = None) -> dict[str, Any]:
    """Plain data for AddActivity and ChangeActivity. Raises Refusal where something is missing.

    `others`: the room's activities by key; `before`: what the activity asked so far.
    """
    names = known([*others.values(), *([before] if before is not None else [])])
    title, question = str(given.get("title") or "").strip(), str(given.get("question") or "").strip()
    if not title or not question:
        raise _missing("title")
    found: dict[str, Any] = {
        "title": title,
        "question": question,
        "named": bool(given.get("named")),
        "guess": str(given.get("guess") or "").strip() or None,
    }
    found |= _own(kind, given, names, others, before)
    if "low" in found and found["low"] >= found["high"]:
        raise _missing("numbers")
    return found


def _own(
    kind: str, given: Given, names: Mapping[str, str], others: Mapping[str, Spec], before: Spec | None
) -> dict[str, Any]:
    """What this kind alone has."""
    match kind:
        case "ideas" | "premortem":
            tags = _options(given.get("tags"), names)
            return {"stages": lines(given.get("stages")), "tags": tags, "each": given["each"]}
        case "dots":
            source = given.get("source")
            options = [] if source else _enough(_options(given.get("options"), names), 2)
            return {"each": given["each"], "several": given["several"], "source": source, "options": options}
        case "match":
            return _statements(given.get("statements"), names)
        case "weights":
            return {"criteria": _enough(_options(given.get("criteria"), names), 2), "way": given["way"]}
        case "scores":
            weights = others.get(given.get("weights") or "")
            theirs = [_plain(each) for each in weights.criteria] if isinstance(weights, Weights) else None
            return {
                "candidates": _enough(_options(given.get("candidates"), names), 2),
                "criteria": theirs or _enough(_options(given.get("criteria"), names), 1),
                **{name: given[name] for name in ("low", "high", "rounds")},
                "weights": given.get("weights"),
            }
        case "poll":
            return {"options": _enough(_options(given.get("options"), names), 2), "several": given["several"]}
        case "confidence":
            return {name: given.get(name) for name in ("low", "high", "before")}
        case "checks":
            return {"checks": _checks(given, before)}
    return {}


def fields(spec: Spec) -> dict[str, Any]:
    """What stands in the fields of an activity that is there: `plain`, the other way round."""
    found: dict[str, Any] = {name: getattr(spec, name) for name in ("title", "question", "named", "guess")}
    for name in ("each", "several", "source", "way", "low", "high", "rounds", "weights", "before"):
        if hasattr(spec, name):
            found[name] = getattr(spec, name)
    for name in ("options", "criteria", "candidates", "tags"):
        found[name] = "\n".join(each.name for each in getattr(spec, name, ()))
    found["stages"] = "\n".join(getattr(spec, "stages", ()))
    if isinstance(spec, Match):
        answers = {each.key: each.name for each in spec.options}
        found["statements"] = "\n".join(f"{each.text} {SIGN} {answers[each.label or '']}" for each in spec.statements)
    if isinstance(spec, Checks):
        for kind in CHECK_KINDS:
            found[f"checks.{kind}"] = "\n".join(each.question for each in spec.checks if each.kind == kind)
    return found


def can_change(spec: Spec) -> bool:
    """Whether everything of it is known here; right answers may be held back."""
    return not isinstance(spec, Match) or all(each.label is not None for each in spec.statements)


def fits(spec: Spec, field: str) -> bool:
    """Whether dots, scores or a vote can refer to it under this field."""
    kinds: dict[str, type[Spec]] = {"source": Cards, "weights": Weights, "before": Confidence}
    return isinstance(spec, kinds[field])


def _options(text: object, names: Mapping[str, str]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for each in lines(text):
        key = names.get(each, _key(each))
        found.append({"key": _key(each) if key in {other["key"] for other in found} else key, "name": each})
    return found


def _key(name: str) -> str:
    return f"o_{sha256(name.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _plain(option: Option) -> dict[str, str]:
    return {"key": option.key, "name": option.name}


def _statements(text: object, names: Mapping[str, str]) -> dict[str, Any]:
    """Statements, and as options what they call for, in the order in which it is named first."""
    found, answers = [], []
    for number, line in enumerate(lines(text), start=1):
        said, sign, answer = (part.strip() for part in line.rpartition(SIGN))
        if not (said and sign and answer):
            raise _missing("statement")
        answers.append(answer)
        found.append({"key": f"s{number}", "text": said, "answer": answer})
    options = _options("\n".join(dict.fromkeys(answers)), names)
    keys = {each["name"]: each["key"] for each in options}
    for each in found:
        each["label"] = keys[each.pop("answer")]
    return {"statements": _enough(found, 2), "options": options}


def _checks(given: Given, before: Spec | None) -> list[dict[str, Any]]:
    """Checks; those that were there keep their place in gates and register."""
    held = {(each.kind, each.question): each for each in before.checks} if isinstance(before, Checks) else {}
    found = []
    for kind in CHECK_KINDS:
        for question in lines(given.get(f"checks.{kind}")):
            same = held.get((kind, question)) or Check(key=_key(f"{kind} {question}"), kind=kind, question=question)
            found.append({name: getattr(same, name) for name in ("key", "kind", "question", "gate", "stage", "bank")})
    return _enough(found, 1)


def _enough(found: list[dict[str, Any]], least: int) -> list[dict[str, Any]]:
    if len(found) < least:
        raise _missing("more", least=least)
    return found


def _missing(what: Missing, **parts: int) -> Refusal:
    said = host_texts().activities.missing[what]
    return Refusal(f"missing_{what}", said.message, advice=said.advice.format(**parts))
