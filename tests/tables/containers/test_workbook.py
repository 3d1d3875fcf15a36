"""Excel workbooks: what a person sees in the sheet, as text."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import numbers

from aipm.tables.containers.sheet import moment_text, number_text
from aipm.tables.containers.workbook import moment_of_format
from aipm.tables.model import Limits

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SERIAL_0 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
NOON = SERIAL_0.replace(2024, 1, 31, 13, 45)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows, *, title="Sheet1"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def package(sheet="", *, strings="", styles="", prolog="", namespace=MAIN, more=(), book=""):
    """A workbook written by hand, part by part, with one sheet."""
    book = book or '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{RELATIONS}">{book}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r4" Type="{RELATIONS}/externalLink" TargetMode="External" Target="http://127.0.0.1:9/x"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{namespace}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'{prolog}<sst xmlns="{namespace}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>',
    }
    parts.update(more)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def row(number, *cells):
    return f'<row r="{number}">{"".join(cells)}</row>'


def rows_of(*rows):
    return f"<sheetData>{''.join(rows)}</sheetData>"


def test_cells_come_as_a_person_would_type_them(read):
    found = read(
        workbook(
            [
                ["id", "zip", "amount", "ok", "day", "at", "time", "note"],
                [1, "00501", 10.50, True, dt.date(2024, 1, 31), NOON, dt.time(8, 5), "NA"],
                [
                    -2,
                    "02134",
                    1e-5,
                    False,
                    dt.date(1999, 12, 31),
                    SERIAL_0.replace(2024, 2, 29),
                    dt.time(23, 59, 59),
                    None,
                ],
                [3.0, "x", 1e15, None, None, None, None, " spaced\ntext "],
            ]
        )
    )
    assert found.container == "xlsx"
    assert found.columns is None
    assert found.rows() == [
        ["id", "zip", "amount", "ok", "day", "at", "time", "note"],
        ["1", "00501", "10.5", "TRUE", "2024-01-31", "2024-01-31T13:45:00", "08:05:00", "NA"],
        ["-2", "02134", "1e-05", "FALSE", "1999-12-31", "2024-02-29T00:00:00", "23:59:59", ""],
        ["3", "x", "1000000000000000", "", "", "", "", " spaced\ntext "],
    ]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("5", "5"),
        ("5.0", "5"),
        ("-5", "-5"),
        ("0.28999999999999998", "0.29"),
        ("12345678901234567890", "12345678901234567890"),
        ("1E+3", "1000"),
        ("1e400", "1e400"),
        ("007", "007"),
        ("x", "x"),
        ("NaN", "NaN"),
    ],
)
def test_numbers_are_shown_without_the_noise_of_their_storage(stored, shown):
    assert number_text(stored) == shown


@pytest.mark.parametrize(
    ("code", "moment"),
    [
        ("yyyy-mm-dd", "date"),
        ("[$-409]d\\-mmm\\-yy;@", "date"),
        ("mmm", "date"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("yyyy-mm-dd hh:mm:ss", "datetime"),
        ("[h]:mm:ss", "duration"),
        ("General", None),
        ("0.00", None),
        ('0 "days"', None),
        ('#,##0.00 "€";[Red]-#,##0.00 "€"', None),
        ("0.00E+00", None),
        ("[Yellow]0", None),
        ("0\\ \\h", None),
        ("@", None),
    ],
)
def test_number_formats_tell_dates_and_times_from_numbers(code, moment):
    assert moment_of_format(code) == moment


@pytest.mark.parametrize(
    ("serial", "moment", "shown"),
    [
        ("1", "date", "1900-01-01"),
        ("59", "date", "1900-02-28"),
        ("61", "date", "1900-03-01"),
        ("45322", "date", "2024-01-31"),
        ("45322.5", "date", "2024-01-31T12:00:00"),
        ("45322.573", "datetime", "2024-01-31T13:45:07.200"),
        ("0.5", "time", "12:00:00"),
        ("1.0625", "duration", "25:30:00"),
        ("-1", "date", "-1"),
        ("99999999", "date", "99999999"),
        ("1e300", "date", "1e+300"),
        ("x", "date", "x"),
    ],
)
def test_serial_numbers_become_dates_where_a_calendar_has_them(serial, moment, shown):
    assert moment_text(serial, moment, SERIAL_0) == shown


def test_days_may_be_counted_from_1904(read):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([dt.date(2024, 1, 31), 1])
    assert read(saved(book)).rows() == [["2024-01-31", "1"]]


def test_titles_and_blank_rows_stay_where_they_are(read):
    book = openpyxl.Workbook()
    for place, value in {"A1": "Sales 2024", "A4": "id", "B4": "name", "A5": 1, "B5": "Ana"}.items():
        book.active[place] = value
    assert read(saved(book)).rows() == [["Sales 2024", ""], ["", ""], ["", ""], ["id", "name"], ["1", "Ana"]]


def test_a_table_that_begins_in_another_column_loses_only_the_blank_margin(read, warned):
    book = openpyxl.Workbook()
    for place, value in {"C2": "id", "D2": "name", "C3": 1, "D3": "Ana"}.items():
        book.active[place] = value
    found = read(saved(book))
    assert found.rows() == [["", ""], ["id", "name"], ["1", "Ana"]]
    assert warned(found) == {"blank_columns": 2}


def test_the_first_sheet_with_a_table_is_read_and_all_are_listed(read, warned):
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["This workbook was made by the finance team."])
    book.active.append(["Ask them."])
    secret = book.create_sheet("Hidden")
    secret.append(["h", "i"])
    secret.append([1, 2])
    secret.sheet_state = "veryHidden"
    book.create_sheet("Empty")
    data = book.create_sheet("Data <b>")
    data.append(["id", "name"])
    data.append([1, "Ana"])
    found = read(saved(book))
    assert found.sheets == ("About", "Hidden", "Empty", "Data <b>")
    assert found.sheet == "Data <b>"
    assert found.rows() == [["id", "name"], ["1", "Ana"]]
    assert warned(found) == {"several_sheets": 4}
    assert "Data" not in found.warnings[0].message


def test_a_sheet_can_be_chosen_by_name_hidden_ones_too(read, refused):
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    hidden = book.create_sheet("Old")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    data = saved(book)
    assert read(data, sheet="old ").rows() == [["x"]]
    assert read(data, sheet="Old").warnings == ()
    refusal = refused(data, sheet="Beeblebrox")
    assert refusal.code == "no_such_sheet"
    assert "2" in refusal.message


def test_a_single_column_is_a_table_too(read):
    assert read(workbook([["email"], ["a@example.org"]])).rows() == [["email"], ["a@example.org"]]


def test_an_empty_workbook_is_refused(refused):
    assert refused(workbook([])).code == "no_table"


def test_formulas_give_their_stored_result_and_those_without_are_counted(read, warned):
    sheet = rows_of(
        row(1, '<c r="A1"><f>1+1</f><v>2</v></c>', '<c r="B1"><f>A1*2</f></c>', '<c r="C1"><v>1</v></c>'),
        row(2, '<c r="A2" t="str"><f>""</f><v></v></c>', '<c r="B2" t="str"><f>"a"</f><v>a</v></c>'),
        row(3, '<c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
    )
    found = read(package(sheet))
    assert found.rows() == [["2", "", "1"], ["", "a", ""], ["#DIV/0!", "", ""]]
    assert warned(found) == {"uncalculated_formulas": 1, "error_cells": 1}


def test_merged_cells_stand_in_their_first_place_and_those_over_rows_are_counted(read, warned):
    book = openpyxl.Workbook()
    for cells in (["2024", None, "2025"], ["Q1", "Q2", "Q1"], ["north", 1, 2], [None, 3, 4]):
        book.active.append(cells)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("A3:A4")
    found = read(saved(book))
    assert found.rows() == [["2024", "", "2025"], ["Q1", "Q2", "Q1"], ["north", "1", "2"], ["", "3", "4"]]
    assert warned(found) == {"merged_cells": 1}


def test_rows_that_a_filter_hides_are_read_and_counted(read, warned):
    book = openpyxl.Workbook()
    for cells in (["id", "x"], [1, 2], [3, 4]):
        book.active.append(cells)
    book.active.row_dimensions[2].hidden = True
    found = read(saved(book))
    assert len(found.rows()) == 3
    assert warned(found) == {"hidden_rows": 1}


def test_texts_of_every_make_are_read(read):
    sheet = rows_of(
        row(
            1,
            '<c r="A1" t="s"><v>0</v></c>',
            '<c r="B1" t="s"><v>1</v></c>',
            '<c r="C1" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c>',
            '<c r="D1" t="str"><v>a_x000D_b_x005F_x</v></c>',
            '<c r="E1" t="d"><v>2024-01-31</v></c>',
            '<c t="b"><v>1</v></c>',
        )
    )
    strings = "<si><r><t>ri</t></r><r><rPr><b/></rPr><t>ch</t></r></si><si><t>東京</t><rPh><t>トウキョウ</t></rPh></si>"
    assert read(package(sheet, strings=strings)).rows() == [["rich", "東京", "in line", "a\rb_x", "2024-01-31", "TRUE"]]


def test_cells_and_rows_may_leave_out_their_place(read):
    sheet = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row></sheetData>"
    assert read(package(sheet)).rows() == [["1", "2"], ["", "3"]]


def test_strict_workbooks_and_prefixed_names_are_read(read):
    sheet = rows_of(row(1, '<c r="A1"><v>1</v></c>'))
    assert read(package(sheet, namespace=STRICT)).rows() == [["1"]]
    cell = '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
    prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{cell}</x:sheetData></x:worksheet>'
    assert read(package(more={"xl/worksheets/sheet1.xml": prefixed})).rows() == [["7"]]


def test_charts_alone_are_no_table(refused):
    assert refused(package(book="<sheets/>")).code == "damaged"


def test_a_false_extent_is_not_believed(read):
    sheet = '<dimension ref="A1:XFD1048576"/>' + rows_of(
        row(1, '<c r="A1"><v>1</v></c>'), row(2, '<c r="B2"><v>2</v></c>')
    )
    assert read(package(sheet)).rows() == [["1", ""], ["", "2"]]


def test_a_million_blank_rows_are_no_table_rows(read, warned):
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 100_000))
    found = read(
        package(
            rows_of(row(1, '<c r="A1"><v>1</v></c>'), row(2, '<c r="A2"><v>2</v></c>')).replace(
                "</sheetData>", blank + "</sheetData>"
            )
        )
    )
    assert found.rows() == [["1"], ["2"]]
    stray = read(package(rows_of(row(1, '<c r="A1"><v>1</v></c>'), row(1_048_576, '<c r="A1048576"><v>9</v></c>'))))
    assert stray.rows() == [["1"], ["9"]]
    assert warned(stray) == {"blank_rows": 1_048_574}


@pytest.mark.parametrize(
    "sheet",
    [
        rows_of(row(1_048_577, '<c r="A1"><v>1</v></c>')),
        rows_of(row(10**30, '<c r="A1"><v>1</v></c>')),
        rows_of(row(0, '<c r="A1"><v>1</v></c>')),
        rows_of(row(-5, '<c r="A1"><v>1</v></c>')),
        rows_of(row(2, '<c r="A1"><v>1</v></c>'), row(1, '<c r="A1"><v>1</v></c>')),
        rows_of(row("x", '<c r="A1"><v>1</v></c>')),
        rows_of(row(1, '<c r="ÄÖ1"><v>1</v></c>')),
        rows_of(row(1, '<c r="AAAAAA1"><v>1</v></c>')),
        rows_of(row(1, '<c r="A1" t="s"><v>7</v></c>')),
        rows_of(row(1, '<c r="A1" t="s"><v>Beeblebrox</v></c>')),
        "<sheetData><row><c>",
        "<sheetData>\x00</sheetData>",
    ],
)
def test_sheets_that_make_no_sense_are_refused(sheet, refused):
    assert refused(package(sheet)).code == "damaged"


def test_a_sheet_with_too_many_columns_is_refused(refused, read):
    far = rows_of(row(1, '<c r="A1"><v>1</v></c>', '<c r="ALM1"><v>2</v></c>'))  # column 1001
    assert refused(package(far)).code == "too_many_columns"
    blank = rows_of(row(1, '<c r="A1"><v>1</v></c>', '<c r="XFD1"/>'))
    assert read(package(blank)).rows() == [["1"]]


def test_a_sparse_sheet_of_very_many_places_is_refused(refused, monkeypatch):
    monkeypatch.setattr("aipm.tables.containers.cells.MAX_CELLS", 1_000_000)
    rows = [row(1, '<c r="A1"><v>1</v></c>', '<c r="ALL1"><v>2</v></c>')]
    rows += [f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 1_010)]
    assert refused(package(rows_of(*rows))).code == "too_many_cells"


def test_one_long_text_in_many_cells_is_refused(refused):
    cells = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(20_000))
    text = "".join(f"{n:x}" for n in range(30_000))
    refusal = refused(package(f"<sheetData>{cells}</sheetData>", strings=f"<si><t>{text}</t></si>"))
    assert refusal.code == "too_large"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
        '<!DOCTYPE x [<!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
        + "]>",
    ],
)
@pytest.mark.parametrize("entity", ["&e;", "&a11;", "x"])
def test_entities_are_refused_wherever_they_stand(prolog, entity, refused):
    sheet = rows_of(row(1, f'<c r="A1" t="inlineStr"><is><t>{entity}</t></is></c>'))
    assert refused(package(sheet, prolog=prolog)).code == "unsafe_file"


def test_links_out_of_the_workbook_are_not_followed(refused, monkeypatch):
    def no_network(*_):
        raise AssertionError

    monkeypatch.setattr("socket.socket", no_network)
    for target in ('TargetMode="External" Target="file:///etc/passwd"', 'Target="../../../../etc/passwd"'):
        link = f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" {target}/>'
        links = f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>'
        assert refused(package(more={"xl/_rels/workbook.xml.rels": links})).code == "damaged"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_a_bomb_in_any_part_is_refused(part, refused):
    assert refused(package(more={part: b" " * 50_000_000})).code == "too_large"


@pytest.mark.parametrize("beginning", ["<!--", "<row r='", "<?x ", "<c "])
def test_a_tag_that_never_ends_is_refused(beginning, refused):
    sheet = package("<sheetData>" + beginning + "x " * 10_000_000)
    assert refused(sheet, limits=Limits(max_unpacked_ratio=10_000)).code == "damaged"


def test_a_bomb_in_a_part_that_is_not_needed_does_no_harm(read):
    sheet = rows_of(row(1, '<c r="A1"><v>1</v></c>'))
    assert read(package(sheet, more={"xl/media/image1.png": b"0" * 50_000_000})).rows() == [["1"]]


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_a_workbook_without_a_part_is_refused(missing, refused):
    original = package(rows_of(row(1, '<c r="A1"><v>1</v></c>')))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != missing:
                new.writestr(name, old.read(name))
    assert refused(out.getvalue()).code == "damaged"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.none()
            | st.booleans()
            | st.integers(-(2**53), 2**53)
            | st.floats(allow_nan=False, allow_infinity=False, width=32)
            | st.dates(dt.date(1900, 3, 2), dt.date(2200, 1, 1))
            | st.from_regex(r"[A-Za-z0-9äß€ ,;.'\"<>&=+\-]{1,20}", fullmatch=True).filter(
                lambda t: t[0] != "=" and t.strip()
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_every_sheet_reads_as_another_reader_reads_it(answer, rows):
    data = workbook(rows)
    found = answer(data)
    shown = [] if getattr(found, "code", "") == "no_table" else found.rows()
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    expected = [[as_typed(cell) for cell in cells] for cells in sheet.iter_rows()]
    while expected and not any(expected[-1]):
        expected.pop()
    width = max((len(cells) for cells in shown), default=0)
    margin = next((n for n in range(9) if any(cells[n : n + 1] not in ([], [""]) for cells in expected)), 0)
    assert shown == [(cells[margin:] + [""] * width)[:width] for cells in expected]


def as_typed(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if cell.is_date and cell.number_format == numbers.FORMAT_DATE_YYYYMMDD2:
        return value.date().isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    return str(value)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_damage_anywhere_is_read_or_refused(answer, at, damage):
    data = bytearray(package(rows_of(row(1, '<c r="A1" t="s"><v>0</v></c>')), strings="<si><t>x</t></si>"))
    at %= len(data)
    data[at : at + len(damage)] = damage
    assert answer(bytes(data))
