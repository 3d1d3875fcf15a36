"""What came out of a poll, of a confidence vote before and after, and of statements to match."""

from aipm.content import number
from aipm.ui.fragments import LONG, join
from aipm.ui.room_results_parts import (
    NOTHING,
    Row,
    Told,
    bar,
    blocks,
    flag,
    heading,
    listed,
    moves,
    quiet,
    quoted,
    rows,
    sentence,
    shortened,
    signed,
    value,
)
from aipm.ui.room_results_strips import legend, marks, reach, scale, steps, strip
from aipm.ui.room_results_texts import result_texts
from aipm.ui.safe import Html, markup
from aipm.workshop.numbers import Spread
from aipm.workshop.snapshot import ActivityView
from aipm.workshop.specs import Confidence, Match, Poll
from aipm.workshop.texts import room_texts
from aipm.workshop.votes import ConfidenceResult, Matched, MatchResult, PollResult, Shift


def poll(view: ActivityView, found: PollResult) -> Told:
    """Answers in the order in which they were offered: often it is a scale."""
    say = result_texts().poll
    several = isinstance(view.spec, Poll) and view.spec.several
    return Told(first=_most(found), main=join([bars(found), quiet(say.several) if several else NOTHING]))


def _most(found: PollResult) -> Html:
    say = result_texts().poll
    if not found.leading:
        return NOTHING
    votes = found.votes[found.leading[0]]
    told = say.tied if len(found.leading) > 1 else say.first if 2 * votes > found.answered else say.more
    names = [found.names[each] for each in found.leading]
    return sentence(
        told.format(
            name=quoted(names[0]),
            names=listed(names),
            votes=number.count(votes),
            people=number.count(found.answered),
        )
    )


def bars(found: PollResult, *, stacked: bool = False) -> Html:
    of = result_texts().of.format(count=number.count(found.answered))
    return rows(
        (
            Row(
                name=found.names[key],
                drawn=bar(votes / max(1, found.answered)),
                value=value(number.count(votes), of),
                first=key in found.leading,
            )
            for key, votes in found.votes.items()
        ),
        stacked=stacked,
    )


def confidence(view: ActivityView, found: ConfidenceResult) -> Told:
    """Every voice, then the middle; beside the earlier vote where there was one, and who moved."""
    say, held = result_texts().confidence, found.spread
    if not isinstance(view.spec, Confidence) or held is None:
        return Told(first=NOTHING, main=NOTHING)
    low, high = view.spec.low, view.spec.high
    told = say.first.format(median=number.count(held.median), low=number.count(low), high=number.count(high))
    moved = NOTHING if found.shift is None else join([heading(say.title), _shift(found.shift)])
    return Told(first=sentence(told), main=join([legend(mean=True), both(view, found)]), aside=moved)


def both(view: ActivityView, found: ConfidenceResult, *, stacked: bool = False) -> Html:
    """The vote before and the one now, on one scale."""
    say = result_texts().confidence
    if not isinstance(view.spec, Confidence):
        return NOTHING
    axis = steps(view.spec.low, view.spec.high)
    shown: list[tuple[str, Spread]] = []
    if found.before_spread is not None:
        shown.append((say.before, found.before_spread))
    if found.spread is not None:
        shown.append((say.now if shown else result_texts().all_voices, found.spread))
    alike = marks((each for _, each in shown), axis)
    held = [
        Row(name=name, drawn=strip(each, axis, stacked=alike, mean=True, name=name), value=_mean(each), first=place > 0)
        for place, (name, each) in enumerate(shown)
    ]
    return rows([*held, Row(name="", drawn=scale(axis), value=NOTHING)], stacked=stacked)


def _mean(found: Spread) -> Html:
    said = result_texts()
    return value(number.ratio(found.mean), said.key.mean, f"· {said.counts.voices.of(found.count)}, {reach(found)}")


def _shift(shift: Shift) -> Html:
    say = result_texts().confidence
    same = shift.people - shift.up - shift.down
    counts = (("▲", say.up, shift.up), ("=", say.same, same), ("▼", say.down, shift.down))
    told = room_texts().exports.shift.format(
        people=number.count(shift.people), up=number.count(shift.up), down=number.count(shift.down)
    )
    moved = say.change.format(mean=signed(shift.mean)) if moves(shift.mean) else say.still
    held = [
        Row(name=f"{sign} {name}", drawn=bar(count / shift.people), value=value(number.count(count)), first=sign == "▲")
        for sign, name, count in counts
    ]
    return join([quiet(f"{told} {moved}"), rows(held)])


def match_quiz(view: ActivityView, found: MatchResult) -> Told:
    """Each statement with its right answer, how many had it, and what it was taken for."""
    options = {each.key: each.name for each in view.spec.options} if isinstance(view.spec, Match) else {}
    drawn = [_matched(each, options, missed=key in found.leading) for key, each in found.matched.items()]
    return Told(first=join([sentence(_right(found)), quiet(_missed(found))]), main=blocks(drawn))


def _right(found: MatchResult) -> str:
    return result_texts().match.first.format(right=number.count(found.right), given=number.count(found.given))


def _missed(found: MatchResult) -> str:
    say = result_texts().match
    names = listed(found.matched[key].statement for key in found.leading)
    return say.missed.format(names=names) if names else say.perfect


def _matched(found: Matched, options: dict[str, str], *, missed: bool) -> Html:
    say = result_texts().match
    name = options.get(found.label, found.label)
    tick = '<i class="out-tick" aria-hidden="true"></i>'
    right = f'<p class="out-right">{tick}{markup(say.right)} <b>{markup(name, limit=LONG)}</b></p>'
    told = number.count(found.right), number.count(found.answered)
    drawn = rows(
        [
            Row(
                name=say.right_word,
                drawn=bar(found.right / max(1, found.answered)),
                value=value(say.value.format(right=told[0], answered=told[1])),
                first=True,
            )
        ],
        stacked=True,
    )
    wrong = {key: count for key, count in found.chosen.items() if count and key not in (found.label, found.taken_for)}
    more, also = "", ""
    if found.taken_for is not None:
        mixed = options.get(found.taken_for, found.taken_for)
        more = say.taken_for.format(name=quoted(mixed), count=number.count(found.chosen.get(found.taken_for, 0)))
    if wrong:
        others = sorted(wrong.items(), key=lambda each: -each[1])
        named = (say.name.format(name=shortened(options.get(key, key)), count=number.count(n)) for key, n in others)
        also = f' <span class="out-also">{markup(say.also.format(names=", ".join(named)), limit=LONG)}</span>'
    title = f"{markup(found.statement, limit=LONG)}{flag(say.marked) if missed else ''}"
    said = drawn if found.answered else quiet(say.none)
    under = f"<p><small>{markup(more, limit=LONG)}{also}</small></p>" if more else ""
    return Html(f"<section><h3>{title}</h3>{right}{said}{under}</section>")


def match_brief(found: MatchResult) -> Html:
    return join([quiet(_right(found)), quiet(_missed(found))])
