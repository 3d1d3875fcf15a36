"""The part of the Language models page on asking the same question twice: spread, rules, ranking, practices."""

from collections.abc import Mapping, Sequence

import streamlit as st

from aipm.content.interval import wilson
from aipm.content.practices import practice_texts
from aipm.labs.decoder import Ids, decoder, prompt, readable, words_of
from aipm.labs.sampling import Answer, Settings, answers
from aipm.labs.spread import Spread, broken, difference, ranked, spread
from aipm.labs.training_text import training_text
from aipm.ui import page
from aipm.ui.address import put
from aipm.ui.fragments import LONG, facts, join, notes
from aipm.ui.lm_address import PAGE, choice, held, whole
from aipm.ui.lm_pieces import guess, paragraphs, so_what, sources
from aipm.ui.lm_question import RETURN, Asked, again, question, seed, settings, slider
from aipm.ui.lm_sampling_texts import sampling_texts
from aipm.ui.lm_twice_texts import RuleName, TwiceTexts, twice_texts
from aipm.ui.lm_zero import zero
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.state import key, shows

RUNS, LEAST, MOST = 20, 5, 40
COMPARED, SHOWN = 60, 6
ITEM = "kettle"
"""What the order system knows where the question names no item."""
TEMPERATURES = ("0.0", "0.3", "0.7", "1.0", "1.5", "2.0")
Rules = Mapping[str, Sequence[str]]


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = twice_texts()
    page.section(texts.title)
    page.draw(paragraphs(texts.sentences))
    count = len(spread(_first()).kinds)
    nearest = min(texts.guess.options, key=lambda each: abs(int(each) - count))
    if guess("guess_twice", texts.guess, answer=nearest, count=str(count)):
        _lab(texts)
    zero(texts)
    _practices(texts)
    so_what(texts.so_what_title, texts.so_what)
    page.draw(sources(texts.sources_title, [*practice_texts().sources, *texts.sources]))


def _first() -> tuple[Answer, ...]:
    """What the guess is about: the first question at the settings that stand at first."""
    asked = sampling_texts().questions[RETURN]
    ids, _ = prompt(decoder(), asked.customer)
    return once(PAGE, "twice.first", None, lambda: answers(decoder(), ids, Settings(), runs=RUNS, seed=1))


def _runs(ids: Ids, now: Settings, *, runs: int, name: str) -> tuple[Answer, ...]:
    question = (ids.tobytes(), now, runs, seed())
    return once(PAGE, f"twice.{name}", question, lambda: answers(decoder(), ids, now, runs=runs, seed=seed()))


def _lab(texts: TwiceTexts) -> None:
    runs = whole("runs", low=LEAST, high=MOST, default=RUNS)
    page.section(texts.lab.format(runs=runs))
    asked = question(sampling_texts(), whole_answers=True)
    left, right = st.columns(2, gap="large")
    with left:
        slider("temperature", sampling_texts())
    with right:
        st.slider(texts.runs, LEAST, MOST, **held("runs", runs, default=RUNS))
    now = settings()
    said = _runs(asked.ids, now, runs=runs, name="answers")
    counted = st.container()  # above the rules, but counted by them
    rules = _rules(asked, texts)
    passed = sum(not broken(each, rules) for each in said)
    with counted:
        page.draw(_figures(spread(said), passed, texts), _kinds(spread(said), rules, texts))
        again(sampling_texts().again, name="twice")
    _ranking(said, rules, texts, passed=passed)
    _compare(asked, now, rules, texts)


def _figures(found: Spread, passed: int, texts: TwiceTexts) -> Html:
    low, high = wilson(passed / found.runs, found.runs)
    share = texts.interval.format(share=f"{passed / found.runs:.0%}", low=f"{low:.0%}", high=f"{high:.0%}")
    return facts(
        [
            (texts.facts["different"], f"{len(found.kinds)} / {found.runs}"),
            (texts.facts["commonest"], f"{found.commonest:.0%}"),
            (texts.facts["bits"], texts.bits.format(bits=f"{found.bits:.1f}")),
            (texts.facts["pass"], share),
        ]
    )


def _kinds(found: Spread, rules: Rules, texts: TwiceTexts) -> Html:
    """Each different answer with how often it came as a bar, and the rules it breaks in words."""
    lines = []
    for answer, count in found.kinds[:SHOWN]:
        bar = f'<b style="width:{count / found.runs:.0%}"></b>{markup(texts.times.format(count=count))}'
        lines.append(_line(Html(bar), answer, broken(answer, rules), texts))
    left = len(found.kinds) - SHOWN
    more = f'<p class="quiet">{markup(texts.more.format(count=left))}</p>' if left > 0 else ""
    return Html(f'<h3>{markup(texts.answers)}</h3><ul class="kinds-of-answers">{join(lines)}</ul>{more}')


def _line(lead: Html, answer: Answer, faults: Sequence[str], texts: TwiceTexts) -> Html:
    sign, word = ("gap", _named(faults, texts)) if faults else ("within-tolerance", texts.unbroken)
    return Html(
        f'<li><span class="times">{lead}</span><p>{markup(readable(answer.words), limit=LONG)}</p>'
        f'<p class="verdict is-{sign}"><span class="sign"></span>{markup(word, limit=LONG)}</p></li>'
    )


def _named(faults: Sequence[str], texts: TwiceTexts) -> str:
    said = ", ".join(text.broken for name, text in texts.rules.items() if name in faults)
    return said[:1].upper() + said[1:]


def _rules(asked: Asked, texts: TwiceTexts) -> Rules:
    """Let somebody switch rules on and off; the phrases that break those that are on."""
    items = training_text().facts["item"]
    named = [each for each in items if each in words_of(asked.customer.lower())]
    item = named[0] if named else ITEM
    phrases: dict[RuleName, Sequence[str]] = {
        "item": [each for each in items if each != item],
        "window": texts.window,
        "days": texts.days,
        "unfinished": (),
    }
    page.draw(Html(f"<h3>{markup(texts.rules_title)}</h3>"), paragraphs([texts.rules_sentence]))
    off = {each for each in st.query_params.get("off", "").split(",") if each in texts.rules}

    def take(chosen: Sequence[str]) -> None:
        put(off=",".join(each for each in texts.rules if each not in chosen) or None)

    st.pills(
        texts.rules_label,
        tuple(texts.rules),
        format_func=lambda each: texts.rules[each].name,
        selection_mode="multi",
        **shows(key(PAGE, "rules"), [each for each in texts.rules if each not in off], take),
    )
    page.draw(notes(each.plain.format(item=item) for name, each in texts.rules.items() if name not in off))
    return {name: phrases[name] for name in phrases if name not in off}


def _ranking(said: Sequence[Answer], rules: Rules, texts: TwiceTexts, *, passed: int) -> None:
    """What the rules leave, the surest first, and the first few of what they hold back."""
    found = ranked(said, rules)
    left = [each for each in found if each.place is not None]
    shown = [*left[:SHOWN], *(each for each in found if each.place is None)][: 2 * SHOWN - 2]
    lines = []
    for each in shown:
        place = texts.held_back if each.place is None else texts.place.format(place=each.place)
        surprise = texts.surprise.format(surprise=f"{each.answer.surprise:.2f}")
        lead = Html(f"{markup(place)}<small>{markup(surprise)}</small>")
        lines.append(_line(lead, each.answer, each.broken, texts))
    page.draw(Html(f"<h3>{markup(texts.kept_title)}</h3>"))
    if not left:
        page.draw(page.quiet(texts.none_left))
    page.draw(
        page.quiet(texts.ranked_caption.format(left=len(left), all=len(found))),
        Html(f'<ul class="kinds-of-answers">{join(lines)}</ul>'),
        paragraphs([texts.filtered.format(before=f"{passed / len(said):.0%}"), texts.caution]),
    )


def _compare(asked: Asked, now: Settings, rules: Rules, texts: TwiceTexts) -> None:
    page.draw(Html(f"<h3>{markup(texts.compare_title)}</h3>"), paragraphs([texts.compare_sentence]))
    other = choice("other", TEMPERATURES, default="0.3")
    st.segmented_control(texts.other, TEMPERATURES, required=True, **held("other", other, default="0.3"))
    sides = (now, Settings(temperature=float(other)))
    passed = [
        sum(not broken(each, rules) for each in _runs(asked.ids, side, runs=COMPARED, name=f"compare.{place}"))
        for place, side in enumerate(sides)
    ]
    gap, (low, high) = difference((passed[0], COMPARED), (passed[1], COMPARED))
    sure = low > 0 or high < 0
    told = texts.compare_answer.format(
        one=f"{now.temperature:.1f}",
        other=other,
        one_share=f"{passed[0] / COMPARED:.0%}",
        other_share=f"{passed[1] / COMPARED:.0%}",
        difference=f"{gap * 100:+.0f}".replace("-", "−"),
        low=f"{low * 100:+.0f}".replace("-", "−"),
        high=f"{high * 100:+.0f}".replace("-", "−"),
    )
    more = texts.compare_sure if sure else texts.compare_unsure
    page.draw(Html(f'<div class="answer"><p>{markup(told, limit=LONG)}</p><p>{markup(more, limit=LONG)}</p></div>'))


def _practices(texts: TwiceTexts) -> None:
    page.section(texts.practices_title, sentence=texts.practices_sentence)
    cards = join(
        Html(
            f"<li><h3>{markup(each.name)}</h3><p>{markup(each.text, limit=LONG)}</p>"
            f'<p class="quiet"><b>{markup(texts.does_not)}</b> {markup(each.does_not, limit=LONG)}</p></li>'
        )
        for each in practice_texts().eight.values()
    )
    lines = [
        *(f"{each.text} {each.does_not}" for each in practice_texts().engineering.values()),
        practice_texts().random_start,
    ]
    page.draw(Html(f'<ol class="points">{cards}</ol><h3>{markup(texts.do_title)}</h3>'), notes(lines))
