"""`prep`: make a file ready as a recipe says, and leave behind what makes it again."""

import argparse
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from aipm.cli.answers import DONE, REFUSED, refused, say, shown
from aipm.cli.options import add_reading, pair, reading_options, split, text
from aipm.tables import Refusal, read

if TYPE_CHECKING:
    from aipm.prep.prepared import Prepared
    from aipm.prep.recipe import Recipe
    from aipm.prep.source import Source
    from aipm.tables.table import Table

OURS = ("train", "validation", "test", "prepared")
"""Parts that a run may write; one left over from an earlier run is told."""
LARGEST_RECIPE = 4_000_000
"""Bytes."""


def add(commands: Any) -> None:
    command = commands.add_parser(
        "prep",
        help="make a file ready as a recipe says: parts, what was learned, a script that does it again",
        description="Prepare a file by a recipe.",
        epilog="""A recipe is YAML: steps in order, each with an operation (op), its columns and its settings (params):
  version: 1
  target: churn
  steps:
    - {id: blanks, op: mark_missing, columns: [income], params: {values: ["?", "-999"]}}
    - {id: income, op: to_number, columns: [income]}
    - {id: parts, op: split, columns: [churn], params: {how: stratified, test: 0.2}}
    - {id: fill, op: fill_statistic, columns: [income], params: {statistic: median}}

Written to DIR: train.csv, validation.csv and test.csv (prepared.csv where the recipe does not split), recipe.yaml,
fitted.json (what was learned), prepare.py (the same steps and bytes with pandas and scikit-learn) and report.html;
input.csv.gz too where pandas would read the file otherwise than it was read here.

Examples:
  python -m aipm prep customers.csv --recipe recipe.yaml --out ready
  python -m aipm prep march.csv --recipe recipe.yaml --out ready --column "Monthly income=income" --dry-run
  python -m aipm prep march.csv --recipe recipe.yaml --out ready --learn-from february.csv

Exit status: 0 done; 1 the file, the recipe or a step was refused, and nothing was written; 2 the call was wrong.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", type=Path, metavar="FILE", help="a table: CSV, Excel, JSON, HTML or Parquet")
    command.add_argument("--recipe", type=Path, required=True, metavar="RECIPE.yaml", help="the steps")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    command.add_argument("--target", type=text, metavar="COL", help="the column to predict")
    command.add_argument(
        "--column",
        action="append",
        type=pair,
        default=[],
        metavar="COL=NAME",
        help="a column of the file that the recipe knows by another name (repeatable)",
    )
    command.add_argument("--learn-from", type=Path, metavar="FILE", help="learn from this file, and prepare FILE by it")
    command.add_argument("--partly", action="store_true", help="leave out the steps that cannot be done")
    command.add_argument("--mend-order", action="store_true", help="run the steps in an order that works")
    command.add_argument("--dry-run", action="store_true", help="say what every step would do; write nothing")
    command.add_argument(
        "--format",
        action="append",
        choices=("jsonl", "parquet", "sqlite"),
        default=[],
        help="also write this (repeatable)",
    )
    add_reading(command)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    try:
        answer = _answer(chosen)
    except Refusal as refusal:
        say({"file": shown(chosen.file), **refused(refusal)})
        return REFUSED
    say({"file": shown(chosen.file), **answer})
    return DONE if answer["ok"] else REFUSED


def _answer(chosen: argparse.Namespace) -> dict[str, Any]:
    from aipm.prep.operations import operations
    from aipm.prep.order import mended, misplaced
    from aipm.prep.pipeline import run as run_recipe

    registry = operations()
    recipe = _recipe(chosen.recipe)
    if chosen.mend_order:
        recipe = mended(recipe, registry)
    learned = None
    if chosen.learn_from is not None:
        _, frame, _ = _input(chosen.learn_from, chosen, recipe)
        earlier = run_recipe(recipe, frame)
        learned = earlier.learned
    table, frame, renamed = _input(chosen.file, chosen, recipe)
    if chosen.target is not None:
        recipe = replace(recipe, target=chosen.target)
    if recipe.target is not None and recipe.target not in frame.columns:
        raise Refusal(
            "no_column",
            f"The file has no column {recipe.target!r} to predict.",
            advice="Name it with --target, or say with --column which one it is.",
        )
    prepared = run_recipe(recipe, frame, learned=learned)
    answer: dict[str, Any] = {
        "ok": True,
        "rows": {name: len(part) for name, part in prepared.parts.items()},
        "steps": [_step(each) for each in prepared.steps],
        "columns": dict(renamed),
    }
    if prepared.failed and not chosen.partly:
        failed = ", ".join(repr(each.id) for each in prepared.failed[:10])
        advice = "Mend the recipe, or leave these steps out with --partly. Nothing was written."
        if misplaced(recipe, registry):
            answer["proposed_order"] = [step.id for step in mended(recipe, registry).steps]
            advice = "Put the steps in the proposed order (--mend-order), or mend the recipe. Nothing was written."
        refusal = Refusal("steps_failed", f"Steps that cannot be done: {failed}. Each says why.", advice=advice)
        return {**answer, **refused(refusal)}
    if chosen.dry_run:
        return {**answer, "files": []}
    written = _written(chosen, recipe, prepared, table, frame, renamed)
    return {**answer, **written}


def _step(report: Any) -> dict[str, Any]:
    return {
        "id": report.id,
        "op": report.op,
        "changed": report.changed,
        "status": report.status,
        "message": report.message,
        "by_column": dict(report.by_column),
        "rows": dict(report.rows),
    }


def _recipe(path: Path) -> "Recipe":
    from aipm.prep.operations import operations
    from aipm.prep.recipe_file import load

    try:
        with path.open("rb") as stream:
            given = stream.read(LARGEST_RECIPE + 1)
    except OSError as problem:
        raise Refusal("cannot_open", f"The recipe file cannot be opened: {problem.strerror}.") from None
    return load(given, operations())


def _input(path: Path, chosen: argparse.Namespace, recipe: "Recipe") -> tuple["Table", Any, Mapping[str, str]]:
    """A file as a table and a frame under the recipe's names, and which columns got another one."""
    from aipm.prep.frames import frame_of
    from aipm.prep.mapping import map_columns, with_names

    table = read(path, reading_options(chosen))
    renames = dict(split(given, table.columns) for given in chosen.column)
    mapping = map_columns(recipe, table.columns, renames)
    return table, with_names(frame_of(table), mapping), mapping.renamed


def _written(
    chosen: argparse.Namespace,
    recipe: "Recipe",
    prepared: "Prepared",
    table: "Table",
    frame: Any,
    renamed: Mapping[str, str],
) -> dict[str, Any]:
    """Write everything to a folder beside, then put it in place. Raises Refusal."""
    from aipm.prep.source import source_of
    from aipm.prep.write import file_name

    names = [file_name(part) for part in prepared.parts]
    if any((chosen.out / name).resolve() == chosen.file.resolve() for name in [*names, "recipe.yaml"]):
        raise Refusal("would_overwrite", "The file itself would be written over.", advice="Choose another folder.")
    plain = frame.rename(columns={new: old for old, new in renamed.items()})
    source = source_of(table, plain, chosen.file, name=shown(Path(chosen.file.name)), renamed=renamed)
    beside: Path | None = None
    try:
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        beside = chosen.out.parent / f".prep-{uuid4().hex}"
        beside.mkdir()
        _write_all(beside, chosen, recipe, prepared, source, table)
        files = sorted(path.name for path in beside.iterdir())
        stale = [f"{part}.csv" for part in OURS if f"{part}.csv" not in files and (chosen.out / f"{part}.csv").exists()]
        _put(beside, chosen.out, files)
    except OSError as problem:
        raise Refusal(
            "cannot_write", f"The folder cannot be written: {problem.strerror}.", advice="Choose another with --out."
        ) from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    return {"files": files, **({"left_from_before": stale} if stale else {})}


def _put(beside: Path, out: Path, files: list[str]) -> None:
    """A new folder appears whole; into one that is there, the files go one by one, each whole."""
    if not out.exists():
        beside.rename(out)
        return
    for name in files:
        (beside / name).replace(out / name)


def _write_all(
    folder: Path,
    chosen: argparse.Namespace,
    recipe: "Recipe",
    prepared: "Prepared",
    source: "Source",
    table: "Table",
) -> None:
    from aipm.prep.profile import profile
    from aipm.prep.takeaway import files

    named = files(
        recipe,
        prepared,
        source,
        reading=table.reading,
        generated=datetime.now(UTC),
        findings=profile(table, target=recipe.target if recipe.target in table.columns else None).findings,
        kinds=chosen.format,
        learned_from=None if chosen.learn_from is None else shown(Path(chosen.learn_from.name)),
    )
    for name, write in named:
        with (folder / name).open("wb") as stream:
            write(stream)
