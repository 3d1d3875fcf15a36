"""What a person reads about the operations and their settings, checked when it is loaded."""

from dataclasses import dataclass, field

from aipm.content import load


@dataclass(frozen=True, slots=True)
class SettingText:
    """`choices` are words for each choice of a setting that has some."""

    label: str
    help: str
    choices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OperationText:
    """`columns` says which columns to name."""

    name: str
    does: str
    when: str
    costs: str
    columns: str
    params: dict[str, SettingText] = field(default_factory=dict)


def operation_texts() -> dict[str, OperationText]:
    """By the operation's name."""
    found: dict[str, OperationText] = load("prep_operations", dict[str, OperationText])
    return found
