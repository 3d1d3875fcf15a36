"""Whether what somebody gives fits what was asked: checked plain data in, plain data to store out."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from aipm.tables.model import Refusal
from aipm.workshop import scores, votes, weights
from aipm.workshop.refusals import refused
from aipm.workshop.specs import (
    GUESS,
    POINTS,
    STATUSES,
    Checks,
    Confidence,
    Match,
    Poll,
    Scores,
    Spec,
    Weights,
    targets,
)

LONGEST_CARD, LONGEST_NOTE, LONGEST_NAME = 500, 1_000, 60


def checked(spec: Spec, item: str, value: Any, *, number: int, cards: Mapping[str, str] | None = None) -> str:
    """The item under which `value` is kept; `number` is the round that is open. Raises Refusal."""
    if item == GUESS:
        _unless(spec.guess is not None and isinstance(value, str) and value in targets(spec, cards))
        return item
    match spec:
        case Poll():
            _unless(item == votes.CHOICE)
            _poll(spec, value)
        case Confidence():
            _unless(item == votes.CHOICE and _whole(value, spec.low, spec.high))
        case Match(statements=statements, options=options):
            _unless(item in {each.key for each in statements} and value in {each.key for each in options})
        case Weights():
            _unless(item == weights.ITEM)
            _weights(spec, value)
        case Scores():
            return _score(spec, item, value, number)
        case Checks(checks=asked):
            _unless(item in {each.key for each in asked})
            _check(value)
        case _:
            raise refused("bad_answer")
    return item


def card_text(typed: str) -> str:
    """What stands on a card. Raises Refusal."""
    return _text(typed, LONGEST_CARD)


def name(typed: str | None) -> str | None:
    """A name that people gave themselves or their table; None where it is blank. Raises Refusal."""
    return _text(typed, LONGEST_NAME) if typed is not None and typed.strip() else None


def _text(typed: str, longest: int) -> str:
    text = typed.strip() if isinstance(typed, str) else ""
    if not text or all(unicodedata.category(sign)[0] in "ZC" for sign in text):
        raise refused("blank")
    if len(text) > longest:
        raise refused("too_much", most=f"{longest:,}")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise refused("bad_answer") from None
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")  # PostgreSQL keeps no NUL


def _poll(spec: Poll, value: Any) -> None:
    chosen = value if spec.several else [value]
    _unless(isinstance(chosen, list) and bool(chosen) and all(isinstance(each, str) for each in chosen))
    _unless(set(chosen) <= targets(spec).keys() and len(set(chosen)) == len(chosen))


def _weights(spec: Weights, value: Any) -> None:
    keys = targets(spec).keys()
    if spec.way == "order":
        _unless(isinstance(value, list) and all(isinstance(each, str) for each in value))
        _unless(len(value) == len(keys) and set(value) == keys)
        return
    _unless(isinstance(value, dict) and value.keys() == keys)
    _unless(all(_whole(each, 0, POINTS) for each in value.values()))
    if sum(value.values()) != POINTS:
        raise refused("not_a_hundred", given=sum(value.values()), points=POINTS)


def _score(spec: Scores, item: str, value: Any, number: int) -> str:
    if item == scores.DISSENT:
        _unless(isinstance(value, str))
        _text(value, LONGEST_NOTE)
        return item
    candidate, _, criterion = item.partition("/")
    _unless(candidate in targets(spec) and criterion in {each.key for each in spec.criteria})
    _unless(_whole(value, spec.low, spec.high))
    return scores.item(number, candidate, criterion)


def _check(value: Any) -> None:
    _unless(isinstance(value, dict) and value.get("status") in STATUSES)
    _unless(value.keys() <= {"status", "owner", "due", "evidence", "note"})
    readers: dict[str, Callable[[str], object]] = {
        "owner": lambda text: _text(text, LONGEST_NAME),
        "due": date.fromisoformat,
        "evidence": lambda text: _text(text, LONGEST_NOTE),
        "note": lambda text: _text(text, LONGEST_NOTE),
    }
    for part, read in readers.items():
        if part in value:
            _unless(isinstance(value[part], str))
            try:
                read(value[part])
            except ValueError:
                raise _bad() from None


def _whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _unless(fits: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not fits:
        raise _bad()


def _bad() -> Refusal:
    return refused("bad_answer")
