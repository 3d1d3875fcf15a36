"""How the next word is chosen: logits -> the words left in, their chances, a draw; and whole answers, word by word.

Each step as the published texts define it, in the order in which common libraries apply them: repetition penalty,
temperature, top-k, top-p, min-p; after each cut the chances are worked out anew.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aipm.labs.decoder import END, LONGEST, SHOP, UNKNOWN, Decoder, Floats, Ids, logits, softmax

Cut = Literal["top_k", "top_p", "min_p"]
Kept = NDArray[np.bool_]
ROOM = 44
"""Words of an answer at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person may set. Off: `top_k` 0, `top_p` 1, `min_p` 0, `penalty` 1. Temperature 0 takes the likeliest."""

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    penalty: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`before`: chances as the model gives them (temperature 1, nothing cut). `after`: under the settings, 0 where cut.

    `cut`: which filter took a word out, by its place in the vocabulary; what is not in it is left in.
    """

    before: Floats
    after: Floats
    cut: Mapping[int, Cut]

    @property
    def kept(self) -> int:
        """How many words can still be drawn."""
        return int((self.after > 0).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`words` without the end mark; `surprise`: mean of −ln chance of each word as the model gave it (nats a word)."""

    words: tuple[str, ...]
    surprise: float
    ended: bool


def choice(raw: Floats, settings: Settings, *, seen: Sequence[int] = ()) -> Choice:
    """Chances of each next word. `raw`: logits; `seen`: ids already written, which the penalty makes less likely."""
    written = np.zeros(len(raw), bool)
    written[list(seen)] = True
    cut: dict[int, Cut] = {}
    after = chances(raw.astype(np.float64), settings, seen=written, cut=cut)
    return Choice(before=softmax(raw.astype(np.float64)), after=after, cut=cut)


def chances(raw: Floats, settings: Settings, *, seen: Kept, cut: dict[int, Cut] | None = None) -> Floats:
    """Chances under the settings along the last axis; what each filter takes out of one row is noted in `cut`."""
    left = penalised(raw, seen, penalty=settings.penalty)
    if settings.temperature == 0:
        return np.asarray(np.arange(raw.shape[-1]) == left.argmax(axis=-1)[..., None], np.float64)
    left = left / settings.temperature
    by: Cut
    for by in ("top_k", "top_p", "min_p"):
        inside = _inside(softmax(left), settings, by)
        if inside is None:
            continue
        if cut is not None:
            cut.update(dict.fromkeys(np.flatnonzero(~inside & np.isfinite(left)).tolist(), by))
        left = np.where(inside, left, -np.inf)
    return softmax(left)


def _inside(found: Floats, settings: Settings, by: Cut) -> Kept | None:
    """What a filter leaves in; None where it is off."""
    match by:
        case "top_k":
            return top_k(found, settings.top_k) if settings.top_k else None
        case "top_p":
            return top_p(found, settings.top_p) if settings.top_p < 1 else None
        case "min_p":
            return min_p(found, settings.min_p) if settings.min_p else None


def penalised(raw: Floats, seen: Kept, *, penalty: float) -> Floats:
    """Logits with those already written made less likely: over the penalty where above 0, times it where below.

    Keskar et al. (2019), CTRL, https://arxiv.org/abs/1909.05858; the sign as in common libraries.
    """
    return np.where(seen, np.where(raw > 0, raw / penalty, raw * penalty), raw)


def top_k(found: Floats, k: int) -> Kept:
    """The k likeliest along the last axis; of equals the first.

    Fan, Lewis & Dauphin (2018), https://arxiv.org/abs/1805.04833.
    """
    return np.asarray(_ranks(_order(found)) < k)


def top_p(found: Floats, p: float) -> Kept:
    """The likeliest words whose chances together first reach p; at least one.

    Holtzman et al. (2019), nucleus sampling, https://arxiv.org/abs/1904.09751.
    """
    order = _order(found)
    sorted_ = np.take_along_axis(found, order, axis=-1)
    before = np.cumsum(sorted_, axis=-1) - sorted_
    before[..., 0] = -1
    return np.asarray(np.take_along_axis(before < p - 1e-12, _ranks(order), axis=-1))


def min_p(found: Floats, p: float) -> Kept:
    """Words at least p times as likely as the likeliest. Nguyen et al. (2024), https://arxiv.org/abs/2407.01082."""
    return np.asarray(found >= p * found.max(axis=-1, keepdims=True))


def _order(found: Floats) -> Ids:
    return np.argsort(-found, axis=-1, kind="stable")


def _ranks(order: Ids) -> Ids:
    return np.argsort(order, axis=-1, kind="stable")


def entropy(found: Floats) -> float:
    """Shannon's entropy in bits: Σ p log₂ 1/p. 2 to its power is how many equally likely words would be as open."""
    some = found[found > 0]
    return float((some * np.log2(1 / some)).sum()) + 0.0


def draws(found: Floats, count: int, *, seed: int) -> NDArray[np.int64]:
    """How often each word came out of `count` draws."""
    return np.random.default_rng(seed).multinomial(count, found / found.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Pearson's chi-square of what was drawn against what was to be expected, its degrees of freedom, and how often
    chance alone does at least as badly (None where there was only one thing to draw).
    """

    chi_square: float
    degrees: int
    by_chance: float | None


def fit(drawn: NDArray[np.int64], shares: Floats, *, least: float = 5.0) -> Fit:
    """How well draws fit their chances; words of which fewer than `least` were to be expected count as one (Cochran).

    The tail of chi-square by the cube root of Wilson & Hilferty (1931), PNAS 17, 684-688: good to about 0.01 here.
    """
    expected = shares * drawn.sum()
    common = expected >= least
    seen = [*drawn[common].tolist(), int(drawn[~common].sum())]
    awaited = [*expected[common].tolist(), float(expected[~common].sum())]
    pairs = [(one, other) for one, other in zip(seen, awaited, strict=True) if other > 0]
    found, degrees = sum((one - other) ** 2 / other for one, other in pairs), max(len(pairs) - 1, 0)
    if degrees == 0:
        return Fit(chi_square=found, degrees=0, by_chance=None)
    spread = 2 / (9 * degrees)
    z = ((found / degrees) ** (1 / 3) - (1 - spread)) / math.sqrt(spread)
    return Fit(chi_square=found, degrees=degrees, by_chance=math.erfc(z / math.sqrt(2)) / 2)


def next_logits(decoder: Decoder, ids: Ids) -> Floats:
    """The logits of the word after a text; the mark for words never met is no word and never comes."""
    raw, _, _, _ = logits(decoder.weights, ids[None])
    last: Floats = raw[0, -1].copy()
    last[decoder.words.index(UNKNOWN)] = -np.inf
    return last


def answers(decoder: Decoder, ids: Ids, settings: Settings, *, runs: int, seed: int) -> tuple[Answer, ...]:
    """Whole answers to one question: `runs` of them side by side, each word drawn by itself.

    `ids`: the question and what the shop has said so far. The answers stop at the end mark, or where there is no room
    left. Run n draws from the same numbers whatever `runs` is.
    """
    unknown, end = decoder.words.index(UNKNOWN), decoder.words.index(END)
    luck = np.array([np.random.default_rng((seed, run)).random(ROOM) for run in range(runs)])
    raw, past, _, _ = logits(decoder.weights, ids[None])
    past = tuple((np.repeat(key, runs, axis=0), np.repeat(value, runs, axis=0)) for key, value in past)
    row = np.repeat(raw[:, -1], runs, axis=0).astype(np.float64)
    seen = np.zeros(row.shape, bool)
    seen[:, ids[int(np.flatnonzero(ids == decoder.words.index(SHOP))[-1]) + 1 :]] = True
    each, written, surprise = np.arange(runs), [], np.zeros((runs, 0))
    over = np.zeros(runs, bool)
    for step in range(min(ROOM, LONGEST - len(ids))):
        row[:, unknown] = -np.inf
        reached = np.cumsum(chances(row, settings, seen=seen), axis=-1)
        drawn = (reached > luck[:, step : step + 1] * reached[:, -1:]).argmax(axis=-1)
        drawn[over] = end
        written.append(drawn)
        new = np.where(over, 0.0, -np.log(softmax(row)[each, drawn]))
        surprise = np.concatenate([surprise, new[:, None]], axis=1)
        seen[each, drawn] = True
        over |= drawn == end
        if over.all():
            break
        more, past, _, _ = logits(decoder.weights, drawn[:, None], past)
        row = more[:, -1].astype(np.float64)
    return tuple(
        _answer(decoder, found.tolist(), surprise[run], end=end) for run, found in enumerate(np.array(written).T)
    )


def _answer(decoder: Decoder, found: list[int], surprise: Floats, *, end: int) -> Answer:
    ended = end in found
    count = found.index(end) + 1 if ended else len(found)
    words = tuple(decoder.words[place] for place in found[: count - ended])
    return Answer(words=words, surprise=float(surprise[:count].mean()), ended=ended)
