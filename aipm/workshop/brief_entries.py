"""What a room found, as entries of a brief: one a result, without a name, and without figures of few people."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from aipm.brief.entry import Entry, Figure, disclosure_threshold
from aipm.content import number
from aipm.content.chart import written
from aipm.content.day import day
from aipm.content.visible import visible
from aipm.workshop.brief_entry_words import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST,
    entry_texts,
    figures,
    line,
    listed,
    short,
    vote_title,
)
from aipm.workshop.cards import CardsResult, DotsResult
from aipm.workshop.charts import charts, shares
from aipm.workshop.checks import ChecksResult, Found
from aipm.workshop.record import Kept, Record
from aipm.workshop.scores import ScoresResult
from aipm.workshop.specs import CheckKind, Confidence, Status, targets
from aipm.workshop.texts import room_texts
from aipm.workshop.votes import ConfidenceResult, MatchResult, PollResult
from aipm.workshop.weights import WeightsResult

TOOLS = {
    "ideas": "workshop.pains",
    "premortem": "workshop.premortem",
    "dots": "workshop.dots",
    "match": "workshop.quiz",
    "weights": "workshop.weights",
    "scores": "workshop.scores",
    "poll": "workshop.poll",
    "confidence": "workshop.confidence",
    "checks": "workshop.checks",
}
"""Kind of an activity -> what its result is called in a brief. Of checks there is also an entry for each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What an entry says of a result; `figures` only where enough people answered."""

    summary: str
    figures: tuple[Figure, ...] = ()
    warnings: tuple[str, ...] = ()
    against: bool | None = None
    texts: tuple[str, ...] = ()


def entries(record: Record, *, versions: Mapping[str, str]) -> tuple[Entry, ...]:
    """An entry for each result that anybody gave something to, in the order of the run-sheet.

    Where several activities have the same kind, the one that the tools are handed counts as the room's answer; each of
    the others has its own name, so that none takes another's place.
    """
    order = list(dict.fromkeys(key for phase in record.sheet for key in phase.activities))
    answered = sorted(
        (each for each in record.activities if each.answered),
        key=lambda each: order.index(each.key) if each.key in order else len(order),
    )
    first = {kind: _foremost([each for each in answered if each.kind == kind]) for kind in TOOLS}
    found = []
    for kept in answered:
        tool = TOOLS[kept.kind] if kept is first[kept.kind] else f"workshop.{kept.kind}_{kept.key}"[:50]
        told = _said(kept, tool, first_vote=kept.key in record.first_votes)
        found += [_entry(record, kept, part, said, versions) for part, said in told]
    return tuple(found)


def _foremost(same: Sequence[Kept]) -> Kept | None:
    """Of several of a kind, the last one; but pains before other cards, and dots on pains before other dots."""

    def rank(kept: Kept) -> bool:
        return bool(getattr(kept.spec, "stages", ())) or getattr(kept.spec, "source", None) == "pains"

    return max(enumerate(same), key=lambda each: (rank(each[1]), each[0]), default=(0, None))[1]


def _entry(record: Record, kept: Kept, tool: str, said: _Said, versions: Mapping[str, str]) -> Entry:
    first_vote = kept.key in record.first_votes
    asked: dict[str, Any] = {
        "room": visible(record.title, limit=LONGEST_TEXT),
        "activity": kept.key,
        "kind": kept.kind,
        "question": visible(kept.spec.question, limit=LONGEST_TEXT),
    }
    shown = kept.kind == "checks" or kept.answered >= disclosure_threshold()
    few = (entry_texts().few.format(least=disclosure_threshold()),)
    return Entry(
        tool=tool,
        title=vote_title(kept.spec, visible(kept.spec.title, limit=LONGEST_NAME), first=first_vote),
        summary=said.summary,
        at=record.at,
        settings=hashlib.sha256(msgspec.json.encode([asked, kept.spec], order="deterministic")).hexdigest(),
        spec={**asked, "texts": list(said.texts)} if said.texts else asked,
        figures=said.figures[: 2 * MOST] if shown else (),
        charts=charts(kept.outcome.result, least=disclosure_threshold(), first=first_vote) if shown else (),
        warnings=said.warnings if shown else (*said.warnings, *few),
        against=said.against,
        versions=dict(versions),
        suppressed=not shown,
    )


def _said(kept: Kept, tool: str, *, first_vote: bool) -> Iterator[tuple[str, _Said]]:
    match kept.outcome.result:
        case CardsResult() as result:
            yield tool, _cards(kept, result)
        case DotsResult() as result:
            yield tool, _dots(result)
        case MatchResult() as result:
            yield tool, _match(result)
        case WeightsResult() as result:
            yield tool, _weights(result)
        case ScoresResult() as result:
            yield tool, _scores(result)
        case PollResult() as result:
            yield tool, _poll(result)
        case ConfidenceResult() as result:
            yield tool, _confidence(kept, result, first_vote=first_vote)
        case ChecksResult() as result:
            yield tool, _checks(result.found)
            kinds: dict[CheckKind, list[Found]] = {}
            for each in result.found:
                kinds.setdefault(each.check.kind, []).append(each)
            for kind, found in kinds.items() if tool == TOOLS["checks"] else ():
                if any(each.status != "todo" for each in found):
                    yield f"workshop.{kind}", _checks(found)


def _cards(kept: Kept, result: CardsResult) -> _Said:
    say, texts = entry_texts(), [line(each.card.text) for each in result.groups]
    whole = say.premortem if kept.kind == "premortem" else say.cards
    told = whole.format(
        people=number.count(result.answered), cards=number.count(result.cards), groups=number.count(len(texts))
    )
    stages = dict.fromkeys((each.stage for each in result.groups if each.stage), 0)
    for group in result.groups:
        if group.stage:
            stages[group.stage] += len(group.members)
    tags = targets(kept.spec)
    counted = [(say.stage.format(name=short(name)), count) for name, count in stages.items()]
    counted += [(say.tag.format(name=short(tags[key])), count) for key, count in result.tags.items() if count]
    return _Said(
        summary=f"{told} {say.first_cards.format(texts=listed(texts))}" if texts else told,
        figures=tuple(Figure(name=name, value=count, n=result.answered) for name, count in counted),
        texts=tuple(texts[:MOST]),
    )


def _dots(result: DotsResult) -> _Said:
    say = entry_texts()
    names = listed([each.name for each in result.totals if each.target in result.leading])
    values = [(each.name, float(each.dots)) for each in result.totals if each.dots]
    return _Said(
        summary=say.dots.format(people=number.count(result.answered), dots=number.count(result.dots), names=names),
        figures=figures(values, count=result.answered),
    )


def _match(result: MatchResult) -> _Said:
    say = entry_texts()
    told = say.match.format(
        people=number.count(result.answered),
        statements=number.count(len(result.matched)),
        share=number.rate(result.right / result.given if result.given else None),
    )
    missed = [result.matched[key].statement for key in result.leading]
    return _Said(
        summary=f"{told} {say.match_missed.format(names=listed(missed))}" if missed else told,
        figures=figures(shares(result), count=result.answered, unit="%"),
    )


def _weights(result: WeightsResult) -> _Said:
    say = entry_texts()
    names = listed([result.names[key] for key in result.leading])
    values = [(result.names[key], 100 * weight) for key, weight in result.weights.items()]
    differ = [result.names[key] for key in result.disputed]
    return _Said(
        summary=say.weights.format(people=number.count(result.answered), names=names),
        figures=figures(values, count=result.answered, unit="%"),
        warnings=(say.disputed.format(names=listed(differ)),) if differ else (),
    )


def _scores(result: ScoresResult) -> _Said:
    say = entry_texts()
    names = listed([result.candidates[key] for key in result.leading])
    sentence = say.scores_open if not names else say.scores if len(result.leading) == 1 else say.scores_tie
    values = [(result.candidates[key], total) for key, total in result.totals.items()]
    return _Said(
        summary=sentence.format(
            people=number.count(result.answered), candidates=number.count(len(result.candidates)), names=names
        ),
        figures=figures(values, count=result.answered),
        warnings=tuple(say.dissent.format(text=line(each)) for each in list(dict.fromkeys(result.dissent))[:MOST]),
    )


def _poll(result: PollResult) -> _Said:
    say = entry_texts()
    names = listed([result.names[key] for key in result.leading])
    values = [(result.names[key], float(votes)) for key, votes in result.votes.items()]
    return _Said(
        summary=say.poll.format(people=number.count(result.answered), names=names),
        figures=figures(values, count=result.answered),
    )


def _confidence(kept: Kept, result: ConfidenceResult, *, first_vote: bool) -> _Said:
    say = entry_texts()
    name = say.before if first_vote else say.charts["confidence"].series
    assert isinstance(kept.spec, Confidence)
    mean = None if result.spread is None else result.spread.mean
    told = [
        say.confidence.format(
            people=number.count(result.answered), mean=written(mean), low=kept.spec.low, high=kept.spec.high
        )
    ]
    held = [Figure(name=name, value=mean, n=result.answered)]
    least, shift, before = disclosure_threshold(), result.shift, result.before_spread
    if before is not None and before.count >= least:
        told.append(say.confidence_before.format(mean=written(before.mean)))
        held.append(Figure(name=say.before, value=before.mean, n=before.count))
    if shift is not None and shift.people >= least:
        told.append(say.shift.format(people=shift.people, up=shift.up, down=shift.down))
    return _Said(summary=" ".join(told), figures=tuple(held))


def _checks(found: Sequence[Found]) -> _Said:
    say = entry_texts()
    counts: dict[Status, int] = {
        status: sum(each.status == status for each in found) for status in room_texts().statuses
    }
    told: list[str] = []
    for each in found:
        if each.status in ("gap", "stop"):
            sentence = say.stop if each.status == "stop" else say.missing
            told.append(
                sentence.format(
                    question=line(each.check.question),
                    owner=short(each.owner) if each.owner else say.nobody,
                    day=day(each.due) if each.due else say.no_day,
                )
            )
        elif each.claimed:
            told.append(say.claimed.format(question=line(each.check.question)))
    return _Said(
        summary=say.checks.format(
            all=number.count(len(found)), **{status: number.count(count) for status, count in counts.items()}
        ),
        figures=tuple(Figure(name=room_texts().statuses[status], value=count) for status, count in counts.items()),
        warnings=tuple(told),
        against=True if counts["stop"] else None,
    )
