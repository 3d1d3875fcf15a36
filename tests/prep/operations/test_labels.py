import pandas as pd
import pytest

from aipm.prep.operations.labels import correct_labels, drop_target_missing, relabel
from aipm.tables import Refusal
from tests.prep.operations.steps import cells, run


def test_rows_without_a_label_go():
    frame = pd.DataFrame({"y": ["a", None, "b"]})
    assert list(drop_target_missing(frame, ["y"]).index) == [0, 2]


def test_labels_get_new_names_and_others_stay_or_become_missing():
    frame = pd.DataFrame({"y": ["Yes", "no", "maybe", None]})
    kept = relabel(frame, ["y"], mapping={"Yes": "1", "no": "0"}, others="keep")["y"]
    assert kept.where(kept.notna(), "-").tolist() == ["1", "0", "maybe", "-"]
    gone = relabel(frame, ["y"], mapping={"Yes": "1", "no": "0"}, others="missing")["y"]
    assert gone.where(gone.notna(), "-").tolist() == ["1", "0", "-", "-"]


def test_single_rows_are_corrected_by_their_number_in_the_file():
    frame = pd.DataFrame({"y": ["no", "no", "yes", None]}, dtype="str")[::-1]
    found = run("correct_labels", frame, ["y"], labels={"2": "yes", "3": "", "4": "no", "9": "yes"})
    assert cells(found["y"].sort_index()) == ["no", "yes", None, "no"]


def test_made_up_rows_have_no_number_and_stay_as_they_are():
    frame = pd.DataFrame({"y": ["no", "no"]}, index=[0, -1], dtype="str")
    assert cells(correct_labels(frame, ["y"], labels={"1": "yes"})["y"]) == ["yes", "no"]


@pytest.mark.parametrize("row", ["0", "-1", "1.5", "first", ""])
def test_what_is_no_number_of_a_row_is_refused(row):
    with pytest.raises(Refusal):
        run("correct_labels", pd.DataFrame({"y": ["no"]}, dtype="str"), ["y"], labels={row: "yes"})
