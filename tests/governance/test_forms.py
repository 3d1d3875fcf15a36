"""The one file of all forms: what was filled in comes back equal; older, newer and broken files get a clear word."""

import json
from contextlib import suppress
from dataclasses import MISSING, fields
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.governance.example import example
from aipm.governance.fields import LONGEST, MOST
from aipm.governance.forms import FORMS, KIND, LARGEST, VERSION, Opened, from_json, to_json
from aipm.governance.product import Product
from aipm.governance.register import Item, Register
from aipm.governance.triage import Triage
from aipm.tables import Refusal
from tests.governance import made

SAVED = "2026-11-21T12:00:00+00:00"


def file(forms=None, **more):
    return json.dumps({"kind": KIND, "version": VERSION, "forms": forms or {}, **more}).encode()


@pytest.mark.parametrize("name", FORMS)
def test_every_field_has_a_default(name):
    assert all(each.default is not MISSING or each.default_factory is not MISSING for each in fields(FORMS[name]))
    assert FORMS[name]() == FORMS[name]()


@pytest.mark.parametrize("name", FORMS)
def test_what_was_filled_in_comes_back_equal(name):
    @settings(max_examples=40)
    @given(made.made(FORMS[name]))
    def check(form):
        opened = from_json(to_json({name: form}, saved=SAVED))
        assert opened == Opened(forms={name: form} if form != FORMS[name]() else {})

    check()


def test_the_worked_example_is_read_whole_and_fills_in_every_form():
    assert example().unread == {}
    assert set(example().forms) == set(FORMS)
    assert all(form != FORMS[name]() for name, form in example().forms.items())
    assert from_json(to_json(example().forms, saved=SAVED)).forms == example().forms


def test_empty_forms_are_not_written():
    assert json.loads(to_json({"product": Product(), "triage": Triage(people="yes")}, saved=SAVED))["forms"].keys() == {
        "triage"
    }


def test_an_older_file_leaves_what_it_did_not_have_at_its_default():
    opened = from_json(file({"product": {"name": "Loans"}}))
    assert opened.forms == {"product": Product(name="Loans")}
    assert not opened.newer


def test_a_newer_file_is_opened_as_far_as_it_can_be_read_and_the_rest_goes_into_the_next_one():
    written = {"product": {"name": "Loans", "colour": "blue"}, "horoscope": {"sign": "lion"}}
    opened = from_json(json.dumps({"kind": KIND, "version": 99, "forms": written}).encode())
    assert opened.newer
    assert opened.forms == {"product": Product(name="Loans")}
    assert opened.unread == {"product.colour": "blue", "horoscope": {"sign": "lion"}}
    again = from_json(to_json(opened.forms, unread=opened.unread, saved=SAVED))
    assert again.unread == opened.unread
    assert not again.newer


def test_a_field_that_does_not_fit_costs_no_other():
    opened = from_json(file({"product": {"name": 7, "owner": "Ines"}, "triage": {"people": "perhaps", "eu": "yes"}}))
    assert opened.forms == {"product": Product(owner="Ines"), "triage": Triage(eu="yes")}
    assert opened.unread == {"product.name": 7, "triage.people": "perhaps"}


def test_a_row_that_does_not_fit_costs_no_other():
    rows = [{"id": "r1", "text": "a"}, {"id": "r2", "severity": 9}, {"id": "r3"}]
    opened = from_json(file({"register": {"items": rows}}))
    assert [each.id for each in opened.forms["register"].items] == ["r1", "r3"]
    assert opened.unread == {"register.items[1]": rows[1]}


def test_of_rows_with_the_same_id_the_first_stays_and_none_is_lost():
    rows = [{"id": "r1", "text": "a"}, {"id": "r1", "text": "b"}]
    opened = from_json(file({"register": {"items": rows}}))
    assert opened.forms["register"] == Register(items=(Item(id="r1", text="a"),))
    assert opened.unread == {"register.items[1]": rows[1]}


def test_a_list_that_is_too_long_keeps_its_first_rows_and_the_rest_as_it_was():
    rows = [{"id": f"r{number}"} for number in range(1, MOST + 3)]
    opened = from_json(file({"register": {"items": rows}}))
    assert len(opened.forms["register"].items) == MOST
    assert opened.unread == {f"register.items[{MOST}:]": rows[MOST:]}


def test_text_that_is_too_long_is_kept_as_it_was():
    opened = from_json(file({"product": {"name": "x" * (LONGEST + 1)}}))
    assert opened.forms["product"] == Product()
    assert opened.unread == {"product.name": "x" * (LONGEST + 1)}


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "cut off"),
        (to_json({"product": Product(name="Loans")}, saved=SAVED)[:-20], "cut off"),
        (b"\xff\xfe{}", "cut off"),
        (b"[" * 100_000, "cut off"),
        (b"[]", "something else"),
        (b'{"kind": "other", "forms": {}}', "something else"),
        (b'{"kind": "aipm-governance", "forms": []}', "something else"),
        (b" " * (LARGEST + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_such_file_is_refused_with_the_reason(data, word):
    with pytest.raises(Refusal, match=word) as refused:
        from_json(data)
    assert "stays as it is" in refused.value.advice


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | made.TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(made.TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=200) | ANY.map(lambda each: json.dumps(each).encode()))
def test_nothing_in_a_file_makes_it_crash(data):
    with suppress(Refusal):
        assert isinstance(from_json(data), Opened)


@given(st.data())
def test_anything_in_the_place_of_a_field_is_read_or_kept(data):
    name = data.draw(st.sampled_from(sorted(FORMS)))
    field = data.draw(st.sampled_from([each.name for each in fields(FORMS[name])]))
    value = data.draw(ANY)
    opened = from_json(file({name: {field: value}}, unread=data.draw(ANY), version=data.draw(ANY)))
    assert isinstance(opened.forms[name], FORMS[name])
    written = to_json(opened.forms, unread=opened.unread, saved=SAVED)
    assert from_json(written).forms == {key: form for key, form in opened.forms.items() if form != FORMS[key]()}


def test_a_full_file_of_nearly_ten_megabytes_is_read_whole():
    items = tuple(Item(id=f"r{number}", text="x" * 18_000, due=date(2026, 12, 1)) for number in range(1, MOST + 1))
    written = to_json({"register": Register(items=items)}, saved=SAVED)
    assert 9_000_000 < len(written) < LARGEST
    assert from_json(written).forms["register"].items == items


def test_what_a_row_holds_is_checked_by_its_type():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"id": "r1; drop"}, Item)
