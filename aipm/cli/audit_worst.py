"""What `audit` answers besides: the subgroups that fare worst."""

import argparse
from typing import TYPE_CHECKING, Any

import msgspec

from aipm.cli.options import share, text
from aipm.tables import run_task

if TYPE_CHECKING:
    from aipm.cli.audit import Counted

METRICS = ("selection_rate", "false_negative_rate", "false_positive_rate", "precision", "error_rate", "base_rate")


def add(command: argparse.ArgumentParser) -> None:
    """The options of this part."""
    part = command.add_argument_group("where is it worst (answered under “worst”)")
    part.add_argument("--worst", choices=METRICS, help="search combinations of columns for who fares worst by this")
    part.add_argument(
        "--search", action="append", type=text, metavar="COL", help="search this column (repeatable; default: proposed)"
    )
    part.add_argument("--search-depth", type=int, choices=(1, 2, 3, 4), metavar="N", help="up to N columns (default 3)")
    part.add_argument("--search-support", type=_people, metavar="N", help="people a subgroup needs (default 30)")
    part.add_argument(
        "--search-share", type=share, metavar="R", help="and this share of all people it counts for (default 0)"
    )
    part.add_argument(
        "--search-hold-out", action="store_true", help="search one half of the rows, confirm on the other"
    )


def _people(given: str) -> int:
    if not given.isdecimal() or int(given) < 1:
        raise argparse.ArgumentTypeError("wants a whole number from 1")
    return int(given)


def answer(chosen: argparse.Namespace, counted: "Counted") -> dict[str, Any]:
    """What the options ask for, by the keys under which the answer holds it. Raises Refusal."""
    options = {
        "--search": chosen.search,
        "--search-depth": chosen.search_depth,
        "--search-support": chosen.search_support,
        "--search-share": chosen.search_share,
        "--search-hold-out": chosen.search_hold_out,
    }
    if chosen.worst is None:
        for option, given in options.items():
            if given:
                chosen.wrong(f"{option} needs --worst")
        return {}
    from aipm.fairness.worst import beside_chance, ready, search, searchable
    from aipm.fairness.worst_cube import cube_of
    from aipm.fairness.worst_report import plain
    from aipm.fairness.worst_spec import SUPPORT, WorstSpec

    arguments = {
        "spec": msgspec.to_builtins(counted.spec),
        "columns": chosen.search,
        "scale": msgspec.to_builtins(counted.counts.scale),
    }
    reply, cells, _ = run_task(counted.file, "aipm.fairness.worst_columns:task", arguments, options=counted.options)
    assert cells is not None
    cube = cube_of(reply.answer, cells)
    if chosen.worst not in searchable(cube):
        return {"worst": {"metric": chosen.worst, "status": "not_computable", "subgroups": []}}
    asked = WorstSpec(
        metric=chosen.worst,
        columns=cube.columns,
        depth=chosen.search_depth or 3,
        support=chosen.search_support or SUPPORT,
        share=chosen.search_share or 0.0,
        hold_out=chosen.search_hold_out,
    )
    on = ready(cube)
    found = beside_chance(on, search(on, asked, counted.spec), counted.spec)
    return {"worst": {**plain(found), "left_out": reply.answer["left_out"]}}
