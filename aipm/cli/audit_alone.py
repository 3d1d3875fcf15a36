"""What `audit` answers besides of the data by itself: who is in it, what is missing, proxies, a quick model."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aipm.cli.options import pair, split

if TYPE_CHECKING:
    from aipm.cli.audit import Counted
    from aipm.fairness.representation import Population


def add(command: argparse.ArgumentParser) -> None:
    """The options of this part."""
    asked = command.add_argument_group("the data by itself (answered under “alone”)")
    asked.add_argument(
        "--population",
        action="append",
        type=share,
        default=[],
        metavar="COL=VALUE:SHARE",
        help="compare who is in the data with a population: the share, or number of people, of a group (repeatable)",
    )
    asked.add_argument(
        "--population-file",
        type=Path,
        metavar="FILE",
        help="the same as a table: group and number, or column, group and number",
    )
    asked.add_argument(
        "--proxies",
        action="store_true",
        help="how well each column, and all together, tell the group; and whose values are missing",
    )
    asked.add_argument(
        "--baseline", action="store_true", help="learn the label from the other columns, and audit the mistakes"
    )


def share(given: str) -> str:
    if ":" not in pair(given).partition("=")[2]:
        raise argparse.ArgumentTypeError("wants COL=VALUE:SHARE")
    return given


def answer(chosen: argparse.Namespace, counted: "Counted") -> dict[str, Any]:
    """What the options ask for, under "alone". Raises Refusal."""
    found: dict[str, Any] = {}
    asked = _populations(chosen, counted)
    if asked:
        found["representation"] = [_representation(each, counted) for each in asked]
    if chosen.proxies or chosen.baseline:
        import msgspec

        from aipm.tables import run_task

        arguments = {
            "spec": msgspec.to_builtins(counted.spec),
            "proxies": chosen.proxies,
            "baseline": chosen.baseline,
        }
        reply, _, _ = run_task(counted.file, "aipm.fairness.alone_task:task", arguments, options=counted.options)
        found |= reply.answer
    return {"alone": found} if found else {}


def _representation(population: "Population", counted: "Counted") -> dict[str, Any]:
    import msgspec

    from aipm.fairness.representation import representation

    made: dict[str, Any] = msgspec.to_builtins(
        representation(counted.counts, population, tolerance=counted.spec.tolerance)
    )
    return made


def _populations(chosen: argparse.Namespace, counted: "Counted") -> list["Population"]:
    """What was typed and what the file holds; a column that is typed is not taken from the file."""
    if not chosen.population and chosen.population_file is None:
        return []
    from aipm.fairness.representation import Population, number_of, populations
    from aipm.tables import read

    groups = counted.spec.groups
    typed: dict[str, list[tuple[str, float]]] = {}
    for given in chosen.population:
        column, rest = split(given, groups)
        if column not in groups:
            chosen.wrong("--population needs one of the --group columns")
        value, _, number = rest.rpartition(":")
        typed.setdefault(column, []).append((value, number_of(number)))
    found = [Population(column=column, numbers=tuple(numbers)) for column, numbers in typed.items()]
    if chosen.population_file is not None:
        table = read(chosen.population_file)
        lines = table.head(table.row_count or 0)
        found += [each for each in populations(table.columns, lines, groups) if each.column not in typed]
    return found
