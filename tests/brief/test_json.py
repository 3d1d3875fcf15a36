"""The file of a brief opens again, whatever version wrote it and whoever edited it; nothing in it is lost."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.brief import brief as briefs
from aipm.brief.brief import Brief, Decision
from aipm.brief.json_file import KIND, from_json, from_plain, to_json, to_plain
from aipm.governance.forms import FORMS
from aipm.tables import Refusal
from tests.brief.made_up import charts, entry, whole
from tests.governance.made import made


def opened(plain):
    return from_json(json.dumps(plain).encode())


def plain_of(brief):
    return json.loads(to_json(brief, saved="now"))


def test_a_brief_comes_back_as_it_was():
    kept = briefs.note(briefs.add(whole(), entry("data_prep", charts=charts())), "data", "Seen.")
    found = from_json(to_json(kept, saved="now"))
    assert found.brief == kept
    assert found.unread == {}
    assert not found.newer


def test_an_empty_one_too():
    assert from_json(to_json(Brief(), saved="now")).brief == Brief()


def test_plain_data_for_a_store_is_the_same():
    assert from_plain(msgspec.json.decode(msgspec.json.encode(to_plain(whole())))).brief == whole()


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(FORMS)).flatmap(lambda name: st.tuples(st.just(name), made(FORMS[name], rows=1))),
    st.lists(st.builds(Decision, what=st.text(st.characters(exclude_categories=["Cs"]), max_size=20)), max_size=3),
)
def test_every_form_and_decision_comes_back(named, decisions):
    kept = briefs.decide(briefs.form(Brief(), *named), *decisions)
    found = from_json(to_json(kept, saved="now"))
    again = from_json(to_json(found.brief, saved="now", unread=found.unread))
    assert again == found
    assert found.brief.decisions == kept.decisions


def test_what_a_newer_version_added_is_kept():
    plain = plain_of(whole())
    plain |= {"version": 9, "mood": "good"}
    plain["entries"][0]["confidence"] = 0.9
    plain["entries"].append({"tool": "oracle", "says": "yes"})
    plain["forms"]["horoscope"] = {"sign": "leo"}
    plain["notes"] = {"pain": "Seen.", "epilogue": "Later."}
    found = opened(plain)
    assert found.newer
    assert found.brief.entries == whole().entries
    assert found.brief.notes == {"pain": "Seen."}
    assert found.unread == {
        "mood": "good",
        "entries[0].confidence": 0.9,
        "entries[6]": {"tool": "oracle", "says": "yes"},
        "forms.horoscope": {"sign": "leo"},
        "notes.epilogue": "Later.",
    }
    again = from_json(to_json(found.brief, saved="later", unread=found.unread))
    assert again.unread == found.unread


def test_what_an_older_file_put_aside_stays_beside_what_is_put_aside_now():
    plain = plain_of(Brief()) | {"entries": [1], "unread": {"entries[0]": "from before"}}
    assert opened(plain).unread == {"entries[0]": "from before", "entries[0] (2)": 1}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("entries", "none"),
        ("entries", {"a": 1}),
        ("history", [None]),
        ("decisions", [{"who": "nobody"}]),
        ("mind", [3]),
        ("notes", []),
        ("forms", [1]),
        ("forms", {"product": {"name": 3}}),
    ],
)
def test_what_somebody_broke_is_named_and_kept_and_the_rest_is_opened(part, value):
    broken = plain_of(whole()) | {part: value}
    found = opened(broken)
    assert found.unread
    assert all(place.startswith(part) for place in found.unread)
    if part != "entries":
        assert found.brief.entries == whole().entries


def test_two_answers_of_one_tool_are_not_both_its_latest():
    plain = plain_of(whole())
    plain["entries"].append(plain["entries"][0])
    found = opened(plain)
    assert found.brief == whole()
    assert list(found.unread) == ["entries[6]"]


def test_rows_and_small_groups_do_not_come_in_by_a_file():
    plain = plain_of(whole())
    plain["entries"][0]["spec"] = {"sample": [{"a": place, "b": place} for place in range(40)]}
    plain["entries"][3]["figures"][0]["n"] = 2
    assert set(opened(plain).unread) == {"entries[0]", "entries[3]"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"kind": "aipm-governance"}',
        b"[" * 100_000,
        to_json(whole(), saved="x")[:-20],
    ],
    ids=["empty", "bytes", "list", "null", "other", "deep", "cut off"],
)
def test_what_is_no_brief_is_refused_with_a_word(data):
    with pytest.raises(Refusal) as problem:
        from_json(data)
    assert problem.value.code == "bad_brief_file"
    assert problem.value.advice


def test_a_chart_that_cannot_be_drawn_keeps_its_entry_out():
    plain = plain_of(whole())
    plain["entries"][2]["charts"][0]["series"][0]["values"] = [1.0]
    assert list(opened(plain).unread) == ["entries[2]"]


def test_the_kind_stands_in_the_file():
    assert plain_of(Brief())["kind"] == KIND


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["entries", "history", "forms", "notes", "mind", "decisions", "unread"]), JSON))
def test_no_file_that_says_it_is_a_brief_breaks_the_reader(parts):
    found = opened({"kind": KIND, "version": 1, **parts})
    assert from_json(to_json(found.brief, saved="now", unread=found.unread)).brief == found.brief
