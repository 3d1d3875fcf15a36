"""What the tables found at their checks: in order or not, who sees to it until when, and what shows it."""

from aipm.content import number
from aipm.content.day import day
from aipm.ui.fragments import LONG, join
from aipm.ui.room_results_parts import Told, flag, heading, quiet, sentence
from aipm.ui.room_results_texts import result_texts
from aipm.ui.safe import Html, markup
from aipm.workshop.checks import ChecksResult, Found
from aipm.workshop.specs import Status
from aipm.workshop.texts import room_texts


def checks(found: ChecksResult) -> Told:
    """By kind: each check with its table, its status, and what is still open about it."""
    say, words = result_texts().checks, room_texts()
    told = say.first.format(fine=number.count(found.statuses["fine"]), all=number.count(len(found.found)))
    if stop := found.statuses["stop"]:
        told = f"{told} {say.stop.of(stop)}"
    counts = "".join(
        f'<li class="out-status-{status}">{_badge(status)} <b>{number.count(count)}</b></li>'
        for status, count in found.statuses.items()
    )
    parts = [Html(f'<ul class="out-counts" aria-label="{markup(say.counts)}">{counts}</ul>')]
    kinds = ""
    for kind, name in words.check_kinds.items():
        held = [each for each in found.found if each.check.kind == kind]
        if held:
            kinds += f"<div>{heading(name)}{''.join(map(_check, held))}</div>"
    parts.append(Html(f'<div class="out-kinds">{kinds}</div>'))
    return Told(first=sentence(told), main=join(parts))


def _badge(status: Status) -> str:
    name = markup(room_texts().statuses[status])
    return f'<span class="out-badge"><i class="out-sign" aria-hidden="true"></i>{name}</span>'


def _check(found: Found) -> str:
    say, words = result_texts().checks, room_texts().exports
    table = say.nobody if found.table is None else say.table.format(table=found.table)
    facts = ""
    if found.status != "todo":
        told = (
            (words.owner, found.owner),
            (words.due, None if found.due is None else day(found.due)),
            (words.evidence, found.evidence),
            (words.remark, found.note),
        )
        shown = [(name, text) for name, text in told if text is not None or name != words.remark]
        facts = "".join(
            f"<div><dt>{markup(name)}</dt><dd>{markup(words.open if text is None else text, limit=LONG)}</dd></div>"
            for name, text in shown
        )
        facts = f'<dl class="out-facts">{facts}</dl>'
    warned = (say.unowned if found.unowned else "", say.claimed if found.claimed else "")
    flags = "".join(f"<p>{flag(each)}</p>" for each in warned if each)
    return (
        f'<section class="out-check out-status-{found.status}"><p>{_badge(found.status)}</p>'
        f"<h4>{markup(found.check.question, limit=LONG)}</h4>{quiet(table)}{facts}{flags}</section>"
    )
