"""The sample holds what its description says, counted here by hand; nobody in it is real."""

import csv
import hashlib
import io
import re
from collections import Counter

import pandas as pd
import pytest

from aipm.prep.label_errors import label_errors
from aipm.prep.sample import flipped_rows, generate, prep_sample

ROWS = list(csv.DictReader(io.StringIO(generate().decode())))
COUNTED = {
    ("small_group", "region"): lambda row: row["region"] == "Islands",
    ("missing_token", "income"): lambda row: row["income"] in ("unknown", "?"),
    ("missing", "income"): lambda row: not row["income"],
    ("outlier_extreme", "income"): lambda row: row["income"].isdigit() and int(row["income"]) > 1_000_000,
    ("missing_sentinel", "tenure_months"): lambda row: row["tenure_months"] == "-999",
    ("impossible_zero", "household_size"): lambda row: row["household_size"] == "0",
    ("missing", "satisfaction"): lambda row: not row["satisfaction"],
    ("missing_explained", "router_model"): lambda row: not row["router_model"] and row["internet"] == "no",
    ("category_variants", "plan"): lambda row: row["plan"] in ("plus", " Plus", "Pluss"),
    ("mixed_format", "snapshot"): lambda row: re.fullmatch(r"\d\d/\d\d/\d{4}", row["snapshot"]),
    ("unit_in_text", "monthly_fee"): lambda row: row["monthly_fee"].endswith(" EUR"),
    ("unit_in_text", "data_used"): lambda row: row["data_used"].endswith(("B",)),
    ("boolean_as_text", "newsletter"): lambda row: row["newsletter"] not in ("yes", "no"),
    ("constant_column", "currency"): lambda row: row["currency"] == "EUR",
    ("leakage_by_missingness", "cancellation_reason"): lambda row: row["cancellation_reason"],
    ("missing_target", "churned"): lambda row: not row["churned"],
    ("label_disagreement", "topic_anna"): lambda row: row["topic_anna"] != row["topic_ben"],
    ("class_imbalance", "churned"): lambda row: row["churned"] == "yes",
    ("pii_person_name", "full_name"): lambda row: row["full_name"],
    ("pii_email", "email"): lambda row: row["email"].endswith("@example.com"),
    ("pii_email", "note"): lambda row: "@" in row["note"],
    ("pii_phone", "phone"): lambda row: re.fullmatch(r"\+44 1632 960\d{3}", row["phone"]),
    ("pii_date_of_birth", "birth_date"): lambda row: row["birth_date"],
}


def test_the_file_is_the_same_byte_for_byte_everywhere():
    assert hashlib.sha256(generate()).hexdigest() == "9b56d0fbf1e097ded3a8bbe9069297c289fa32cd8b9100c9517da4239265e26b"


def test_the_description_names_the_columns_as_the_file_has_them():
    sample = prep_sample()
    assert list(sample.columns) == list(ROWS[0])
    named = {sample.target, sample.group, sample.time, *sample.annotators, *sample.quasi_identifiers}
    assert named | {column for defect in sample.defects for column in defect.columns} <= set(sample.columns)


@pytest.mark.parametrize("defect", prep_sample().defects, ids=lambda each: f"{each.kind}-{'-'.join(each.columns)}")
def test_every_defect_occurs_as_often_as_it_is_said_to(defect):
    if (defect.kind, *defect.columns[:1]) in COUNTED:
        holds = COUNTED[defect.kind, defect.columns[0]]
        assert sum(bool(holds(row)) for row in ROWS) == defect.count
    elif defect.kind == "duplicate_rows":
        assert len(ROWS) - len({tuple(row.values()) for row in ROWS}) == defect.count
    elif defect.kind == "duplicate_entity":
        different = {tuple(row.values()) for row in ROWS}
        assert sum(n > 1 for n in Counter(row[0] for row in different).values()) == defect.count
    elif defect.kind == "label_error_suspect":
        assert len(flipped_rows()) == defect.count
        assert Counter(ROWS[row - 1]["churned"] for row in flipped_rows()) == {"yes": 18, "no": 18}
    else:
        assert defect.kind == "k_anonymity"
        alike = Counter(tuple(row[column] for column in defect.columns) for row in ROWS)
        assert sum(rows for rows in alike.values() if rows < 5) == defect.count


def test_a_blank_router_is_explained_and_a_reason_is_there_for_those_who_left_and_nobody_else():
    assert all(bool(row["router_model"]) == (row["internet"] == "yes") for row in ROWS)
    assert all(bool(row["cancellation_reason"]) == (row["churned"] == "yes") for row in ROWS)


def test_the_turned_labels_can_be_found():
    """Far oftener among the suspects than elsewhere; no column may give the answer away or tell people apart."""
    frame = pd.DataFrame(ROWS).replace("", None).astype("str")
    found = label_errors(frame, "churned", leave_out=["cancellation_reason", "customer_id"])
    suspects = {suspect.row for suspect in found.suspects}
    assert len(suspects & flipped_rows()) >= 18
    assert len(suspects & flipped_rows()) / len(suspects) > 10 * len(flipped_rows()) / len(ROWS)
