"""What is counted of a statement, and which word it came from."""

from hypothesis import given
from hypothesis import strategies as st

from aipm.mapping.features import character_features, gaps_between, word_features, words


def test_words_keep_their_apostrophes_and_hyphens() -> None:
    assert words("We don't re-order <b>these</b>!") == ["We", "don't", "re-order", "b", "these", "b"]


def test_words_and_neighbours_are_counted_without_capitals() -> None:
    assert list(word_features(["Sort", "Tickets"])) == [
        ("sort", (0,)),
        ("tickets", (1,)),
        ("sort tickets", (0, 1)),
    ]


def test_pieces_of_words_know_where_a_word_begins_and_ends() -> None:
    assert [piece for piece, _ in character_features(["An"])] == [" an", "an ", " an ", " an "]


@given(st.text())
def test_words_and_gaps_make_the_text_again(text: str) -> None:
    gaps, said = gaps_between(text), words(text)

    assert len(gaps) == len(said) + 1
    assert "".join(a + b for a, b in zip(gaps, [*said, ""], strict=True)) == text
