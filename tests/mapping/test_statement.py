"""What people type: nothing, one word, other languages, too much."""

import pytest

from aipm.mapping.statement import MOST_CHARACTERS, checked, is_english, remarks
from aipm.mapping.texts import mapping_texts
from aipm.tables import Refusal


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_nothing_is_refused_with_advice(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked(text)

    assert refused.value.code == "empty"
    assert refused.value.advice


@pytest.mark.parametrize(
    "text",
    [
        "We drown in tickets and the urgent ones are read too late",
        "Neural TTS Makes Speech Synthesizers More Versatile",
        "Bin van routing",
        "La Liga match highlights",
        "Café menu ranking for El Paso",
        "Deep learning at the ETA team",
        "tickets",
    ],
)
def test_english_is_taken_as_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wir ertrinken in Tickets und die dringenden werden zu spät gelesen",
        "Les clients ne trouvent pas le bon produit dans notre catalogue",
        "Los clientes no encuentran el producto y se van",
        "I clienti non trovano il prodotto che cercano nel nostro catalogo",
        "Nie wiemy, które zgłoszenia są pilne i co z nimi zrobić",
        "我们收到太多的工单",
        "Мы тонем в заявках",
        "نحن نغرق في التذاكر",
    ],
)
def test_another_language_is_said(text: str) -> None:
    assert not is_english(text)
    assert "not_english" in remarks(text)


def test_one_word_few_words_no_words_and_too_many_are_said() -> None:
    assert remarks("churn") == ("one_word",)
    assert remarks("customer churn") == ("short",)
    assert remarks("12345 ???") == ("no_words",)
    assert "shortened" in remarks("tickets arrive " * MOST_CHARACTERS)
    assert remarks("Order the tickets by how urgent they are") == ()


def test_every_remark_has_its_words() -> None:
    assert set(mapping_texts().remarks) == {"one_word", "short", "not_english", "shortened", "no_words"}
