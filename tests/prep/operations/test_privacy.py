"""Masked, hashed, coarser: what is left, and that it is the same for equal cells."""

import hashlib
import hmac

import numpy as np
import pandas as pd
import pytest

from aipm.prep.operations.privacy import (
    drop_rare_combinations,
    generalise_category,
    generalise_date,
    generalise_number,
    hash_text,
    mask_text,
    masked_inside,
)
from aipm.tables import Refusal

SECRET = {"AIPM_SALT": "a long secret of our own"}


def column(*cells, dtype="str"):
    return pd.DataFrame({"a": pd.Series(cells, dtype=dtype)})


def cells(frame):
    return [None if pd.isna(cell) else cell for cell in frame["a"]]


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("whole", ["***", "***", None]),
        ("keep_end", ["***.com", "***", None]),
        ("email_domain", ["***@example.com", "***", None]),
    ],
)
def test_masks(what, left):
    frame = column("ana@example.com", "short", None)
    assert cells(mask_text(frame, ["a"], what=what, keep=4)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to ana.b+c@example.co.uk, please", "write to [e-mail], please"),
        ("call +44 1632 960123 or (01632) 960-123!", "call [phone] or [phone]!"),
        ("card 4111 1111 1111 1111 expired", "card [card] expired"),
        ("GB82 WEST 1234 5698 7654 32 is mine", "[account] is mine"),
        ("from 192.168.0.1 at 10:45", "from [address] at 10:45"),
        ("on 2024-03-01 she paid 129.90 for order 4711", "on 2024-03-01 she paid 129.90 for order 4711"),
        ("on 31/12/2024 all was well", "on 31/12/2024 all was well"),
    ],
)
def test_what_identifies_is_taken_out_of_running_text_and_dates_and_amounts_stay(text, left):
    assert masked_inside(text) == left


def test_a_hash_is_keyed_and_equal_for_equal_cells():
    found = cells(hash_text(column("ana", "bo", "ana", None), ["a"], salt_from="AIPM_SALT", length=16, secrets=SECRET))
    expected = hmac.new(SECRET["AIPM_SALT"].encode(), b"ana", hashlib.sha256).hexdigest()[:16]
    assert found[0] == found[2] == expected != found[1]
    assert found[3] is None


@pytest.mark.parametrize("secrets", [{}, {"AIPM_SALT": "short"}, {"OTHER": "a long secret of our own"}])
def test_without_a_long_secret_nothing_is_hashed(secrets):
    with pytest.raises(Refusal) as refused:
        hash_text(column("ana"), ["a"], salt_from="AIPM_SALT", length=16, secrets=secrets)
    assert "short" not in refused.value.message.replace("shorter", "")


def test_the_secret_comes_from_the_environment_where_none_is_given(monkeypatch):
    monkeypatch.setenv("AIPM_SALT", SECRET["AIPM_SALT"])
    alone = hash_text(column("ana"), ["a"], salt_from="AIPM_SALT", length=16)
    assert cells(alone) == cells(hash_text(column("ana"), ["a"], salt_from="AIPM_SALT", length=16, secrets=SECRET))


def test_numbers_become_bands_with_open_ends():
    frame = column(37.5, -1, 90, np.nan, 20, dtype="float64")
    found = generalise_number(frame, ["a"], width=10, lowest=0, highest=90)
    assert cells(found) == ["30 to under 40", "under 0", "90 and over", None, "20 to under 30"]
    with pytest.raises(Refusal):
        generalise_number(column("12", "many"), ["a"], width=10, lowest=None, highest=None)


@pytest.mark.parametrize(
    ("to", "left"), [("month", "2024-05"), ("quarter", "2024-Q2"), ("year", "2024"), ("decade", "2020s")]
)
def test_dates_become_coarser(to, left):
    assert cells(generalise_date(column("2024-05-31", None), ["a"], to=to)) == [left, None]
    with pytest.raises(Refusal):
        generalise_date(column("31/05/2024"), ["a"], to=to)


def test_rare_names_become_one_and_codes_keep_their_beginning():
    frame = column("81675", "81247", None)
    assert cells(generalise_category(frame, ["a"], keep=("81675",), other="other", prefix=None)) == [
        "81675",
        "other",
        None,
    ]
    assert cells(generalise_category(frame, ["a"], keep=(), other="other", prefix=3)) == ["816***", "812***", None]
    with pytest.raises(Refusal):
        generalise_category(frame, ["a"], keep=(), other="other", prefix=None)


def test_rows_without_a_crowd_go_and_a_blank_is_a_value():
    frame = pd.DataFrame({"a": ["x", "x", None, None, "y"], "b": ["1"] * 5, "s": ["p", "q", "p", "p", "p"]})
    assert list(drop_rare_combinations(frame, ["a", "b"], k=2, l=1).index) == [0, 1, 2, 3]
    assert list(drop_rare_combinations(frame, ["a", "b", "s"], k=2, l=2).index) == [0, 1]


@pytest.mark.parametrize("what", ["whole", "keep_end", "email_domain", "inside"])
@pytest.mark.parametrize("kind", ["str", "Int64", "float64"])
def test_a_column_without_a_value_stays_without(what, kind):
    assert mask_text(column(None, None, dtype=kind), ["a"], what=what, keep=4)["a"].isna().all()
