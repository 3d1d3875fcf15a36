"""What holds for every operation of cleaning and shaping, whatever it does."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.prep.carried import Carried
from aipm.prep.operations import operations
from aipm.prep.recipe import Step
from aipm.prep.settings import settings as checked
from aipm.tables import Refusal
from tests.prep.operations.steps import texts

EXAMPLES = [
    ("to_number", ["n", "t"], {"thousands": ","}),
    ("to_date", ["d"], {}),
    ("to_boolean", ["c"], {"yes": ["x"], "no": ["y"]}),
    ("range_to_number", ["t"], {}),
    ("unit_to_number", ["t"], {"units": {"kg": 1.0}}),
    ("strip_text", ["t"], {"inner": True, "case": "lower"}),
    ("merge_variants", ["c"], {"mapping": {"x": "y"}}),
    ("replace_values", ["c"], {"mapping": {"x": ""}, "inside": True}),
    ("split_values", ["t"], {"separator": " "}),
    ("mark_missing", ["c", "n"], {"values": ["x", "0"]}),
    ("not_applicable", ["c"], {"condition": "[n] > 0"}),
    ("fill_constant", ["c"], {"value": "z"}),
    ("fill_statistic", ["n", "m"], {}),
    ("fill_statistic", ["c"], {"statistic": "mode"}),
    ("fill_neighbours", ["n", "m"], {"neighbours": 2}),
    ("fill_regression", ["n", "m"], {}),
    ("missing_indicator", ["n", "c"], {}),
    ("drop_rows_missing", ["n"], {}),
    ("drop_columns", ["n"], {}),
    ("rename_columns", ["n"], {"names": ["x"]}),
    ("drop_duplicates", ["n", "c"], {}),
    ("keep_rows", [], {"condition": "[n] > 0 or is_missing([c])"}),
    ("drop_rows", [], {"condition": "[n] > 0"}),
    ("flag_outliers", ["n", "m"], {}),
    ("flag_outliers", ["n", "m"], {"method": "isolation_forest"}),
    ("remove_outliers", ["n", "m"], {"method": "z_score"}),
    ("cap_outliers", ["n", "m"], {"method": "percentile"}),
    ("min_max", ["n", "m"], {}),
    ("z_score", ["n", "m"], {}),
    ("robust_scale", ["n", "m"], {}),
    ("one_hot", ["c", "t"], {"most": 3}),
    ("ordinal", ["c"], {}),
    ("frequency_encode", ["c"], {}),
    ("bins", ["n"], {"label": "range"}),
    ("date_parts", ["i"], {"parts": ["year", "is_weekend", "days_since"]}),
    ("ratio", ["n", "m"], {}),
    ("text_length", ["t"], {}),
    ("interaction", ["n", "m"], {}),
    ("formula", [], {"name": "new", "expression": 'if(is_missing([c]), "?", lower([t]))'}),
]
NAMES = [f"{op}-{'-'.join(str(value) for value in params.values())[:20]}" for op, _, params in EXAMPLES]
ROWS_MATTER = {"drop_duplicates"}
"""Which of two rows stays depends on their order."""
MODULES = {
    "dates", "encode", "features", "imputers", "missing", "outliers", "quantities", "rows", "scale", "text", "types"
}  # fmt: skip

ROW = st.tuples(
    st.integers(-9, 9).map(str) | st.none(),
    st.floats(-100, 100, width=16).map(repr) | st.none(),
    st.sampled_from(["x", "y", "z", None]),
    st.sampled_from(["5 kg", "1,000", "10-20", " A  b", "?", None]),
    st.sampled_from(["2024-01-31", "1/2/2024", "later", None]),
    st.sampled_from(["2024-01-31", "1999-12-31 23:59:59", None]),
)
FRAMES = st.lists(ROW, max_size=12).map(
    lambda rows: texts(**{name: [row[place] for row in rows] for place, name in enumerate("nmctdi")})
)


def csv(frame):
    return frame.to_csv()


def steps(op, columns, params, functions=None):
    """(learn, apply) on frames, by the operation's own functions or those of a namespace."""
    operation = operations()[op]
    whole = checked(Step(id="step", op=op, columns=tuple(columns), params=params), operation)
    functions = functions or {each.__name__: each for each in (operation.learn, operation.apply) if each}

    def learn(frame):
        return functions[operation.learn.__name__](frame, list(columns), **whole) if operation.learn else None

    def apply(frame, learned):
        known = (learned,) if operation.learn else ()
        return functions[operation.apply.__name__](frame, list(columns), *known, **whole)

    return learn, apply


def test_every_operation_of_these_modules_has_an_example():
    ours = {name for name, each in operations().items() if each.apply.__module__.rpartition(".")[2] in MODULES}
    assert ours == {op for op, _, _ in EXAMPLES}


@pytest.mark.parametrize(("op", "columns", "params"), EXAMPLES, ids=NAMES)
@given(train=FRAMES, test=FRAMES, order=st.randoms(use_true_random=False))
@settings(max_examples=6)
def test_laws(op, columns, params, train, test, order):
    learn, apply = steps(op, columns, params)
    operation = operations()[op]
    train_before, test_before = train.copy(), test.copy()
    try:
        learned = learn(train)
        before = json.dumps(operation.describe(learned), allow_nan=False) if operation.describe else ""
        after = apply(test, learned)
    except Refusal as refusal:
        assert refusal.message  # noqa: PT017 - the law is that there is an answer or one of these
        return
    # What came in stays as it was, and no row is made up or renamed.
    pd.testing.assert_frame_equal(train, train_before)
    pd.testing.assert_frame_equal(test, test_before)
    assert set(after.index) <= set(test.index)
    assert operation.scope != "columns" or list(after.index) == list(test.index)
    assert after.columns.is_unique
    for column in after.select_dtypes("float"):
        assert not np.isinf(after[column]).any()
    # The same again is the same, and looking at the test part teaches nothing.
    assert csv(apply(test, learned)) == csv(after)
    if operation.describe:
        assert json.dumps(operation.describe(learned), allow_nan=False) == before
        assert json.dumps(operation.describe(learn(train)), allow_nan=False) == before
    # Where a row stands makes no difference to it.
    if op not in ROWS_MATTER:
        rows = list(test.index)
        order.shuffle(rows)
        again = apply(test.loc[rows], learned)
        assert csv(again.loc[[row for row in test.index if row in set(again.index)]]) == csv(after)


@pytest.mark.parametrize(("op", "columns", "params"), EXAMPLES, ids=NAMES)
def test_the_source_alone_gives_the_same_bytes(op, columns, params):
    operation = operations()[op]
    carried = Carried().add([each for each in (operation.learn, operation.apply) if each])
    namespace = {"__name__": "script"}
    imports = ["from __future__ import annotations", "import pandas as pd", "import numpy as np"]
    exec("\n".join([*imports, *carried.imports.values(), carried.source]), namespace)  # noqa: S102 - as the script does
    rng = np.random.default_rng(4)
    frame = texts(
        n=rng.integers(-9, 9, 40).astype(str),
        m=[f"{number:.3f}" for number in rng.normal(size=40)],
        c=rng.choice(["x", "y", "z"], 40),
        t=rng.choice(["5 kg", "1,000", "10-20", " A  b"], 40),
        d=rng.choice(["2024-01-31", "1/2/2024", "later"], 40),
        i=rng.choice(["2024-01-31", "1999-12-31 23:59:59"], 40),
    ).mask(rng.random((40, 6)) < 0.2)
    (learn, apply), (script_learn, script_apply) = steps(op, columns, params), steps(op, columns, params, namespace)
    train, test = frame.iloc[:30], frame.iloc[30:]
    assert csv(script_apply(test, script_learn(train))) == csv(apply(test, learn(train)))


@pytest.mark.parametrize(("op", "columns", "params"), EXAMPLES, ids=NAMES)
def test_wide_and_hostile_names(op, columns, params):
    """Column names that look like code, formulas or each other do no harm."""
    names = {each: f"{each}\n'\"{{}}=cmd|' /C calc'!A0\u202e" for each in "nmctdi"}
    frame = texts(n=["1", "2"], m=["3", "4.5"], c=["x", "y"], t=["5 kg", "6"], d=["1/2/2024"] * 2, i=["2024-01-31"] * 2)
    renamed = {key: value for key, value in params.items() if key not in ("condition", "expression")}
    if len(renamed) < len(params):
        return  # formulas name their columns themselves; they have tests of their own
    learn, apply = steps(op, [names[each] for each in columns], renamed)
    wide = pd.concat(
        [frame.rename(columns=names), pd.DataFrame(1.5, frame.index, range(300)).rename(columns=str)], axis=1
    )
    try:
        after = apply(wide, learn(wide))
    except Refusal:
        return
    assert len(after.columns) >= 300
