"""The Format panel without a browser: the label, the split, labels by people, labels that may be wrong, structure."""

import csv
import io

import pandas as pd
import pytest

from aipm.prep.agreement import agreement
from aipm.prep.frames import frame_of
from aipm.prep.label_errors import label_errors
from aipm.prep.labelling import sheet
from aipm.prep.operations.split import split
from aipm.prep.sample import generate
from aipm.tables import ReadOptions, read
from aipm.ui.prep_format import plain_names
from aipm.ui.prep_panel_texts import format_texts
from aipm.ui.prep_split import label_shares
from aipm.ui.prep_suspects import listed
from tests.ui.prep_panels import box, done, html, opened, press, recipe, steps

TEXT = format_texts()


@pytest.fixture(scope="module")
def sample():
    return frame_of(read(generate(), ReadOptions()))


def test_who_returns_is_not_on_two_sides(sample):
    app = opened("format")
    assert box(app, TEXT.split.group.label).value == "customer_id"
    press(app, TEXT.split.add)
    step = recipe(app).step("split")
    assert step.params["how"] == "stratified_group"
    parts = split(sample, list(step.columns), **{"seed": 0, **step.params})
    assert parts.groupby(sample["customer_id"]).agg(set).map(len).max() == 1
    for part, rows in parts.value_counts().items():
        assert f"{rows:,}" in html(app), part


def test_another_share_changes_the_split_that_is_there():
    app = opened("format")
    press(app, TEXT.split.add)
    assert TEXT.split.same in html(app)
    box(app, TEXT.split.test.label).set_value(25).run()
    assert TEXT.split.other in html(done(app))
    press(app, TEXT.split.change)
    assert steps(app) == ["split"]
    assert recipe(app).step("split").params["test"] == 0.25


def test_a_split_that_cannot_be_is_refused_with_a_word():
    app = opened("format", data="a,y\n" + "".join(f"{row},{row % 2}\n" for row in range(6)))
    box(app, "Column to predict").set_value("y").run()
    assert "too few" in html(done(app))


def test_a_series_is_split_by_time():
    days = pd.date_range("2024-01-01", periods=60).strftime("%Y-%m-%d")
    app = opened("format", data="day,n\n" + "".join(f"{day},{row * 7 % 13}\n" for row, day in enumerate(days)))
    assert box(app, TEXT.split.how.label).value == "time"
    assert box(app, TEXT.split.time.label).value == "day"


def test_rare_labels_together_are_one_share():
    shares = label_shares(pd.Series(list("aaabbcdefgh")))
    assert list(shares) == ["a", "b", "c", "d", "e", "f", "…"]
    assert sum(shares.values()) == pytest.approx(1)


def test_rows_without_a_label_go_where_that_is_accepted():
    app = opened("format")
    press(app, "Accept")
    assert steps(app) == ["drop_target_missing"]
    assert "0 are blank" in html(app)


def test_agreement_is_the_engines(sample):
    app = opened("format")
    assert box(app, TEXT.people.columns.label).value == ["topic_anna", "topic_ben"]
    found = agreement(sample, ["topic_anna", "topic_ben"])
    assert f"{found.value:.3f}" in html(app)
    assert TEXT.people.disputed.format(count=60, rows="")[:20] in html(app)


def test_filled_in_sheets_are_compared():
    words = "".join(f"text {row},\n" for row in range(40))
    data = f"note,y\n{words}"
    app = opened("format", data=data)
    frame = frame_of(read(data.encode(), ReadOptions()))
    blank = sheet(frame, ["note"], labels=["good", "bad"], guideline="as it sounds", rows=40)
    files = []
    for person, odd in (("anna.csv", 2), ("ben.csv", 3)):
        rows = list(csv.DictReader(io.StringIO(blank)))
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(row | {"label": "good" if int(row["row"]) % odd else "bad"} for row in rows)
        files.append((person, out.getvalue().encode(), "text/csv"))
    uploader = next(each for each in app.file_uploader if each.label == TEXT.people.upload)
    uploader.set_value([*files, ("other.csv", b"x,y\n1,2\n", "text/csv")]).run()
    shown = html(done(app))
    assert "of the 40 rows" in shown
    assert TEXT.people.not_read.format(name="other.csv") in shown


def test_a_sheet_needs_columns_and_labels():
    app = opened("format")
    assert not any(TEXT.people.download in each.proto.label for each in app.get("download_button"))
    box(app, TEXT.people.go_by.label).set_value(["note"]).run()
    assert any(TEXT.people.download in each.proto.label for each in done(app).get("download_button"))


def test_suspected_labels_are_the_engines_and_are_corrected_as_a_step(sample):
    app = opened("format")
    press(app, TEXT.errors.start)
    found = app.session_state["data_prep.held.task.suspects"].found[-1]
    assert found == label_errors(sample, "churned", leave_out=["cancellation_reason", "customer_id"])
    row = found.suspects[0]
    editor = "data_prep.suspects.0"
    app.session_state[editor] = {"edited_rows": {0: {"correct": row.likely}}, "added_rows": [], "deleted_rows": []}
    app.run()
    press(app, TEXT.errors.accept.format(count=1))
    assert steps(app) == ["correct_labels"]
    assert dict(recipe(app).steps[0].params) == {"labels": {str(row.row): row.likely}}
    assert TEXT.errors.changed in html(app)


def test_the_list_of_suspects_is_harmless_in_a_spreadsheet():
    labels = ["=1+1", "no"] * 60
    frame = pd.DataFrame({"n": [str(row % 2) for row in range(120)], "y": labels}, dtype="str")
    frame.loc[[4, 7], "y"] = ["no", "=1+1"]
    text = listed(label_errors(frame, "y")).decode()
    assert "=1+1" in text
    assert ",=1+1" not in text


def test_names_of_columns_become_plain_and_stay_different():
    assert plain_names(["a b", "a-b", "2x", "é"], ["a b", "a-b", "2x", "é", "a_b"]) == [
        "a_b_2",
        "a_b_3",
        "_2x",
        "column_4",
    ]


def test_awkward_names_are_tidied_in_one_step():
    app = opened("format", data="first name,y\n" + "".join(f"n{row},{row}\n" for row in range(30)))
    press(app, TEXT.structure.tidy)
    assert recipe(app).steps[0].params["names"] == ["first_name"]
