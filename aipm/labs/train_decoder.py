"""Trains the tiny decoder: `python -m aipm.labs.train_decoder` writes decoder.npz and its log. Not used by the app.

Plain numpy, one to three minutes. The same text and seed give the same model where numpy adds up in the same order.
"""

import hashlib
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aipm.labs.decoder import (
    LAYERS,
    LONGEST,
    PATH,
    UNKNOWN,
    WIDTH,
    Floats,
    Ids,
    Trace,
    heads,
    joined,
    logits,
    normalised,
    softmax,
)
from aipm.labs.training_text import talks, training_text

LOG = PATH.with_name("decoder.log")
STEPS, BATCH, RATE, WARM, SEED = 1200, 48, 3e-3, 100, 7
FORGOTTEN = 0.01
"""Share of the words of a talk hidden as unknown, so that an unknown word in a question is nothing new."""
Weights = dict[str, Floats]


def begin(words: int, *, seed: int = SEED) -> Weights:
    """Weights before the first step: small and random; what is added to the stream smaller with the layers."""
    chance = np.random.default_rng(seed)

    def drawn(*shape: int, spread: float = 0.02) -> Floats:
        return chance.normal(0, spread, shape).astype(np.float32)

    weights = {"words": drawn(words, WIDTH), "positions": drawn(LONGEST, WIDTH), "norm": np.ones(WIDTH, np.float32)}
    for layer in range(LAYERS):
        weights |= {
            f"layers.{layer}.norm_1": np.ones(WIDTH, np.float32),
            f"layers.{layer}.look": drawn(WIDTH, 3 * WIDTH, spread=0.08),
            f"layers.{layer}.joined": drawn(WIDTH, WIDTH, spread=0.05),
            f"layers.{layer}.norm_2": np.ones(WIDTH, np.float32),
            f"layers.{layer}.widen": drawn(WIDTH, 4 * WIDTH, spread=0.08),
            f"layers.{layer}.narrow": drawn(4 * WIDTH, WIDTH, spread=0.03),
        }
    return weights


def loss(weights: Mapping[str, Floats], ids: Ids, *, counts: Floats) -> tuple[float, Weights]:
    """Mean cross-entropy (nats a word) of each next word, and its gradient by every weight.

    `ids`: talks × words; `counts`: 1 where the next word is to be guessed, 0 where the talk is over.
    """
    given, wanted = ids[:, :-1], ids[:, 1:]
    raw, _, traces, last = logits(weights, given)
    chances = softmax(raw)
    rows, columns = np.ogrid[: wanted.shape[0], : wanted.shape[1]]
    total = counts.sum()
    value = float(-(np.log(chances[rows, columns, wanted] + 1e-12) * counts).sum() / total)
    chances[rows, columns, wanted] -= 1
    back = chances * (counts / total)[..., None]
    final, scale = normalised(last, weights["norm"])
    gradient: Weights = {"words": _flat(back).T @ _flat(final)}
    back, gradient["norm"] = _norm_back(back @ weights["words"], last, scale, weights["norm"])
    for layer in reversed(range(LAYERS)):
        back = _block_back(weights, layer, traces[layer], back, gradient)
    np.add.at(gradient["words"], given, back)
    gradient["positions"] = np.zeros_like(weights["positions"])
    gradient["positions"][: given.shape[1]] = back.sum(axis=0)
    return value, gradient


def _block_back(weights: Mapping[str, Floats], layer: int, trace: Trace, back: Floats, gradient: Weights) -> Floats:
    own = f"layers.{layer}."
    gradient[own + "narrow"] = _flat(trace.hidden).T @ _flat(back)
    hidden = back @ weights[own + "narrow"].T * (trace.hidden > 0)
    gradient[own + "widen"] = _flat(trace.second).T @ _flat(hidden)
    through, gradient[own + "norm_2"] = _norm_back(
        hidden @ weights[own + "widen"].T, trace.middle, trace.second_scale, weights[own + "norm_2"]
    )
    back = back + through
    gradient[own + "joined"] = _flat(trace.mixed).T @ _flat(back)
    mixed = heads(back @ weights[own + "joined"].T)
    value = trace.attention.swapaxes(-1, -2) @ mixed
    attention = mixed @ trace.value.swapaxes(-1, -2)
    scores = trace.attention * (attention - (attention * trace.attention).sum(axis=-1, keepdims=True))
    scores = scores / np.sqrt(trace.query.shape[-1]).astype(scores.dtype)
    looked = np.concatenate(
        [joined(scores @ trace.key), joined(scores.swapaxes(-1, -2) @ trace.query), joined(value)], axis=-1
    )
    gradient[own + "look"] = _flat(trace.first).T @ _flat(looked)
    through, gradient[own + "norm_1"] = _norm_back(
        looked @ weights[own + "look"].T, trace.x, trace.first_scale, weights[own + "norm_1"]
    )
    return back + through


def _norm_back(back: Floats, x: Floats, scale: Floats, gain: Floats) -> tuple[Floats, Floats]:
    bare = x * scale
    by_gain = (back * bare).sum(axis=tuple(range(back.ndim - 1)))
    back = back * gain
    return scale * (back - bare * (back * bare).mean(axis=-1, keepdims=True)), by_gain


def _flat(x: Floats) -> Floats:
    return x.reshape(-1, x.shape[-1])


def batch(rows: Sequence[Sequence[int]]) -> tuple[Ids, Floats]:
    """Talks of unequal length side by side, and which of their words are to be guessed."""
    longest = max(map(len, rows))
    ids = np.array([[*row, *[0] * (longest - len(row))] for row in rows])
    counts = np.array([[1.0] * (len(row) - 1) + [0.0] * (longest - len(row)) for row in rows], np.float32)
    return ids, counts


def train(
    weights: Weights, rows: list[list[int]], held: list[list[int]], *, unknown: int, say: Callable[[str], None]
) -> Weights:
    """Adam (Kingma & Ba, 2014) with a warm start and a rate that falls along half a cosine."""
    chance = np.random.default_rng(SEED)
    mean = {name: np.zeros_like(each) for name, each in weights.items()}
    square = {name: np.zeros_like(each) for name, each in weights.items()}
    began = time.perf_counter()
    for step in range(1, STEPS + 1):
        picked = [rows[place] for place in chance.integers(0, len(rows), BATCH)]
        ids, counts = batch(picked)
        ids[(chance.random(ids.shape) < FORGOTTEN) & (ids > 0)] = unknown
        counts *= ids[:, 1:] != unknown
        value, gradient = loss(weights, ids, counts=counts)
        rate = RATE * min(1, step / WARM) * (0.5 + 0.5 * np.cos(np.pi * step / STEPS))
        size = np.sqrt(sum(float((each * each).sum()) for each in gradient.values()))
        for name, raw in gradient.items():
            each = raw * np.float32(min(1, 1 / size))
            mean[name] += 0.1 * (each - mean[name])
            square[name] += 0.01 * (each * each - square[name])
            step_by = mean[name] / (1 - 0.9**step) / (np.sqrt(square[name] / (1 - 0.99**step)) + 1e-8)
            weights[name] -= (rate * step_by).astype(np.float32)
        if step % 200 == 0 or step == 1:
            ids, counts = batch(held)
            seconds, unseen = time.perf_counter() - began, loss(weights, ids, counts=counts)[0]
            say(f"step {step}: learned {value:.3f}, held back {unseen:.3f}, after {seconds:.0f} s")
    return weights


def main() -> None:
    text = training_text()
    read = talks(text)
    words = [UNKNOWN, *sorted({word for talk in read for word in talk})]
    ids = {word: place for place, word in enumerate(words)}
    rows = [[ids[word] for word in talk] for talk in read]
    assert max(map(len, rows)) <= LONGEST, max(map(len, rows))
    held, rows = rows[:200], rows[200:]
    spoken = "\n".join(map(" ".join, read)).encode()
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    say(f"{len(read)} talks, {len(spoken)} bytes, {sum(map(len, read))} words, {len(words)} different")
    say(f"text sha256 {hashlib.sha256(spoken).hexdigest()}")
    weights = begin(len(words))
    say(f"{sum(each.size for each in weights.values())} weights; 200 talks held back; loss in nats a word")
    weights = train(weights, rows, held, unknown=0, say=say)
    arrays: dict[str, Any] = {name: each.astype(np.float16) for name, each in weights.items()}
    rounded = {name: each.astype(np.float32) for name, each in arrays.items()}
    held_ids, counts = batch(held)
    say(f"as shipped, in 16 bits: held back {loss(rounded, held_ids, counts=counts)[0]:.3f}")
    np.savez_compressed(PATH, vocabulary=np.frombuffer("\n".join(words).encode(), np.uint8), **arrays)
    say(f"{PATH.name} {PATH.stat().st_size} bytes, sha256 {hashlib.sha256(PATH.read_bytes()).hexdigest()}")
    Path(LOG).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
