"""What `audit` answers besides about laws and rules: Local Law 144, the four-fifths rule, Article 10 of the AI Act."""

import argparse
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from aipm.cli.options import pair, split, text
from aipm.tables import Refusal, run_task

if TYPE_CHECKING:
    from aipm.cli.audit import Counted
    from aipm.fairness.counts import Counts
    from aipm.fairness.spec import AuditSpec

RULES = ("nyc", "four-fifths", "ai-act")


def add(command: argparse.ArgumentParser) -> None:
    """The options of this part."""
    part = command.add_argument_group("laws and rules, not legal advice (answered under “law”)")
    part.add_argument(
        "--law",
        action="append",
        choices=RULES,
        default=[],
        help="also tables for a law or rule (repeatable)",
    )
    for role in ("sex", "race"):
        part.add_argument(f"--law-{role}", type=text, metavar="COL", help=f"--law nyc: which column is {role}")
    part.add_argument(
        "--law-unknown",
        action="append",
        type=pair,
        metavar="COL=VALUE",
        help="--law nyc: a value that means that nobody knows (repeatable; default: the usual words)",
    )
    part.add_argument(
        "--law-keep-small", action="store_true", help="--law nyc: categories under 2%% stay in the ratios"
    )
    part.add_argument(
        "--law-rate",
        choices=("selection_rate", "scoring_rate"),
        help="--law nyc: which rate (default: scoring_rate where only a score is given)",
    )


def answer(chosen: argparse.Namespace, counted: "Counted") -> dict[str, Any]:
    """What the options ask for, by the keys under which the answer holds it. Raises Refusal."""
    if "nyc" not in chosen.law:
        for option in ("law_sex", "law_race", "law_unknown", "law_keep_small", "law_rate"):
            if getattr(chosen, option):
                chosen.wrong(f"--{option.replace('_', '-')} needs --law nyc")
    if not chosen.law:
        return {}
    from aipm.fairness import law_out
    from aipm.fairness.law_data import measures, selected_first
    from aipm.fairness.law_evidence import evidence
    from aipm.fairness.law_four_fifths import four_fifths
    from aipm.fairness.law_said import not_advice

    day = datetime.now().astimezone().date()
    found: dict[str, Any] = {"date": day.isoformat(), "not_legal_advice": not_advice(day)}
    can = measures(counted.counts, counted.spec)
    if {"nyc", "four-fifths"} & set(chosen.law) and not can:
        raise Refusal(
            "law_needs_outcome",
            "There is neither a decision nor a score to compare.",
            advice="Name one with --prediction or --score.",
        )
    if "nyc" in chosen.law:
        found["nyc"] = _nyc(chosen, counted)
    if "four-fifths" in chosen.law:
        found["four_fifths"] = law_out.four_fifths_plain(
            four_fifths(counted.counts, counted.spec, measure=selected_first(can))
        )
    if "ai-act" in chosen.law:
        found["ai_act"] = law_out.evidence_plain(
            evidence(counted.result, file_name=counted.file.name, reading=counted.reading, columns=counted.columns)
        )
    return {"law": found}


def _nyc(chosen: argparse.Namespace, counted: "Counted") -> dict[str, Any]:
    from aipm.fairness.law_data import measures, suggest, unknown_values
    from aipm.fairness.law_nyc import NycAsked, nyc
    from aipm.fairness.law_out import nyc_plain

    sex, race = chosen.law_sex, chosen.law_race
    if sex is None and race is None:
        sex, race = suggest(counted.spec.groups)
    asked = NycAsked(sex=sex, race=race, leave_out_small=not chosen.law_keep_small)
    if not asked.columns:
        chosen.wrong("--law nyc needs --law-sex COL and --law-race COL")
    counts, spec = _counted(counted, asked.columns)
    can = measures(counts, spec)
    if chosen.law_rate is not None and chosen.law_rate not in can:
        chosen.wrong("--law-rate: there is no " + ("score" if chosen.law_rate == "scoring_rate" else "decision"))
    asked = replace(
        asked,
        measure=chosen.law_rate or can[0],
        unknown=tuple(split(each, asked.columns) for each in chosen.law_unknown)
        if chosen.law_unknown is not None
        else unknown_values(counts, asked.columns),
    )
    return nyc_plain(nyc(counts, spec, asked))


def _counted(counted: "Counted", columns: tuple[str, ...]) -> "tuple[Counts, AuditSpec]":
    """The counts by these columns: those at hand, or the file counted once more where they lack one."""
    if set(columns) <= set(counted.spec.groups):
        return counted.counts, counted.spec
    from aipm.fairness.counting import counted_file
    from aipm.fairness.counts import normalised
    from aipm.fairness.law_data import by_columns

    spec = by_columns(counted.spec, columns)
    found = run_task(counted.file, "aipm.fairness.counting:task", msgspec.to_builtins(spec), options=counted.options)
    return normalised(counted_file(*found).raw, spec), spec
