"""Who may do what: every role by every command."""

from typing import get_args

import pytest

from aipm.tables import Refusal
from aipm.workshop.acting import HANDLERS
from aipm.workshop.commands import ALLOWED, COMMANDS, STEPS, Personal, command_from, permit, step
from aipm.workshop.specs import STATES, Role

SAMPLES = {
    "Step": {"activity": "pains", "to": "open"},
    "Begin": {},
    "NextPhase": {},
    "PreviousPhase": {},
    "Extend": {"minutes": 5},
    "DropPhase": {"phase": "match"},
    "RestorePhase": {"phase": "match"},
    "NextRound": {"activity": "scores"},
    "AddActivity": {"kind": "poll", "spec": {}},
    "ChangeActivity": {"activity": "pains", "spec": {}},
    "Deal": {"activity": "checks"},
    "DealCheck": {"activity": "checks", "check": "data_ready", "table": "Table 1"},
    "SetTables": {"tables": ["A"]},
    "Merge": {"card": 1, "into": 2},
    "Unmerge": {"card": 1},
    "Hide": {"card": 1},
    "Show": {"card": 1},
    "Tag": {"card": 1, "tag": "rankings"},
    "AddPerson": {},
    "Keep": {"days": 7},
    "End": {},
    "Resume": {},
    "Introduce": {"name": "Ada"},
    "Give": {"activity": "poll", "values": {"choice": "yes"}},
    "WriteCard": {"activity": "pains", "text": "slow"},
    "RewriteCard": {"card": 1, "text": "slow"},
    "TearCard": {"card": 1},
    "PutDot": {"activity": "dots", "target": "1"},
    "TakeDot": {"activity": "dots", "target": "1"},
    "UndoDot": {"activity": "dots"},
}


def test_every_command_is_here_and_can_be_carried_out():
    assert SAMPLES.keys() == COMMANDS.keys()
    assert set(HANDLERS) == set(ALLOWED) == set(COMMANDS.values())


@pytest.mark.parametrize("role", get_args(Role))
@pytest.mark.parametrize("name", SAMPLES)
def test_permissions(name, role):
    command = command_from(name, SAMPLES[name])
    personal = isinstance(command, Personal)
    if (role == "participant" and personal) or (role == "facilitator" and not personal):
        permit(role, command)
        return
    with pytest.raises(Refusal) as told:
        permit(role, command)
    assert told.value.code == ("for_whom" if role == "facilitator" else "not_yours")


@pytest.mark.parametrize("name", [name for name in SAMPLES if issubclass(COMMANDS[name], Personal)])
def test_only_the_facilitator_gives_something_for_another(name):
    command = command_from(name, {**SAMPLES[name], "person": 7})
    permit("facilitator", command)
    with pytest.raises(Refusal):
        permit("participant", command)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Nonsense", {}),
        ("Step", {}),
        ("Extend", {"minutes": "5"}),
        ("Extend", {"minutes": 9999}),
        ("Merge", {"card": -1, "into": 1}),
    ],
)
def test_what_is_no_command_is_refused(name, plain):
    with pytest.raises(Refusal) as told:
        command_from(name, plain)
    assert told.value.code == "no_command"


@pytest.mark.parametrize("to", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_every_step_from_every_state(state, to):
    expected = {
        ("draft", "open"): "open",
        ("open", "close"): "closed",
        ("closed", "reveal"): "revealed",
        ("revealed", "lock"): "locked",
        ("closed", "reopen"): "open",
        ("revealed", "reopen"): "open",
        ("open", "back"): "draft",
        ("closed", "back"): "open",
        ("revealed", "back"): "closed",
        ("locked", "back"): "revealed",
    }
    if (state, to) in expected:
        assert step(state, to) == expected[state, to]
        return
    with pytest.raises(Refusal) as told:
        step(state, to)
    assert told.value.code == f"not_to_{to}"
