import pytest

TABLE = "id,name,amount\n1,Ana,10.5\n2,Bob,20.25\n3,Zoé,30\n4,Dan,7\n"
ROWS = [["1", "Ana", "10.5"], ["2", "Bob", "20.25"], ["3", "Zoé", "30"], ["4", "Dan", "7"]]


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        ("\nTotal rows: 4\n", 1),
        ("\nSource: our CRM\n", 1),
        ("\nNote: provisional\n* estimated\n", 2),
        ("(4 rows affected)\n", 1),
        ("-- end of file --\n", 1),
        ("\nNote: figures, in thousands, are rounded\n", 1),
        (",,\nSource: our CRM,,\n", 1),
        ("Note: provisional,,\n", 1),
        ("\nExported on 2024-01-01\nPage 1 of 1\n", 2),
    ],
)
def test_notes_below_are_no_rows(read, below, rows):
    found = read(TABLE + below)
    assert found.rows == ROWS
    assert found.reading.footer_rows == found.codes["footer_skipped"] == rows


@pytest.mark.parametrize("below", ["\n\n", " \n", ",,\n,,\n", "\x1a"])
def test_nothing_below_is_nothing_to_say(read, below):
    found = read(TABLE + below)
    assert found.rows == ROWS
    assert found.codes == {}


@pytest.mark.parametrize("last", ["Total,,67.75", "5,Grand total,67.75", ",,67.75"])
def test_a_row_of_the_table_s_width_is_kept_and_a_total_said(read, last):
    found = read(f"{TABLE}{last}\n")
    assert found.rows == [*ROWS, last.split(",")]
    assert ("total_row" in found.codes) == last.startswith("Total")


@pytest.mark.parametrize(
    "below",
    [
        "\ncity,n\nRome,3\nParis,2\n",
        "\n\nTable 2\ncity,n\nRome,3\nParis,2\n",
        "\nid,city,beds\n1,Rome,3\n2,Paris,2\n",
        "\ncity,n,x,y\nRome,3,1,1\nParis,2,1,1\n",
        ",,\ncity,n,\nRome,3,\nParis,2,\n",
        'id,"name",amount\n1,Ana,10.5\n',
        "id,name\n1,Ana\n2,Bob\n",
    ],
)
def test_another_table_below_is_left_out_and_said(read, below):
    found = read(TABLE + below)
    assert found.rows == ROWS
    assert found.codes["second_table"] >= 2
    assert found.reading.warnings[-1].lines >= (6,)


@pytest.mark.parametrize("between", ["", "\n", ",,\nMarch,,\n"])
def test_the_same_header_again_begins_more_of_the_same_table(read, between):
    found = read(TABLE + between + TABLE)
    assert found.rows == ROWS + ROWS
    assert found.codes == {"header_repeated": 1}


def test_blocks_without_a_break_stay_together(read):
    found = read("run,a,b\n1,2,3\n2,3,4\n3,4,5\nrun,c,d,e\n1,2,3,4\n2,3,4,5\n3,4,5,6\n")
    assert len(found.rows) == 7
    assert found.codes["several_blocks"] == 1


def test_comments_between_rows_are_left_out(read):
    found = read("id,name,n\n1,a,2\n# checked\n3,b,4\n# by Ann, twice\n5,c,6\n")
    assert [row[0] for row in found.rows] == ["1", "3", "5"]
    assert found.codes["comments_skipped"] == 2


def test_what_is_counted_is_counted_within_the_table_only(read):
    found = read(TABLE + "5,Eve\n\ncity,n\nRome,3\nParis,2\n")
    assert found.reading.padded_rows == found.codes["rows_padded"] == 1
