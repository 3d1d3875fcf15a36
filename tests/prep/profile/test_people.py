"""Personal data and groups of people. Every number here is made up."""

import numpy as np
import pytest

from aipm.prep.profile.personal import iban, luhn
from tests.prep.profile.build import findings, kinds

RANDOM = np.random.default_rng(2)


def card(number):
    """The number with its check digit."""
    return next(f"{number}{digit}" for digit in range(10) if luhn(f"{number}{digit}"))


CARDS = [card(f"45320151128{i:04}") for i in range(40)]
NAMES = [
    f"{first} {last}" for first in ("Anna", "James", "Maria", "Wei") for last in ("Novak", "Okoro", "Lind", "Reyes")
]
TITLED = ["Braund, Mr. Owen", "Cumings, Mrs. John", "Heikkinen, Miss. Laina", "Lam, Mr. Ali", "Ng, Mr. Al"]


def test_check_digits():
    assert luhn("4111 1111 1111 1111")  # the usual test number of the card companies
    assert not luhn("4111 1111 1111 1112")
    assert iban("GB82 WEST 1234 5698 7654 32")  # the example of ISO 13616
    assert not iban("GB82 WEST 1234 5698 7654 33")


@pytest.mark.parametrize(
    ("kind", "name", "cells"),
    [
        ("pii_email", "contact", [f"user{i}@example.org" for i in range(40)]),
        ("pii_email", "note", [f"please write to user{i}@example.org soon" for i in range(40)]),
        ("pii_phone", "phone", [f"20532581{i:02}" for i in range(40)]),
        ("pii_phone", "x", [f"(205) 325-81{i:02}" for i in range(40)]),
        ("pii_phone", "x", [f"+49 30 1234{i:02}" for i in range(40)]),
        ("pii_card_number", "x", CARDS),
        ("pii_card_number", "account", ["GB82WEST12345698765432", "DE89370400440532013000"] * 20),
        ("pii_national_id", "x", [f"{200 + i}-45-{6000 + i}" for i in range(40)]),
        ("pii_national_id", "passport_number", [f"C01X{1000 + i}" for i in range(40)]),
        ("pii_ip_address", "x", [f"192.168.{i}.{250 - i}" for i in range(40)]),
        ("pii_date_of_birth", "date_of_birth", [f"19{50 + i}-03-11" for i in range(40)]),
        ("pii_person_name", "surname", ["Novak", "Okoro", "Lindström", "O'Brien", "Reyes", "Van Dyke"] * 7),
        ("pii_person_name", "name", NAMES * 3),
        ("pii_person_name", "x", TITLED * 8),
    ],
)  # fmt: skip
def test_personal_data(kind, name, cells):
    assert kind in kinds({name: cells}, name)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("name", ["Honda Civic", "Ford Focus", "Fiat Panda", "Kia Rio", "Seat Ibiza", "VW Golf"] * 7),
        ("product_name", NAMES * 3),
        ("hospital name", ["st mary hospital", "city clinic", "north general", "mercy center", "grace hospital"] * 8),
        ("version", ["1.2.3.4.5", "1.2.4", "2.0", "2.1.1"] * 10),
        ("amount", RANDOM.integers(10**15, 10**16, 40).tolist()),
        ("count", RANDOM.integers(1, 10**8, 40).tolist()),
        ("street", ["Main Street", "High Street", "Oak Avenue", "Elm Street", "Park Lane"] * 8),
        ("released", [f"2019-03-{1 + i % 28:02}" for i in range(40)]),
    ],
)
def test_what_names_nobody(name, cells):
    assert not [kind for kind in kinds({name: cells}, name) if kind.startswith("pii")]


def test_sensitive_attributes_by_name_and_by_values():
    rows = 300
    columns = {
        "column 1": RANDOM.choice(["Male", "Female"], rows).tolist(),
        "column 2": RANDOM.choice(["White", "Black", "Asian-Pac-Islander", "Other"], rows).tolist(),
        "applicant_religion": RANDOM.choice(["a", "b"], rows).tolist(),
        "housing_median_age": RANDOM.integers(1, 52, rows).tolist(),
        "colour": RANDOM.choice(["red", "blue"], rows).tolist(),
    }
    found = {column for kind, column in findings(columns) if kind == "sensitive_attribute"}
    assert found == {"column 1", "column 2", "applicant_religion"}


def test_small_groups_and_who_is_alone():
    columns = {
        "sex": ["f", "m"] * 150,
        "race": [*["White"] * 290, *["Asian"] * 10],
        "age": [*RANDOM.integers(20, 30, 299).tolist(), 97],
        "value": RANDOM.normal(0, 1, 300).tolist(),
    }
    found = findings(columns)
    assert found["small_group", "race"].count == 10
    anonymity = next(each for (kind, _), each in found.items() if kind == "k_anonymity")
    assert 300 in anonymity.rows


def test_k_anonymity_by_hand():
    columns = {"sex": ["f"] * 20 + ["m"] * 20, "age": [30] * 18 + [31] * 2 + [30] * 20, "value": range(40)}
    anonymity = next(each for (kind, _), each in findings(columns).items() if kind == "k_anonymity")
    assert anonymity.count == 2
