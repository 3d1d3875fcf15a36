"""Criteria as people state them, from plain data or YAML: what counts, which way, how much, and between which ends."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from aipm.selection.amounts import amount, listed
from aipm.tables import Refusal

Direction = Literal["max", "min"]
Scale = Literal["linear", "log"]
PreferenceKind = Literal["usual", "u_shape", "v_shape", "level", "linear", "gaussian"]

MOST_CRITERIA = 100
KEYS = frozenset(
    {"name", "column", "direction", "weight", "worst", "best", "scale", "unit", "preference", "q", "p", "s"}
)
PARAMETERS = frozenset({"v", "lambda", "preference", "q", "p", "s"})
OTHER_NAMES = {"preference_function": "preference", "preference_functions": "preference", "l": "lambda"}
PREFERENCES: dict[str, PreferenceKind] = {
    **dict.fromkeys(("usual", "1", "i"), "usual"),
    **dict.fromkeys(("u_shape", "ushape", "quasi", "2", "ii"), "u_shape"),
    **dict.fromkeys(("v_shape", "vshape", "3", "iii"), "v_shape"),
    **dict.fromkeys(("level", "4", "iv"), "level"),
    **dict.fromkeys(("linear", "vshape_2", "v_shape_2", "v_shape_with_indifference", "5", "v"), "linear"),
    **dict.fromkeys(("gaussian", "6", "vi"), "gaussian"),
}
"""Brans & Vincke's (1985) six, under the names and numbers that books give them."""
NEEDED: dict[PreferenceKind, str] = {
    "usual": "",
    "u_shape": "q",
    "v_shape": "p",
    "level": "qp",
    "linear": "qp",
    "gaussian": "s",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to know of how an answer came about: a stable code and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """How much a difference d counts in PROMETHEE, from 0 to 1 (Brans & Vincke 1985), in the criterion's unit.

    usual: any d counts fully. u_shape: above `q`. v_shape: d / `p`, up to 1. level: half from `q`, fully from `p`.
    linear: from 0 at `q` to 1 at `p`. gaussian: 1 - exp(-d² / 2 `s`²).
    """

    kind: PreferenceKind = "usual"
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0


USUAL = Preference()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that counts. `weight` is relative to the others'; `worst` and `best` are fixed ends of its scale.

    A value at `worst` or beyond counts 0, one at `best` or beyond counts 1; on a `log` scale doubling counts the same
    everywhere. Without ends they are the candidates' own.
    """

    name: str
    column: str
    direction: Direction
    weight: float
    worst: float | None = None
    best: float | None = None
    scale: Scale = "linear"
    unit: str = ""
    preference: Preference = USUAL

    @property
    def anchored(self) -> bool:
        return self.worst is not None and self.best is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """`v` of VIKOR: all criteria against the one with most regret; `lambda_` of WASPAS: sum against product."""

    v: float = 0.5
    lambda_: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a criteria file states."""

    criteria: tuple[Criterion, ...]
    parameters: Parameters = field(default_factory=Parameters)
    remarks: tuple[Remark, ...] = ()


def criteria_from_yaml(text: str, *, weighed: bool = True) -> Stated:
    """Criteria from YAML. Raises Refusal, with the line where there is one."""
    import yaml

    from aipm.content import LOADER

    try:
        plain = yaml.load(text, LOADER)  # noqa: S506 - the safe loader, in C
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        raise Refusal(
            "bad_yaml",
            "The criteria are not valid YAML.",
            advice="Check the indentation, and put names with a colon or a # in quotes.",
            line=mark.line + 1 if mark else None,
        ) from None
    return criteria_from_plain(plain, weighed=weighed)


def criteria_from_plain(plain: object, *, weighed: bool = True) -> Stated:
    """Criteria from a list of mappings, or {criteria: [...], parameters: {...}}; not `weighed`: stated weights are not
    read, all are 1. Raises Refusal.
    """
    stated, given = (
        (plain.get("criteria"), plain.get("parameters") or {}) if isinstance(plain, Mapping) else (plain, {})
    )
    if (
        isinstance(stated, str)
        or not isinstance(stated, Sequence)
        or not all(isinstance(each, Mapping) for each in stated)
    ):
        raise _refusal("The criteria are not a list with name, column, direction and weight each.")
    if not isinstance(given, Mapping):
        raise _refusal("The parameters are not a mapping such as {v: 0.5}.")
    if not stated:
        raise Refusal("no_criterion", "There is no criterion.", advice="State at least one thing that counts.")
    if len(stated) > MOST_CRITERIA:
        raise Refusal("too_many_criteria", f"There are {len(stated)} criteria; {MOST_CRITERIA} at most.")
    remarks = list(_unused(stated, given))
    shared = {_key(key): value for key, value in given.items()}
    if not weighed or all(each.get("weight") is None for each in stated):
        stated = [{**each, "weight": 1} for each in stated]
        if weighed and len(stated) > 1:
            remarks.append(Remark("equal_weights", "No weight is stated: all criteria count the same."))
    criteria = tuple(_criterion(each, place, shared) for place, each in enumerate(stated))
    check_criteria(criteria)
    columns = [each.column for each in criteria]
    if twice := [each.name for each in criteria if columns.count(each.column) > 1]:
        remarks.append(Remark("same_column", f"{listed(twice)} count one column more than once."))
    parameters = Parameters(
        v=_share(shared.get("v"), "v", Parameters().v), lambda_=_share(shared.get("lambda"), "lambda", 0.5)
    )
    return Stated(criteria=criteria, parameters=parameters, remarks=tuple(remarks))


def check_criteria(criteria: Sequence[Criterion]) -> None:
    """Whether criteria can be ranked by, however they were made. Raises Refusal."""
    names = [each.name for each in criteria]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise Refusal("duplicate_criterion", f"{listed(repeated)}: stated more than once.", advice="Rename one.")
    if negative := [each.name for each in criteria if not each.weight >= 0 or math.isinf(each.weight)]:
        raise Refusal(
            "bad_weight",
            f"{listed(negative)}: a weight is below 0, or no number.",
            advice="Where less is better, say direction: min, and keep the weight above 0.",
        )
    if not math.fsum(each.weight for each in criteria) > 0:
        raise Refusal("zero_weights", "All weights are 0.", advice="Give at least one criterion a weight above 0.")
    for each in criteria:
        _check_anchors(each)


def with_weights(criteria: Sequence[Criterion], weights: Mapping[str, float]) -> tuple[Criterion, ...]:
    """The same criteria with other weights; one that is not named counts 0."""
    return tuple(replace(each, weight=float(weights.get(each.name, 0.0))) for each in criteria)


def _check_anchors(criterion: Criterion) -> None:
    worst, best = criterion.worst, criterion.best
    said = f"Criterion “{criterion.name}”: "
    if worst is None and best is None:
        return
    if worst is None or best is None:
        raise Refusal("half_anchored", f"{said}only one of worst and best is stated.", advice="State both, or neither.")
    if not math.isfinite(worst) or not math.isfinite(best) or worst == best or (best > worst) != _is_max(criterion):
        advice = "With direction max, best is above worst; with min, below."
        raise Refusal("bad_anchors", f"{said}worst and best do not fit its direction.", advice=advice)
    if criterion.scale == "log" and min(worst, best) <= 0:
        advice = "Give both ends a value above 0, or use the linear scale."
        raise Refusal("bad_anchors", f"{said}a log scale has no zero and nothing below it.", advice=advice)


def _is_max(criterion: Criterion) -> bool:
    return criterion.direction == "max"


def _criterion(plain: Mapping[Any, Any], place: int, shared: Mapping[str, Any]) -> Criterion:
    plain = {_key(key): value for key, value in plain.items()}
    name = _text(plain.get("name"), place) or _text(plain.get("column"), place)
    if not name:
        raise _refusal(f"Criterion {place + 1} has no name.")
    said = f"Criterion “{name}”: "
    direction = str(plain.get("direction")).strip().lower()
    if direction not in ("max", "min"):
        raise _refusal(f"{said}its direction is not max (more is better) or min (less is better).")
    scale = str(plain.get("scale") or "linear").strip().lower()
    if scale not in ("linear", "log"):
        raise _refusal(f"{said}its scale is not linear or log.")
    if plain.get("weight") is None:
        raise _refusal(f"{said}it has no weight, while others have one.")
    return Criterion(
        name=name,
        column=_text(plain.get("column"), place) or name,
        direction="max" if direction == "max" else "min",
        weight=_number(plain["weight"], f"{said}its weight"),
        worst=None if plain.get("worst") is None else _number(plain["worst"], f"{said}worst"),
        best=None if plain.get("best") is None else _number(plain["best"], f"{said}best"),
        scale="log" if scale == "log" else "linear",
        unit=str(plain.get("unit") or ""),
        preference=_preference(plain, name, place, shared),
    )


def _preference(plain: Mapping[str, Any], name: str, place: int, shared: Mapping[str, Any]) -> Preference:
    """Of the criterion itself, else of the parameters: one for all, a list in order, or a mapping by name."""

    def asked(key: str) -> Any:
        if plain.get(key) is not None:
            return plain[key]
        found = shared.get(key)
        if isinstance(found, Mapping):
            return found.get(name)
        if isinstance(found, Sequence) and not isinstance(found, str):
            return found[place] if place < len(found) else None
        return found

    word = asked("preference")
    if word is None and (asked("p") is not None or asked("q") is not None):
        word = "linear"
    if word is None:
        return USUAL
    kind = PREFERENCES.get(str(word).strip().lower().replace("-", "_").replace(" ", "_").removeprefix("type_"))
    if kind is None:
        raise _refusal(
            f"Criterion “{name}”: its preference is not one of {', '.join(dict.fromkeys(PREFERENCES.values()))}."
        )
    found = {
        key: 0.0 if asked(key) is None else _number(asked(key), f"Criterion “{name}”: {key}") for key in ("q", "p", "s")
    }
    fits = found["q"] >= 0 and ("p" not in NEEDED[kind] or found["p"] > (found["q"] if "q" in NEEDED[kind] else 0))
    if not fits or (kind == "gaussian" and not found["s"] > 0):
        needs = {"p": "p above 0", "qp": "q from 0 and p above q", "s": "s above 0"}.get(NEEDED[kind], "q from 0")
        raise _refusal(f"Criterion “{name}”: the preference {kind} needs {needs}.")
    return Preference(kind=kind, q=found["q"], p=found["p"], s=found["s"])


def _unused(plain: Sequence[Mapping[Any, Any]], given: Mapping[Any, Any]) -> list[Remark]:
    unused = sorted({str(key) for each in plain for key in each if _key(key) not in KEYS})
    unused += sorted(str(key) for key in given if _key(key) not in PARAMETERS)
    return [Remark("unknown_key", f"Not understood and not used: {listed(unused)}.")] if unused else []


def _key(key: object) -> str:
    word = str(key).strip().lower()
    return OTHER_NAMES.get(word, word)


def _text(value: object, place: int) -> str:
    """A name; a number is one too (a column called 2024), a bare yes or no is a slip of YAML."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _refusal(f"Criterion {place + 1}: a name or column is not text.", advice="Put it in quotes.")
    return str(value).strip()


def _number(value: object, what: str) -> float:
    found = amount(value)
    if found is None:
        raise _refusal(f"{what} is not a number.")
    return found


def _share(value: object, name: str, default: float) -> float:
    found = default if value is None else _number(value, f"The parameter {name}")
    if not 0 <= found <= 1:
        raise _refusal(f"The parameter {name} is not between 0 and 1.")
    return found


def _refusal(message: str, *, advice: str = "") -> Refusal:
    usual = "Each criterion is {name, column, direction: max|min, weight, worst?, best?, scale?: linear|log}."
    return Refusal("bad_criteria", message, advice=advice or usual)
