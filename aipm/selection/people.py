"""A file of several people's weights -> people and their points; the first column is who, every other a criterion."""

from collections.abc import Mapping, Sequence

from aipm.selection.amounts import amounts, listed
from aipm.selection.weighing import MOST_PEOPLE, Person
from aipm.tables import Refusal
from aipm.tables.table import Table

LONGEST_NAME = 80
MOST_POINTS = 1_000_000


def people_from_table(table: Table, names: Mapping[str, str]) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """The people, and the columns that were not used. `names` are criterion -> the heading that people read.

    Every person must have a number from 0 for every criterion. Raises Refusal.
    """
    if not table.row_count:
        raise Refusal("no_person", "The file has headings, but nobody below them.", advice="Write a row a person.")
    if table.row_count > MOST_PEOPLE:
        raise Refusal("too_many_people", f"There are {table.row_count:,} rows; {MOST_PEOPLE} people at most.")
    found = _columns(table.columns[1:], names)
    if missing := [heading for key, heading in names.items() if key not in found]:
        raise Refusal(
            "no_such_column",
            f"There is no column for {listed(missing)}.",
            advice=f"The headings are: person, {', '.join(names.values())}.",
        )
    cells = list(zip(*table.head(MOST_PEOPLE), strict=True))
    points = {key: _points(cells[place], heading=names[key]) for key, place in found.items()}
    people = []
    for row, name in enumerate(_named(cells[0])):
        given = {key: points[key][row] for key in names}
        if not any(given.values()):
            raise Refusal("zero_weights", f"Row {row + 1}: all weights are 0.", advice="Give at least one more than 0.")
        people.append(Person(name=name, points=tuple(given.items())))
    unused = tuple(heading for place, heading in enumerate(table.columns) if place and place not in found.values())
    return tuple(people), unused


def _columns(headings: Sequence[str], names: Mapping[str, str]) -> dict[str, int]:
    """Criterion -> its column, by the name that people read or by its key; of two alike the first."""
    known = {_plain(key): key for key in names} | {_plain(heading): key for key, heading in names.items()}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings, start=1):
        key = known.get(_plain(heading))
        if key is not None:
            found.setdefault(key, place)
    return found


def _points(cells: Sequence[object], *, heading: str) -> list[float]:
    found = []
    for row, value in enumerate(amounts(cells, column=heading), start=1):
        if value is None or not 0 <= value <= MOST_POINTS:
            raise Refusal(
                "bad_weight",
                f"Row {row}, column “{heading}”: this is no number from 0 to {MOST_POINTS:,}.",
                advice="Write a number; 0 where it does not count.",
            )
        found.append(value)
    return found


def _named(cells: Sequence[object]) -> list[str]:
    """Everybody's name, each once: a blank one is called by its row, one that is taken gets a number."""
    found: list[str] = []
    for row, cell in enumerate(cells, start=1):
        name = str(cell or "").strip()[:LONGEST_NAME] or f"row {row}"
        number, given = 2, name
        while name in found:
            name, number = f"{given} ({number})", number + 1
        found.append(name)
    return found


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()
