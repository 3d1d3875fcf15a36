"""Text from a file cannot become a formula in somebody's spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.tables.formula import SIGNS, csv_text, formula_safe


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30 1234",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM",
        " =cmd|' /C calc'!A0",
        "\u200b=1",
        "\ufeff=1",
        "\n=1",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert formula_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "female", "a=b", "3-4", "Ünal", "'=1", "under 25", "…", "#1"])
def test_other_text_stays_as_it_is(text):
    assert formula_safe(text) == text


@given(st.text())
def test_no_text_starts_with_a_sign_and_nothing_is_lost(text):
    safe = formula_safe(text)
    assert safe.removeprefix("'") == text.removeprefix("'")
    assert safe.lstrip()[:1] not in SIGNS


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_also_after_a_csv_reader_has_taken_the_quotes_away(text):
    line = io.StringIO(newline="")
    csv.writer(line).writerow([formula_safe(text), "x"])
    line.seek(0)
    assert next(csv.reader(line))[0][:1] not in SIGNS


def test_a_csv_keeps_numbers_and_blanks_and_defuses_text():
    assert csv_text([("name", "value"), ("=1+1", -2.5), ("-x", None)]) == "name,value\r\n'=1+1,-2.5\r\n'-x,\r\n"
