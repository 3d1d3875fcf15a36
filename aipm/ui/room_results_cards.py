"""What came out of cards and of dots on them."""

from collections.abc import Mapping, Sequence

from aipm.content import number
from aipm.ui.fragments import LONG, join
from aipm.ui.room_results_parts import (
    MOST_NAMED,
    NOTHING,
    Row,
    Told,
    bar,
    folded,
    heading,
    listed,
    quiet,
    quoted,
    rows,
    sentence,
    shortened,
    small,
    value,
)
from aipm.ui.room_results_strips import dot_row
from aipm.ui.room_results_texts import result_texts
from aipm.ui.safe import Html, markup
from aipm.workshop.cards import CardsResult, DotsResult, Group, Total
from aipm.workshop.entries import Card
from aipm.workshop.snapshot import ActivityView, CardView
from aipm.workshop.specs import Cards, targets

MANY, VERY_MANY = 24, 60
"""Groups from which cards are drawn smaller."""
MOST_TOTALS = 12
"""Places in sight; those after them are one press away."""
MOST_CARDS, MOST_IN_A_STAGE = 60, 15
"""Groups in sight, where there are no stages and in each of them."""
BRIEF = 3
"""Places shown of a table."""


def cards(view: ActivityView, found: CardsResult) -> Told:
    """Cards by stage, those put together as one; hidden ones last, where the view holds any."""
    say, counts = result_texts().cards, result_texts().counts
    seen = {each.id: each for each in view.cards}
    tags = targets(view.spec)
    template = say.apart if len(found.groups) == found.cards else say.together
    told = template.format(cards=counts.cards.of(found.cards), groups=counts.groups.of(len(found.groups)))
    parts = [_tags(found, tags)]
    dense = " out-dense" if len(found.groups) > MANY else ""
    dense += " out-very" if len(found.groups) > VERY_MANY else ""
    stages = _stages(view, found)
    if len(stages) == 1 and None in stages:
        parts.append(_pile(stages[None], seen, tags, most=MOST_CARDS, dense=dense))
    elif stages:
        drawn = ""
        for name, held in stages.items():
            title = f"{markup(say.no_stage if name is None else name, limit=LONG)} {small(number.count(len(held)))}"
            pile = _pile(held, seen, tags, most=MOST_IN_A_STAGE) if held else quiet(say.empty)
            drawn += f"<section><h3>{title}</h3>{pile}</section>"
        parts.append(Html(f'<div class="out-stages{dense}">{drawn}</div>'))
    hidden = [each for each in view.cards if each.hidden]
    if hidden:
        covered = "".join(f'<li class="out-card out-hidden">{_text(each, each)}</li>' for each in hidden)
        parts += [heading(say.hidden), Html(f'<ul class="out-cards">{covered}</ul>')]
    return Told(first=sentence(f"{told}." if found.groups else say.none), main=join(parts))


def _stages(view: ActivityView, found: CardsResult) -> dict[str | None, list[Group]]:
    """Groups by the stages of the journey; all of them where there are any, and what has none at the end."""
    wanted = view.spec.stages if isinstance(view.spec, Cards) and any(each.stage for each in found.groups) else ()
    held: dict[str | None, list[Group]] = {stage: [] for stage in wanted}
    for group in found.groups:
        held.setdefault(group.stage, []).append(group)
    if None in held:
        held[None] = held.pop(None)
    return held


def _pile(
    held: Sequence[Group], seen: Mapping[int, CardView], tags: Mapping[str, str], *, most: int, dense: str = ""
) -> Html:
    """The first `most` in sight, the others one press away."""
    drawn = "".join(f'<li class="out-card">{_group(each, seen, tags)}</li>' for each in held[:most])
    shown = Html(f'<ul class="out-cards{dense}">{drawn}</ul>')
    if not (more := held[most:]):
        return shown
    others = _pile(more, seen, tags, most=len(more), dense=dense)
    return join([shown, folded(result_texts().cards.more.format(count=number.count(len(more))), others)])


def _group(group: Group, seen: Mapping[int, CardView], tags: Mapping[str, str]) -> str:
    say = result_texts().cards
    first, *others = group.members
    told = _text(first, seen.get(first.id))
    if others:
        told += f"<p>{small(say.merged.format(count=number.count(len(group.members))))}</p>"
        told += f"<ul>{''.join(f'<li>{_text(each, seen.get(each.id))}</li>' for each in others)}</ul>"
    if group.tag is not None and group.tag in tags:
        tag = f'<span class="unseen">{markup(say.tag)} </span>{markup(tags[group.tag], limit=LONG)}'
        told += f'<p class="out-tag">{tag}</p>'
    return told


def _text(card: Card | CardView, view: CardView | None) -> str:
    """What is written, and by whom where the view holds a name."""
    by = f" {small(result_texts().cards.by.format(name=view.by))}" if view is not None and view.by else ""
    return f"<p>{markup(card.text, limit=LONG)}{by}</p>"


def _tags(found: CardsResult, tags: Mapping[str, str]) -> Html:
    counted = sorted(((key, count) for key, count in found.tags.items() if count), key=lambda each: -each[1])
    if not counted:
        return NOTHING
    drawn = "".join(
        f'<li class="{"out-is-first" if key in found.leading else ""}"><span class="out-name">'
        f"{markup(tags[key], limit=LONG)}</span> <b>{number.count(count)}</b></li>"
        for key, count in counted
    )
    return Html(f'<ul class="out-counts" aria-label="{markup(result_texts().cards.tags)}">{drawn}</ul>')


def dots(found: DotsResult) -> Told:
    """The most dots first, every dot as a mark; what has none is named, or counted."""
    say, counts = result_texts().dots, result_texts().counts
    if not found.dots:
        return Told(first=sentence(say.none), main=NOTHING)
    names = {each.target: each.name for each in found.totals}
    most = found.totals[0].dots
    if len(found.leading) == 1:
        told = say.first.format(
            name=quoted(names[found.leading[0]]), dots=number.count(most), all=number.count(found.dots)
        )
    else:
        told = say.tied.format(names=listed(names[each] for each in found.leading), dots=counts.dots.of(most))
    without = [each.name for each in found.totals if not each.dots]
    held = [each for each in found.totals if each.dots]
    parts = [_totals(held[:MOST_TOTALS], found)]
    if more := held[MOST_TOTALS:]:
        parts.append(folded(say.many_with.format(count=number.count(len(more))), _totals(more, found)))
    if without and len(without) <= MOST_NAMED:
        parts.append(quiet(say.without.format(names=listed(without))))
    elif without:
        items = "".join(f"<li>{markup(each, limit=LONG)}</li>" for each in without)
        parts.append(folded(say.many_without.format(count=number.count(len(without))), Html(f"<ul>{items}</ul>")))
    return Told(first=sentence(told), main=join(parts))


def _totals(held: list[Total], found: DotsResult) -> Html:
    say, counts = result_texts().dots, result_texts().counts
    most = found.totals[0].dots
    return rows(
        Row(
            name=each.name,
            drawn=dot_row(each.dots, most=most),
            value=value(counts.dots.of(each.dots), say.by.format(people=counts.people.of(each.people))),
            first=each.target in found.leading,
        )
        for each in held
    )


def dots_brief(found: DotsResult) -> Html:
    """A table's first places."""
    held = [each for each in found.totals if each.dots][:BRIEF]
    most = max((each.dots for each in held), default=1)
    return rows(
        (
            Row(
                name=shortened(each.name),
                drawn=bar(each.dots / most),
                value=value(number.count(each.dots)),
                first=each.target in found.leading,
            )
            for each in held
        ),
        stacked=True,
    )
