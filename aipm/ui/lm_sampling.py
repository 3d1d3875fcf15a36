"""The part of the Language models page on sampling: real chances of a tiny model, how they are cut, 200 draws."""

import re

import numpy as np
import streamlit as st

from aipm.labs.decoder import PATH, Floats, decoder, prompt, readable, words_of
from aipm.labs.sampling import Choice, Settings, answers, choice, draws, entropy, fit, next_logits
from aipm.labs.training_text import some, training_text
from aipm.ui import page
from aipm.ui.fragments import LONG, facts, join, notes, scrolling
from aipm.ui.lm_address import PAGE, link
from aipm.ui.lm_pieces import guess, paragraphs, so_what, sources
from aipm.ui.lm_question import RETURN, Asked, again, question, seed, settings, slider
from aipm.ui.lm_sampling_texts import SamplingTexts, sampling_texts
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup

DRAWS, SHOWN, WHOLE = 200, 10, 3
_LONG_NUMBER = re.compile(r"(?<![\w.])\d{4,}\b")


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, model = sampling_texts(), decoder()
    page.section(texts.title)
    numbers = {
        "words": f"{len(model.words) - 1:,}",
        "weights": f"{sum(each.size for each in model.weights.values()):,}",
        "talks": f"{training_text().talks:,}",
    }
    page.draw(paragraphs([each.format(**numbers) for each in texts.sentences]))
    if not _guessed(texts):
        return
    page.section(texts.lab, sentence=texts.lab_sentence)
    asked = question(texts)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(texts.presets_label, width="content")
        for each in texts.presets.values():
            to = {name: getattr(each, name) for name in texts.controls}
            now = all(float(value) == getattr(settings(), name) for name, value in to.items())
            link(each.name, icon=":material/check:" if now else None, **to)
    controls, picture = st.columns([1, 2], gap="large")
    with controls:
        for name in texts.controls:
            slider(name, texts)
    with picture:
        _picture(asked, settings(), texts)
    _whole(asked, settings(), texts)
    so_what(texts.so_what_title, texts.so_what)
    page.draw(page.quiet(texts.limits), sources(texts.sources_title, texts.sources))
    with st.expander(texts.read_title):
        page.draw(page.quiet(texts.read.format(talks=numbers["talks"])), notes(readable(talk) for talk in some(3)))
        log = PATH.with_suffix(".log").read_text(encoding="utf-8").splitlines()
        page.draw(
            page.quiet(texts.trained), notes(_LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", each) for each in log)
        )


def _guessed(texts: SamplingTexts) -> bool:
    first = texts.questions[RETURN]
    ids, _ = prompt(decoder(), first.customer, begun=first.shop)
    likeliest = float(choice(next_logits(decoder(), ids), Settings()).before.max())
    nearest = min(texts.guess.options, key=lambda each: abs(int(each) - DRAWS * likeliest))
    return guess(
        "guess_word", texts.guess, answer=nearest, chance=f"{likeliest:.0%}", count=str(round(DRAWS * likeliest))
    )


def _picture(asked: Asked, now: Settings, texts: SamplingTexts) -> None:
    begun = asked.ids[len(asked.ids) - len(words_of(asked.shop)) :].tolist()
    found = choice(next_logits(decoder(), asked.ids), now, seen=begun)
    drawn = draws(found.after, DRAWS, seed=seed())
    fitted = fit(drawn, found.after)
    numbers = {
        "chi": f"{fitted.chi_square:.1f}",
        "degrees": str(fitted.degrees),
        "share": f"{fitted.by_chance or 0:.0%}",
    }
    if fitted.by_chance is None:
        told = texts.fits_one
    else:
        told = (texts.fits if fitted.by_chance >= 0.05 else texts.fits_badly).format(**numbers)
    page.draw(
        facts(
            [
                (texts.chosen, f"{found.kept:,} / {len(found.after) - 1:,}"),
                (texts.open_before, _open(found.before, texts)),
                (texts.open_after, _open(found.after, texts)),
            ]
        ),
        chances(found, drawn, texts),
        page.quiet(told),
    )


def _open(shares: Floats, texts: SamplingTexts) -> str:
    bits = entropy(shares)
    return texts.bits.format(bits=f"{bits:.1f}", words=f"{2**bits:.1f}")


def chances(found: Choice, drawn: Floats, texts: SamplingTexts) -> Html:
    """The likeliest words as rows: both chances as bars and numbers, the draws, and what was cut by what."""
    longest = float(max(found.before.max(), found.after.max()))
    order = np.argsort(-np.maximum(found.before, found.after), kind="stable")
    shown, others = order[:SHOWN], order[SHOWN:]
    rows = []
    for place in shown:
        left = found.after[place] > 0
        why = texts.kept if left else texts.cuts[found.cut.get(int(place), "likeliest")]
        rows.append(
            _row(
                decoder().words[place],
                found.before[place],
                found.after[place],
                drawn=int(drawn[place]),
                why=why,
                left=bool(left),
                longest=longest,
            )
        )
    still = int((found.after[others] > 0).sum())
    rest = texts.rest.format(count=f"{len(others) - 1:,}")
    rows.append(
        _row(
            rest,
            float(found.before[others].sum()),
            float(found.after[others].sum()),
            drawn=int(drawn[others].sum()),
            why=texts.rest_left.format(count=f"{still:,}"),
            left=still > 0,
            longest=longest,
        )
    )
    said = texts.columns
    heads = f'<th scope="col">{markup(said["word"])}</th><th scope="col">{markup(said["bars"])}</th>' + join(
        Html(f'<th scope="col" class="number">{markup(said[each])}</th>') for each in ("before", "after", "drawn")
    )
    heads += f'<th scope="col">{markup(said["left"])}</th>'
    body = f'<table class="chances"><thead><tr>{heads}</tr></thead><tbody>{join(rows)}</tbody></table>'
    return scrolling(Html(body), label=texts.caption)


def _row(word: str, before: float, after: float, *, drawn: int, why: str, left: bool, longest: float) -> Html:
    wide = [f"{min(share / longest, 1):.2%}" for share in (before, after)]
    bars = f'<i style="width:{wide[0]}"></i><b style="width:{wide[1]}"></b>'
    return Html(
        f'<tr class="{"in" if left else "out"}"><th scope="row">{markup(word)}</th><td class="two-bars">{bars}</td>'
        f'<td class="number">{_share(before)}</td><td class="number">{_share(after)}</td>'
        f'<td class="number">{drawn}</td><td>{markup(why)}</td></tr>'
    )


def _share(value: float) -> str:
    return "0" if value == 0 else "&lt;0.1%" if value < 0.0005 else f"{value:.1%}"


def _whole(asked: Asked, now: Settings, texts: SamplingTexts) -> None:
    page.section(texts.answers, sentence=texts.answers_sentence)
    found = once(
        PAGE,
        "sampling.answers",
        (asked.ids.tobytes(), now, seed()),
        lambda: answers(decoder(), asked.ids, now, runs=WHOLE, seed=seed()),
    )
    lines = []
    for each in found:
        text = readable([*words_of(asked.shop), *each.words])
        lines.append(text if each.ended else texts.cut_short.format(text=text))
    said = join(Html(f"<li>{markup(line, limit=LONG)}</li>") for line in lines)
    page.draw(Html(f'<ol class="said">{said}</ol>'))
    again(texts.again, name="sampling")
