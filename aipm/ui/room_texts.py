"""content/room.yaml, typed: what a participant reads on a phone."""

from dataclasses import dataclass

from aipm import content


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinTexts:
    """Before somebody is in. `{code}` stands for the code in two groups of three."""

    title: str
    ready: str
    ready_note: str
    press: str
    ask: str
    field: str
    placeholder: str
    not_a_code: str
    not_a_code_advice: str
    another: str
    here: str
    resume: str
    anew: str
    lead: str
    lead_link: str
    lost: str
    try_again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameTexts:
    """Around the activities: who one is, what phase it is, what an activity's state means, the guess."""

    you: str
    no_name: str
    at_table: str
    welcome: str
    own_link: str
    seen: str
    name: str
    table: str
    keep: str
    skip: str
    not_begun: str
    phase: str
    until: str
    over: str
    several: str
    ended: str
    ended_note: str
    waiting: str
    waiting_next: str
    waiting_begin: str
    waiting_here: str
    waiting_note: str
    open: str
    closed: str
    closed_note: str
    revealed: str
    locked: str
    guess: str
    guess_choose: str
    guess_kept: str
    guessed: str
    guessed_right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTexts:
    write: str
    placeholder: str
    stage: str
    tag: str
    choose: str
    keep: str
    none: str
    one: str
    many: str
    unnamed: str
    named: str
    full: str
    mine: str
    change: str
    change_this: str
    changed: str
    keep_change: str
    take_away: str
    leave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DotTexts:
    left: str
    none_left: str
    press: str
    press_several: str
    placed: str
    undo: str
    take: str
    nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTexts:
    choose_table: str
    choose_table_note: str
    yours: str
    for_all: str
    one_writes: str
    none: str
    kept: str
    answer: str
    change: str
    status: str
    owner: str
    due: str
    evidence: str
    note: str
    keep: str
    take_back: str
    leave: str
    owner_said: str
    due_said: str
    theirs: str
    answer_this: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantTexts:
    join: JoinTexts
    frame: FrameTexts
    cards: CardTexts
    dots: DotTexts
    checks: CheckTexts


def participant_texts() -> ParticipantTexts:
    """What the file holds. Raises ContentError."""
    found: ParticipantTexts = content.load("room", ParticipantTexts)
    return found
