"""What an upload is, whatever it is called."""

import codecs
import gzip
import io
import json
import pickle
import random
import sqlite3
import struct
import wave
import zipfile

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.tables.containers import identify

CSV = "id,name,amount\n1,Zoë,10.5\n2,Bob,3\n"


def sqlite_file(tmp_path):
    path = tmp_path / "x"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()
    return path.read_bytes()


def zip_of(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def wav():
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\1" * 100)
    return out.getvalue()


def npy():
    out = io.BytesIO()
    np.save(out, np.arange(5))
    return out.getvalue()


def feather():
    out = io.BytesIO()
    with pa.ipc.new_file(out, pa.schema([("a", pa.int64())])) as writer:
        writer.write_table(pa.table({"a": [1]}))
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", memoryview(b"")])
def test_an_empty_file_is_refused(data, unknown):
    assert unknown(data).code == "empty_file"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4\n%\xe2\xe3", "PDF"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20), "JPEG"),
        (b"GIF89a\1\0\1\0\0\0\0", "GIF"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(20), "WebP"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "BMP"),
        (b"ID3\3\0\0\0\0\0\x21" + bytes(20), "MP3"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "MP4"),
        (wav(), "WAV"),
        (b"\x7fELF\2\1\1" + bytes(20), "program"),
        (b"MZ\x90\0\3\0\0\0", "program"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7-Zip"),
        (b"Rar!\x1a\x07\1\0", "RAR"),
        (b"\xfd7zXZ\0\0\4", "xz"),
        (b"BZh91AY&SY\x01\x02\x03", "bzip2"),
        (b"\x28\xb5\x2f\xfd\x04\x58", "Zstandard"),
        (npy(), "NumPy"),
        (feather(), "Arrow"),
        (b"\x89HDF\r\n\x1a\n" + bytes(20), "HDF5"),
        (pickle.dumps({"a": 1}), "pickle"),
        (b"Obj\1\4\x14avro.codec", "Avro"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b'<?xml version="1.0"?>\n<catalog><book/></catalog>', "XML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003"),
        (zip_of(**{"word/document.xml": "<w/>", "[Content_Types].xml": "<T/>"}), ".docx"),
        (zip_of(**{"ppt/presentation.xml": "<p/>"}), ".pptx"),
        (zip_of(**{"xl/workbook.bin": "x", "[Content_Types].xml": "<T/>"}), ".xlsb"),
        (zip_of(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x/>"}), ".ods"),
        (zip_of(**{"Index/Document.iwa": "x"}), "Numbers"),
        (bytes(257) + b"ustar\x0000" + bytes(248), "tar"),
    ],
)
def test_files_of_other_kinds_are_refused_by_name(data, said, unknown):
    refusal = unknown(data)
    assert refusal.code == "unsupported_format"
    assert said in refusal.message


def test_a_database_is_refused_by_name(tmp_path, unknown):
    assert "SQLite" in unknown(sqlite_file(tmp_path)).message


def test_a_workbook_with_a_password_says_so(unknown):
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    refusal = unknown(locked)
    assert refusal.code == "encrypted"
    assert "password" in refusal.message


@pytest.mark.parametrize("size", [100, 5_000, 300_000])
@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_no_text(size, seed, unknown):
    assert unknown(b"x" + random.Random(seed).randbytes(size)).code == "binary"


@pytest.mark.parametrize("size", [1, 4096, 1_000_000])
def test_nothing_but_nul_bytes_is_refused(size, unknown):
    refusal = unknown(bytes(size))
    assert refusal.code == "binary"
    assert "NUL" in refusal.message


def test_a_file_that_was_not_saved_to_its_end_is_refused(unknown):
    assert "NUL" in unknown(CSV.encode() + bytes(5_000)).message


def test_numbers_as_raw_bytes_are_no_text(unknown):
    assert unknown(struct.pack("<200d", *[x**0.5 for x in range(200)])).code == "binary"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_of_any_encoding_is_left_to_the_text_reader(encoding):
    assert identify((CSV * 3).encode(encoding)) == "csv"


@pytest.mark.parametrize(
    "text",
    [
        "  \n\n ",
        "a\x01b\x01c\n1\x012\x013\n" * 50,  # a control character as delimiter
        "id,name\n1,An\0a\n2,Bob\n",
        "PK,name\n1,2\n",
        "BM,MZ\n1,2\n",
        "ID3,x\n1,2\n",
        "GIF89a,x\n1,2\n",
        "PAR1,PAR2\n1,2\n",
        "ORC,orc\n1,2\n",
        "BZh,x\n1,2\n",
        "Obj,ftyp\n1,2\n",
        "[x],[y]\n1,2\n",
        "[1],[2]\n3,4\n",
        "[id];name\n1;2\n",
        '["a", "b"],c\n1,2,3\n',
        "{x},y\n1,2\n",
        '{"a": 1},b\n{"a": 2},c\n',
        "{{7*7}},y\n1,2\n",
        "<b>x</b>,y\n1,2\n",
        "<script>alert(1)</script>,y\n1,2\n",
        "<table>,y\n1,2\n",
        "<html>,y\n1,2\n",
        "<table><tr><td>x</td></tr></table>,y\n1,2\n",
        "<3,>3\n1,2\n",
        "<p>,y\n<table><tr><td>1,2\n</table>,4\n",
        "<img src=x onerror=alert(1)>,y\n1,2\n",
        "=1+1,x\n1,2\n",
        "%PDF,x\n1,2\n",
        'name,b\n\x1b$B$"\x1b(B,2\n',  # ISO-2022-JP
    ],
)
def test_delimited_text_that_looks_like_something_else_is_text(text):
    assert identify(text.encode()) == "csv"


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1}]',
        ' \n [ { "a" : 1 } ]\n',
        '{"data": [{"a": 1}]}',
        '{"a": 1}\n{"a": 2}\n',
        '{"a": 1} {"a": 2}',
        "[1, 2]\n[3, 4]\n",
        "[[1, 2], [3, 4]]",
        '{"a": [1, 2]}',
        "[]",
        "{}",
        '[{"a": 1}, {"a": ',  # cut off
        '[{"a": 1,}]',  # broken
        '[["a", 1], ["b" 2]]',
        '[{"a": NaN}]',
        "[" * 1_000_000,
        '{"a":' * 100_000,
        '[{"a": ' + "9" * 10_000 + "}]",
    ],
)
def test_json_is_known_by_its_structure(text):
    assert identify(text.encode()) == "json"


def test_a_long_json_file_is_known_by_its_beginning():
    assert identify(json.dumps([{"a": "ä" * 50, "b": i} for i in range(5_000)]).encode()) == "json"
    assert identify(json.dumps({"a": "x" * 200_000}).encode()) == "json"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_json_and_web_pages_are_known_in_every_unicode(encoding):
    assert identify('[{"a": 1, "b": "ß"},\n {"a": 2}]'.encode(encoding)) == "json"
    assert identify("<html><table>\n<tr><td>1</td></tr></table></html>".encode(encoding)) == "html"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<html><body>no table</body></html>",
        "<!doctype html><html><table><tr><td>1",
        "<HTML><TABLE><TR><TD>1</TD></TR></TABLE></HTML>",
        "\n\n<!-- made by x --><!-- and y --><html></html>",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<table border=1><tr><td>1</td></tr></table>",
        '<meta charset="utf-8"><style>td{color:red}</style><table><tr><td>1</td></tr></table>\n',
        "<div><table><tr><td>cut off",
    ],
)
def test_web_pages_are_known_by_their_tags(text):
    assert identify(text.encode()) == "html"


def test_comments_without_an_end_are_no_trap():
    assert identify(b"<!--" * 15_000 + b",x\n1,2\n") == "csv"
    assert identify(b"<!---->" * 9_000 + b",x\n1,2\n") == "csv"
    assert identify(b"<table>" * 100_000 + b">") == "csv"


def test_archives_are_known_by_magic_number_and_structure():
    assert identify(gzip.compress(b"x")) == "gzip"
    assert identify(zip_of(**{"a.csv": "a,b"})) == "zip"
    assert identify(zip_of(**{"xl/workbook.xml": "<w/>"})) == "xlsx"
    assert identify(zip_of()) == "zip"


def test_a_parquet_file_without_its_end_is_damaged(unknown):
    assert unknown(b"PAR1\x15\x04\x15" + bytes(100)).code == "damaged"


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused(answer, data):
    assert answer(data)
    assert answer(memoryview(data))


@given(
    st.sampled_from([codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"PK\3\4", b"PAR1", b"[{", b"<table>", b"\x1f\x8b"]),
    st.binary(max_size=200),
)
def test_any_beginning_is_read_or_refused(answer, beginning, rest):
    assert answer(beginning + rest)
