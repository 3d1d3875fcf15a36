"""Scores: how far a room lies apart, then the mean, what changed between the rounds, and who sees it otherwise."""

from collections.abc import Sequence

from aipm.content import number
from aipm.ui.fragments import LONG, join
from aipm.ui.room_results_parts import (
    NOTHING,
    Row,
    Told,
    block,
    blocks,
    flag,
    folded,
    heading,
    listed,
    moves,
    quiet,
    quoted,
    rows,
    sentence,
    shortened,
    signed,
    small,
    value,
)
from aipm.ui.room_results_strips import Axis, legend, marks, point, reach, scale, steps, strip
from aipm.ui.room_results_texts import result_texts
from aipm.ui.safe import Html, markup
from aipm.workshop.scores import ScoresResult
from aipm.workshop.snapshot import ActivityView
from aipm.workshop.specs import Scores
from aipm.workshop.texts import room_texts

MOST_NOTES = 4
"""Notes in sight; the others are one press away."""
MOST_MARKED = 1 / 3
"""Of the cells: where more are far apart, a mark on each would say nothing."""


def scores(view: ActivityView, found: ScoresResult) -> Told:
    """By criterion, every voice on every option; then totals, where the rounds are over."""
    if not isinstance(view.spec, Scores):
        return Told(first=NOTHING, main=NOTHING)
    say, axis = result_texts().scores, steps(view.spec.low, view.spec.high)
    told = means_told(found)
    title = say.round.format(number=number.count(found.round)) if view.spec.rounds > 1 else say.spread
    moved = quiet(say.beside) if found.changes else NOTHING
    apart = [heading(title), _invited(found), moved, legend(mean=told, earlier=found.round > 1)]
    parts = []
    if told:
        weighted = quiet(say.even if _even(found) else say.weighted)
        parts += [heading(say.mean), sentence(_winner(found, axis)), weighted, totals(found, axis)]
    if found.dissent:
        parts += [heading(room_texts().exports.dissent), _notes(found.dissent[:MOST_NOTES])]
        if more := found.dissent[MOST_NOTES:]:
            parts.append(folded(say.more_notes.format(count=number.count(len(more))), _notes(more)))
    return Told(
        first=sentence(_first(found)),
        main=join([*apart, _by_criterion(found, axis, mean=told)]),
        aside=join(parts),
    )


def _notes(held: Sequence[str]) -> Html:
    notes = "".join(f"<li><blockquote>{markup(each, limit=LONG)}</blockquote></li>" for each in held)
    return Html(f'<ul class="out-notes">{notes}</ul>')


def means_told(found: ScoresResult) -> bool:
    """Before the last round there are none, so that nobody moves towards a middle."""
    return any(found.means.values())


def _first(found: ScoresResult) -> str:
    """How far apart, or what became of that: who comes first is told after what shows it."""
    say, known = result_texts().scores, [each.deviation for each in found.changes if each.deviation is not None]
    if known:
        closer, further = sum(each < 0 for each in known), sum(each > 0 for each in known)
        told = say.closer if further else say.closer_only
        return told.format(closer=number.count(closer), further=number.count(further), all=number.count(len(known)))
    return _widest(found) if means_told(found) else say.open


def _winner(found: ScoresResult, axis: Axis) -> str:
    say = result_texts().scores
    names = [found.candidates[each] for each in found.leading]
    if not names:
        return say.no_total
    return (say.first if len(names) == 1 else say.tied).format(
        name=quoted(names[0]),
        names=listed(names),
        total=number.ratio(found.totals[found.leading[0]]),
        low=number.count(axis.low),
        high=number.count(axis.high),
    )


def _far(found: ScoresResult) -> frozenset[tuple[str, str]]:
    """Where those furthest out are asked to speak: before the second round, and where that is nearly everywhere, only
    where the middle half is widest.
    """
    cells = [each for each in found.cells[found.round] if each.invited and found.round == 1]
    if len(cells) > MOST_MARKED * len(found.cells[found.round]):
        widest = max(each.spread.middle_half for each in cells)
        cells = [each for each in cells if each.spread.middle_half == widest]
    return frozenset((each.candidate, each.criterion) for each in cells)


def _invited(found: ScoresResult) -> Html:
    say, cells = result_texts().scores, found.cells[found.round]
    invited = sum(each.invited is not None for each in cells)
    if not invited or found.round > 1:
        return NOTHING
    told = say.far_means if len(_far(found)) == invited else say.far_many
    return quiet(told.format(count=number.count(invited), all=number.count(len(cells))))


def _by_criterion(found: ScoresResult, axis: Axis, *, mean: bool) -> Html:
    cells = {(each.candidate, each.criterion): each.spread for each in found.cells[found.round]}
    earlier = {(each.candidate, each.criterion): each.spread for each in found.cells[1]} if found.round > 1 else {}
    changes = {(each.candidate, each.criterion): each.mean for each in found.changes}
    alike, far = marks(cells.values(), axis), _far(found)
    drawn = []
    for criterion, name in found.criteria.items():
        held = []
        for candidate, called in found.candidates.items():
            place = candidate, criterion
            if place not in cells:
                held.append(Row(name=called, drawn=NOTHING, value=Html(small(result_texts().scores.none))))
                continue
            shown = strip(cells[place], axis, stacked=alike, mean=mean, earlier=earlier.get(place), name=called)
            told = _mean(cells[place].mean, changes.get(place)) if mean else Html(small(reach(cells[place])))
            marked = flag(result_texts().scores.far) if place in far else NOTHING
            held.append(Row(name=called, drawn=shown, value=join([told, marked])))
        drawn.append(block(name, rows([*held, Row(name="", drawn=scale(axis), value=NOTHING)], stacked=True)))
    return blocks(drawn)


def _mean(mean: float, change: float | None) -> Html:
    say, told = result_texts().scores, [result_texts().key.mean]
    if change is not None:
        told.append(say.moved.format(change=signed(change)) if moves(change) else say.unmoved)
    return value(number.ratio(mean), ", ".join(told))


def _even(found: ScoresResult) -> bool:
    return len(set(found.weights.values())) <= 1


def totals(found: ScoresResult, axis: Axis, *, stacked: bool = False) -> Html:
    """The best first; who was not scored by everything that counts has none."""
    missing = result_texts().scores.missing
    ordered = sorted(found.candidates, key=lambda each: -found.totals.get(each, -1.0))
    held = [
        Row(
            name=found.candidates[key],
            drawn=point(found.totals[key], axis) if key in found.totals else NOTHING,
            value=value(number.ratio(found.totals[key])) if key in found.totals else Html(small(missing)),
            first=key in found.leading,
        )
        for key in ordered
    ]
    return rows([*held, Row(name="", drawn=scale(axis), value=NOTHING)], stacked=stacked)


def _widest(found: ScoresResult) -> str:
    """Where it lies furthest apart."""
    widest = max(found.cells[found.round], key=lambda each: each.spread.range)
    return result_texts().scores.widest.format(
        name=quoted(found.candidates[widest.candidate]),
        criterion=shortened(found.criteria[widest.criterion]),
        low=number.count(widest.spread.low),
        high=number.count(widest.spread.high),
    )


def scores_brief(view: ActivityView, found: ScoresResult) -> Html:
    """A table's totals; before they may be told, where it lies furthest apart."""
    if not isinstance(view.spec, Scores):
        return NOTHING
    if means_told(found):
        return totals(found, steps(view.spec.low, view.spec.high), stacked=True)
    return quiet(_widest(found)) if found.cells[found.round] else NOTHING
