"""What people say about where the data comes from: kept in the session, file by file, and noted for the datasheet."""

from dataclasses import dataclass, field

from aipm.mapping.capabilities import Key, capabilities
from aipm.prep.sources import collect
from aipm.ui import prep_state
from aipm.ui.prep_panel_texts import collect_texts

DATASHEET = {"permission": "licence", "licence": "licence", "consent": "consent", "quality": "source"}
"""The datasheet's question that the answer to a question on an origin belongs to."""


@dataclass(slots=True)
class Said:
    """`typed`: answers by the key of the datasheet's question; `origins`: keys; `answers`: by origin and question."""

    typed: dict[str, str] = field(default_factory=dict)
    capability: Key | None = None
    origins: tuple[str, ...] = ()
    answers: dict[tuple[str, int], str] = field(default_factory=dict)


def said() -> Said:
    """What was said of the open file."""
    known: Said | None = prep_state.held(prep_state.of_file("said"), None)
    if known is None:
        known = Said()
        prep_state.hold(prep_state.of_file("said"), known)
    return known


def counts(of: Said) -> tuple[int, int]:
    """(questions answered, questions asked) on where the data comes from."""
    asked = [(name, place) for name in of.origins for place in range(len(collect().origins[name].questions))]
    return sum(bool(of.answers.get(each, "").strip()) for each in asked), len(asked)


def note(of: Said) -> None:
    """Write the answers into the notes, by the key of the datasheet's question."""
    origins = collect().origins
    found: dict[str, list[str]] = {name: [] for name in DATASHEET.values()}
    found |= {name: [text.strip()] for name, text in of.typed.items()}
    if of.capability is not None:
        kind = capabilities()[of.capability].name
        found.setdefault("purpose", []).append(collect_texts().purpose.noted.format(kind=kind))
    if of.origins:
        found["source"].append(", ".join(origins[name].title for name in of.origins) + ".")
    for name in of.origins:
        for place, asked in enumerate(origins[name].questions):
            if answer := of.answers.get((name, place), "").strip():
                found[DATASHEET[asked.kind]].append(f"{asked.text} {answer}")
    for name, lines in found.items():
        prep_state.note(name, " ".join(filter(None, lines)))
