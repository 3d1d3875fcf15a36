"""What came out of an activity as charts: one description, drawn in the record of a room and in a brief."""

from collections.abc import Mapping, Sequence

from aipm.content.chart import MOST_SERIES, Chart, Series, written
from aipm.workshop.brief_entry_words import MOST, Pairs, entry_texts, listed, short
from aipm.workshop.cards import DotsResult
from aipm.workshop.numbers import Spread
from aipm.workshop.results import Result
from aipm.workshop.scores import ScoresResult
from aipm.workshop.votes import ConfidenceResult, MatchResult, PollResult
from aipm.workshop.weights import WeightsResult


def charts(result: Result, *, least: int = 1, first: bool = False) -> tuple[Chart, ...]:
    """None of cards and checks, which are read as what they say, and none where there is nothing to draw.

    `least`: people that a value rests on; what rests on fewer is left out. `first`: the vote is one before another.
    """
    if result.answered < least:
        return ()
    match result:
        case DotsResult():
            return _dots(result)
        case MatchResult():
            return _match(result)
        case WeightsResult():
            return _weights(result)
        case ScoresResult():
            return _scores(result, least)
        case PollResult():
            return _poll(result)
        case ConfidenceResult():
            return _confidence(result, least, first=first)
    return ()


def shares(result: MatchResult) -> Pairs:
    """Right answers to each statement that anybody answered, in percent."""
    return [(each.statement, 100 * each.right / each.answered) for each in result.matched.values() if each.answered]


def _dots(result: DotsResult) -> tuple[Chart, ...]:
    names = listed([each.name for each in result.totals if each.target in result.leading])
    values = [(each.name, float(each.dots)) for each in result.totals if each.dots]
    return _bars("dots", values, names=names, count=result.answered)


def _match(result: MatchResult) -> tuple[Chart, ...]:
    values = shares(result)
    known = [share for _, share in values] or [0.0]
    ends = (written(min(known), "%"), written(max(known), "%"))
    return _bars("match", values, names="", count=result.answered, unit="%", ends=ends)


def _weights(result: WeightsResult) -> tuple[Chart, ...]:
    values = [(result.names[key], 100 * weight) for key, weight in result.weights.items()]
    names = listed([result.names[key] for key in result.leading])
    return _bars("weights", values, names=names, count=result.answered, unit="%")


def _scores(result: ScoresResult, least: int) -> tuple[Chart, ...]:
    names = listed([result.candidates[key] for key in result.leading])
    values = [(result.candidates[key], total) for key, total in result.totals.items()]
    totals = _bars("scores", values, names=names, count=result.answered)
    cells = {(each.candidate, each.criterion): each.spread for each in result.cells[result.round]}
    if not cells or min(each.count for each in cells.values()) < least:
        return totals
    scored = [key for key in result.candidates if any(candidate == key for candidate, _ in cells)]
    parts = [scored[start : start + MOST_SERIES] for start in range(0, len(scored), MOST_SERIES)]
    return (*totals, *(_apart(result, part, cells) for part in parts))


def _apart(result: ScoresResult, candidates: Sequence[str], cells: Mapping[tuple[str, str], Spread]) -> Chart:
    """The mean of each option by each criterion, and from where to where the scores go."""
    words = entry_texts().charts["cells"]

    def series(candidate: str) -> Series:
        found = [cells.get((candidate, criterion)) for criterion in result.criteria]
        return Series(
            name=short(result.candidates[candidate]),
            values=tuple(None if each is None else each.mean for each in found),
            low=tuple(None if each is None else each.low for each in found),
            high=tuple(None if each is None else each.high for each in found),
            counts=tuple(None if each is None else each.count for each in found),
        )

    return Chart(
        kind="intervals",
        title=words.title,
        labels=tuple(map(short, result.criteria.values())),
        series=tuple(map(series, candidates)),
        alternative=words.alternative,
        note=words.note,
        named=words.named,
    )


def _poll(result: PollResult) -> tuple[Chart, ...]:
    values = [(result.names[key], float(votes)) for key, votes in result.votes.items()]
    names = listed([result.names[key] for key in result.leading])
    return _bars("poll", values, names=names, count=result.answered)


def _confidence(result: ConfidenceResult, least: int, *, first: bool) -> tuple[Chart, ...]:
    """The vote beside the one before it, where there was one."""
    say, earlier = entry_texts(), result.before_spread
    values = [(key, float(votes)) for key, votes in result.votes.items()]
    names = listed(list(result.leading))
    if first:
        return _bars("confidence", values, names=names, count=result.answered, series=say.before)
    if result.before is None or earlier is None or earlier.count < least:
        return _bars("confidence", values, names=names, count=result.answered)
    before = Series(
        name=say.before,
        values=tuple(float(result.before[key]) for key in result.votes),
        counts=(earlier.count,) * len(values),
    )
    return _bars("confidence", values, names=names, count=result.answered, beside=(before,))


def _bars(
    name: str,
    values: Pairs,
    *,
    names: str,
    count: int,
    unit: str = "",
    series: str = "",
    beside: tuple[Series, ...] = (),
    ends: tuple[str, str] = ("", ""),
) -> tuple[Chart, ...]:
    """A bar for each value, all of them resting on so many people. `beside`: bars above them; `ends`: low and high."""
    if not values:
        return ()
    words, shown = entry_texts().charts[name], values[:MOST]
    told = {"names": names, "value": written(max(value for _, value in shown), unit), "low": ends[0], "high": ends[1]}
    own = Series(name=series or words.series, values=tuple(value for _, value in shown), counts=(count,) * len(shown))
    return (
        Chart(
            kind="bars",
            title=words.title.format(**told),
            labels=tuple(short(each) for each, _ in shown),
            series=(*beside, own),
            alternative=words.alternative.format(**told),
            unit=unit,
            note=words.note,
            named=words.named,
        ),
    )
