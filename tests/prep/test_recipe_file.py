"""Recipe files: exact both ways, and every hostile or mistaken one refused in words."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aipm.prep.operations import operations
from aipm.prep.recipe import Recipe, Step
from aipm.prep.recipe_file import LARGEST, dump, load
from aipm.prep.yaml_writer import written
from aipm.tables import Refusal
from tests.prep.build import EXAMPLES, recipe, step

# What a file of text can hold: no halves of characters.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAME = TEXT.filter(bool)


def refused(text):
    with pytest.raises(Refusal) as caught:
        load(text, operations())
    return caught.value


@given(
    st.lists(
        st.builds(
            lambda name, columns, values, on, why: step(
                "mark_missing", *columns, id=name, enabled=on, reason=why, values=values
            ),
            NAME.filter(str.strip),
            st.lists(NAME, min_size=1, unique=True, max_size=4),
            st.lists(TEXT, min_size=1, max_size=4),
            st.booleans(),
            TEXT,
        ),
        unique_by=lambda each: each.id,
        max_size=4,
    ),
    st.none() | NAME,
    st.lists(NAME, unique=True, max_size=4),
)
def test_a_recipe_comes_back_as_it_was_written(steps, target, columns):
    whole = Recipe(steps=tuple(steps), target=target, columns=tuple(columns))
    assert load(dump(whole), operations()) == whole
    assert load(dump(whole).encode(), operations()) == whole


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, PLAIN, min_size=1, max_size=3))
def test_other_readers_of_yaml_read_the_same(plain):
    assert yaml.safe_load(written(plain)) == plain


@pytest.mark.parametrize("op", sorted(EXAMPLES))
def test_every_operation_can_be_kept_in_a_file(op):
    before, wanted = EXAMPLES[op]
    whole = recipe(*before, wanted)
    again = load(dump(whole), operations())
    assert dump(again) == dump(whole)
    assert again.steps[-1].columns == wanted.columns


def test_words_of_a_hand_written_recipe_are_texts():
    text = "steps: [{op: mark_missing, columns: [no, 2024-01-31], params: {values: [NO, on, 12:30]}}]"
    [only] = load(text, operations()).steps
    assert only.columns == ("no", "2024-01-31")
    assert only.params == {"values": ["NO", "on", "12:30"]}
    assert only.id == "mark_missing-1"


HOSTILE = {
    "": "no recipe",
    "- 1": "no recipe",
    "steps: [": "not valid YAML",
    "\0": "not valid YAML",
    "a: &a [1]\nsteps: *a": "references",
    "a: &a [x, x]\nb: &b [*a, *a]\nsteps: *b": "references",
    "steps: !!python/object/apply:os.system [x]": "tags",
    "steps: !!binary eA==": "tags",
    "[" * 50_000: "levels deep",
    "steps: " + "[" * 50_000 + "]" * 50_000: "levels deep",
    "steps: []\nsteps: []": "twice",
    "steps: []\n---\nsteps: []": "more than one",
    "? [a]\n: b": "key",
    "steps: []\nextra: 1": "'extra'",
    "version: 2\nsteps: []": "version 2",
    "version: new\nsteps: []": "version",
    "steps: [{op: launch}]": "'launch'",
    "steps: [{id: '', op: split}]": "id",
    "steps: [{id: x, op: split}, {id: x, op: split}]": "'x'",
    "steps: [{op: split, how: random}]": "'how'",
    "steps: [{op: split, scope: train_only}]": "scope",
    "steps: [{op: split, enabled: 1}]": "enabled",
    "steps: [{op: split, params: [1]}]": "params",
    "steps: [{op: fill_constant, columns: x, params: {value: a}}]": "list of texts",
    "steps: [{op: fill_constant, columns: [1], params: {value: a}}]": "list of texts",
    "steps: [{op: fill_constant, columns: [x, x], params: {value: a}}]": "twice",
    "steps: [{op: fill_constant, columns: [], params: {value: a}}]": "at least 1",
    "steps: [{op: fill_constant, columns: [x], params: {value: 1}}]": "value",
    "steps: [{op: split, params: {test: 0.99}}]": "test",
    "steps: [{op: split, params: {test: .nan}}]": "infinite",
    "steps: [{op: split, params: {seed: 1e400}}]": "infinite",
    "steps: [{op: split, params: {seed: " + "9" * 5000 + "}}]": "infinite",
    "steps: [{op: split, params: {sede: 1}}]": "'sede'",
    "steps: [{id: near, op: fill_neighbours, columns: [a, b], params: {neighbours: 1000000000}}]": "'near': neighbours",
    "steps: [" + "{op: split}, " * 501 + "]": "500 steps",
    "#" * (LARGEST + 1): "larger than",
}


@pytest.mark.parametrize(("text", "said"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_a_hostile_or_mistaken_file_is_refused_in_words(text, said):
    refusal = refused(text)
    assert said in refusal.message
    assert refusal.advice


def test_bytes_that_are_no_text_are_refused():
    assert "UTF-8" in refused(b"steps: \xff").message


def test_a_step_is_plain_data():
    assert Step(id="a", op="b") == Step(id="a", op="b", columns=(), params={}, enabled=True, reason="", scope="columns")
