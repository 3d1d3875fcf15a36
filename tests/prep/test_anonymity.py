"""k-anonymity and l-diversity of published tables, and the smallest coarsening found by trying everything."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.prep import coarsening as module
from aipm.prep.anonymity import anonymity
from aipm.prep.coarsening import coarsening
from aipm.prep.coarser import levels
from aipm.prep.operations import operations
from aipm.prep.settings import settings as settings_of
from aipm.tables import Refusal

# Sweeney (2002), figure 2: 2-anonymous by race, birth, gender and ZIP, with the problem as the sensitive column.
SWEENEY = pd.DataFrame(
    [
        ("Black", "1965", "m", "0214*", "short breath"),
        ("Black", "1965", "m", "0214*", "chest pain"),
        ("Black", "1965", "f", "0213*", "hypertension"),
        ("Black", "1965", "f", "0213*", "hypertension"),
        ("Black", "1964", "f", "0213*", "obesity"),
        ("Black", "1964", "f", "0213*", "chest pain"),
        ("White", "1964", "m", "0213*", "chest pain"),
        ("White", "1964", "m", "0213*", "obesity"),
        ("White", "1964", "m", "0213*", "short breath"),
        ("White", "1967", "m", "0213*", "chest pain"),
        ("White", "1967", "m", "0213*", "chest pain"),
    ],
    columns=["race", "birth", "gender", "zip", "problem"],
)
# Machanavajjhala et al. (2007): figure 1, patients as they are; figure 2, 4-anonymous, where four share one disease.
PATIENTS = pd.DataFrame(
    {
        "zip": [
            "13053",
            "13068",
            "13068",
            "13053",
            "14853",
            "14853",
            "14850",
            "14850",
            "13053",
            "13053",
            "13068",
            "13068",
        ],
        "age": ["28", "29", "21", "23", "50", "55", "47", "49", "31", "37", "36", "35"],
        "nationality": [
            "Russian",
            "American",
            "Japanese",
            "American",
            "Indian",
            "Russian",
            "American",
            "American",
            "American",
            "Indian",
            "Japanese",
            "American",
        ],
        "condition": ["heart"] * 2 + ["viral"] * 2 + ["cancer", "heart"] + ["viral"] * 2 + ["cancer"] * 4,
    }
)
FOUR_ANONYMOUS = pd.DataFrame(
    {
        "zip": ["130**"] * 4 + ["1485*"] * 4 + ["130**"] * 4,
        "age": ["<30"] * 4 + [">=40"] * 4 + ["3*"] * 4,
        "condition": PATIENTS["condition"],
    }
)


def test_sweeneys_table_is_2_anonymous():
    found = anonymity(SWEENEY, ["race", "birth", "gender", "zip"], k=2, sensitive="problem")
    assert (found.smallest, found.below, found.unique, found.classes) == (2, 0, 0, 5)
    assert (found.diversity, found.uniform) == (1, 4)  # hypertension twice, chest pain twice


def test_the_4_anonymous_patients_give_away_who_has_cancer():
    found = anonymity(FOUR_ANONYMOUS, ["zip", "age"], k=4, sensitive="condition", l=2)
    assert (found.smallest, found.below) == (4, 0)
    assert (found.diversity, found.uniform) == (1, 4)
    assert anonymity(PATIENTS, ["zip", "age", "nationality"], k=4).unique == 12


def test_a_blank_is_a_value_by_which_people_stand_out():
    frame = pd.DataFrame({"zip": ["1", "1", None]})
    assert anonymity(frame, ["zip"], k=2).unique == 1


def applied(frame, steps):
    """The steps as the recipe would do them."""
    for step in steps:
        if step.op == "drop_columns":
            frame = frame.drop(columns=list(step.columns))
        else:
            operation = operations()[step.op]
            frame = operation.apply(frame, list(step.columns), **settings_of(step, operation))
    return frame


def test_the_steps_do_what_the_search_promises():
    found = coarsening(PATIENTS, ["zip", "age", "nationality"], k=4, suppress=0)
    after = applied(PATIENTS, found.steps)
    left = [level.column for level in found.levels if level.step is None or level.step.op != "drop_columns"]
    assert found.exact
    assert anonymity(after, left, k=4).below == 0


def test_nothing_is_proposed_where_everybody_has_a_crowd_already():
    found = coarsening(SWEENEY, ["race", "birth", "gender", "zip"], k=2)
    assert (found.steps, found.cost, found.suppressed) == ((), 0, 0)


tables = st.integers(5, 30).flatmap(
    lambda rows: st.fixed_dictionaries(
        {
            "age": st.lists(st.integers(18, 60).map(str), min_size=rows, max_size=rows),
            "zip": st.lists(
                st.sampled_from(["10115", "10117", "10245", "20095", "80331"]), min_size=rows, max_size=rows
            ),
            "job": st.lists(st.sampled_from(["a", "b", "c", "d", None]), min_size=rows, max_size=rows),
        }
    )
)


@settings(max_examples=15)
@given(table=tables, k=st.integers(2, 4), l=st.integers(1, 2), suppress=st.sampled_from([0.0, 0.1]))
def test_no_combination_of_levels_costs_less(table, k, l, suppress):  # noqa: E741 - the name of the measure
    frame = pd.DataFrame(table).astype("str")
    frame["s"] = [str(at % 3) for at in range(len(frame))]
    columns = ["age", "zip", "job"]
    found = coarsening(frame, columns, k=k, l=l, sensitive="s", suppress=suppress)
    assert found.exact
    ladders = [list(levels(frame, column, None)) for column in columns]
    costs = []
    for chosen in product(*ladders):
        codes = pd.DataFrame({level.column: code for level, code in chosen}).assign(s=frame["s"].to_numpy())
        crowd = anonymity(codes, columns, k=k, sensitive="s", l=l)
        groups = codes.groupby(columns)["s"]
        alone = (groups.transform("size") < k) | (groups.transform("nunique") < l)
        assert crowd.below <= alone.sum()
        if alone.sum() <= int(suppress * len(frame)):
            costs.append(sum(level.loss**2 for level, _ in chosen))
    assert found.cost == pytest.approx(min(costs))


def test_where_there_is_too_much_to_try_it_says_so_and_still_holds(monkeypatch):
    monkeypatch.setattr(module, "WORK", 1)
    random = np.random.default_rng(0)
    frame = pd.DataFrame({name: random.integers(0, 1_000, 300).astype(str) for name in "abcdef"})
    found = coarsening(frame, list("abcdef"), k=5)
    after = applied(frame, found.steps)
    left = [level.column for level in found.levels if level.column in after.columns]
    assert not found.exact
    assert not left or anonymity(after, left, k=5).below == 0


@pytest.mark.parametrize(
    ("columns", "options", "code"),
    [
        ([], {}, "no_columns"),
        (["zip", "zip"], {}, "same_column"),
        (["zip"], {"sensitive": "zip"}, "same_column"),
        (["street"], {}, "no_such_column"),
        (["zip"], {"k": 13}, "too_few_rows"),
    ],
)
def test_what_cannot_be_searched_is_refused_in_words(columns, options, code):
    with pytest.raises(Refusal) as refused:
        coarsening(PATIENTS, columns, **options)
    assert refused.value.code == code


@pytest.mark.parametrize("cells", [[None] * 10, ["x"] * 10, ["1e400"] * 10, [str(at) for at in range(10)]])
def test_odd_columns_do_no_harm(cells):
    frame = pd.DataFrame({"a": cells, "b": ["u", "v"] * 5}).astype("str")
    found = coarsening(frame, ["a", "b"], k=5, suppress=0)
    after = applied(frame, found.steps)
    left = [column for column in ("a", "b") if column in after.columns]
    assert anonymity(after, left, k=5).below == 0
