"""The engines from a terminal: JSON on standard output, messages for people on standard error."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from aipm.cli import audit, catalogue, mapping, prep, profile, rank, read, weights
from aipm.cli.answers import DONE, INTERRUPTED, REFUSED, refused, say
from aipm.tables import Refusal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 done, 1 refused or a gate failed; a wrong call exits with 2."""
    chosen = parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
    except BrokenPipeError:  # the program that reads this one's output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as problem:  # noqa: BLE001 - a traceback may quote cells; the place of the fault never does
        place = traceback.extract_tb(problem.__traceback__)[-1]
        message = f"A fault in the program: {type(problem).__name__} at {Path(place.filename).name}:{place.lineno}."
        say(refused(Refusal("fault", message, advice="Please report it, with these words and the command.")))
        return REFUSED
    return status


def parser() -> argparse.ArgumentParser:
    """The grammar of every command."""
    whole = argparse.ArgumentParser(prog="python -m aipm", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (read, profile, prep, audit, mapping, rank, weights, catalogue):
        command.add(commands)
    return whole
