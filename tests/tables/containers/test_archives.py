"""gzip and zip: the one table inside, and archives that mean harm."""

import gzip
import io
import random
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.tables.containers import Cells, Text, unpack
from aipm.tables.model import Limits, ReadOptions

CSV = b"id,name,amount\n1,Ana,10.5\n2,Bob,3\n"
OTHER = b"a,b\n1,2\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def zip_of(files, *, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def patched(archive, at, value):
    """The archive with a two-byte field changed in its one local header and its one entry in the list of files."""
    archive = bytearray(archive)
    struct.pack_into("<H", archive, archive.index(b"PK\3\4") + at, value)
    struct.pack_into("<H", archive, archive.index(b"PK\1\2") + at + 2, value)
    return bytes(archive)


@pytest.mark.parametrize("data", [gzip.compress(CSV), zip_of({"data.csv": CSV}), zip_of({"x": CSV}, method=0)])
@pytest.mark.parametrize("view", [bytes, memoryview])
def test_the_text_inside_comes_out_as_it_is(data, view, read):
    found = read(view(data))
    assert isinstance(found, Text)
    assert bytes(found.data) == CSV
    assert found.container in ("gzip", "zip")
    assert found.warnings == ()


def test_plain_text_is_handed_on_without_a_copy(read):
    assert read(CSV).data is CSV


def test_gzip_members_one_after_the_other_are_one_file(read):
    assert bytes(read(gzip.compress(CSV) + gzip.compress(OTHER)).data) == CSV + OTHER


def test_zeros_after_a_gzip_file_are_padding_and_other_bytes_are_counted(read, warned):
    assert warned(read(gzip.compress(CSV) + bytes(512))) == {}
    found = read(gzip.compress(CSV) + b"trailing garbage")
    assert bytes(found.data) == CSV
    assert list(warned(found)) == ["trailing_bytes"]


@pytest.mark.parametrize("keep", [3, 10, 20, -9, -4, -1])
def test_a_gzip_file_that_is_cut_off_is_refused(keep, refused):
    refusal = refused(gzip.compress(CSV * 50)[:keep])
    assert refusal.code == "damaged"
    assert "cut off" in refusal.message


def test_a_gzip_file_with_a_wrong_checksum_is_refused(refused):
    data = bytearray(gzip.compress(CSV))
    data[-6] ^= 1
    assert refused(bytes(data)).code == "damaged"


def test_a_long_text_that_packs_well_is_still_read(read):
    text = b"id,name\n" + b"1,x\n" * 1_000_000
    assert len(read(gzip.compress(text)).data) == len(text)
    assert len(read(zip_of({"a.csv": text})).data) == len(text)


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zip_of({"a.csv": content})])
def test_a_bomb_is_refused_cheaply(pack, refused):
    bomb = pack(b"0" * 200_000_000)
    assert len(bomb) < 250_000
    tracemalloc.start()
    assert refused(bomb).code == "too_large"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


def test_a_bomb_in_a_bomb_is_refused(refused):
    inner = gzip.compress(b"0" * 100_000_000)
    assert refused(zip_of({"a.gz": inner})).code == "too_large"
    assert refused(gzip.compress(gzip.compress(b"0" * 100_000_000))).code == "too_large"


def test_an_archive_that_lies_about_its_size_is_refused(refused):
    archive = bytearray(zip_of({"a.csv": b"0" * 50_000_000}))
    struct.pack_into("<I", archive, archive.index(b"PK\3\4") + 22, 100)
    struct.pack_into("<I", archive, archive.index(b"PK\1\2") + 24, 100)
    assert refused(bytes(archive)).code in ("damaged", "too_large")


def test_the_limit_on_unpacked_bytes_holds(read, refused):
    text = random.Random(1).randbytes(3_000_000).hex().encode()
    limits = Limits(max_unpacked_bytes=5_000_000)
    assert refused(gzip.compress(text), limits=limits).code == "too_large"
    assert refused(zip_of({"a.csv": text}), limits=limits).code == "too_large"
    assert read(gzip.compress(text)).container == "gzip"


def test_many_tiny_gzip_members_are_refused(refused):
    assert refused(gzip.compress(b"") * 100_001).code == "too_many_files"


def test_clutter_beside_the_table_is_not_mentioned(read):
    files = {
        "__MACOSX/._data.csv": b"\0\5\x16\7",
        ".DS_Store": b"\0\0\0\1Bud1",
        "folder/": b"",
        "folder/.hidden.csv": OTHER,
        "folder/Thumbs.db": b"x",
        "folder/data.csv": CSV,
    }
    found = read(zip_of(files))
    assert bytes(found.data) == CSV
    assert found.warnings == ()


def test_notes_and_pictures_beside_the_table_are_left_aside_and_counted(read, warned):
    files = {"README.md": b"# About\n\nRead me, please.\n", "logo.png": PNG, "terms.pdf": b"%PDF-1.4", "data.csv": CSV}
    found = read(zip_of(files))
    assert bytes(found.data) == CSV
    assert warned(found) == {"other_files": 3}
    assert bytes(read(zip_of({"notes.txt": b"hello there", "data.txt": CSV})).data) == CSV


def test_several_tables_are_refused_and_counted(refused):
    refusal = refused(zip_of({"a.csv": CSV, "b.csv": OTHER, "c.json": b'[{"a": 1}]', "logo.png": PNG}))
    assert refusal.code == "several_tables"
    assert "3 tables" in refusal.message
    assert "a.csv" not in refusal.message + refusal.advice


def test_an_archive_without_a_table_says_what_it_holds(refused):
    assert refused(zip_of({})).code == "no_table"
    assert refused(zip_of({"folder/": b"", "__MACOSX/x": b"a,b"})).code == "no_table"
    assert "2 files" in refused(zip_of({"a.png": PNG, "b.pdf": b"%PDF-1.7"})).message
    assert "PNG" in refused(zip_of({"a.csv": PNG})).message
    assert refused(zip_of({"a.csv": b""})).code == "empty_file"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..\\..\\x.csv", "C:\\x.csv", "con", "a" * 60_000, "\u202excsv"]
)
def test_names_in_an_archive_are_never_used_as_paths(name, read, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert bytes(read(zip_of({name: CSV})).data) == CSV
    assert list(tmp_path.iterdir()) == []


def test_a_locked_archive_says_so(refused):
    refusal = refused(patched(zip_of({"a.csv": CSV}), 6, 0x1))
    assert refusal.code == "encrypted"
    assert "password" in refusal.message


@pytest.mark.parametrize("method", [9, 12, 14, 93, 99])  # deflate64, bzip2, lzma, zstd, AES
def test_other_methods_of_packing_are_refused(method, refused):
    assert refused(patched(zip_of({"a.csv": CSV}), 8, method)).code == "unsupported_format"


@pytest.mark.parametrize("keep", [4, 30, 80, -30, -1])
def test_a_zip_archive_that_is_cut_off_is_refused(keep, refused):
    assert refused(zip_of({"a.csv": CSV * 9, "b.png": PNG})[:keep]).code == "damaged"


def test_a_zip_archive_with_a_damaged_file_is_refused(refused):
    archive = bytearray(zip_of({"a.csv": CSV}, method=0))
    archive[archive.index(b"Ana")] ^= 1
    assert refused(bytes(archive)).code == "damaged"


def test_an_archive_of_many_thousand_files_is_refused(refused):
    assert refused(zip_of({str(i): b"" for i in range(10_001)})).code == "too_many_files"


def test_a_zip64_archive_is_read(read):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a.csv", "w", force_zip64=True) as member:
        member.write(CSV)
    assert bytes(read(out.getvalue()).data) == CSV


def test_an_archive_in_an_archive_is_read_and_one_deeper_is_refused(read, refused):
    twice = zip_of({"a.csv.gz": gzip.compress(CSV)})
    assert bytes(read(twice).data) == CSV
    assert read(twice).container == "zip"
    assert refused(gzip.compress(twice)).code == "nested_archive"


def test_an_archive_that_holds_itself_ends(refused):
    quine = zip_of({"a.zip": b""})
    for _ in range(5):
        quine = zip_of({"a.zip": quine})
    assert refused(quine).code == "nested_archive"


def test_a_packed_file_of_another_kind_is_read_and_said(read, warned):
    found = read(gzip.compress(b'[{"a": 1}]'))
    assert isinstance(found, Cells)
    assert (found.container, found.columns, found.rows()) == ("gzip", ("a",), [["1"]])
    assert warned(found) == {"packed": 1}


def test_a_tar_archive_in_gzip_is_named(refused):
    assert "tar" in refused(gzip.compress(bytes(257) + b"ustar\x0000" + bytes(248))).message


@given(st.integers(0, 150), st.binary(min_size=1, max_size=4), st.booleans())
def test_damage_anywhere_is_read_or_refused(answer, at, damage, zipped):
    archive = bytearray(zip_of({"a.csv": CSV}) if zipped else gzip.compress(CSV))
    archive[at : at + len(damage)] = damage
    assert answer(bytes(archive))


@given(st.binary(max_size=3_000), st.integers(1, 9))
def test_what_was_packed_comes_out(content, level):
    packer = zlib.compressobj(level, wbits=31)
    packed = packer.compress(b"a,b\n" + content.hex().encode()) + packer.flush()
    assert bytes(unpack(packed, ReadOptions(), Limits()).data) == b"a,b\n" + content.hex().encode()
