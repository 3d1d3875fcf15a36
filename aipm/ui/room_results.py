"""What came out of an activity, in HTML alone: the same on a phone, at the facilitator's and on the big screen.

Spreads come before means, nobody is named whom the view does not name, and everything drawn is said in words.
"""

from aipm.content import number
from aipm.ui.fragments import join
from aipm.ui.room_results_cards import cards, dots, dots_brief
from aipm.ui.room_results_checks import checks
from aipm.ui.room_results_parts import (
    NOTHING,
    Row,
    Told,
    bar,
    block,
    blocks,
    flag,
    heading,
    quiet,
    rows,
    sentence,
    value,
)
from aipm.ui.room_results_scores import scores, scores_brief
from aipm.ui.room_results_texts import result_texts
from aipm.ui.room_results_votes import bars, both, confidence, match_brief, match_quiz, poll
from aipm.ui.room_results_weights import weights, weights_brief
from aipm.ui.safe import Html, markup
from aipm.workshop.cards import CardsResult, DotsResult
from aipm.workshop.checks import ChecksResult
from aipm.workshop.entries import LEAST
from aipm.workshop.results import Outcome, Result
from aipm.workshop.scores import ScoresResult
from aipm.workshop.snapshot import ActivityView
from aipm.workshop.specs import targets
from aipm.workshop.texts import room_texts
from aipm.workshop.votes import ConfidenceResult, Guesses, MatchResult, PollResult
from aipm.workshop.weights import WeightsResult

MOST_GUESSED = 5
"""Guesses that are drawn; the others are counted."""


def result(view: ActivityView) -> Html:
    """Its cards and its outcome, as far as this view holds them; empty where there is nothing to see yet."""
    if view.outcome is None:
        return Html("")
    return Html(f'<div class="out out-{view.kind}">{_told(view, view.outcome)}</div>')


def answered_line(view: ActivityView, people: int) -> Html:
    """How many of those in the room have answered, never who."""
    say = result_texts().answered
    told = say.nobody if not people else say.none if not view.answered else say.some
    said = markup(told.format(answered=number.count(view.answered), people=number.count(people)))
    drawn = bar(min(1.0, view.answered / people)) if people else ""
    return Html(f'<div class="out out-answered"><p>{said}</p>{drawn}</div>')


def _told(view: ActivityView, found: Outcome) -> Html:
    words = room_texts().exports
    if not view.answered and not isinstance(found.result, ChecksResult):
        return quiet(words.nothing)
    whole = _whole(view, found.result)
    aside = whole.aside
    if found.guesses is not None and found.guesses.answered and found.result.leading:
        aside = join([aside, _guesses(view, found.result, found.guesses)])
    beside = f'<div class="out-aside">{aside}</div>' if aside else ""
    shown = Html(f'<div class="out-both{" out-two" if aside else ""}"><div>{whole.main}</div>{beside}</div>')
    parts = [whole.first, shown]
    if found.tables:
        held = [block(name, _brief(view, each)) for name, each in found.tables.items()]
        parts += [heading(words.by_table), blocks(held)]
    if found.withheld:
        parts.append(quiet(result_texts().withheld.of(found.withheld, least=number.count(LEAST))))
    return join(parts)


def _whole(view: ActivityView, found: Result) -> Told:
    """Of the whole room."""
    match found:
        case CardsResult():
            return cards(view, found)
        case DotsResult():
            return dots(found)
        case MatchResult():
            return match_quiz(view, found)
        case WeightsResult():
            return weights(view, found)
        case ScoresResult():
            return scores(view, found)
        case PollResult():
            return poll(view, found)
        case ConfidenceResult():
            return confidence(view, found)
        case ChecksResult():
            return checks(found)


def _brief(view: ActivityView, found: Result) -> Html:
    """Of a table, with how many of it answered."""
    counted = quiet(result_texts().counts.answers.of(found.answered))
    match found:
        case DotsResult():
            return join([counted, dots_brief(found)])
        case MatchResult():
            return join([counted, match_brief(found)])
        case WeightsResult():
            return join([counted, weights_brief(found)])
        case ScoresResult():
            return join([counted, scores_brief(view, found)])
        case PollResult():
            return join([counted, bars(found, stacked=True)])
        case ConfidenceResult():
            return both(view, found, stacked=True)
        case CardsResult() | ChecksResult():
            return counted


def _guesses(view: ActivityView, found: Result, guesses: Guesses) -> Html:
    """How many guessed what came first, and what was guessed."""
    words, say = room_texts().exports, result_texts().guess
    names = {each.target: each.name for each in found.totals} if isinstance(found, DotsResult) else targets(view.spec)
    count = number.count(guesses.answered)
    told = words.guesses.format(right=number.count(guesses.right), count=count)
    given = sorted(((key, votes) for key, votes in guesses.votes.items() if votes), key=lambda each: -each[1])
    held = [
        Row(
            name=names.get(key, key),
            drawn=bar(votes / guesses.answered),
            value=join([value(number.count(votes)), flag(say.right, right=True) if key in found.leading else NOTHING]),
            first=key in found.leading,
        )
        for key, votes in given[:MOST_GUESSED]
    ]
    asked = quiet(view.spec.guess) if view.spec.guess else NOTHING
    parts = [
        heading(say.title),
        asked,
        sentence(told if guesses.right else say.nobody_right.format(count=count)),
        rows(held),
    ]
    if rest := given[MOST_GUESSED:]:
        parts.append(quiet(say.other.format(count=number.count(sum(votes for _, votes in rest)))))
    return Html(f'<section class="out-guess">{join(parts)}</section>')
