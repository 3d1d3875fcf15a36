"""What people paste or upload, taken as they meant it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.mapping.journey import remarks
from aipm.mapping.journey_reading import LONGEST_PASTE, MOST_COLUMNS, from_table, from_text
from aipm.tables import Refusal, read


def pains(journey):
    return [(pain.stage, pain.text) for pain in journey.rows]


def pasted(text):
    return pains(from_text(text))


TWO = [("Search", "I cannot find it"), ("Pay", "It is slow; it breaks, too")]


@pytest.mark.parametrize(
    "text",
    [
        "Stage\tPain\nSearch\tI cannot find it\nPay\tIt is slow; it breaks, too\n",
        "Search\tI cannot find it\r\nPay\tIt is slow; it breaks, too\r\n",
        "Search\tI cannot find it\rPay\tIt is slow; it breaks, too",
        "\ufeffphase:\tPain Points\n\nSearch\tI cannot find it\n\t\nPay\tIt is slow; it breaks, too",
        'Stage,Pain\nSearch,I cannot find it\nPay,"It is slow; it breaks, too"',
        'Search;I cannot find it\nPay;"It is slow; it breaks, too"',
        'journey_stage;complaint\nSearch;I cannot find it\nPay;"It is slow; it breaks, too"',
        "Complaint\tStage\nI cannot find it\tSearch\nIt is slow; it breaks, too\tPay",
    ],
)
def test_a_table_of_stage_and_pain_is_known_however_it_is_pasted(text):
    assert pasted(text) == TWO


def test_a_semicolon_after_a_short_stage_may_be_followed_by_a_blank():
    assert pasted("Search; I cannot find it\nPay; It is slow") == [
        ("Search", " I cannot find it"),
        ("Pay", " It is slow"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is slow.\nI cannot find it.", ["It is slow.", "I cannot find it."]),
        ("Pain\nIt is slow.", ["It is slow."]),
        ("It is slow, and it breaks.\nI rang, and rang.", ["It is slow, and it breaks.", "I rang, and rang."]),
        ("1,000 customers wait.", ["1,000 customers wait."]),
        ("Slow; breaks; lies\nand more", ["Slow; breaks; lies", "and more"]),
        ('"Where is it?" they ask, "and when?"', ['"Where is it?" they ask, "and when?"']),
        ('"Where is my order\nIt says "pending"', ['"Where is my order', 'It says "pending"']),
        ('A 5" screen\n"quoted\nover two lines"', ['A 5" screen', "quoted\nover two lines"]),
        ("", []),
        (" \n\n\t\n", []),
        (";;;\n;;;", [";;;", ";;;"]),
    ],
)
def test_sentences_are_one_pain_a_line(text, expected):
    assert pasted(text) == [(None, pain) for pain in expected]


def test_a_cell_in_quotes_holds_line_ends_and_quotes():
    assert pasted('Pay\t"first line\r\nsecond ""line"""\nWait\tnever') == [
        ("Pay", 'first line\r\nsecond "line"'),
        ("Wait", "never"),
    ]


def test_a_stage_carries_down_as_merged_cells_do_and_that_is_said():
    journey = from_text("Stage\tPain\nPay\tslow\n\todd\nWait\t\n\twhen")
    assert pains(journey) == [("Pay", "slow"), ("Pay", "odd"), ("Wait", ""), ("Wait", "when")]
    assert [row.carried for row in journey.rows] == [False, True, False, True]
    assert [row.row for row in journey.blank] == [3]
    assert remarks(journey) == (
        "1 row without a pain; kept, and left out of the picture.",
        "A row without a stage was taken to belong to the stage above it (2 rows).",
    )


def test_further_columns_are_kept():
    journey = from_text("Owner\tStage\tPain\tSince\nAna\tPay\tslow\t2024\nBo\tPay\todd")
    assert journey.header == ("Stage", "Pain", "Owner", "Since")
    assert [row.more for row in journey.rows] == [("Ana", "2024"), ("Bo", "")]


def test_without_names_the_pain_is_what_people_wrote_most_of():
    text = "It takes far too long to pay\tPay\nWhere is my parcel today\tWait"
    assert pasted(text) == [("Pay", "It takes far too long to pay"), ("Wait", "Where is my parcel today")]


CELL = st.text(alphabet=list("ab \"'\n;,é"), min_size=1, max_size=8).filter(lambda text: text.strip() != "")


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
def test_whatever_a_spreadsheet_copies_comes_back(rows):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\r\n").writerows([("Stage", "Pain"), *rows])
    assert pasted(text.getvalue()) == rows


@given(st.text(alphabet=list('a"\n\t;, '), max_size=40))
def test_nothing_that_is_pasted_is_lost_or_fails(text):
    kept = "".join(cell for row in from_text(text).rows for cell in (row.stage or "", row.text, *row.more))
    assert kept.count("a") >= text.count("a")


def test_many_quotes_that_never_close_are_text():
    line = '"a""\t"b""'  # were each looked for to the end of the text, this would take minutes
    assert pasted(f"{line}\n" * 15_000)[-1] == ('"a""', '"b""')


def test_ten_thousand_rows_are_kept_and_more_than_twenty_thousand_are_refused():
    assert len(from_text("Pay\tslow\n" * 10_000).rows) == 10_000
    for text in ("Pay\tslow\n" * 20_001, "x" * (LONGEST_PASTE + 1)):
        with pytest.raises(Refusal) as refused:
            from_text(text)
        assert refused.value.code == "too_many_rows"


def table(text):
    return read(text.encode())


def test_an_uploaded_table_is_taken_by_its_names():
    journey = from_table(table("owner,stage,pain\nAna,Pay,It is slow\nBo,Wait,Never comes\n"))
    assert pains(journey) == [("Pay", "It is slow"), ("Wait", "Never comes")]
    assert journey.header == ("stage", "pain", "owner")


def test_a_table_whose_names_say_nothing_is_taken_by_its_contents_or_by_choice():
    uploaded = table("wo,was\nPay,It is slow and breaks\nWait,It never ever comes\n")
    assert pains(from_table(uploaded))[0] == ("Pay", "It is slow and breaks")
    assert pains(from_table(uploaded, stage="was", pain="wo"))[0] == ("It is slow and breaks", "Pay")
    with pytest.raises(KeyError):
        from_table(uploaded, pain="nowhere")


def test_a_first_row_that_is_somebodys_pain_is_no_row_of_names():
    from aipm.tables import ReadOptions

    text = "Pay,I pressed twice and paid twice\nWait,It never comes\n"
    journey = from_table(read(text.encode(), ReadOptions(header_row=1)))
    assert pains(journey) == [("Pay", "I pressed twice and paid twice"), ("Wait", "It never comes")]
    assert journey.header is None
    assert pains(from_table(read(text.encode(), ReadOptions(header_row="none")))) == pains(journey)


def test_a_table_that_is_no_journey_is_refused():
    wide = ",".join(f"c{place}" for place in range(MOST_COLUMNS + 1))
    with pytest.raises(Refusal) as refused:
        from_table(table(f"{wide}\n{wide}\n"))
    assert refused.value.code == "too_many_columns"
    with pytest.raises(Refusal) as refused:
        from_table(table("stage,pain\n" + "Pay,slow\n" * 20_001))
    assert refused.value.code == "too_many_rows"
