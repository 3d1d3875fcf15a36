"""A recipe as a script of plain pandas and scikit-learn that stands alone and writes the same bytes.

Everything that comes from a file or a person enters the text as `repr` of plain data, or as a comment of visible
characters: a name can never become code.
"""

import platform
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any

from aipm.prep.carried import Carried
from aipm.prep.operation import Operation
from aipm.prep.operations import operations
from aipm.prep.order import SPLIT
from aipm.prep.prepared import PARTS, Prepared
from aipm.prep.recipe import Recipe, Step
from aipm.prep.settings import settings
from aipm.prep.source import ALWAYS, Source
from aipm.prep.write import write_csv

WIDTH = 116

_HEAD = '''"""Prepare a file as recipe.yaml says: the same steps, and the same bytes as the data preparation wrote.

    python prepare.py [FILE] [--out FOLDER] [--learn-from FILE]

Written from the recipe; change the recipe, not this. What steps learn (a median, the categories) they learn from the
training part alone. With --learn-from they take it from an earlier file instead, and FILE is prepared by it.
"""'''

_MAIN = '''
def read_input(path: Path) -> pd.DataFrame:
    """Every cell as the text that stands in the file; a blank one is missing."""
    frame = pd.read_csv(path, **READ)
    return frame.rename(columns=RENAMED)


def main(arguments: list[str] | None = None) -> None:
    wanted = argparse.ArgumentParser(description="Prepare a file as the recipe says.")
    wanted.add_argument("file", nargs="?", type=Path, default=Path(INPUT))
    wanted.add_argument("--out", type=Path, default=Path("prepared"))
    wanted.add_argument("--learn-from", type=Path, help="the file whose training part the steps learn from")
    chosen = wanted.parse_args(arguments)
    if hashlib.sha256(chosen.file.read_bytes()).hexdigest() != INPUT_SHA256:
        print("Note: this is not the file that the recipe was made on.", file=sys.stderr)
    learned = None if chosen.learn_from is None else prepare(read_input(chosen.learn_from))[1]
    parts, _ = prepare(read_input(chosen.file), learned)
    chosen.out.mkdir(parents=True, exist_ok=True)
    for name, part in parts.items():
        write_csv(part, chosen.out / f"{name}.csv")
        print(f"{name}: {len(part):,} rows, {len(part.columns):,} columns")


if __name__ == "__main__":
    main()
'''


def script(
    recipe: Recipe, prepared: Prepared, source: Source, *, registry: Mapping[str, Operation] | None = None
) -> str:
    """The script that does again what was done: the steps of `prepared` that could be done, on the file of `source`."""
    registry = operations() if registry is None else registry
    done = {report.id: report.status for report in prepared.steps}
    steps = [step for step in recipe.steps if done.get(step.id) == "ok"]
    functions = [each for step in steps for each in (registry[step.op].learn, registry[step.op].apply) if each]
    carried = Carried().add([*functions, write_csv])
    own = {
        "annotations": "from __future__ import annotations",
        **{name: f"import {name}" for name in ("argparse", "hashlib", "sys")},
        "Path": "from pathlib import Path",
        "pd": "import pandas as pd",
    }
    imports = [line for name, line in carried.imports.items() if name not in own]
    standard = sorted([*list(own.values())[1:4], *(line for line in imports if not _foreign(line))], key=_import_order)
    foreign = sorted([own["pd"], *(line for line in imports if _foreign(line))])
    sections = [
        _HEAD,
        own["annotations"],
        "\n".join([*standard, own["Path"]]),
        "\n".join(foreign),
        _facts(source),
    ]
    parts = ["\n\n".join(sections), carried.source, _prepare(recipe, done, registry), _MAIN.strip()]
    return "\n\n\n".join(parts) + "\n"


def versions() -> dict[str, str]:
    """What the numbers were computed with."""
    names = ("pandas", "numpy", "scikit-learn", "imbalanced-learn")
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in names}


def _facts(source: Source) -> str:
    said = ["# The data, and how pandas reads it to the cells that the preparation saw."]
    if source.copy is not None:
        said.append("# pandas alone would read the original otherwise, so this reads the table as it was read there.")
    said += [
        f"INPUT = {source.reads!r}",
        f"INPUT_SHA256 = {source.reads_sha256!r}",
        _assigned("READ", {**ALWAYS, **source.options}),
        _assigned("RENAMED", dict(source.renamed)),
        f"# Made with {', '.join(f'{name} {version}' for name, version in versions().items())}.",
    ]
    return "\n".join(said)


def _prepare(recipe: Recipe, done: Mapping[str, str], registry: Mapping[str, Operation]) -> str:
    lines = [
        "def prepare(frame: pd.DataFrame, learned: dict | None = None) -> tuple[dict[str, pd.DataFrame], dict]:",
        '    """The parts of the data after every step, and what the steps learned."""',
        "    learned = dict(learned or {})",
    ]
    split = False
    for number, step in enumerate(recipe.steps, start=1):
        title = f"{number}. {step.op}" + (f": {step.reason}" if step.reason else "")
        if done.get(step.id) != "ok":
            why = "switched off" if done.get(step.id) == "skipped" else "could not be done"
            lines += ["", _comment(f"{title} ({why})")]
            continue
        lines += ["", _comment(title)]
        operation = registry[step.op]
        given = settings(step, operation)
        if step.op == SPLIT:
            lines += _call("part_of_row", operation.apply.__name__, ["frame"], step, given)
            lines += [
                "    # From here on every part goes its own way, and what is learned comes from train alone.",
                "    parts = {",
                "        name: frame[(part_of_row == name).to_numpy(dtype=bool, na_value=False)]",
                f"        for name in {PARTS!r}",
                "        if (part_of_row == name).any()",
                "    }",
            ]
            split = True
            continue
        arguments = []
        if operation.learn is not None:
            taught = 'parts["train"]' if split else "frame"
            lines.append(f"    if {step.id!r} not in learned:")
            told = _call(f"learned[{step.id!r}]", operation.learn.__name__, [taught], step, given)
            lines += [f"    {line}" for line in told]
            arguments = [f"learned[{step.id!r}]"]
        name = operation.apply.__name__
        if not split:
            lines += _call("frame", name, ["frame"], step, given, after=arguments)
        elif operation.scope == "train_only":
            lines += _call('parts["train"]', name, ['parts["train"]'], step, given, after=arguments)
        else:
            lines.append("    for name, part in parts.items():")
            lines += [f"    {line}" for line in _call("parts[name]", name, ["part"], step, given, after=arguments)]
    lines += ["", "    return " + ("parts" if split else '{"prepared": frame}') + ", learned"]
    return "\n".join(lines)


def _call(
    target: str,
    function: str,
    before: list[str],
    step: Step,
    given: Mapping[str, Any],
    *,
    after: Iterable[str] = (),
) -> list[str]:
    """An assignment of function(before, columns, after, settings), over several lines where it is long."""
    arguments = [*before, repr(list(step.columns)), *after, *(f"{name}={value!r}" for name, value in given.items())]
    line = f"    {target} = {function}({', '.join(arguments)})"
    if len(line) <= WIDTH:
        return [line]
    return [f"    {target} = {function}(", *(f"        {each}," for each in arguments), "    )"]


def _assigned(name: str, value: dict[str, Any]) -> str:
    line = f"{name} = {value!r}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{name} = {{", *(f"    {key!r}: {each!r}," for key, each in value.items()), "}"])


def _comment(text: str) -> str:
    seen = "".join(character if character.isprintable() else " " for character in text)
    return f"    # {seen[:300]}"


def _foreign(line: str) -> bool:
    """Whether an import is not of Python's own library."""
    return line.split()[1].partition(".")[0] not in sys.stdlib_module_names


def _import_order(line: str) -> tuple[bool, str]:
    return line.startswith("from"), line
