import csv
import io

import numpy as np
import pandas as pd
import pytest

from aipm.prep.label_errors import label_errors
from aipm.prep.labelling import labels_of, sheet
from aipm.tables import Refusal

FRAME = pd.DataFrame({"note": [f"note {at}" for at in range(30)]})


def drawn(**options):
    given = {"labels": ["good", "bad"], "guideline": "Is it praise?", "rows": 10} | options
    return pd.read_csv(io.StringIO(sheet(FRAME, ["note"], **given)), dtype="str")


def test_a_sheet_comes_back_as_a_column_of_labels():
    one, two = drawn(), drawn()
    assert list(one.columns) == ["row", "note", "label", "guideline"]
    assert one.equals(two)
    assert one["label"].isna().all()
    assert one["guideline"][0] == "Is it praise? (good | bad)"
    found = labels_of(FRAME, {"anna": one.assign(label="good"), "ben": two.assign(label=["bad"] + [" "] * 9)})
    assert found["anna"].notna().sum() == 10
    assert found["ben"].notna().sum() == 1
    row = int(one["row"][0])
    assert found.loc[row - 1, "note"] == one["note"][0]
    assert found.loc[row - 1, "ben"] == "bad"


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless():
    frame = pd.DataFrame({"=note": ["=1+1", None]})
    rows = list(csv.reader(io.StringIO(sheet(frame, ["=note"], labels=["a", "b"], guideline="-", rows=5))))
    assert rows == [
        ["row", "'=note", "label", "guideline"],
        ["1", "'=1+1", "", "'- (a | b)"],
        ["2", "", "", "'- (a | b)"],
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda filled: filled.assign(row="1"),
        lambda filled: filled.assign(row=[str(900 + at) for at in range(len(filled))]),
        lambda filled: filled.assign(row="first"),
        lambda filled: filled.drop(columns="label"),
    ],
)
def test_a_sheet_of_another_file_is_refused(change):
    with pytest.raises(Refusal):
        labels_of(FRAME, {"anna": change(drawn())})


def test_a_name_in_use_is_refused():
    with pytest.raises(Refusal):
        labels_of(FRAME, {"note": drawn()})
    with pytest.raises(Refusal):
        sheet(FRAME.rename(columns={"note": "label"}), ["label"], labels=["a", "b"], guideline="", rows=5)


# Labels that are hard to believe ------------------------------------------------------------------------------------


def planted(wrong):
    """600 rows in three clear groups; the first `wrong` of each group say another label."""
    random = np.random.default_rng(0)
    truth = np.repeat(["red", "green", "blue"], 200)
    frame = pd.DataFrame(random.normal(np.repeat([0.0, 4.0, 8.0], 200)[:, None], 1, (600, 3)), columns=list("xyz"))
    label = truth.copy()
    for at, other in ((0, "green"), (200, "blue"), (400, "red")):
        label[at : at + wrong] = other
    return frame.astype("str").assign(label=label)


def test_planted_errors_are_found_by_row_and_named_rightly():
    found = label_errors(planted(8), "label")
    rows = {suspect.row for suspect in found.suspects}
    wrong = {start + at for start in (1, 201, 401) for at in range(8)}
    assert len(rows & wrong) >= 22
    assert len(rows - wrong) <= 6
    first = found.suspects[0]
    assert first.row in wrong
    assert first.confidence < 0.1
    assert first.likely == {0: "red", 1: "green", 2: "blue"}[(first.row - 1) // 200]


def test_clean_labels_are_hardly_suspected():
    assert len(label_errors(planted(0), "label").suspects) <= 6


def test_rare_labels_are_left_out_and_said():
    frame = planted(0)
    frame.loc[:2, "label"] = "odd"
    assert label_errors(frame, "label").rare == ("odd",)


@pytest.mark.parametrize(
    "frame",
    [
        planted(0).head(10),
        planted(0).assign(label="red"),
        planted(0).assign(label=[str(at) for at in range(600)]),
        planted(0).assign(label=None),
        planted(0)[["label"]],
        planted(0).assign(label=[f"name {at}" for at in range(600)]),
    ],
    ids=["ten rows", "one label", "numbers", "no label", "no columns", "all different"],
)
def test_what_cannot_be_judged_is_refused_in_words(frame):
    with pytest.raises(Refusal) as refused:
        label_errors(frame, "label")
    assert refused.value.advice
