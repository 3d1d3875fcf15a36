"""`catalogue`: the models to choose from, what is known of each, and what of it has aged."""

import argparse
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import msgspec

from aipm.cli.answers import DONE, REFUSED, refused, say
from aipm.tables import Refusal

LARGEST = 64 << 20
"""Bytes of a collection that is read."""


def add(commands: Any) -> None:
    command = commands.add_parser(
        "catalogue",
        help="list the models to choose from, or what in the list has aged",
        description="List the models with every fact, its source and how well it is known.",
        epilog="""Examples:
  python -m aipm catalogue
  python -m aipm catalogue --refresh-report --litellm model_prices_and_context_window.json

--refresh-report compares the list with the installed price package and with the files that are named, and writes what
differs, what ends within 90 days and what is older than 180. It changes nothing.
Exit status: 0 done; 1 a file was refused, or the package has lost a model of the list; 2 the call was wrong.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--refresh-report", action="store_true", help="what differs, ends or is old, instead of the list"
    )
    command.add_argument("--litellm", type=Path, metavar="FILE.json", help="litellm's list of models, to compare with")
    command.add_argument("--models-dev", type=Path, metavar="FILE.json", help="api.json of models.dev, to compare with")
    command.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="count ages from this day (default: today)")
    command.set_defaults(run=run, wrong=command.error)


def run(chosen: argparse.Namespace) -> int:
    if not chosen.refresh_report and (chosen.litellm or chosen.models_dev):
        chosen.wrong("--litellm and --models-dev need --refresh-report")
    today = chosen.today or datetime.now(UTC).date()
    try:
        return _report(chosen, today) if chosen.refresh_report else _list(today)
    except Refusal as refusal:
        say(refused(refusal))
        return REFUSED


def _list(today: date) -> int:
    from aipm.selection.catalogue import ending, models
    from aipm.selection.model_entries import texts
    from aipm.selection.offers import plain
    from aipm.selection.rates import context_window, package_version, price_list

    moment = datetime.combine(today, time(12), UTC)
    whole = texts()
    say(
        {
            "ok": True,
            "today": today.isoformat(),
            "as_of": whole.as_of.isoformat(),
            "prices": {"package": whole.prices_checked.package, "version": package_version(), "at": moment.isoformat()},
            "gaps": whole.gaps,
            "models": [
                {
                    "id": each.id,
                    "name": each.name,
                    "provider": each.provider,
                    "kind": each.kind,
                    "sold_by": each.sold_by,
                    "genai_id": each.genai_id,
                    "facts": {
                        name: {**plain(fact), "age_days": fact.age_days(today)}
                        for name, fact in {**each.facts, "context_window": context_window(each)}.items()
                    },
                    "ending": msgspec.to_builtins(ending(each, today)),
                    "prices": price_list(each, at=moment),
                }
                for each in models()
            ],
        }
    )
    return DONE


def _report(chosen: argparse.Namespace, today: date) -> int:
    from aipm.selection.refresh import refresh_report

    report = refresh_report(
        today=today,
        litellm=_collection(chosen.litellm, "litellm"),
        models_dev=_collection(chosen.models_dev, "models.dev"),
    )
    say(report)
    return DONE if report["ok"] else REFUSED


def _collection(path: Path | None, name: str) -> dict[str, Any] | None:
    """A JSON object from a file. Raises Refusal."""
    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        found = json.loads(data) if len(data) <= LARGEST else None
    except (OSError, ValueError, RecursionError) as problem:
        reason = (problem.strerror if isinstance(problem, OSError) else None) or "not JSON"
        raise Refusal(
            "collection", f"The {name} file cannot be read: {reason}.", advice="Name its JSON file."
        ) from problem
    if not isinstance(found, dict):
        raise Refusal("collection", f"The {name} file holds no JSON object.", advice="Name its JSON file.")
    return found


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError("wants a day as YYYY-MM-DD") from None
