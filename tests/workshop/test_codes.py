"""Codes are typed on phones, by people who are late."""

import random

from hypothesis import given
from hypothesis import strategies as st

from aipm.workshop.codes import ALPHABET, LENGTH, new_code, normalised, shown


def test_no_sign_can_be_taken_for_another_or_make_a_word():
    assert not set("0O1IL5S2Z8BGU") & set(ALPHABET)
    assert not set("AEIOUY34") & set(ALPHABET)


def test_a_code_is_found_however_it_was_typed():
    assert {normalised(each) for each in ("KQ7MXD", "kq7 mxd", " kq7-mxd ", "ｋｑ７ｍｘｄ", "kq7\N{EN DASH}mxd\n")} == {
        "KQ7MXD"
    }
    assert normalised(shown("KQ7MXD")) == "KQ7MXD"


def test_what_can_be_no_code_is_none():
    assert [normalised(each) for each in ("", "KQ7MX", "KQ7MXDD", "KQ7MX0", "KQ7M<D", "A" * 10_000)] == [None] * 6


def test_rude_numbers_and_rows_of_one_sign_are_drawn_again():
    drawn = iter("DDDHJK" + "DH69JK" + "DHJKMN")
    assert new_code(lambda _: next(drawn)) == "DHJKMN"


@given(st.integers())
def test_codes_are_their_own_normal_form(seed):
    code = new_code(random.Random(seed).choice)
    assert len(code) == LENGTH
    assert normalised(code) == code
