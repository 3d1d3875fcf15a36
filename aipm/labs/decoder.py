"""A tiny language model, run in plain numpy: a text so far -> a logit for every word that may come next.

A decoder as in Vaswani et al. (2017), https://arxiv.org/abs/1706.03762, with the norm before each part (Xiong et al.,
2020, https://arxiv.org/abs/2002.04745) and without its mean (Zhang & Sennrich, 2019, https://arxiv.org/abs/1910.07467).
Its words are whole words; train_decoder.py trained it on the made-up talks of content/lm_training_text.yaml.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
Ids = NDArray[np.int64]
PATH = Path(__file__).parent / "decoder.npz"
LAYERS, HEADS, WIDTH = 2, 4, 64
LONGEST = 72
"""Words of a talk, question and answer together."""
CUSTOMER, SHOP, END, UNKNOWN = "customer:", "shop:", "<end>", "<unknown>"
MOST_PROMPT = 24
"""Words of a question that are read; a longer one would leave no room for the answer."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a layer worked out on the way: what learning goes back along."""

    x: Floats
    first: Floats
    first_scale: Floats
    query: Floats
    key: Floats
    value: Floats
    attention: Floats
    mixed: Floats
    middle: Floats
    second: Floats
    second_scale: Floats
    hidden: Floats


@dataclass(frozen=True, slots=True)
class Decoder:
    """`words`: the vocabulary, in the order of the ids. `weights`: by name, as train_decoder.begin makes them."""

    words: tuple[str, ...]
    weights: Mapping[str, Floats]


Past = tuple[tuple[Floats, Floats], ...]
"""Keys and values of what has been read, a pair per layer: what need not be worked out again."""


def words_of(text: str) -> list[str]:
    """A text as this model reads it: signs stand apart."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*|[.,?!]", text)


def readable(words: Sequence[str]) -> str:
    """Words as a sentence: no blank before a sign, a capital after a full stop."""
    text = re.sub(r" ([.,?!])", r"\1", " ".join(word for word in words if word != END))
    return re.sub(r"(^|[.?!] )([a-z])", lambda found: found[1] + found[2].upper(), text)


def prompt(decoder: Decoder, question: str, *, begun: str = "") -> tuple[Ids, tuple[str, ...]]:
    """The ids of a customer's question and of what the shop has said so far, and the words that the model never met.

    Only the first words of a long question are read (`MOST_PROMPT`).
    """
    asked, said = words_of(question)[:MOST_PROMPT], words_of(begun)[:MOST_PROMPT]
    ids = {word.lower(): place for place, word in enumerate(decoder.words)}
    unknown = ids[UNKNOWN]
    new = tuple(dict.fromkeys(word for word in (*asked, *said) if word.lower() not in ids))
    return np.array([ids.get(word.lower(), unknown) for word in (CUSTOMER, *asked, SHOP, *said)]), new


def softmax(logits: Floats) -> Floats:
    """exp(z) over its sum along the last axis; the largest is taken off first, so that nothing overflows."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def logits(weights: Mapping[str, Floats], ids: Ids, past: Past = ()) -> tuple[Floats, Past, tuple[Trace, ...], Floats]:
    """What comes next after each of `ids` (texts × words), which go on from `past`.

    Gives logits (texts × words × vocabulary), what is to be remembered, the traces, and the last layer's output before
    the final norm.
    """
    begin = past[0][0].shape[2] if past else 0
    x = weights["words"][ids] + weights["positions"][begin : begin + ids.shape[1]]
    kept, traces = [], []
    for layer in range(LAYERS):
        x, trace = block(weights, layer, x, past[layer] if past else None)
        kept.append((trace.key, trace.value))
        traces.append(trace)
    final, _ = normalised(x, weights["norm"])
    return final @ weights["words"].T, tuple(kept), tuple(traces), x


def block(
    weights: Mapping[str, Floats], layer: int, x: Floats, past: tuple[Floats, Floats] | None
) -> tuple[Floats, Trace]:
    """One layer: each word looks back at those before it, then thinks for itself."""
    own = {
        name: weights[f"layers.{layer}.{name}"] for name in ("norm_1", "look", "joined", "norm_2", "widen", "narrow")
    }
    first, first_scale = normalised(x, own["norm_1"])
    query, key, value = (heads(part) for part in np.split(first @ own["look"], 3, axis=-1))
    if past is not None:
        key, value = np.concatenate([past[0], key], axis=2), np.concatenate([past[1], value], axis=2)
    scores = query @ key.swapaxes(-1, -2) / np.sqrt(query.shape[-1]).astype(x.dtype)
    ahead = np.triu(np.ones(scores.shape[-2:], bool), k=1 + key.shape[2] - query.shape[2])
    attention = softmax(np.where(ahead, x.dtype.type(-1e9), scores))
    mixed = joined(attention @ value)
    middle = x + mixed @ own["joined"]
    second, second_scale = normalised(middle, own["norm_2"])
    hidden = np.maximum(second @ own["widen"], 0)
    trace = Trace(x, first, first_scale, query, key, value, attention, mixed, middle, second, second_scale, hidden)
    return middle + hidden @ own["narrow"], trace


def normalised(x: Floats, gain: Floats) -> tuple[Floats, Floats]:
    """What comes in over its root mean square, times a learned gain; and one over that root."""
    scale = 1 / np.sqrt((x * x).mean(axis=-1, keepdims=True) + x.dtype.type(1e-5))
    return x * scale * gain, scale


def heads(x: Floats) -> Floats:
    """(texts, words, width) -> (texts, heads, words, width of a head)."""
    return x.reshape(*x.shape[:2], HEADS, -1).swapaxes(1, 2)


def joined(x: Floats) -> Floats:
    """The way back from `heads`."""
    swapped = x.swapaxes(1, 2)
    return swapped.reshape(*swapped.shape[:2], -1)


@cache
def decoder() -> Decoder:
    """The model that is shipped. Raises OSError where its file is missing."""
    with np.load(PATH, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    words = bytes(arrays.pop("vocabulary")).decode().split("\n")
    return Decoder(tuple(words), {name: array.astype(np.float32) for name, array in arrays.items()})
