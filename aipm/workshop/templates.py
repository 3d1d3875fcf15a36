"""Templates of rooms: run-sheets and their activities, from content/workshop_templates.yaml."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any

from msgspec import Meta

from aipm import content
from aipm.tables.model import Refusal
from aipm.workshop.refusals import Text, refused
from aipm.workshop.runsheet import Phase
from aipm.workshop.specs import Key, Match, Option, Short, Spec, Statement, spec_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An activity of a template: its key, kind and spec."""

    key: Key
    kind: str
    spec: Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """`for_whom`: how many people and how long; `tables`: names of tables to begin with."""

    title: Short
    about: Text
    for_whom: Text
    phases: tuple[Phase, ...]
    activities: tuple[Made, ...]
    tables: tuple[Short, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.phases)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    """As it stands in the file; `activities` names those of the file's own, by key."""

    title: Short
    about: Text
    for_whom: Text
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1)]
    tables: tuple[Short, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Activity:
    kind: Key
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """`activities` are shared by the templates whose phases name them."""

    activities: dict[Key, _Activity]
    templates: dict[Key, _Template]


@cache
def templates() -> Mapping[str, Template]:
    """By key, in the order of the file. Raises ContentError."""
    held: _File = content.load("workshop_templates", _File)
    specs = {}
    for key, each in held.activities.items():
        try:
            specs[key] = Made(key=key, kind=each.kind, spec=_spec(each.kind, each.spec))
        except Refusal as problem:
            raise content.ContentError(f"workshop_templates.yaml: activities.{key}: {problem}") from problem
    found = {}
    for name, template in held.templates.items():
        wanted = [key for phase in template.phases for key in phase.activities]
        for key in wanted:
            if key not in specs or not set(_sources(specs[key].spec)) <= set(wanted):
                raise content.ContentError(f"workshop_templates.yaml: templates.{name}: {key} is not all there")
        if len({phase.key for phase in template.phases}) < len(template.phases):
            raise content.ContentError(f"workshop_templates.yaml: templates.{name}: a phase is there twice")
        found[name] = Template(
            title=template.title,
            about=template.about,
            for_whom=template.for_whom,
            phases=template.phases,
            activities=tuple(specs[key] for key in dict.fromkeys(wanted)),
            tables=template.tables,
        )
    return found


def template(key: str) -> Template:
    """Raises Refusal for a template that there is not."""
    try:
        return templates()[key]
    except KeyError:
        raise refused("no_template") from None


def filled(made: Made, *, seed: str) -> Made:
    """The activity with what is drawn by chance for each room: the statements of a match that has none of its own."""
    if isinstance(made.spec, Match) and not made.spec.statements:
        return replace(made, spec=replace(made.spec, statements=statements(made.spec.options, seed=seed)))
    return made


def statements(options: tuple[Option, ...], *, seed: str) -> tuple[Statement, ...]:
    """One example of each capability among the options, drawn by the seed and shuffled; no misleading one."""
    from aipm.mapping.examples import examples
    from aipm.mapping.quiz import misleading

    drawn = random.Random(seed)  # noqa: S311 - a quiz
    found = []
    for option in options:
        fitting = [
            each.text for each in examples() if each.label == option.key and not misleading(each.text, each.label)
        ]
        if fitting:
            found.append((drawn.choice(fitting), option.key))
    drawn.shuffle(found)
    return tuple(
        Statement(key=f"s{place}", text=text, label=label) for place, (text, label) in enumerate(found, start=1)
    )


def _spec(kind: str, plain: Mapping[str, Any]) -> Spec:
    """The spec, with the seven capabilities where it asks for them by `capabilities: true`."""
    given = dict(plain)
    if given.pop("capabilities", False):
        from aipm.mapping.capabilities import capabilities, no_ai

        seven = [{"key": key, "name": each.name} for key, each in capabilities().items()]
        if kind in ("ideas", "premortem"):
            given["tags"] = [*seven, {"key": "none", "name": no_ai().name}]
        else:
            given["options"] = seven
    if kind == "match":
        given.setdefault("statements", [])
    return spec_from(kind, given)


def _sources(spec: Spec) -> Iterator[str]:
    """The activities it refers to."""
    for name in ("source", "weights", "before"):
        if isinstance(found := getattr(spec, name, None), str):
            yield found
