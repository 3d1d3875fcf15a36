"""Everything that can be asked of a room, who may ask it, and what it makes of an activity's state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from aipm.workshop.refusals import refused
from aipm.workshop.specs import Key, Role, Short, State

Number = Annotated[int, Meta(ge=1, le=2**53)]
Text = Annotated[str, Meta(max_length=10_000)]
"""As typed; what is too long for where it goes is refused with its words."""
Tables = Annotated[tuple[Short, ...], Meta(max_length=60)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Command):
    """An activity into another state: open, close, reveal, lock, reopen, or one state back."""

    activity: Key
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin(Command):
    """Into the first phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPhase(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousPhase(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Command):
    """The present phase by so many minutes."""

    minutes: Annotated[int, Meta(ge=-240, le=240)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPhase(Command):
    phase: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePhase(Command):
    phase: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRound(Command):
    """The second round of scores."""

    activity: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class AddActivity(Command):
    """A further activity; its key is the answer."""

    kind: Key
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeActivity(Command):
    """What a draft asks."""

    activity: Key
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Command):
    """The checks to the tables of the room, in turn."""

    activity: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class DealCheck(Command):
    """One check to this table; None: to no table, so that everybody sees it."""

    activity: Key
    check: Key
    table: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTables(Command):
    """The names of the tables that people sit at."""

    tables: Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Command):
    """A card, with what was merged into it, into another one."""

    card: Number
    into: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmerge(Command):
    card: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Hide(Command):
    card: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Show(Command):
    card: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Command):
    """None takes the tag away."""

    card: Number
    tag: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson(Command):
    """Somebody without a device, for whom the facilitator enters; the person's number is the answer."""

    name: Text | None = None
    table: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep(Command):
    """The room for so many days from now."""

    days: Annotated[int, Meta(ge=1, le=365)]


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Command):
    """Nobody can give anything any more; everything stays as it is and can be exported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    """After an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal(Command):
    """What a participant does; `person`: for whom, when the facilitator does it for somebody without a device."""

    person: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduce(Personal):
    """By what name, and at which table; None: anonymous, at none."""

    name: Text | None = None
    table: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Give(Personal):
    """Answers by item, all of them or none; None takes one back."""

    activity: Key
    values: Annotated[dict[Annotated[str, Meta(max_length=100)], Any], Meta(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteCard(Personal):
    """A new card, whose number is the answer."""

    activity: Key
    text: Text
    stage: Text | None = None
    tag: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewriteCard(Personal):
    card: Number
    text: Text
    stage: Text | None = None
    tag: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TearCard(Personal):
    """Away with one's own card."""

    card: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class PutDot(Personal):
    activity: Key
    target: Annotated[str, Meta(max_length=40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDot(Personal):
    """One's last dot on this target away."""

    activity: Key
    target: Annotated[str, Meta(max_length=40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoDot(Personal):
    """One's last dot away, wherever it is."""

    activity: Key


_FACILITATOR: Final = (
    *(Step, Begin, NextPhase, PreviousPhase, Extend, DropPhase, RestorePhase, NextRound, AddActivity, ChangeActivity),
    *(Deal, DealCheck, SetTables, Merge, Unmerge, Hide, Show, Tag, AddPerson, Keep, End, Resume),
)
_PERSONAL: Final = (Introduce, Give, WriteCard, RewriteCard, TearCard, PutDot, TakeDot, UndoDot)
COMMANDS: Final[dict[str, type[Command]]] = {each.__name__: each for each in (*_FACILITATOR, *_PERSONAL)}
ALLOWED: Final[dict[type[Command], frozenset[Role]]] = {
    **dict.fromkeys(_FACILITATOR, frozenset[Role](("facilitator",))),
    **dict.fromkeys(_PERSONAL, frozenset[Role](("facilitator", "participant"))),
}
"""A facilitator gives something only for somebody without a device; a presenter's view can do nothing."""

STEPS: Final[dict[str, dict[State, State]]] = {
    "open": {"draft": "open"},
    "close": {"open": "closed"},
    "reveal": {"closed": "revealed"},
    "lock": {"revealed": "locked"},
    "reopen": {"closed": "open", "revealed": "open"},
    "back": {"open": "draft", "closed": "open", "revealed": "closed", "locked": "revealed"},
}
"""What each step makes of a state; what is not named cannot be done."""


def command_from(name: str, plain: Mapping[str, Any]) -> Command:
    """A command from plain data, as it comes over a wire. Raises Refusal."""
    if name not in COMMANDS:
        raise refused("no_command")
    try:
        return msgspec.convert(plain, COMMANDS[name], strict=True)
    except msgspec.ValidationError:
        raise refused("no_command") from None


def permit(role: Role, command: Command) -> None:
    """Raises Refusal where this role may not do this."""
    if role not in ALLOWED[type(command)]:
        raise refused("not_yours")
    if isinstance(command, Personal):
        if role == "facilitator" and command.person is None:
            raise refused("for_whom")
        if role == "participant" and command.person is not None:
            raise refused("not_yours")


def step(state: State, to: str) -> State:
    """The state after a step. Raises Refusal."""
    if to not in STEPS:
        raise refused("no_command")
    if state not in STEPS[to]:
        raise refused(f"not_to_{to}")
    return STEPS[to][state]
