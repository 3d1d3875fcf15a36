"""`map`: from a pain in plain words to the capabilities that fit, with evidence."""

import argparse
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from aipm.cli.answers import DONE, REFUSED, refused, say
from aipm.cli.options import text
from aipm.tables import Refusal

if TYPE_CHECKING:
    from aipm.mapping.result import MappingResult, MappingSpec

AT_ONCE = 200
"""Statements mapped together: quicker than one by one, and the first answers do not wait for the last."""


def add(commands: Any) -> None:
    command = commands.add_parser(
        "map",
        help="say which AI capability fits a problem, if any does",
        description="Map problem statements to AI capabilities, with the words and examples that speak for them.",
        epilog="""Statements come from the arguments, or one a line on standard input where there are none.

Examples:
  python -m aipm map "We drown in tickets and the urgent ones are read too late"
  python -m aipm map --jsonl < pains.txt

score orders the seven; it is no probability. strength says how far the first leads: weak, moderate, strong. A weak
answer comes with the question that would settle it; --output answers it.
Exit status: 0 done; 1 a statement was refused; 2 the call was wrong.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("statements", nargs="*", type=text, metavar="TEXT", help="a problem in plain words")
    command.add_argument("--jsonl", action="store_true", help="one object a line (as always; for pipelines that ask)")
    command.add_argument(
        "--output",
        choices=("suggestion", "order", "label", "number", "groups", "alert", "content", "fix"),
        help="what should come out",
    )
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    from aipm.mapping.mapper import map_statements
    from aipm.mapping.result import MappingSpec

    status = DONE
    for statements in [chosen.statements] if chosen.statements else lines(sys.stdin.buffer):
        for start in range(0, len(statements), AT_ONCE):
            specs = [MappingSpec(text=each, output=chosen.output) for each in statements[start : start + AT_ONCE]]
            try:
                answers = [to_plain(found) for found in map_statements(specs)]
            except Refusal:
                answers = [_one(spec) for spec in specs]
            for answer in answers:
                say(answer)
                status = status if answer.get("ok", True) else REFUSED
    return status


def _one(spec: "MappingSpec") -> dict[str, Any]:
    """The answer to one of several statements, or why there is none."""
    from aipm.mapping.mapper import map_statement

    try:
        return to_plain(map_statement(spec))
    except Refusal as refusal:
        return {"text": spec.text, **refused(refusal)}


def to_plain(found: "MappingResult") -> dict[str, Any]:
    """An answer as the contract has it."""
    said: list[dict[str, Any]] = [
        {"kind": "phrase", "text": each.text, "capability": each.capability}
        for each in (*found.phrases, *found.against)
    ]
    for near in found.examples:
        source = {"source": near.source} if near.source else {}
        said.append({"kind": "example", "text": near.text, "capability": near.label, **source})
    return {
        "text": found.spec.text,
        "ranking": [{"capability": each.capability, "score": round(each.score, 6)} for each in found.ranking],
        "strength": found.strength,
        "may_not_need_ai": found.may_not_need_ai,
        "evidence": said,
        "question": found.question,
        "confused_with": found.confused_with,
        "remarks": list(found.remarks),
    }


def lines(stream: IO[bytes]) -> Iterator[list[str]]:
    """Lines as they arrive, all that are there at once, whatever bytes they hold."""
    rest = b""
    while piece := stream.read1(1 << 16):  # type: ignore[attr-defined] # buffered streams have it
        *whole, rest = (rest + piece).split(b"\n")
        if whole:
            yield [_decoded(each) for each in whole]
    if rest:
        yield [_decoded(rest)]


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "replace").removesuffix("\r")
