"""A recipe as a YAML file, both ways. What comes in is a stranger's file: bounded, refused in words with its place."""

import math
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from aipm.prep.operation import Operation
from aipm.prep.recipe import VERSION, Recipe, Step
from aipm.prep.settings import settings
from aipm.prep.yaml_writer import written
from aipm.tables import Refusal

LARGEST = 1_000_000
"""Characters of a recipe file."""
DEEPEST = 12
MOST_STEPS = 500
MOST_COLUMNS = 1_000
LONGEST_NAME = 500
ADVICE = "Compare it with a recipe that the data preparation page wrote."
STEP_KEYS = ("id", "op", "columns", "params", "enabled", "reason", "scope")
RECIPE_KEYS = ("version", "target", "columns", "steps")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # which of the two, the machine says
    """YAML 1.2 words only: no, 2024-01-31 and 12:30 stay the texts they are."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - how PyYAML is told


for _tag, _shape, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]{1,18}", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
     list("-+.0123456789")),
):  # fmt: skip
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_shape})$"), _first)


def _int(loader: Any, node: Any) -> int:
    return int(loader.construct_scalar(node))  # 010 is ten, not eight


_Loader.add_constructor("tag:yaml.org,2002:int", _int)


def dump(recipe: Recipe) -> str:
    """A recipe as YAML that `load` gives back as it was."""
    plain: dict[str, Any] = {"version": recipe.version}
    if recipe.target is not None:
        plain["target"] = recipe.target
    if recipe.columns:
        plain["columns"] = list(recipe.columns)
    plain["steps"] = [plain_step(step) for step in recipe.steps]
    return written(plain)


def plain_step(step: Step) -> dict[str, Any]:
    """A step as plain data; what is as usual is left out."""
    plain: dict[str, Any] = {"id": step.id, "op": step.op}
    if step.columns:
        plain["columns"] = list(step.columns)
    if step.params:
        plain["params"] = msgspec.to_builtins(dict(step.params))
    if not step.enabled:
        plain["enabled"] = False
    if step.reason:
        plain["reason"] = step.reason
    return {**plain, "scope": step.scope}


def load(text: str | bytes, operations: Mapping[str, Operation]) -> Recipe:
    """Read a recipe file. Raises Refusal, which names the step and the setting that is wrong."""
    return recipe_from(parsed(text), operations)


def parsed(text: str | bytes) -> Any:
    """YAML as plain data: no tags, no references, no key twice, nothing deep or endless. Raises Refusal."""
    if len(text) > LARGEST:
        raise _refused(f"The recipe file is larger than {LARGEST:,} characters.")
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise _refused("The recipe file is not text in UTF-8.") from None
    text = text.removeprefix("\ufeff")
    try:
        _check_events(text)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            _check_keys(node)
            data = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        raise _refused("The recipe file is not valid YAML.", line=mark.line + 1 if mark else None) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise _refused("The recipe file is not valid YAML.") from None
    _check_finite(data)
    return data


def _check_events(text: str) -> None:
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused("The recipe uses references (& and *), which recipes do not have.", line=line)
        if getattr(event, "tag", None):
            raise _refused("The recipe uses tags (!), which recipes do not have.", line=line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _refused(f"The recipe is nested more than {DEEPEST} levels deep.", line=line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refused("The file holds more than one recipe.", line=line)


def _check_keys(node: Any) -> None:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refused("A key of the recipe is not a text.", line=key.start_mark.line + 1)
            if key.value in seen:
                raise _refused("The recipe says one thing twice.", line=key.start_mark.line + 1)
            seen.add(key.value)
            key.tag = "tag:yaml.org,2002:str"  # a key is the text that it looks like: a value to replace may be 1 or no
            _check_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            _check_keys(each)


def _check_finite(data: Any) -> None:
    if isinstance(data, float) and not math.isfinite(data):
        raise _refused("The recipe holds a number that is infinite or none.")
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        _check_finite(each)


def recipe_from(data: Any, operations: Mapping[str, Operation]) -> Recipe:
    """Plain data as a recipe, every setting checked. Raises Refusal."""
    if not isinstance(data, dict) or not isinstance(data.get("steps"), list):
        raise _refused("The file is no recipe: a recipe has a list called steps.")
    version = data.get("version", VERSION)
    if version != VERSION or isinstance(version, bool):
        said = f"{version:,}" if type(version) is int else "another kind"
        raise Refusal(
            "recipe_version",
            f"The recipe is of version {said}; this program knows version {VERSION}.",
            advice="Open it with the program that wrote it, or write it anew here.",
        )
    _unknown(data, RECIPE_KEYS, "The recipe")
    if len(data["steps"]) > MOST_STEPS:
        raise _refused(f"The recipe has more than {MOST_STEPS} steps.")
    target = data.get("target")
    if target is not None:
        _names([target], "The target")
    columns = _names(data.get("columns") or [], "The columns of the recipe")
    steps = tuple(_step(each, number, operations) for number, each in enumerate(data["steps"], start=1))
    twice = next((step.id for k, step in enumerate(steps) if step.id in {other.id for other in steps[:k]}), None)
    if twice is not None:
        raise _refused(f"Two steps have the id {twice!r}.", advice="Give each step an id of its own.")
    return Recipe(version=VERSION, target=target, columns=columns, steps=steps)


def _step(data: Any, number: int, operations: Mapping[str, Operation]) -> Step:
    if not isinstance(data, dict) or not isinstance(data.get("op"), str):
        raise _refused(f"Step {number} does not say its operation (op).")
    id_ = data.get("id", f"{data['op']}-{number}")
    if not isinstance(id_, str) or not id_.strip() or len(id_) > 80:
        raise _refused(f"Step {number}: the id is not a text of 1 to 80 characters.")
    where = f"Step {id_!r}"
    _unknown(data, STEP_KEYS, where)
    operation = operations.get(data["op"])
    if operation is None:
        raise Refusal("unknown_operation", f"{where}: there is no operation {data['op'][:80]!r}.", advice=ADVICE)
    for key, kind, said in (
        ("params", dict, "settings by name"),
        ("enabled", bool, "true or false"),
        ("reason", str, "a text"),
    ):
        if key in data and not isinstance(data[key], kind):
            raise _refused(f"{where}: {key} is not {said}.")
    if data.get("scope", operation.scope) != operation.scope:
        raise _refused(f"{where}: the scope of {operation.name} is {operation.scope}.")
    if len(data.get("reason", "")) > 2_000:
        raise _refused(f"{where}: the reason is longer than 2,000 characters.")
    step = Step(
        id=id_,
        op=operation.name,
        columns=_names(data.get("columns") or [], where),
        params=data.get("params", {}),
        enabled=data.get("enabled", True),
        reason=data.get("reason", ""),
        scope=operation.scope,
    )
    settings(step, operation)
    return step


def _names(given: Any, where: str) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(each, str) and each for each in given):
        raise _refused(f"{where}: column names are a list of texts.", advice="Put names that are numbers in quotes.")
    if len(given) > MOST_COLUMNS or max(map(len, given), default=0) > LONGEST_NAME:
        raise _refused(f"{where}: more than {MOST_COLUMNS:,} columns, or names over {LONGEST_NAME} characters.")
    if len(set(given)) < len(given):
        raise _refused(f"{where}: a column is named twice.")
    return tuple(given)


def _unknown(data: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in data:
        if key not in known:
            raise _refused(
                f"{where}: {str(key)[:80]!r} is not something that is said here; known are {', '.join(known)}."
            )


def _refused(message: str, *, advice: str = ADVICE, line: int | None = None) -> Refusal:
    return Refusal("bad_recipe", message, advice=advice, line=line)
