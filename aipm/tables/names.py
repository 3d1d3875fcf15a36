"""Column names as people see them: never blank, never twice."""

from collections import Counter
from collections.abc import Iterable

from aipm.tables.model import ReadWarning


def unique_names(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[ReadWarning, ...]]:
    """Number what is blank or repeated and say so: "column 3" for a blank third name; "x", "x 2", "x 3" for repeats.

    White space around and within a name becomes single blanks. A name that the file gives itself is never taken away
    from its column: of "x", "x", "x 2" the second becomes "x 3". Upper and lower case are different names.
    """
    given = [" ".join(name.replace("\ufeff", "").split()) for name in names]
    taken = set(given)
    seen: Counter[str] = Counter()
    unique = []
    blank = repeated = 0
    for position, name in enumerate(given, start=1):
        seen[name] += 1
        if name and seen[name] == 1:
            unique.append(name)
            continue
        blank += not name
        repeated += bool(name)
        shown = f"column {position}" if not name else f"{name} {seen[name]}"
        while shown in taken:
            seen[name] += 1
            shown = f"column {position} {seen[name]}" if not name else f"{name} {seen[name]}"
        taken.add(shown)
        unique.append(shown)
    warnings = []
    if blank:
        said = (
            "A column had no name and was numbered" if blank == 1 else f"{blank} columns had no name and were numbered"
        )
        warnings.append(ReadWarning("blank_names", f"{said}.", count=blank))
    if repeated:
        said = "A column name came twice" if repeated == 1 else f"{repeated} column names had come before"
        warnings.append(ReadWarning("repeated_names", f"{said}; the later one carries a number.", count=repeated))
    return tuple(unique), tuple(warnings)
